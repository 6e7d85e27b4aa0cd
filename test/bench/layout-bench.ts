/** Child process of the benchmark: lays out the picture of a generated model in Node and prints CPU times as JSON. */
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import type { DrmlFile } from '../../language/generated/ast.js';
import { buildModel } from '../../language/model/build.js';
import { createDrmlCoreServices } from '../../language/syntax/drml-module.js';
import { layoutInNode } from '../../server/layout/elk-node.js';
import { cpuMilliseconds } from './cpu-time.js';
import { generateModel } from './model-generator.js';

const services = Number(process.argv[2] ?? '50');
const { shared } = createDrmlCoreServices(EmptyFileSystem);
const text = generateModel(services, 1).get('root.drml') ?? '';
const document: LangiumDocument<DrmlFile> = shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(
  text,
  URI.parse('memory:///root.drml'),
);
shared.workspace.LangiumDocuments.addDocument(document);
await shared.workspace.DocumentBuilder.build([document]);
const model = buildModel([document]);
const graph = buildGraph(model, analyze(model, { asOf: '2026-11-01' }));
const start = cpuMilliseconds();
await layoutInNode(graph);
const first = cpuMilliseconds();
await layoutInNode(graph);
const second = cpuMilliseconds();
process.stdout.write(JSON.stringify({ cold: first - start, warm: second - first }));
