import { describe, expect, it } from 'vitest';
import { fold, foldedAbove, foldStates } from '../../../language/diagram/fold.js';
import { buildGraph } from '../../../language/diagram/graph.js';
import { summaryText } from '../../../language/diagram/header.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import { renderPlacement } from '../../../language/diagram/placement.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import { statesIn, viewNamed, viewOf, viewsOf } from '../../../language/diagram/views.js';
import { boutique, boutiqueFigures } from './boutique.js';
import { component, edge, figures, journey, model, region } from './factory.js';
import { extent, readXml, walk } from './svg-reader.js';

const graph = buildGraph(boutique, boutiqueFigures);
const names = (of: { readonly nodes: readonly { readonly id: string }[] }): readonly string[] => of.nodes.map(({ id }) => id);

describe('views', () => {
  it('of a journey show what it leads to, and nothing else', () => {
    const home = viewOf(graph, { kind: 'journey', name: 'home' });
    expect(names(home)).toContain('redis-cart');
    expect(names(home)).not.toContain('place-order');
    for (const { from, to } of home.edges) expect(names(home)).toEqual(expect.arrayContaining([from, to]));
  });

  it('of a component show its neighbours with only its own lines', () => {
    const cart = viewOf(graph, { kind: 'component', name: 'cart' });
    expect([...names(cart)].sort()).toEqual(['cart', 'checkout', 'frontend', 'redis-cart']);
    expect(cart.edges.every(({ from, to }) => from === 'cart' || to === 'cart')).toBe(true);
  });

  it('of the data show stores and where their copies go', () => {
    const data = viewOf(graph, { kind: 'data' });
    expect(new Set(data.nodes.map((node) => node.kind))).toEqual(new Set(['database', 'cache', 'bucket']));
    expect(data.edges.map((each) => each.relation)).toContain('backup');
  });

  it('of a region show the row of that region only, on cards of that height', () => {
    const [, east] = graph.places;
    const view = viewOf(graph, { kind: 'region', name: east?.site ?? '' });
    const rows = view.nodes.flatMap((node) => node.rows.map((row) => row.region));
    expect(new Set(rows)).toEqual(new Set([east?.site]));
    expect(names(view)).not.toContain('redis-cart');
    const height = (id: string, of: typeof graph): number => of.nodes.find((node) => node.id === id)?.height ?? 0;
    expect(height('cart', view)).toBe(height('cart', graph) - 22);
    expect(view.structure).not.toBe(graph.structure);
  });

  it('of what is gone show the whole system', () => {
    expect(viewOf(graph, { kind: 'journey', name: 'gone' })).toBe(graph);
    expect(viewOf(graph, { kind: 'component', name: 'gone' })).toBe(graph);
  });

  it('are offered for the whole, each journey, each region, and the data', () => {
    expect(viewsOf(graph).map(({ label }) => label)).toEqual([
      'Whole system',
      'Journey home',
      'Journey place-order',
      ...graph.places.map(({ label }) => `Region ${label}`),
      'Regions side by side',
      'Data and backups',
    ]);
  });
});

describe('a view by its name', () => {
  it.each([
    ['data', { kind: 'data' }],
    ['journey:home', { kind: 'journey', name: 'home' }],
    ['component:cart', { kind: 'component', name: 'cart' }],
    ['journey:cart', undefined],
    ['component:home', undefined],
    ['region:nowhere', undefined],
    ['home', undefined],
    ['', undefined],
  ])('%j', (text, view) => {
    expect(viewNamed(graph, text)).toEqual(view);
  });
});

describe('names that mean something to XML', () => {
  const hostile = '<img onerror=alert(1)>&"\']]>\u202e'.repeat(12);
  const evil = model({
    title: hostile,
    components: [
      component('service', 'a', { title: hostile, edges: [edge('requires', ['b'])] }),
      component('database', 'b', { title: hostile }),
    ],
    journeys: [journey('j', [edge('requires', ['a'])], { title: hostile })],
  });
  const drawn = buildGraph(evil, figures(evil));

  it.each(['light', 'vscode'] as const)('stay text in both pictures, in a what-if, in the theme %s', (theme) => {
    const states = {
      title: hostile,
      summary: [{ text: hostile }],
      nodes: drawn.nodes.map(({ id }) => ({ id, state: 'down' as const, reason: hostile, says: hostile })),
      sites: [],
      edges: drawn.edges.map(({ id }) => ({ id, state: 'down' as const, says: hostile })),
    };
    const options = { theme, standalone: theme === 'light', idPrefix: '', states };
    for (const text of [renderSvg(drawn, plainLayout(drawn), options), renderPlacement(drawn, options)]) {
      expect([...walk(readXml(text))].map(({ element }) => element.name)).not.toContain('img');
      expect(text).not.toContain('\u202e');
    }
  });
});

it('a what-if says which part of the system is shown', () => {
  const states = { title: 'What if cn-north is lost?', summary: [], nodes: [], sites: [] };
  expect(statesIn(states, graph).title).toBe('What if cn-north is lost?');
  const home = viewOf(graph, { kind: 'journey', name: 'home' });
  expect(statesIn(states, home).title).toBe('What if cn-north is lost? · journey home');
  const data = viewOf(graph, { kind: 'data' });
  expect(statesIn(states, data).title).toBe('What if cn-north is lost? · data and backups');
});

