/** Regions as lanes: which copies there are, which lines join them, and which of them a what-if speaks of. */
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../language/diagram/graph.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import type { DiagramStates } from '../../../language/diagram/states.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import { statesIn, viewNamed, viewOf } from '../../../language/diagram/views.js';
import { boutique, boutiqueFigures } from './boutique.js';
import { component, fact, figures, model, noData, region, replication, runs } from './factory.js';

const whole = buildGraph(boutique, boutiqueFigures);
const graph = viewOf(whole, { kind: 'regions' });
const ends = graph.edges.map(({ from, relation, to, quiet }) => `${from} -${relation}${quiet === true ? ' quiet' : ''}-> ${to}`);

describe('lanes', () => {
  it('are a view by name, where there are several regions', () => {
    expect(viewNamed(whole, 'regions')).toEqual({ kind: 'regions' });
    expect(viewNamed({ ...whole, places: whole.places.slice(0, 1) }, 'regions')).toBeUndefined();
  });

  it('have a copy of each component in each region where it runs, and everything else once', () => {
    const ids = graph.nodes.map((node) => node.id);
    expect(graph.lanes?.map(({ site, role }) => [site, role])).toEqual([
      ['cn-north', 'active'],
      ['cn-east', 'standby'],
    ]);
    expect(ids).toEqual(
      expect.arrayContaining(['frontend in cn-north', 'frontend in cn-east', 'redis-cart in cn-north', 'gslb', 'card-network']),
    );
    expect(ids).not.toContain('redis-cart in cn-east');
    expect(ids).not.toContain('frontend');
    expect(graph.nodes.find((node) => node.id === 'orders-backup')?.region).toBe('cn-east');
    expect(graph.nodes.find((node) => node.id === 'orders-db in cn-east')?.chips.map(({ text }) => text)).toEqual([
      'async ≤ 5 s',
    ]);
    expect(graph.nodes.find((node) => node.id === 'cart in cn-east')?.chips.map(({ text }) => text)).toEqual(['stands by']);
  });

  it('join copies inside a region, cross the border only where they have to, and are quiet where a region stands by', () => {
    for (const line of [
      'gslb -hard-> frontend in cn-north',
      'gslb -hard quiet-> frontend in cn-east',
      'frontend in cn-north -hard-> cart in cn-north',
      'frontend in cn-east -hard quiet-> cart in cn-east',
      'cart in cn-north -hard-> redis-cart in cn-north',
      'cart in cn-east -hard quiet-> redis-cart in cn-north',
      'orders-db in cn-north -async-copy-> orders-db in cn-east',
      'orders-db in cn-north -backup-> orders-backup',
      'payment in cn-north -choice-> card-network',
    ])
      expect(ends).toContain(line);
    expect(ends.filter((line) => line.startsWith('payment in cn-east'))).toEqual([]);
    expect(ends.filter((line) => line.includes('backup'))).toHaveLength(1);
  });

  it('show a copy that leads to a region further up, on the card and between the lanes', () => {
    const of = model({
      regions: [region('east', ['a']), region('west', ['a', 'b'])],
      components: [
        component('database', 'db', {
          placements: [runs('west', ['a', 'b']), runs('east', ['a'], 'hot-standby')],
          data: { ...noData, replication: [replication('async', { scope: 'to', region: 'east', lag: fact(5) })] },
        }),
      ],
    });
    const drawn = buildGraph(of, figures(of));
    expect(drawn.nodes[0]?.rows.map(({ region: name, arrives }) => [name, arrives])).toEqual([
      ['east', undefined],
      ['west', { mode: 'async', lag: '5 s', into: 'east' }],
    ]);
    const lanes = viewOf(drawn, { kind: 'regions' });
    expect(lanes.edges.map(({ from, relation, to }) => [from, relation, to])).toEqual([
      ['db in west', 'async-copy', 'db in east'],
    ]);
    const chips = lanes.nodes.map(({ id, chips: own }) => [id, own.map(({ text }) => text)]);
    expect(chips).toContainEqual(['db in east', ['async ≤ 5 s']]);
  });

  const states: DiagramStates = {
    title: 'What if cn-north is lost?',
    summary: [],
    nodes: [
      { id: 'frontend', state: 'at-risk', reason: 'on cn-east' },
      { id: 'cart', state: 'down', reason: 'needs redis-cart' },
      { id: 'redis-cart', state: 'down', role: 'cause' },
      { id: 'gslb', state: 'ok' },
    ],
    sites: [
      { site: 'cn-north', state: 'lost' },
      { site: 'cn-east', state: 'ok', promoted: true },
    ],
    cells: [{ node: 'frontend', site: 'cn-east.a', promoted: 1 }],
    edges: [{ id: 'cart hard redis-cart', state: 'down' }],
    replications: [{ node: 'orders-db', region: 'cn-east', text: 'cut' }],
  };

  it('tell of a component at the copy that serves, of a lost one that it is lost, and nothing of what stands by', () => {
    const told = statesIn(states, graph);
    const state = (id: string): string | undefined => told.nodes.find((node) => node.id === id)?.state;
    expect(state('frontend in cn-east')).toBe('at-risk');
    expect(state('frontend in cn-north')).toBe('lost');
    // The cart of the other region should have taken over, and could not.
    expect(state('cart in cn-north')).toBe('lost');
    expect(state('cart in cn-east')).toBe('down');
    // Nothing stands by for the carts themselves: their state stays with what is lost.
    expect(state('redis-cart in cn-north')).toBe('down');
    expect(told.cells).toEqual([{ node: 'frontend in cn-east', site: 'cn-east.a', promoted: 1 }]);
    const line = (id: string): string | undefined => told.edges?.find((edge) => edge.id === id)?.state;
    expect(line('cart in cn-north hard redis-cart in cn-north')).toBeUndefined();
    expect(line('cart in cn-east hard redis-cart in cn-north')).toBe('down');
    expect(line('gslb hard frontend in cn-east')).toBe('ok');
    expect(line('gslb hard frontend in cn-north')).toBeUndefined();
    expect(line('orders-db in cn-north async-copy orders-db in cn-east')).toBe('lost');
  });

  it('count a component once, and name the lost lane', () => {
    const told = statesIn(states, graph);
    const svg = renderSvg(graph, plainLayout(graph), { theme: 'light', standalone: true, idPrefix: '', states: told });
    expect(svg).toContain('>2 down<');
    expect(svg).toContain('>1 at risk<');
    expect(svg).not.toContain('>1 off<');
    expect(svg).toMatch(/data-lane="cn-north">.*LOST/);
    expect(svg).toMatch(/data-lane="cn-east">.*promoted/);
  });
});
