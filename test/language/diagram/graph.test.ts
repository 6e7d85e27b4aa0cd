import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { buildGraph, type DiagramGraph, type DiagramNode } from '../../../language/diagram/graph.js';
import type { Component, Model } from '../../../language/model/model.js';
import { modelOf } from '../model-of.js';
import { boutique, boutiqueFigures } from './boutique.js';
import {
  at,
  backup,
  component,
  edge,
  fact,
  figures,
  journey,
  model,
  noData,
  region,
  replication,
  runs,
  source,
  use,
} from './factory.js';

function node(graph: DiagramGraph, id: string): DiagramNode {
  const found = graph.nodes.find((each) => each.id === id);
  if (found === undefined) throw new Error(`No node ${id}.`);
  return found;
}

function chips(graph: DiagramGraph, id: string): readonly string[] {
  return node(graph, id).chips.map((chip) => (chip.tone === 'fact' ? chip.text : `${chip.tone}: ${chip.text}`));
}

const graph = buildGraph(boutique, boutiqueFigures);

/** A graph of one component, in a region of three zones. */
function alone(more: Partial<Component>, kind: Component['kind'] = 'service'): DiagramGraph {
  const of = model({ regions: [region('r', ['a', 'b', 'c'])], components: [component(kind, 'x', more)] });
  return buildGraph(of, figures(of));
}

describe('nodes', () => {
  it('survive JSON', () => {
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph);
  });

  it.each([
    ['home', 'journey'],
    ['gslb', 'hexagon'],
    ['frontend', 'card'],
    ['orders-db', 'card'],
    ['smtp-relay', 'third-party'],
    ['orders-backup', 'bucket'],
  ])('%s is a %s', (id, shape) => {
    expect(node(graph, id).shape).toBe(shape);
  });

  it('a gateway that runs in places is a card', () => {
    expect(node(alone({ placements: [runs('r', ['a'])] }, 'gateway'), 'x').shape).toBe('card');
  });

  it('know where their name stands', () => {
    const here = node(alone({ nameSource: at(23) }), 'x').source;
    expect(here).toEqual({ uri: source.uri, start: { line: 2, character: 3 }, end: { line: 2, character: 6 } });
  });

  it('show instances in their zones, and letters for what replicates', () => {
    const rows = node(graph, 'orders-db').rows.map((row) => row.cells.map((cell) => cell.pips.map((pip) => pip.letter).join('')));
    expect(rows).toEqual([
      ['P', 'S', 'S'],
      ['A', '', ''],
    ]);
    expect(node(graph, 'orders-db').rows[1]?.arrives).toEqual({ mode: 'async', lag: '5 s' });
    expect(node(graph, 'frontend').rows[1]?.cells.map((cell) => cell.pips.map((pip) => pip.role))).toEqual([
      ['standby'],
      ['standby'],
      [],
    ]);
  });

  it('show a region that others run in even where they have nothing, and hide one that only a witness needs', () => {
    expect(node(graph, 'redis-cart').rows.map((row) => row.region)).toEqual(['cn-north', 'cn-east']);
    const of = model({
      regions: [region('r', ['a']), region('w', ['a'])],
      components: [
        component('service', 's', { placements: [runs('r', ['a'])] }),
        component('service', 't', { placements: [runs('r', ['a'])] }),
        component('database', 'd', { placements: [runs('r', ['a']), runs('w', ['a'], 'witness')] }),
      ],
    });
    const rows = (id: string) => node(buildGraph(of, figures(of)), id).rows.map((row) => row.region);
    expect(rows('s')).toEqual(['r']);
    expect(rows('d')).toEqual(['r', 'w']);
  });

  it('count in one cell what has no room', () => {
    const rows = node(
      alone({
        placements: [
          runs(
            'r',
            Array.from({ length: 40 }, () => 'a'),
          ),
        ],
      }),
      'x',
    ).rows;
    expect(rows[0]?.cells[0]?.pips).toHaveLength(40);
    const many = model({
      regions: [region('r', [...'abcdefghij'])],
      components: [component('service', 'x', { placements: [runs('r', ['j'])] })],
    });
    const cells = node(buildGraph(many, figures(many)), 'x').rows[0]?.cells ?? [];
    expect(cells.map((cell) => cell.label)).toEqual(['a', 'b', 'c', 'd', 'e', '+5']);
    expect(cells.at(-1)?.pips).toHaveLength(1);
  });

  it('number the journeys that cannot do without them', () => {
    expect(node(graph, 'redis-cart').journeys).toEqual([1, 2]);
    expect(node(graph, 'ad').journeys).toEqual([]);
    expect(node(graph, 'place-order').journeys).toEqual([2]);
  });
});