describe('folding', () => {
  /** Two journeys over a hundred services each, and one service that both need. */
  const count = 100;
  const chain = (letter: string) =>
    Array.from({ length: count }, (_, index) =>
      component('service', `${letter}${index}`, {
        edges: [edge('requires', [index + 1 < count ? `${letter}${index + 1}` : 'both'])],
      }),
    );
  const large = model({
    components: [...chain('a'), ...chain('b'), component('service', 'both')],
    journeys: [journey('first', [edge('requires', ['a0'])]), journey('second', [edge('requires', ['b0'])])],
  });
  const whole = buildGraph(large, figures(large));
  const folded = fold(whole);

  it('leaves small pictures as they are', () => {
    expect(graph.nodes.length).toBeLessThanOrEqual(foldedAbove);
    expect(fold(graph).graph).toBe(graph);
  });

  it('puts what one journey needs into one box, with one line to it', () => {
    expect(folded.graph.nodes.map(({ name, subtitle }) => `${name}: ${subtitle}`)).toEqual(
      expect.arrayContaining(['For first: 100 services', 'For second: 100 services']),
    );
    expect(folded.graph.nodes).toHaveLength(5);
    expect(folded.graph.edges).toHaveLength(4);
  });

  it('opens one box at a time', () => {
    const box = folded.boxOf.get('a0') ?? '';
    const opened = fold(whole, new Set([box]));
    expect(opened.graph.nodes).toHaveLength(4 + count);
    expect(opened.boxOf.has('b0')).toBe(true);
  });

  it('says of a box how its worst member stands', () => {
    const states = foldStates(
      {
        title: 'What if?',
        summary: [],
        sites: [],
        nodes: [
          { id: 'a0', state: 'ok' },
          { id: 'a1', state: 'down', role: 'cause' },
          { id: 'a2', state: 'at-risk' },
          { id: 'both', state: 'ok' },
        ],
        edges: whole.edges.map(({ id }, index) => ({ id, state: index === 0 ? ('down' as const) : ('ok' as const) })),
      },
      whole,
      folded,
    );
    expect(states.nodes).toContainEqual({
      id: folded.boxOf.get('a0'),
      state: 'down',
      role: 'cause',
      reason: '1 of 3 · 1 at risk',
      says: 'down: a1. at risk: a2.',
      inside: {
        counts: [
          ['down', 1],
          ['at-risk', 1],
          ['ok', 1],
        ],
        cause: 'a1',
      },
    });
    // The line over the picture counts components, not boxes: `both` stands for itself.
    expect(summaryText(folded.graph, states)).toBe('1 down, 1 at risk, 2 ok');
    expect(states.edges?.filter(({ state }) => state === 'down')).toHaveLength(1);
  });

  it('draws boxes with their text inside', () => {
    const layout = plainLayout(folded.graph);
    const svg = readXml(renderSvg(folded.graph, layout, { theme: 'light', standalone: true, idPrefix: '' }));
    for (const { element, dx } of walk(svg)) {
      if (element.name !== 'text') continue;
      const { left, right } = extent(element);
      expect(left + dx >= 0 && right + dx <= layout.width, element.text).toBe(true);
    }
  });
});

describe('placement', () => {
  const svg = readXml(renderPlacement(graph, { theme: 'light', standalone: true, idPrefix: 'q-' }));

  it('has a row for each component and none for a journey', () => {
    const rows = [...walk(svg)].flatMap(({ element }) => element.attributes['data-node'] ?? []);
    const components = graph.nodes.filter((node) => node.kind !== 'journey').map(({ name }) => name);
    expect([...rows].sort()).toEqual([...components].sort());
  });

  it('has room for what it says where nothing runs', () => {
    const empty = model({ regions: [region('north', ['a', 'b'])] });
    const text = renderPlacement(buildGraph(empty, figures(empty)), { theme: 'light', standalone: true, idPrefix: '' });
    const [, y = ''] = /y="([\d.]+)"[^>]*>Nothing runs anywhere yet\./.exec(text) ?? [];
    expect(Number(y) + 4).toBeLessThan(Number(readXml(text).attributes.height));
  });

  it('clips no text', () => {
    const width = Number(svg.attributes.width);
    for (const { element, dx } of walk(svg)) {
      if (element.name !== 'text') continue;
      const { left, right } = extent(element);
      expect(left + dx >= 0 && right + dx <= width, element.text).toBe(true);
    }
  });

  it('hatches the column of a lost zone and moves nothing', () => {
    const zone = graph.places[0]?.zones[1]?.site ?? '';
    const states = { title: 'What if?', summary: [], nodes: [], sites: [{ site: zone, state: 'lost' as const }] };
    const text = renderPlacement(graph, { theme: 'light', standalone: true, idPrefix: 'q-', states });
    expect(text).toContain('url(#q-hatch)');
    expect(readXml(text).attributes.viewBox).toBe(svg.attributes.viewBox);
  });
});
