/** Child process of the benchmark: published fault trees from a folder, each from model to probability, and then to its cut sets; JSON. */
import { analyze } from '../../language/analysis/analyze.js';
import { faultTreesIn, nameOf, textOf } from '../language/analysis/fault-tree.js';
import { modelOf } from '../language/model-of.js';
import { cpuMilliseconds } from './cpu-time.js';

/** What one tree took, in CPU milliseconds. */
export interface FaultTreeMeasurement {
  readonly name: string;
  readonly events: number;
  readonly gates: number;
  readonly probability: number;
  readonly cutSets: number;
  readonly status: string;
  readonly count: string | undefined;
}

const [folder = '', only = ''] = process.argv.slice(2);
const found: FaultTreeMeasurement[] = [];
for (const tree of faultTreesIn(folder)) {
  if (only !== '' && tree.name !== only) continue;
  const model = await modelOf(textOf(tree));
  const start = cpuMilliseconds();
  const analysis = analyze(model, { asOf: '2026-11-01' });
  const status = analysis.availability(nameOf(tree.top))?.structuralUnavailability.status ?? 'unknown';
  const known = cpuMilliseconds();
  // What has no exact figure has too many cut sets to count.
  const count = status === 'known' ? analysis.cutSets(nameOf(tree.top))?.count : undefined;
  const cut = cpuMilliseconds();
  found.push({
    name: tree.name,
    events: tree.events.length,
    gates: tree.gates.length,
    probability: known - start,
    cutSets: cut - known,
    status,
    count,
  });
}
process.stdout.write(JSON.stringify(found));