describe('chips', () => {
  it.each<[string, readonly string[], Partial<Component>, Component['kind']]>([
    ['one instance', ['finding: 1 replica'], { placements: [runs('r', ['a'])] }, 'service'],
    ['one instance with a standby', [], { placements: [runs('r', ['a']), runs('r', ['b'], 'hot-standby')] }, 'service'],
    ['three', ['needs 1 of 3'], { placements: [runs('r', ['a', 'b', 'c'])] }, 'service'],
    ['more than there are', ['finding: needs 4 of 3'], { placements: [runs('r', ['a', 'b', 'c'])], needs: fact(4) }, 'service'],
    ['a store without a backup', ['finding: no backup', 'needs 1 of 2'], { placements: [runs('r', ['a', 'b'])] }, 'database'],
    [
      'a cache that is rebuilt',
      ['needs 1 of 2'],
      { placements: [runs('r', ['a', 'b'])], rebuildsFrom: { targets: [], source } },
      'cache',
    ],
    [
      'a quorum',
      ['sync quorum 2 of 3'],
      {
        placements: [runs('r', ['a', 'b', 'c'])],
        data: {
          ...noData,
          replication: [replication('sync', { quorum: fact(2) })],
          backups: [backup('nightly', 86_400, 'vault')],
        },
      },
      'database',
    ],
    [
      'a queue',
      ['finding: 1 replica', 'keeps 7 d'],
      { placements: [runs('r', ['a'])], data: { ...noData, keeps: fact(604_800) } },
      'queue',
    ],
  ])('of %s', (_, expected, more, kind) => {
    expect(chips(alone(more, kind), 'x')).toEqual(expected);
  });
});

describe('journeys', () => {
  it('print their figure in full and judge their objectives', () => {
    expect(node(graph, 'home').subtitle).toBe('99.9898% (53.6 min/yr)');
    expect(node(graph, 'home').verdict).toBe('met');
    expect(chips(graph, 'place-order')).toEqual(['missed: ≥ 99.95%', 'RTO 5 min', 'RPO 1 min']);
    expect(node(graph, 'place-order').verdict).toBe('missed');
  });

  it('are of unknown state where a figure is missing', () => {
    expect(node(buildGraph(boutique, figures(boutique)), 'home').verdict).toBe('unknown');
  });

  it('say that nothing is promised', () => {
    const of = model({ journeys: [journey('j', [])] });
    expect(chips(buildGraph(of, figures(of)), 'j')).toEqual(['no objective']);
    expect(node(buildGraph(of, figures(of)), 'j').verdict).toBeUndefined();
  });
});

describe('single points of failure', () => {
  it('wear a badge and are counted', () => {
    expect(graph.nodes.filter((each) => each.badge !== undefined).map((each) => each.id)).toEqual(['redis-cart']);
    expect(graph.summary.map((part) => part.text)).toContain('1 of 10 single');
    expect(graph.places[0]?.zones.map((zone) => zone.single)).toEqual([true, false, false]);
  });

  it('are badged only where data is when everything is one', () => {
    const names = ['web', 'api', 'cart', 'redis'];
    const of = model({
      journeys: [journey('j', [edge('requires', names)])],
      components: names.map((name) => component(name === 'redis' ? 'cache' : 'service', name)),
    });
    const everything = buildGraph(
      of,
      figures(of, { singles: { j: names.map((name) => ({ kind: 'component' as const, name, source })) } }),
    );
    expect(everything.nodes.filter((each) => each.badge !== undefined).map((each) => each.id)).toEqual(['redis']);
    expect(everything.summary.map((part) => part.text)).toContain('4 of 4 single');
  });
});

