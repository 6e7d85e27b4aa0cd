/** The interactive page: what it holds answers as the model does, and no text of a model becomes markup in it. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { pageOf } from '../../../../language/diagram/export/page.js';
import { type PageStart, pageModelOf } from '../../../../language/diagram/export/page-data.js';
import { buildGraph } from '../../../../language/diagram/graph.js';
import { nothingOff, type Switch, type Switches } from '../../../../language/diagram/what-if/switches.js';
import { whatIf } from '../../../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../../../language/diagram/what-if/worst-losses.js';
import type { Model } from '../../../../language/model/model.js';
import { matrixOf } from '../../../../language/report/matrix/matrix.js';
import { filesIn, pipeline } from '../../../golden/pipeline.js';
import { component, model } from '../factory.js';

const examples = join(import.meta.dirname, '../../../../examples');
const start: PageStart = { layouts: [], view: { kind: 'system' }, panes: 'flow', switches: nothingOff };
const parts = {
  script: 'start();',
  style: 'body { margin: 0 }',
};
const hash = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Every region, zone, component and link of a model, and its scenarios, as what-ifs of one thing. */
function singles(of: Model): readonly Switches[] {
  const off: readonly Switch[] = [
    ...of.regions
      .flatMap(({ name, zones }) => [name, ...zones.map(({ path }) => path)])
      .map((site) => ({ kind: 'site' as const, site })),
    ...of.components.map(({ name }) => ({ kind: 'component' as const, component: name })),
    ...[...of.components, ...of.journeys].flatMap(({ name, edges }) =>
      edges.flatMap(({ targets }) => targets.map((target) => ({ kind: 'dependency' as const, from: name, to: target.name }))),
    ),
  ];
  return [...off.map((each) => ({ off: [each] })), ...of.scenarios.map(({ name }) => ({ scenario: name, off: [] }))];
}

const goldens = join(import.meta.dirname, '../../../golden/models');
const models = [
  ...readdirSync(examples)
    .filter((name) => !['incidents', 'manifests'].includes(name))
    .map((name) => [name, join(examples, name), `${name}.drml`] as const),
  ...readdirSync(join(examples, 'incidents'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, join(examples, 'incidents', name), 'before.drml'] as const),
  ...readdirSync(goldens).map((name) => [name, join(goldens, name), 'model.drml'] as const),
];

describe.each(models)('the page of %s', (_, folder, root) => {
  const of = pipeline(filesIn(folder), root);

  test('holds a model that answers as the written one: picture, matrix, losses, and what-ifs of one and two things', async () => {
    const { model: written, analysis } = await of;
    const data = JSON.parse(JSON.stringify(pageModelOf(written, analysis))) as ReturnType<typeof pageModelOf>;
    const again = analyze(data.model, { asOf: data.asOf });
    const named = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('memory:/', ''));
    expect(named(buildGraph(data.model, again))).toEqual(named(buildGraph(written, analysis)));
    expect(named(matrixOf(data.model, again))).toEqual(named(matrixOf(written, analysis)));
    expect(worstLosses(data.model, again)).toEqual(worstLosses(written, analysis));
    const alone = singles(written);
    const pairs = alone.slice(1).map((each, index) => ({ ...each, off: [...(alone[index]?.off ?? []), ...each.off] }));
    expect(alone.length).toBeGreaterThan(2);
    for (const each of [...alone, ...pairs]) {
      expect(whatIf(data.model, again, each), JSON.stringify(each)).toEqual(whatIf(written, analysis, each));
    }
  });

  test('says nothing of the machine that it was made on, and is the same each time', async () => {
    const { model: written, analysis } = await of;
    const made = () => pageOf({ ...pageModelOf(written, analysis), ...start }, undefined, parts);
    const page = await made();
    expect(page).not.toMatch(/memory:|file:/);
    expect(await made()).toBe(page);
  });
});

test('files are named as seen from the folder that holds them all', () => {
  const file = (uri: string) => ({ uri, lineStarts: [0], imports: [] });
  const uris = ['file:///home/me/shop/a/one.drml', 'file:///home/me/shop/ab/two.drml'];
  const { files } = pageModelOf({ ...model({}), files: uris.map(file) }, { asOf: '2026-11-01' }).model;
  expect(files.map(({ uri }) => uri)).toEqual(['a/one.drml', 'ab/two.drml']);
});

describe('the text of the page', () => {
  const titles = [
    '</script><script>alert(1)</script>',
    '<!--<script>',
    ']]>',
    '</title><img src=x onerror=alert(1)>',
    'a\u202eb\u2028c',
    '&lt;b&gt; "quoted" \'and\'',
    'x'.repeat(500),
  ];

  test.each(titles)('keeps %j as text', async (title) => {
    const hostile = { ...model({ components: [component('service', 'one', { title })] }), title };
    const data = { ...pageModelOf(hostile, { asOf: '2026-11-01' }), ...start };
    const page = await pageOf(data, undefined, parts);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).not.toMatch(/<img|<!--|\u202e|\u2028/);
    const [, json = ''] = /<script type="application\/json"[^>]*>([^<]*)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(data)));
  });

  test('allows the one script and the one style sheet that stand in it', async () => {
    const script = 'const a = "</script>" + "<!--" + "<script>";';
    const page = await pageOf({ ...pageModelOf(model({}), { asOf: '2026-11-01' }), ...start }, 'dark', { ...parts, script });
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
    const [, code = ''] = /<script>([\s\S]*)<\/script>/.exec(page) ?? [];
    expect(new Function(`${code} return a;`)()).toBe('</script><!--<script>');
    expect(policy.split('; ')).toEqual([
      `default-src 'none'`,
      `script-src 'sha256-${hash(code)}'`,
      `style-src 'sha256-${hash(style)}'`,
      'img-src blob:',
      `base-uri 'none'`,
      `form-action 'none'`,
    ]);
    expect(style).not.toContain('prefers-color-scheme');
  });
});
