/** Child process of the benchmark: draws the picture of a generated model in Node and prints CPU times as JSON. */
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { analyze } from '../../language/analysis/analyze.js';
import { fold } from '../../language/diagram/fold.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { formerOf, plainLayout } from '../../language/diagram/layout.js';
import { renderSvg } from '../../language/diagram/svg.js';
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
const options = { theme: 'vscode', standalone: false, idPrefix: 'drml-' } as const;
const spent = async <T>(work: () => T | Promise<T>): Promise<{ readonly time: number; readonly result: T }> => {
  const start = cpuMilliseconds();
  const result = await work();
  return { time: cpuMilliseconds() - start, result };
};

// What the preview shows first, in a process that has drawn nothing yet: folded where it is large, laid out, as text.
const first = await spent(async () => {
  const shown = fold(graph).graph;
  return { shown, layout: await layoutInNode(shown) };
});
const { shown, layout } = first.result;
const drawn = await spent(() => renderSvg(shown, layout, options));
// An edit of a label finds the layout by its structure, and is drawn anew; of several, the one in the middle.
const labels: number[] = [];
for (let index = 0; index < 9; index += 1) {
  labels.push((await spent(() => renderSvg({ ...shown, title: `Edit ${index}` }, layout, options))).time);
}
const unfolded = await spent(() => layoutInNode(graph));
const whole = await spent(() => renderSvg(graph, unfolded.result, options));
const fewer = {
  ...graph,
  nodes: graph.nodes.slice(0, -1),
  edges: graph.edges.filter((edge) => edge.from !== graph.nodes.at(-1)?.id && edge.to !== graph.nodes.at(-1)?.id),
};
const edit = await spent(() => plainLayout(fewer, formerOf(graph, unfolded.result)));
process.stdout.write(
  JSON.stringify({
    // What a browser is measured with: the whole picture.
    ...(process.argv[3] === 'whole' ? { graph, layout: unfolded.result } : {}),
    first: first.time + drawn.time,
    label: labels.sort((a, b) => a - b)[4],
    unfolded: unfolded.time,
    text: whole.time,
    edit: edit.time,
  }),
);
