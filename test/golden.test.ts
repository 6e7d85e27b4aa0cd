/**
 * Golden models: every stage of the library as a readable file beside its input. A change of an expected file is a change of the
 * product: look at it. `UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts` writes them anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { d2Of } from '../language/diagram/export/d2.js';
import { mermaidOf } from '../language/diagram/export/mermaid.js';
import { buildGraph } from '../language/diagram/graph.js';
import { renderSvg } from '../language/diagram/svg.js';
import { statesIn, viewOf } from '../language/diagram/views.js';
import { whatIf } from '../language/diagram/what-if/what-if.js';
import { locate } from '../language/model/queries.js';
import { htmlOf } from '../language/report/writers/html.js';
import { markdownOf } from '../language/report/writers/markdown.js';
import { jsonParts } from '../server/cli/json-text.js';
import { layoutInNode } from '../server/layout/elk-node.js';
import { filesIn, pipeline, type Stages, shortName } from './golden/pipeline.js';

const folder = fileURLToPath(new URL('./golden/models/', import.meta.url));
const reports = fileURLToPath(new URL('./golden/reports/', import.meta.url));
const pictures = fileURLToPath(new URL('./golden/pictures/', import.meta.url));
const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';

/** The stages, each as the text of one file. */
const stages: Readonly<Record<string, (result: Stages) => string | Promise<string>>> = {
  'diagnostics.txt': ({ diagnostics }) =>
    diagnostics
      .map(({ file, line, column, severity, code, message }) => `${file}:${line}:${column} ${severity} ${code} ${message}\n`)
      .join(''),
  'formatted.drml': ({ formatted }) => formatted(),
  'model.json': (result) => json(result.model, result),
  'analysis.json': (result) => [...jsonParts(rounded(result.analysis.report()))].join(''),
  'manifests.txt': (result) => {
    const { files, problems } = result.manifests();
    const said = problems.map(({ kind, component, message, source }) => {
      const subject = component === undefined ? '' : ` ${component}`;
      return `# ${place(source, result)} ${kind}${subject}: ${message}\n`;
    });
    return [...said, ...files.map(({ path, content }) => `\n===== ${path}\n${content}`)].join('');
  },
  'report.md': ({ report }) => markdownOf(report()),
  'picture.svg': ({ picture }) => picture(),
};

describe.each(readdirSync(folder).sort())('%s', (name) => {
  const of = pipeline(filesIn(join(folder, name)), 'model.drml');

  it.each(Object.keys(stages))('%s', async (stage) => {
    const path = join(folder, name, stage);
    const actual = (await stages[stage]?.(await of)) ?? '';
    if (update) writeFileSync(path, actual);
    expect(existsSync(path), `${path}: missing; UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(actual).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
  });

  it('is formatted once and for all', async () => {
    const { formatted, documents } = await of;
    const others = Object.fromEntries(
      documents.map(({ uri, textDocument }) => [shortName(uri.toString()), textDocument.getText()]),
    );
    const again = await pipeline({ ...others, 'model.drml': formatted() }, 'model.drml');
    expect(again.formatted()).toBe(formatted());
  });

  it('gives the same again', async () => {
    const first = await of;
    const second = await pipeline(filesIn(join(folder, name)), 'model.drml');
    for (const [stage, text] of Object.entries(stages)) expect([stage, await text(second)]).toEqual([stage, await text(first)]);
  });
});

/** Plain data with its figures to twelve digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one) => (typeof one === 'number' ? Number(one.toPrecision(12)) : one));
}

it.each([
  ['shop', 'md', markdownOf],
  ['shop', 'html', htmlOf],
  ['online-boutique', 'md', markdownOf],
] as const)('the report of %s as %s', async (example, ending, write) => {
  const { report } = await pipeline(filesIn(join(examples, example)), `${example}.drml`);
  const path = join(reports, `${example}.${ending}`);
  const actual = write(report());
  if (update) writeFileSync(path, actual);
  expect(actual).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
});

/** The picture for other tools; `off` is lost. */
it.each([
  ['shop', examples, undefined],
  ['shop', examples, 'cn-north'],
  ['online-boutique', examples, undefined],
  ['odd-names', folder, undefined],
] as const)('the picture of %s for Mermaid and D2', async (name, of, off) => {
  const files = filesIn(join(of, name));
  const { model, analysis } = await pipeline(files, of === folder ? 'model.drml' : `${name}.drml`);
  const graph = buildGraph(model, analysis);
  const states = off === undefined ? undefined : whatIf(model, analysis, { off: [{ kind: 'site', site: off }] })?.states;
  for (const [ending, write] of [
    ['mmd', mermaidOf],
    ['d2', d2Of],
  ] as const) {
    const path = join(pictures, `${name}${off === undefined ? '' : `-without-${off}`}.${ending}`);
    const actual = write(graph, states);
    if (update) writeFileSync(path, actual);
    expect(actual).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
  }
});

/** Regions side by side; `off` is lost. */
it.each([
  ['shop', undefined],
  ['boutique-two-regions', undefined],
  ['boutique-two-regions', 'cn-north'],
] as const)('the picture of the regions of %s without %s', async (name, off) => {
  const { model, analysis } = await pipeline(filesIn(join(examples, name)), `${name}.drml`);
  const graph = viewOf(buildGraph(model, analysis), { kind: 'regions' });
  const all = off === undefined ? undefined : whatIf(model, analysis, { off: [{ kind: 'site', site: off }] })?.states;
  const states = all === undefined ? {} : { states: statesIn(all, graph) };
  const path = join(pictures, `${name}-regions${off === undefined ? '' : `-without-${off}`}.svg`);
  const actual = renderSvg(graph, await layoutInNode(graph), { theme: 'light', standalone: true, idPrefix: '', ...states });
  if (update) writeFileSync(path, actual);
  expect(actual).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
});

/** Plain data as JSON: places as `file:line:column-line:column`, figures to twelve digits, files by name alone. */
function json(value: unknown, result: Stages): string {
  const shown = (_key: string, one: unknown): unknown => {
    if (typeof one === 'number') return Number(one.toPrecision(12));
    if (one instanceof Map) return Object.fromEntries(one);
    if (typeof one === 'string' && one.startsWith('memory:')) return shortName(one);
    if (typeof one !== 'object' || one === null) return one;
    if (isSource(one)) return place(one, result);
    return 'lineStarts' in one && 'uri' in one && typeof one.uri === 'string' ? shortName(one.uri) : one;
  };
  return `${JSON.stringify(value, shown, 1)}\n`;
}

interface SourceLike {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

function isSource(value: object): value is SourceLike {
  return 'uri' in value && 'start' in value && 'end' in value && typeof value.uri === 'string';
}

function place({ uri, start, end }: SourceLike, { model }: Stages): string {
  const [from, to] = [locate(model, uri, start), locate(model, uri, end)];
  return `${shortName(uri)}:${from.line + 1}:${from.character + 1}-${to.line + 1}:${to.character + 1}`;
}
