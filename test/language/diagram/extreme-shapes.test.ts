/** Models of extreme sizes and shapes: each gives a picture that says something, folded or not, in time and without a crash. */
import { describe, expect, test } from 'vitest';
import { d2Of } from '../../../language/diagram/export/d2.js';
import { mermaidOf } from '../../../language/diagram/export/mermaid.js';
import { fold, foldedAbove, foldStates } from '../../../language/diagram/fold.js';
import { buildGraph } from '../../../language/diagram/graph.js';
import { plainLayout, shelvesLayout } from '../../../language/diagram/layout.js';
import { canBeDrawnWhole } from '../../../language/diagram/layout-effort.js';
import { renderPlacement } from '../../../language/diagram/placement.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import { type View, viewOf } from '../../../language/diagram/views.js';
import type { Component, Model } from '../../../language/model/model.js';
import { component, edge, fact, figures, journey, model, region, runs } from './factory.js';
import { readXml } from './svg-reader.js';

const options = { theme: 'light', standalone: true, idPrefix: '' } as const;
const here = [region('r', ['a', 'b', 'c'])];
const placements = [runs('r', ['a', 'b'])];

function range<T>(count: number, of: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => of(index));
}

/** Services `s0` to `sN`, each requiring those whose numbers `callees` gives. */
function services(count: number, callees: (index: number) => readonly number[]): readonly Component[] {
  return range(count, (index) => {
    const targets = callees(index).map((target) => `s${target}`);
    return component('service', `s${index}`, { placements, edges: targets.length === 0 ? [] : [edge('requires', targets)] });
  });
}

function system(components: readonly Component[], entries: readonly string[], more: Partial<Model> = {}): Model {
  const journeys = entries.map((name, index) => journey(`j${index}`, [edge('requires', [name])]));
  return model({ regions: here, components, journeys, ...more });
}

/** Numbers without a pattern, the same each time. */
function scattered(index: number, below: number): number {
  return below <= 0 ? 0 : (Math.imul(index + 1, 2_654_435_761) >>> 8) % below;
}

/** What it is → the model. */
const shapes: readonly (readonly [string, () => Model])[] = [
  ['nothing', () => model({})],
  ['only a journey', () => model({ journeys: [journey('j', [])] })],
  ['only regions', () => model({ regions: here })],
  [
    'one component',
    () =>
      system(
        services(1, () => []),
        [],
      ),
  ],
  [
    '5,000 components',
    () =>
      system(
        services(5000, (i) => [scattered(i, i), scattered(i + 7, i)].filter((to) => to < i)),
        range(10, (i) => `s${4999 - i}`),
      ),
  ],
  [
    '10,000 components',
    () =>
      system(
        services(10_000, (i) => [scattered(i, i), scattered(i + 7, i)].filter((to) => to < i)),
        range(10, (i) => `s${9999 - i}`),
      ),
  ],
  [
    '2,000 callers of one',
    () =>
      system(
        services(2001, (i) => (i === 0 ? [] : [0])),
        ['s1', 's2000'],
      ),
  ],
  [
    'a caller of 2,000',
    () =>
      system(
        services(2001, (i) => (i === 0 ? range(2000, (to) => to + 1) : [])),
        ['s0'],
      ),
  ],
  [
    'a chain of 3,000',
    () =>
      system(
        services(3000, (i) => (i < 2999 ? [i + 1] : [])),
        ['s0'],
      ),
  ],
  [
    '60 callers of 60',
    () =>
      system(
        services(120, (i) => (i < 60 ? range(60, (to) => to + 60) : [])),
        ['s0', 's1'],
      ),
  ],
  [
    'a ring of 400 with chords',
    () =>
      system(
        services(400, (i) => [(i + 1) % 400, (i * 7 + 3) % 400]),
        ['s0'],
      ),
  ],
  [
    'a ring of 3,000 with chords',
    () =>
      system(
        services(3000, (i) => [(i + 1) % 3000, (i * 7 + 3) % 3000]),
        ['s0'],
      ),
  ],
  [
    'each calls itself',
    () =>
      system(
        services(200, (i) => [i]),
        ['s0'],
      ),
  ],
  [
    '500 zones',
    () =>
      system(
        [
          component('service', 's0', {
            placements: [
              runs(
                'r',
                range(500, (i) => `z${i}`),
              ),
            ],
          }),
        ],
        ['s0'],
        {
          regions: [
            region(
              'r',
              range(500, (i) => `z${i}`),
            ),
          ],
        },
      ),
  ],
  [
    '200 regions',
    () =>
      system([component('service', 's0', { placements: range(200, (i) => runs(`r${i}`, ['a'])) })], ['s0'], {
        regions: range(200, (i) => region(`r${i}`, ['a', 'b'])),
      }),
  ],
  [
    '10,000 instances',
    () =>
      system(
        [
          component('service', 's0', {
            placements: [
              runs(
                'r',
                range(10_000, (i) => 'abc'[i % 3] ?? 'a'),
              ),
            ],
            needs: fact(9000),
          }),
        ],
        ['s0'],
      ),
  ],
  [
    '300 journeys',
    () =>
      system(
        services(5, () => []),
        range(300, (i) => `s${i % 5}`),
      ),
  ],
  [
    '1,000 components without a line',
    () =>
      system(
        services(1000, () => []),
        [],
      ),
  ],
];

