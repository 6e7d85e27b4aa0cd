/** Child process of the benchmark: draws the picture of a generated model in Node and prints CPU times as JSON. */
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { analyze } from '../../language/analysis/analyze.js';
import { fold, foldStates } from '../../language/diagram/fold.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { formerOf, plainLayout } from '../../language/diagram/layout.js';
import { renderSvg } from '../../language/diagram/svg.js';
import type { Switch } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import type { DrmlFile } from '../../language/generated/ast.js';
import { buildModel } from '../../language/model/build.js';
import { checkModel } from '../../language/rules/check.js';
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
const analysis = analyze(model, { asOf: '2026-11-01' });
const graph = buildGraph(model, analysis);
const options = { theme: 'vscode', standalone: false, idPrefix: 'drml-' } as const;
const spent = async <T>(work: () => T | Promise<T>): Promise<{ readonly time: number; readonly result: T }> => {
  const start = cpuMilliseconds();
  const result = await work();
  return { time: cpuMilliseconds() - start, result };
};

function median(times: readonly number[]): number | undefined {
  return [...times].sort((a, b) => a - b)[times.length >> 1];
}

// What the preview shows first, in a process that has drawn nothing yet: folded where it is large, laid out, as text.
const first = await spent(async () => {
  const folded = fold(graph);
  return { folded, layout: await layoutInNode(folded.graph) };
});
const { folded, layout } = first.result;
const shown = folded.graph;
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
// A click that switches something off: states, times and words of the whole model, and the picture that is shown drawn with them.
// By then the rules have judged the model, as they do before an editor shows anything.
checkModel(model, analysis, {});
const clicked = (off: readonly Switch[]): Promise<{ readonly time: number }> =>
  spent(() => {
    const answer = whatIf(model, analysis, { off });
    if (answer === undefined) throw new Error('What is switched off must be in the model.');
    return renderSvg(shown, layout, { ...options, states: foldStates(answer.states, graph, folded) });
  });
const sites = model.regions.flatMap((region) => [region.name, ...region.zones.map((zone) => zone.path)]);
const clicks: number[] = [];
for (const site of sites) clicks.push((await clicked([{ kind: 'site', site }])).time);
for (const { name } of model.components.slice(1, 9)) clicks.push((await clicked([{ kind: 'component', component: name }])).time);
process.stdout.write(
  JSON.stringify({
    // What a browser is measured with: the whole picture.
    ...(process.argv[3] === 'whole' ? { graph, layout: unfolded.result } : {}),
    first: first.time + drawn.time,
    label: median(labels),
    unfolded: unfolded.time,
    text: whole.time,
    edit: edit.time,
    firstWhatIf: clicks[0],
    whatIf: median(clicks),
  }),
);
