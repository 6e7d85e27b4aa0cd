/** Whatever somebody writes into titles, notes, reasons and places stays a text in all that is written of a model. */
import { beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { d2Of } from '../../../language/diagram/export/d2.js';
import { mermaidOf } from '../../../language/diagram/export/mermaid.js';
import { pageOf } from '../../../language/diagram/export/page.js';
import { pageModelOf } from '../../../language/diagram/export/page-data.js';
import { buildGraph, type DiagramGraph } from '../../../language/diagram/graph.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import { renderPlacement } from '../../../language/diagram/placement.js';
import type { DiagramStates } from '../../../language/diagram/states.js';
import { insidesOf, renderSvg, type SvgOptions } from '../../../language/diagram/svg.js';
import { statesIn, type View, viewOf } from '../../../language/diagram/views.js';
import { type WhatIf, whatIf } from '../../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../../language/diagram/what-if/worst-losses.js';
import type { Model } from '../../../language/model/model.js';
import { matrixText } from '../../../language/report/matrix/matrix-document.js';
import { pipeline, type Stages } from '../../golden/pipeline.js';
import { hostileTexts, modelWith } from './hostile-texts.js';
import { type Element, readXml } from './svg-reader.js';

const views: readonly View[] = [
  { kind: 'system' },
  { kind: 'regions' },
  { kind: 'data' },
  { kind: 'journey', name: 'j' },
  { kind: 'component', name: 's' },
  { kind: 'region', name: 'r1' },
];

/** What the renderer draws with. */
const elements = new Set(['svg', 'title', 'desc', 'defs', 'pattern', 'g', 'rect', 'text', 'tspan', 'path', 'circle', 'line']);
const attributes =
  /^(xmlns|width|height|viewBox|font-(family|size|weight)|role|aria-label|id|class|tabindex|data-[a-z]+|transform|d|r|rx|ry|dx|x|y|x1|x2|y1|y2|cx|cy|fill(-opacity)?|stroke(-[a-z]+)?|opacity|text-(anchor|decoration)|pattern(Units|Transform)|points)$/;

/** What no text may bring into a file: control characters, turned text, letters without width, halves of pairs, heaps of marks. */
const unseen =
  /\p{Cc}|\p{Cs}|[\u{ad}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fffe}\u{ffff}\u{e0000}-\u{e0fff}]|\p{M}{7}|[\u200c\u200d]{7}/u;

function foreign({ name, attributes: own, children }: Element): readonly string[] {
  return [
    ...(elements.has(name) ? [] : [`<${name}>`]),
    ...Object.keys(own).filter((key) => !attributes.test(key)),
    ...children.flatMap(foreign),
  ];
}

function texts({ name, text, children }: Element): readonly string[] {
  return [...(name === 'text' || name === 'tspan' ? [text] : []), ...children.flatMap(texts)];
}

/** All drawings of a model, with their names. */
function drawings(graph: DiagramGraph, states: DiagramStates): readonly (readonly [name: string, svg: string])[] {
  return views.flatMap((view) => {
    const part = viewOf(graph, view);
    const layout = plainLayout(part);
    return (['light', 'vscode'] as const).flatMap((theme) =>
      [{}, { states: statesIn(states, part) }].flatMap((shown): readonly (readonly [string, string])[] => {
        const options: SvgOptions = { theme, standalone: theme === 'light', idPrefix: 'x-', ...shown };
        const name = `${view.kind}, ${theme}, ${'states' in shown ? 'with states' : 'without states'}`;
        const insides = insidesOf(part, options);
        return [
          [name, renderSvg(part, layout, options)],
          [`${name}, places`, renderPlacement(part, options)],
          [`${name}, insides`, `<g>${part.nodes.map((_, index) => insides(index)).join('')}</g>`],
        ];
      }),
    );
  });
}

/** The fields of each line of comma-separated values, read as RFC 4180 says. */
function fieldsOf(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  for (const [, quotedField, plainField = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1)?.push(quotedField?.replaceAll('""', '"') ?? plainField);
    if (end === '\r\n') lines.push([]);
    if (end === '') break;
  }
  return lines.slice(0, -1);
}

/** A label of a flowchart: letters, digits, a few signs, numbered entities and one line break. */
const mermaidLabel = String.raw`"(?:[\p{L}\p{M}\p{N} .,%≥≤·/+_\u200c\u200d-]|#\d+;|<br/>)+"`;
const mermaidLine = new RegExp(
  String.raw`^  (?:n\d+(?:\(\[${mermaidLabel}\]\)|\{\{${mermaidLabel}\}\}|\[\\${mermaidLabel}/\]|\(${mermaidLabel}\)|\[\[${mermaidLabel}\]\]|\[\(${mermaidLabel}\)\]|\[${mermaidLabel}\])|n\d+ [a-z.<>= -]+ n\d+|classDef [a-z]+ [a-z0-9#:, -]+|class [n0-9,]+ [a-z]+)$`,
  'u',
);
const d2Text = `'(?:[^'\\n]|'')*'`;
const d2Line = new RegExp(
  `^(?:direction: down|title: ${d2Text} \\{ near: top-center; shape: text; style\\.bold: true \\}|n\\d+: ${d2Text} \\{ shape: [a-z_]+(?:; style\\.[a-z-]+: [^;{}]+)* \\}|n\\d+ -> n\\d+(?:: [a-z ]+)?(?: \\{ style\\.stroke-dash: \\d \\})?)$`,
  'u',
);

