import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { describe, expect, it } from 'vitest';
import { buildGraph, type DiagramEdge, type DiagramNode } from '../../../language/diagram/graph.js';
import { type LayoutEngine, layoutGraph, plainLayout } from '../../../language/diagram/layout.js';
import { orderJourneys } from '../../../language/diagram/layout-order.js';
import { crossings } from '../../../language/diagram/layout-score.js';
import { layoutInNode } from '../../../server/layout/elk-node.js';
import { boutique, boutiqueFigures } from './boutique.js';
import { component, edge, figures, model } from './factory.js';

const graph = buildGraph(boutique, boutiqueFigures);

/** Puts every node at a place that depends on the seed, and remembers what it was asked. */
function recorder(): LayoutEngine & { readonly asked: ElkNode[] } {
  const asked: ElkNode[] = [];
  return {
    asked,
    layout: async (question) => {
      asked.push(question);
      const width = 3000 - 10 * Number(question.layoutOptions?.['elk.randomSeed']);
      return {
        ...question,
        width,
        height: 100,
        children: (question.children ?? []).map((child) => ({ ...child, x: width, y: 0 })),
      };
    },
  };
}

describe('layout', () => {
  it('puts journeys first, and what they end in last', async () => {
    const layout = await layoutInNode(graph);
    const y = (id: string): number => layout.nodes[graph.nodes.findIndex((node) => node.id === id)]?.y ?? Number.NaN;
    for (const node of graph.nodes) {
      if (node.kind !== 'journey') expect(y(node.id)).toBeGreaterThan(y('home'));
    }
    for (const id of ['card-network', 'smtp-relay', 'orders-backup']) expect(y(id)).toBeGreaterThan(y('payment'));
  });

  it('keeps the best of several attempts', async () => {
    const engine = recorder();
    const layout = await layoutGraph(graph, engine);
    const seeds = engine.asked.map((question) => question.layoutOptions?.['elk.randomSeed']);
    expect([...new Set(seeds)]).toEqual(['1', '2', '3']);
    expect(layout.width).toBe(2970);
  });

  it('tries shorter layers only where the drawing is too wide', async () => {
    const engine = recorder();
    await layoutGraph(graph, engine);
    const bounds = engine.asked.map((question) => question.layoutOptions?.['elk.layered.layering.coffmanGraham.layerBound']);
    expect(bounds.filter((bound) => bound !== undefined)).toEqual(['5', '6', '7']);
  });

  it('ends the search with the best so far when asked to', async () => {
    const engine = recorder();
    await layoutGraph(graph, engine, { keepGoing: () => engine.asked.length < 3 });
    expect(engine.asked).toHaveLength(3);
  });

  it('draws in plain rows when the engine fails', async () => {
    const failing: LayoutEngine = { layout: () => Promise.reject(new RangeError('Maximum call stack size exceeded')) };
    expect(await layoutGraph(graph, failing)).toEqual(plainLayout(graph));
  });

  it('asks the engine about no name of the model', async () => {
    const engine = recorder();
    await layoutGraph(graph, engine);
    expect(JSON.stringify(engine.asked)).not.toContain('redis-cart');
  });

  it('asks the engine nothing where the quick drawing crosses nothing and fits a screen', async () => {
    const callees = ['one', 'two', 'three', 'four'].map((name) => component('service', name));
    const caller = component('service', 'caller', {
      edges: [
        edge(
          'requires',
          callees.map(({ name }) => name),
        ),
      ],
    });
    const tree = model({ components: [caller, ...callees] });
    const calm = buildGraph(tree, figures(tree));
    const engine = recorder();
    expect(await layoutGraph(calm, engine)).toEqual(plainLayout(calm));
    expect(engine.asked).toEqual([]);
  });

  it('gives something for any size at once', async () => {
    const components = Array.from({ length: 2000 }, (_, index) =>
      component('service', `s${index}`, index === 0 ? {} : { edges: [edge('requires', [`s${index >> 1}`])] }),
    );
    const large = model({ components });
    const engine = recorder();
    const layout = await layoutGraph(buildGraph(large, figures(large)), engine);
    expect(engine.asked).toEqual([]);
    expect(layout.nodes).toHaveLength(2000);
    // A row that a thousand lines pass is as wide as their lanes beside each other.
    expect(layout.width).toBeLessThan(24_000);
  });

  it('sets what has no line below the others', async () => {
    const of = model({
      components: [
        component('service', 'a', { edges: [edge('requires', ['b'])] }),
        component('service', 'b'),
        component('external', 'dns'),
      ],
    });
    const drawn = buildGraph(of, figures(of));
    const layout = await layoutInNode(drawn);
    expect(layout.looseCaption).toBeDefined();
    expect(layout.nodes[2]?.y).toBeGreaterThan((layout.nodes[1]?.y ?? 0) + (drawn.nodes[1]?.height ?? 0));
  });

  it('never lets the map of places lie on the drawing', async () => {
    const layout = await layoutInNode(graph);
    for (const box of layout.places.boxes) {
      graph.nodes.forEach((node, index) => {
        const corner = layout.nodes[index] ?? { x: 0, y: 0 };
        const apart =
          corner.x >= box.x + box.width ||
          corner.x + node.width <= box.x ||
          corner.y >= box.y + box.height ||
          corner.y + node.height <= box.y;
        expect(apart, `${node.id} and a place`).toBe(true);
      });
    }
  });
});

describe('journeys', () => {
  const nodes = ['j1', 'j2', 'j3', 'web'].map((id) => ({
    ...(graph.nodes[0] as DiagramNode),
    id,
    shape: id === 'web' ? ('card' as const) : ('journey' as const),
  }));
  const line = (from: string, to: string) => ({ ...(graph.edges[0] as DiagramEdge), from, to, relation: 'hard' as const });
  const route = (x: number) => [
    { x, y: 0 },
    { x: 0, y: 9 },
  ];

  it('that look alike stand in their order, each with its lines', () => {
    const edges = [line('j1', 'web'), line('j2', 'web'), line('j3', 'web')];
    const places = [300, 100, 200, 0].map((x) => ({ x, y: 0 }));
    const ordered = orderJourneys({ width: 9, height: 9, nodes: places, edges: [300, 100, 200].map(route) }, nodes, edges);
    expect(ordered.nodes.map(({ x }) => x)).toEqual([100, 200, 300, 0]);
    expect(ordered.edges.map(([start]) => start?.x)).toEqual([100, 200, 300]);
  });

  it('that lead elsewhere stay where they are', () => {
    const edges = [line('j1', 'web'), line('j2', 'web'), line('j2', 'j3')];
    const places = [300, 100, 200, 0].map((x) => ({ x, y: 0 }));
    const before = { width: 9, height: 9, nodes: places, edges: [300, 100, 200].map(route) };
    expect(orderJourneys(before, nodes, edges)).toEqual(before);
  });
});

describe('crossings', () => {
  const across = (y: number) => [
    { x: 0, y },
    { x: 100, y },
  ];
  const down = (x: number) => [
    { x, y: 0 },
    { x, y: 100 },
  ];

  it('count each point once', () => {
    expect(crossings([across(50), down(50)])).toBe(1);
    expect(crossings([across(50), down(50), down(50)])).toBe(1);
    expect(crossings([across(50), across(60), down(20), down(80)])).toBe(4);
  });

  it('are none where lines only touch', () => {
    expect(crossings([across(0), down(50)])).toBe(0);
    expect(crossings([down(10), down(20)])).toBe(0);
  });
});
