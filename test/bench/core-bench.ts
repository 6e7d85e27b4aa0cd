/** Child process of the benchmark: builds, analyses and checks one generated model in memory and prints CPU times as JSON. */
import { DocumentState, EmptyFileSystem, type LangiumDocument, TextDocument, URI } from 'langium';
import type { DrmlFile } from '../../language/generated/ast.js';
import { checkModel } from '../../language/rules/check.js';
import { createDrmlCoreServices, type DrmlCoreServices } from '../../language/syntax/drml-module.js';
import { EditInPlace } from '../../language/syntax/incremental/edit-in-place.js';
import { ModelWorkspace } from '../../language/workspace.js';
import { cpuMilliseconds } from './cpu-time.js';
import { generateModel } from './model-generator.js';

/** What one run measured: CPU milliseconds of user and system time, heap after a collection in bytes. */
export interface CoreMeasurement {
  readonly parse: number;
  readonly link: number;
  readonly analyse: number;
  readonly report: number;
  /** All rules over figures that are there already: what findings cost beyond the analysis. */
  readonly rules: number;
  readonly heap: number;
  /** After an edit of one figure of one service: model, analysis and rules again; the median of many edits. */
  readonly again: number;
}

async function measure(services: number, files: number): Promise<CoreMeasurement> {
  const texts = generateModel(services, files);
  const { shared, drml } = createDrmlCoreServices(EmptyFileSystem);
  // What is made of the grammar is made once in the life of a process; the server's first file pays for it.
  drml.parser.LangiumParser.parse('');
  const start = cpuMilliseconds();
  const documents: LangiumDocument<DrmlFile>[] = [];
  for (const [path, text] of texts)
    documents.push(shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, URI.parse(`memory:///${path}`)));
  const parsed = cpuMilliseconds();
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  if (documents.some((document) => document.state < DocumentState.Validated)) throw new Error('The build did not finish.');
  const linked = cpuMilliseconds();
  const workspace = new ModelWorkspace(shared, drml, { asOf: () => '2026-11-01', configOf: () => emptyConfig });
  const analysed = workspace.analysed('memory:/root.drml');
  if (analysed === undefined || analysed.model.components.length < services) throw new Error('The model is not whole.');
  const judged = cpuMilliseconds();
  analysed.analysis.report();
  const reported = cpuMilliseconds();
  const found = checkModel(analysed.model, analysed.analysis, emptyConfig);
  const ruled = cpuMilliseconds();
  if (found.length !== analysed.findings.length) throw new Error('The rules say something else the second time.');
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const changing = documents.find((document) => document.textDocument.getText().includes(edited));
  if (changing === undefined) throw new Error('There is nothing to edit.');
  return {
    parse: parsed - start,
    link: linked - parsed,
    analyse: judged - linked,
    report: reported - judged,
    rules: ruled - reported,
    heap,
    again: analyseAgain(
      drml,
      changing,
      () => workspace.analysed('memory:/root.drml')?.model.components.length === analysed.model.components.length,
    ),
  };
}

const edited = 'load 900rps';
const edits = 15;

/** CPU milliseconds of `analyse` after an edit of one digit in the middle of a file, the median of many. */
function analyseAgain(services: DrmlCoreServices, document: LangiumDocument, analyse: () => boolean): number {
  const inPlace = new EditInPlace(services);
  const text = document.textDocument.getText();
  const at = text.indexOf(edited, text.length / 2 - edited.length) + 'load '.length;
  const times: number[] = [];
  for (let round = 0; round < edits; round++) {
    const range = { start: document.textDocument.positionAt(at), end: document.textDocument.positionAt(at + 1) };
    TextDocument.update(document.textDocument, [{ range, text: String(1 + (round % 9)) }], round + 2);
    if (!inPlace.apply(document)) throw new Error('The edit was not made in place.');
    const start = cpuMilliseconds();
    if (!analyse()) throw new Error('The model is not whole after an edit.');
    times.push(cpuMilliseconds() - start);
  }
  return times.sort((a, b) => a - b)[edits >> 1] ?? 0;
}

const emptyConfig = {};
const [services = '1000', files = '1', rounds = '3'] = process.argv.slice(2);
const runs: CoreMeasurement[] = [];
for (let round = 0; round < Number(rounds); round++) runs.push(await measure(Number(services), Number(files)));
process.stdout.write(JSON.stringify(runs));