describe('places', () => {
  it.each<[string, Component]>([
    ['active', component('service', 'x', { placements: [runs('r', ['a']), runs('r', ['a'], 'hot-standby')] })],
    ['standby', component('service', 'x', { placements: [runs('r', ['a'], 'pilot-light')], hosts: [use('r')] })],
    ['witness', component('database', 'x', { placements: [runs('r', ['a'], 'witness')] })],
    ['copies', component('bucket', 'x', { hosts: [use('r.a')] })],
    ['active', component('queue', 'x', { hosts: [use('r')] })],
    ['unused', component('external', 'x')],
  ])('are %s by what runs there', (role, only) => {
    const of = model({ regions: [region('r', ['a'])], components: [only] });
    expect(buildGraph(of, figures(of)).places.map((place) => place.role)).toEqual([role]);
  });
});

describe('edges', () => {
  const relation = (from: string, to: string) => graph.edges.find((each) => each.from === from && each.to === to)?.relation;

  it.each([
    ['frontend', 'cart', 'hard'],
    ['frontend', 'ad', 'soft'],
    ['payment', 'card-network', 'choice'],
    ['email', 'smtp-relay', 'async'],
    ['orders-db', 'orders-backup', 'backup'],
  ])('%s to %s is %s', (from, to, expected) => {
    expect(relation(from, to)).toBe(expected);
  });

  it('leave out what does not exist and what leads to itself, and draw one line for the same relation', () => {
    const of = model({
      components: [
        component('service', 'a', { edges: [edge('requires', ['a', 'b', 'ghost']), edge('requires', ['b'])] }),
        component('service', 'b'),
      ],
    });
    expect(buildGraph(of, figures(of)).edges.map((each) => each.id)).toEqual(['a hard b']);
  });

  it('show routes that no requirement repeats', () => {
    const route = (name: string) => ({ path: '/', target: use(name), source });
    const deployment = { ports: [], probes: [], mounts: [], routes: [route('a'), route('b')] };
    const of = model({
      components: [
        component('gateway', 'g', { deployment, edges: [edge('requires', ['b'])] }),
        component('service', 'a'),
        component('service', 'b'),
      ],
    });
    expect(buildGraph(of, figures(of)).edges.map((each) => each.id)).toEqual(['g hard b', 'g route a']);
  });
});

describe('the structure', () => {
  const renamed: Model = {
    ...boutique,
    title: 'Renamed',
    components: boutique.components.map((each) => (each.name === 'cart' ? { ...each, title: 'Carts' } : each)),
  };

  it('stays when only words, needs or figures change', () => {
    expect(buildGraph(renamed, boutiqueFigures).structure).toBe(graph.structure);
    expect(buildGraph(boutique, figures(boutique)).structure).toBe(graph.structure);
  });

  it.each<[string, Model]>([
    ['a component is added', { ...boutique, components: [...boutique.components, component('service', 'new')] }],
    ['an edge becomes soft', swap('cart', { edges: [edge('wants', ['redis-cart'])] })],
    ['a card loses its replication', swap('orders-db', { data: noData })],
    ['a region is added', { ...boutique, regions: [...boutique.regions, region('cn-west', ['a'])] }],
  ])('changes when %s', (_, changed) => {
    expect(buildGraph(changed, boutiqueFigures).structure).not.toBe(graph.structure);
  });

  function swap(name: string, more: Partial<Component>): Model {
    return { ...boutique, components: boutique.components.map((each) => (each.name === name ? { ...each, ...more } : each)) };
  }
});

describe('a picture of a text', () => {
  it('leads to the lines of the text', async () => {
    const text = [
      'region north { zones a, b, c }',
      'journey buy tier 0 { requires orders }',
      'service orders tier 0 { runs 3 in north  needs 2  requires stock }',
      'database stock tier 0 { runs 1 in north }',
    ].join('\n');
    const of = await modelOf(text);
    const drawn = buildGraph(of, analyze(of, { asOf: '2026-11-21' }));
    expect(drawn.nodes.map((each) => [each.id, each.source.start.line, each.source.start.character])).toEqual([
      ['buy', 1, 8],
      ['orders', 2, 8],
      ['stock', 3, 9],
    ]);
    expect(chips(drawn, 'orders')).toEqual(['needs 2 of 3']);
    expect(chips(drawn, 'stock')).toEqual(['finding: 1 replica', 'finding: no backup']);
    expect(node(drawn, 'stock').badge).toBe('SPOF');
    expect(node(drawn, 'orders').badge).toBeUndefined();
  });
});