describe.each(hostileTexts)('%s', (_what, text) => {
  let stages: Stages;
  let model: Model;
  let graph: DiagramGraph;
  let found: WhatIf;

  beforeAll(async () => {
    stages = await pipeline({ 'a.drml': modelWith(text) });
    model = stages.model;
    graph = buildGraph(model, stages.analysis);
    const answer = whatIf(model, stages.analysis, { scenario: 'dark', off: [] });
    if (answer === undefined) throw new Error('The scenario is not known.');
    found = answer;
  });

  test('is a title of the model as it stands', () => {
    expect(stages.diagnostics.filter(({ code }) => code === 'parsing-error' || code === 'lexing-error')).toEqual([]);
    expect(model.components.length).toBe(6);
    // Halves of pairs do not survive every text file, but here the text comes as it is.
    expect([model.title, model.journeys[0]?.title, model.scenarios[0]?.title]).toEqual([text, text, text]);
  });

  test('stays text in all drawings, of bounded length', () => {
    for (const [name, svg] of drawings(graph, found.states)) {
      const drawn = readXml(svg);
      expect([name, foreign(drawn)]).toEqual([name, []]);
      expect([name, unseen.exec(svg.replaceAll('\n', ''))?.[0]]).toEqual([name, undefined]);
      expect([name, Math.max(0, ...texts(drawn).map((each) => each.length)) <= 250]).toEqual([name, true]);
      expect([name, svg.length < 130_000]).toEqual([name, true]);
      expect([name, /<!|\]\]>|<script|<img/i.test(svg)]).toEqual([name, false]);
    }
  });

  test('is neither an empty card nor a long announcement', () => {
    for (const node of graph.nodes) expect(node.name).not.toBe('');
    expect(found.says.length).toBeLessThan(1000);
    expect(JSON.stringify(worstLosses(model, stages.analysis)).length).toBeLessThan(5000);
  });

  test('leaves Mermaid and D2 what they were', () => {
    for (const states of [undefined, found.states]) {
      const mermaid = mermaidOf(graph, states).split('\n');
      expect(mermaid.slice(0, 4).filter((_line, index) => index !== 1)).toEqual(['---', '---', 'flowchart TD']);
      expect(Object.keys(parseYaml(mermaid[1] ?? '') as object)).toEqual(['title']);
      expect(mermaid.slice(4, -1).filter((line) => !mermaidLine.test(line))).toEqual([]);
      expect(mermaid.filter((line) => /^ {2}n\d+[[({]/.test(line))).toHaveLength(graph.nodes.length);
      const d2 = d2Of(graph, states).split('\n');
      expect(d2.slice(0, -1).filter((line) => !d2Line.test(line))).toEqual([]);
      expect(d2.filter((line) => /^n\d+:/.test(line))).toHaveLength(graph.nodes.length);
      for (const line of [...mermaid, ...d2]) expect([line.length < 1500, unseen.test(line)]).toEqual([true, false]);
    }
  });

  test('ends neither the script nor the data of the page', async () => {
    const start = { layouts: [], view: { kind: 'system' }, panes: 'flow', switches: { off: [] } } as const;
    const data = { ...pageModelOf(model, stages.analysis), ...start };
    const page = await pageOf(data, undefined, { script: 'window.drawn = 1;', style: '' });
    expect(page.match(/<script\b/gi)).toHaveLength(2);
    expect(page.match(/<\/script>/gi)).toHaveLength(2);
    const [, json = ''] = /<script type="application\/json"[^>]*>([^<]*)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(data)));
    expect(page.replace(json, '')).not.toMatch(/<img|<svg|<!\[|<!--/);
  });

  test('is one field of the matrix, and no formula', () => {
    const lines = fieldsOf(matrixText(model, stages.analysis, 'csv'));
    expect(lines.length).toBeGreaterThan(7);
    for (const fields of lines) {
      expect(fields).toHaveLength(12);
      for (const each of fields) {
        expect(each).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
        expect(unseen.test(each)).toBe(false);
      }
    }
  });

  test('is one cell of the matrix in Markdown, and a text of the one in HTML', () => {
    const tables = matrixText(model, stages.analysis, 'markdown')
      .split(/\n\n(?=\|)/)
      .slice(1);
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables) {
      const rows = table.split('\n').filter((line) => line.startsWith('|'));
      expect(new Set(rows.map((row) => row.replace(/\\[\\|]/g, '').split('|').length)).size).toBe(1);
      // Behind the last row comes nothing that a text has brought.
      expect(table.slice(rows.join('\n').length)).toMatch(
        /^((\n\nBeyond the reach of all classes: e\.)?\n\n(\*\*[A-Z][^*\n]+\*\*|---\n\nFigures as of [\d-]+\.\n))?$/,
      );
    }
    const html = matrixText(model, stages.analysis, 'html');
    expect(html.match(/<[a-z]+[^>]* on[a-z]+=|<(img|script|svg|iframe|object)\b/gi)).toBeNull();
    expect(unseen.test(html.replaceAll('\n', ''))).toBe(false);
  });
});
