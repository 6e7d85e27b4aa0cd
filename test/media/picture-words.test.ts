/** No text of a picture lacks Chinese: every example, as it is and with each of its places, components and scenarios gone. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import picture from '../../l10n/picture.zh-cn.json' with { type: 'json' };
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph, type DiagramGraph } from '../../language/diagram/graph.js';
import { plainLayout } from '../../language/diagram/layout.js';
import { renderPlacement } from '../../language/diagram/placement.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { renderSvg } from '../../language/diagram/svg.js';
import { statesIn, viewOf, viewsOf } from '../../language/diagram/views.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../language/diagram/what-if/worst-losses.js';
import type { Model } from '../../language/model/model.js';
import { matrixOf } from '../../language/report/matrix/matrix.js';
import { wordsOf } from '../../language/translation/words.js';
import { project } from '../architecture/imports.js';
import { parseFiles } from '../language/model-of.js';
import { chinese, leftEnglish } from './left-english.js';

const places = (text: string): readonly string[] => [...new Set(text.match(/\{[kv]?\d+\}/g) ?? [])].sort();

describe('the table of the picture', () => {
  it.each(Object.entries(picture))('%j has its places', (english, translated) => {
    expect(places(translated)).toEqual(places(english));
  });
});

/** The texts and labels of a picture. */
function textsOf(svg: string): readonly string[] {
  const found = [...svg.matchAll(/>([^<>]+)<\/(?:text|title)>|aria-label="([^"]*)"/g)].map(
    ([, text, label]) => text ?? label ?? '',
  );
  return found.map((text) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
}

function drawn(graph: DiagramGraph, states?: DiagramStates): readonly string[] {
  const options = { theme: 'vscode', standalone: false, idPrefix: '', ...(states === undefined ? {} : { states }) } as const;
  return [...textsOf(renderSvg(graph, plainLayout(graph), options)), ...textsOf(renderPlacement(graph, options))];
}

/** Every string below a value, but for what is no text: sources and identifiers. */
function said(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const unread = new Set([
    'source',
    'switches',
    'id',
    'name',
    'title',
    'journeys',
    'node',
    'site',
    'role',
    'state',
    'verdict',
    'tone',
    'kind',
    'model',
    'owner',
  ]);
  return Object.entries(value).flatMap(([key, child]) => (unread.has(key) ? [] : said(child)));
}

function namesOf(model: Model): readonly string[] {
  const isName = (name: unknown): name is string => typeof name === 'string' && name.length > 2;
  const { components, journeys, regions, scenarios, policies } = model;
  const all = [...components, ...journeys, ...regions, ...scenarios, ...policies].flatMap((each) => [
    each.name,
    ...('title' in each && each.title !== undefined ? [each.title] : []),
  ]);
  const zones = regions.flatMap((region) => region.zones.flatMap(({ path, name }) => [path, name]));
  const own = components.flatMap((each) => each.data.backups.map(({ name }) => name));
  const fates = regions.flatMap(({ fate, zones: inside }) => said([fate, ...inside.map((zone) => zone.fate)]));
  return [...fates, model.name, model.title ?? '', ...all, ...zones, ...own].filter(isName);
}

/** What authors have written in words of their own: it stays, and the view does not know it as names. */
function wordsIn({ components }: Model): readonly string[] {
  return components.flatMap((each) => each.edges.flatMap(({ fallback }) => fallback?.value ?? []));
}

const folder = join(project, 'examples');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.drml'));

/** A file with those beside it, which it may import. */
function filesWith(file: string): Readonly<Record<string, string>> {
  const beside = files.filter((other) => dirname(other) === dirname(file) && other !== file);
  return Object.fromEntries([file, ...beside].map((name) => [basename(name), readFileSync(join(folder, name), 'utf8')]));
}

describe('a picture in Chinese', () => {
  it.each(files)('of %s', async (file) => {
    const { model } = await parseFiles(filesWith(file));
    const analysis = analyze(model, { asOf: '2026-11-01' });
    const graph = buildGraph(model, analysis);
    const texts = new Set([...drawn(graph), ...said(worstLosses(model, analysis)), ...said(matrixOf(model, analysis))]);
    for (const { view, label } of viewsOf(graph)) {
      texts.add(label);
      for (const text of drawn(viewOf(graph, view))) texts.add(text);
    }
    const sites = model.regions.flatMap((region) => [region.name, ...region.zones.slice(0, 1).map(({ path }) => path)]);
    const tried: readonly Switches[] = [
      ...sites.map((site): Switches => ({ off: [{ kind: 'site', site }] })),
      ...model.components.slice(0, 12).map((each): Switches => ({ off: [{ kind: 'component', component: each.name }] })),
      ...model.scenarios.map(({ name }): Switches => ({ scenario: name, off: [] })),
    ];
    for (const switches of tried) {
      const answer = whatIf(model, analysis, switches);
      if (answer === undefined) continue;
      for (const text of [...drawn(graph, statesIn(answer.states, graph)), ...said(answer)]) texts.add(text);
    }
    const names = namesOf(model);
    const all = new Set(names);
    const words = wordsOf(chinese, () => all);
    const left = [...texts].flatMap((text) => {
      // A long title is cut to the width of the picture before it gets here: what is left of it cannot be told.
      if (/^.{30,}…$/.test(text)) return [];
      if (names.includes(text.trim())) return [];
      return leftEnglish(words(text), [...names, ...wordsIn(model)]) ?? [];
    });
    expect(left).toEqual([]);
  });
});