const views: readonly View[] = [
  { kind: 'system' },
  { kind: 'regions' },
  { kind: 'data' },
  { kind: 'journey', name: 'j0' },
  { kind: 'component', name: 's0' },
  { kind: 'region', name: 'r' },
];

function cpuOf<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const start = process.cpuUsage();
  const result = work();
  const { user, system: kernel } = process.cpuUsage(start);
  return { result, ms: (user + kernel) / 1000 };
}

describe.each(shapes)('%s', (what, make) => {
  const built = (() => {
    let graph: ReturnType<typeof buildGraph> | undefined;
    return () => {
      if (graph === undefined) {
        const of = make();
        graph = buildGraph(of, figures(of));
      }
      return graph;
    };
  })();

  test('folds into what can be read, and every view of it can be drawn', () => {
    const graph = built();
    for (const view of views) {
      const { graph: shown } = fold(viewOf(graph, view));
      // What no line joins to anything stays as it is: it is shelved below.
      const touched = new Set(shown.edges.flatMap(({ from, to }) => [from, to]));
      const joined = shown.nodes.filter(({ id, kind }) => touched.has(id) && kind !== 'journey').length;
      expect([view.kind, joined <= foldedAbove]).toEqual([view.kind, true]);
      const { result: layout, ms } = cpuOf(() => plainLayout(shown));
      expect([what, view.kind, 'layout', ms < 1500]).toEqual([what, view.kind, 'layout', true]);
      expect(layout.edges).toHaveLength(shown.edges.length);
      shown.edges.forEach((_, index) => {
        expect(layout.edges[index]?.length ?? 0).toBeGreaterThan(1);
      });
      const { result: svg, ms: drawing } = cpuOf(() => renderSvg(shown, layout, options));
      expect([what, view.kind, 'drawing', drawing < 1500]).toEqual([what, view.kind, 'drawing', true]);
      readXml(svg);
      // A tooltip is read, not scrolled through.
      for (const [, title = ''] of svg.matchAll(/<title>([^<]*)</g))
        expect([view.kind, title.length < 3000]).toEqual([view.kind, true]);
    }
  });

  test('has a table of places, and a what-if of everything folds as fast', () => {
    const graph = built();
    const folded = fold(graph);
    readXml(renderPlacement(folded.graph, options));
    const states = {
      title: 'What if r is lost?',
      summary: [],
      sites: [],
      nodes: graph.nodes.map(({ id }) => ({
        id,
        state: 'down' as const,
        role: 'consequence' as const,
        reason: 'needs s0',
        says: 'It requires s0, which is down.',
      })),
      edges: graph.edges.map(({ id }) => ({ id, state: 'down' as const })),
    };
    const { result, ms } = cpuOf(() => foldStates(states, graph, folded));
    expect([what, ms < 400]).toEqual([what, true]);
    const svg = renderSvg(folded.graph, plainLayout(folded.graph), { ...options, states: result });
    readXml(svg);
    for (const [, title = ''] of svg.matchAll(/<title>([^<]*)</g)) expect(title.length).toBeLessThan(3000);
  });

  test('can be written whole for other tools, and seen at once without its lines', () => {
    const graph = built();
    const { result, ms } = cpuOf(() => [mermaidOf(graph), d2Of(graph)]);
    expect(ms).toBeLessThan(2500);
    for (const text of result) expect(text.split('\n').length).toBeGreaterThanOrEqual(graph.nodes.length + graph.edges.length);
    const { result: layout, ms: shelving } = cpuOf(() => shelvesLayout(graph));
    expect(shelving).toBeLessThan(500);
    expect(layout.nodes).toHaveLength(graph.nodes.length);
  });
});

test.each([
  ['nothing', true],
  ['2,000 callers of one', true],
  ['60 callers of 60', true],
  ['a ring of 400 with chords', true],
  ['a chain of 3,000', false],
  ['a ring of 3,000 with chords', false],
  ['10,000 components', false],
])('%s: drawn whole on the command line: %s, and that is known at once', (name, whole) => {
  const of = shapes.find(([what]) => what === name)?.[1]() ?? model({});
  const graph = buildGraph(of, figures(of));
  const { result, ms } = cpuOf(() => canBeDrawnWhole(graph));
  expect([result, ms < 500]).toEqual([whole, true]);
});

test.each([
  ['a ring of 400 with chords', 2500],
  ['60 callers of 60', 4000],
  ['a chain of 3,000', 4000],
  ['2,000 callers of one', 4000],
])('%s is laid out unfolded, each line from its caller to its callee', (name, most) => {
  const of = shapes.find(([what]) => what === name)?.[1]() ?? model({});
  const graph = buildGraph(of, figures(of));
  const { result: layout, ms } = cpuOf(() => plainLayout(graph));
  expect([name, ms < most]).toEqual([name, true]);
  const numbers = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  graph.edges.forEach((line, index) => {
    for (const [end, point] of [
      [line.from, layout.edges[index]?.at(0)],
      [line.to, layout.edges[index]?.at(-1)],
    ] as const) {
      const node = numbers.get(end) ?? -1;
      const corner = layout.nodes[node] ?? { x: Number.NaN, y: Number.NaN };
      const { width = 0, height = 0 } = graph.nodes[node] ?? {};
      const inside =
        point !== undefined &&
        point.x >= corner.x - 1 &&
        point.x <= corner.x + width + 1 &&
        point.y >= corner.y - 1 &&
        point.y <= corner.y + height + 1;
      expect([line.id, inside]).toEqual([line.id, true]);
    }
  });
});
