/** Child process of the benchmark: the figures of a generated cloud, CPU times as JSON. */
import type { AnalysisOptions } from '../../language/analysis/analysis.js';
import { analyze } from '../../language/analysis/analyze.js';
import { modelOf } from '../language/model-of.js';
import { cloudText, type Deployment } from './cloud-generator.js';
import { cpuMilliseconds } from './cpu-time.js';

/** What one run measured: CPU milliseconds, each without what stands before it; heap in bytes after a collection, model included. */
export interface CloudMeasurement {
  /** From the model to the availability, switching included, of every component and journey. */
  readonly availability: number;
  readonly singlePoints: number;
  /** Counting the minimal cut sets of the first journey, the one that requires the most, and finding the likeliest. */
  readonly cutSets: number;
  readonly heap: number;
  /** How many of the subjects have an exact figure, and how many there are. */
  readonly exact: number;
  readonly subjects: number;
}

const options: AnalysisOptions = { asOf: '2026-11-01' };
const [services = '100', window = '12', deployment = 'three-over-two-regions', rounds = '1'] = process.argv.slice(2);
const model = await modelOf(cloudText(Number(services), Number(window), deployment as Deployment));
const subjects = [...model.components, ...model.journeys].map((each) => each.name);
const runs: CloudMeasurement[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const start = cpuMilliseconds();
  const analysis = analyze(model, options);
  const exact = subjects.filter((subject) => analysis.availability(subject)?.unavailability.status === 'known').length;
  const known = cpuMilliseconds();
  for (const subject of subjects) analysis.singlePoints(subject);
  const pointed = cpuMilliseconds();
  analysis.cutSets('j0');
  const cut = cpuMilliseconds();
  globalThis.gc?.();
  runs.push({
    availability: known - start,
    singlePoints: pointed - known,
    cutSets: cut - pointed,
    heap: process.memoryUsage().heapUsed,
    exact,
    subjects: subjects.length,
  });
}
process.stdout.write(JSON.stringify(runs));
