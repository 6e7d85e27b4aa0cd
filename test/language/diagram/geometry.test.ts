/** What holds for where things stand, on the examples and on generated models up to a thousand components. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { buildGraph, type DiagramGraph } from '../../../language/diagram/graph.js';
import { lanesOf } from '../../../language/diagram/lanes.js';
import { formerOf, type Layout, plainLayout } from '../../../language/diagram/layout.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import type { DrmlFile } from '../../../language/generated/ast.js';
import { buildModel } from '../../../language/model/build.js';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { layoutInNode } from '../../../server/layout/elk-node.js';
import { generateModel } from '../../bench/model-generator.js';
import { loose, merged, overlaps, throughNodes } from './geometry.js';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));

async function graphOf(files: Iterable<readonly [string, string]>): Promise<DiagramGraph> {
  const { shared } = createDrmlCoreServices(EmptyFileSystem);
  const documents = [...files].map(
    ([name, text]): LangiumDocument<DrmlFile> =>
      shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, URI.parse(`memory:///${name}`)),
  );
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents);
  const model = buildModel(documents);
  return buildGraph(model, analyze(model, { asOf: '2026-11-21' }));
}

function example(folder: string): readonly (readonly [string, string])[] {
  const names = readdirSync(join(examples, folder)).filter((name) => name.endsWith('.drml'));
  return names.map((name) => [name, readFileSync(join(examples, folder, name), 'utf8')]);
}

describe('the example of a system in two regions', () => {
  let graph: DiagramGraph;
  let layout: Layout;

  beforeAll(async () => {
    graph = await graphOf(example('boutique-two-regions'));
    layout = await layoutInNode(graph);
  });

  it('fits 1,600 by 950 at full size, with journeys in the order of the text', () => {
    const [, width = '', height = ''] =
      /width="(\d+)" height="(\d+)"/.exec(renderSvg(graph, layout, { theme: 'light', standalone: true, idPrefix: '' })) ?? [];
    expect(Number(width)).toBeLessThanOrEqual(1600);
    expect(Number(height)).toBeLessThanOrEqual(950);
    const journeys = graph.nodes.flatMap((node, index) => (node.kind === 'journey' ? [layout.nodes[index]?.x ?? 0] : []));
    expect(journeys).toHaveLength(2);
    expect(journeys).toEqual([...journeys].sort((a, b) => a - b));
  });

  it('draws no tab over a line that arrives, and no cross where lines cross', () => {
    const edges = graph.edges.map(({ id }) => ({ id, state: 'down' as const }));
    const states = { title: '', summary: [], nodes: [], sites: [], edges };
    const svg = renderSvg(graph, layout, { theme: 'light', standalone: true, idPrefix: '', states });
    const tabs = [...svg.matchAll(/<g id="n(\d+)"[^>]*>(.*?)<\/g>/g)].flatMap(([, index, body = '']) => {
      const at = /<rect x="([\d.]+)" y="-8" width="([\d.]+)"/.exec(body);
      const corner = layout.nodes[Number(index)];
      return at === null || corner === undefined ? [] : [{ y: corner.y, left: corner.x + Number(at[1]), width: Number(at[2]) }];
    });
    expect(tabs).toHaveLength(graph.nodes.filter((node) => node.badge !== undefined).length);
    for (const route of layout.edges) {
      const end = route.at(-1) ?? { x: 0, y: 0 };
      for (const { y, left, width } of tabs)
        if (Math.abs(y - end.y) < 1) expect(end.x < left - 4 || end.x > left + width + 4).toBe(true);
    }
    const crosses = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="5.5"/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    expect(crosses).toHaveLength(edges.length);
    const level = layout.edges.flatMap((route) =>
      route.slice(1).flatMap((to, index) => {
        const from = route[index];
        return from === undefined || Math.abs(from.y - to.y) > 0.01
          ? []
          : [{ y: to.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x) }];
      }),
    );
    for (const [x, y] of crosses)
      expect(level.filter((line) => line.left + 6 < x && line.right - 6 > x && Math.abs(line.y - y) < 7)).toEqual([]);
  });
});

/** Services that run in every region, and stores that stand in some, copied and backed up from one to the next. */
function wideModel(regions: number, services: number): readonly (readonly [string, string])[] {
  const names = Array.from({ length: regions }, (_, index) => `region-${index}`);
  const parts = Array.from({ length: services }, (_, index) => {
    const called = [2 * index + 1, 2 * index + 2, index + 5].filter((each) => each < services);
    const store = index % 3 === 0 ? [`store-${(index / 3) % regions}`] : [];
    const needs = [...new Set([...called.map((each) => `service-${each}`), ...store])];
    const runs = names
      .filter((_name, region) => index % 4 !== 3 || region === index % regions)
      .map((name) => `runs 2 in ${name}`);
    const outside = index % 5 === 4 ? ' wants partner' : '';
    return `service service-${index} { ${runs.join(' ')} ${needs.length === 0 ? '' : `requires ${needs.join(', ')}`}${outside} }`;
  });
  const stores = names.map((name, index) => {
    const next = names[(index + 1) % regions] ?? name;
    return `database store-${index} { runs 2 in ${name} runs 1 in ${next} as hot standby replicates async to ${next} lag 5s
  backup nightly { full every 1d copies to vault-${(index + 1) % regions} keeps 30d } }
bucket vault-${index} in ${name} { }`;
  });
  const text = [
    ...names.map((name) => `region ${name} { zones a, b }`),
    ...parts,
    ...stores,
    'external partner { availability 99.9% }',
    'gateway entrance { availability 99.99% requires service-0 }',
    'journey first { requires entrance, service-2, partner }',
    'journey second { requires entrance, service-1 }',
  ].join('\n');
  return [['root.drml', text]];
}

describe.each([
  ['boutique-two-regions', () => example('boutique-two-regions')],
  ['shop', () => example('shop')],
  ['20 generated components', () => [...generateModel(20, 1)]],
  ['60 generated components', () => [...generateModel(60, 1)]],
  ['200 generated components', () => [...generateModel(200, 1)]],
  ['12 services in 2 regions', () => wideModel(2, 12)],
  ['9 services in 3 regions', () => wideModel(3, 9)],
  ['20 services in 4 regions', () => wideModel(4, 20)],
  ['14 services in 5 regions', () => wideModel(5, 14)],
] as const)('regions of %s side by side', (_, files) => {
  let graph: DiagramGraph;
  let layouts: readonly Layout[];

  beforeAll(async () => {
    graph = lanesOf(await graphOf(files()));
    layouts = [plainLayout(graph), await layoutInNode(graph)];
  });

  it('has no node over another, no line through a node, no two callers on one line, and every line ends on its nodes', () => {
    for (const layout of layouts) {
      expect(overlaps(graph, layout)).toEqual([]);
      expect(throughNodes(graph, layout)).toEqual([]);
      expect(loose(graph, layout)).toEqual([]);
      expect(merged(graph, layout)).toEqual([]);
    }
  });

  it('never draws a lane under the map of places', () => {
    for (const layout of layouts) {
      for (const place of layout.places.boxes) {
        for (const frame of layout.lanes ?? []) {
          const apart =
            place.x >= frame.x + frame.width ||
            place.x + place.width <= frame.x ||
            place.y >= frame.y + frame.height ||
            place.y + place.height <= frame.y;
          expect(apart).toBe(true);
        }
      }
    }
  });

  it('has each component inside the frame of its region only, and in the same order in every lane', () => {
    for (const layout of layouts) {
      const copies = graph.nodes.map((node, index) => ({ node, ...(layout.nodes[index] ?? { x: Number.NaN, y: Number.NaN }) }));
      graph.lanes?.forEach(({ site }, index) => {
        const frame = layout.lanes?.[index] ?? { x: 0, y: 0, width: 0, height: 0 };
        for (const { node, x, y } of copies) {
          const beside = x > frame.x + frame.width || x + node.width < frame.x;
          const inside =
            x > frame.x && y > frame.y && x + node.width < frame.x + frame.width && y + node.height < frame.y + frame.height;
          if (node.region !== undefined)
            expect([inside, beside], `${node.id} in ${site}`).toEqual(node.region === site ? [true, false] : [false, true]);
          else expect(y + node.height < frame.y || y > frame.y + frame.height, node.id).toBe(true);
        }
      });
      const heights = new Map<string, number>();
      for (const { node, y } of copies) {
        if (node.copyOf === undefined) continue;
        expect(heights.get(node.copyOf) ?? y, node.id).toBe(y);
        heights.set(node.copyOf, y);
      }
      const orders = graph.lanes?.map(({ site }) =>
        copies
          .filter(({ node }) => node.region === site && node.copyOf !== undefined)
          .sort((a, b) => a.y - b.y || a.x - b.x)
          .map(({ node }) => node.copyOf ?? ''),
      );
      const [first = [], second = []] = orders ?? [];
      const inBoth = first.filter((name) => second.includes(name));
      expect(inBoth.length).toBeGreaterThan(4);
      expect(second.filter((name) => first.includes(name))).toEqual(inBoth);
    }
  });
});

const folders = [
  'first-steps',
  'online-boutique',
  'boutique-two-regions',
  'shop',
  ...readdirSync(join(examples, 'incidents')).map((name) => `incidents/${name}`),
];
const models = [
  ...folders.filter((name) => !name.endsWith('.md')).map((name) => [name, () => example(name)] as const),
  ...[20, 60, 200, 1000].map((count) => [`${count} generated components`, () => [...generateModel(count, 1)]] as const),
];

describe.each(models)('%s', (_, files) => {
  let graph: DiagramGraph;
  let quick: Layout;
  let best: Layout;

  beforeAll(async () => {
    graph = await graphOf(files());
    quick = plainLayout(graph);
    best = await layoutInNode(graph);
  });

  it('has no node over another, no line through a node, and every line ends on its nodes', () => {
    for (const layout of [quick, best]) {
      expect(overlaps(graph, layout)).toEqual([]);
      expect(throughNodes(graph, layout)).toEqual([]);
      expect(loose(graph, layout)).toEqual([]);
    }
  });

  it('never makes one line of those of two callers', () => {
    expect(merged(graph, quick)).toEqual([]);
    expect(merged(graph, best)).toEqual([]);
  });

  it('stays inside the picture, under the header', () => {
    for (const layout of [quick, best]) {
      graph.nodes.forEach((node, index) => {
        const { x, y } = layout.nodes[index] ?? { x: -1, y: -1 };
        expect(x >= 0 && y >= 64 && x + node.width <= layout.width && y + node.height <= layout.height, node.id).toBe(true);
      });
      for (const { x, y } of layout.edges.flat()) expect(x >= 0 && y >= 64 && x <= layout.width && y <= layout.height).toBe(true);
    }
  });

  it('keeps the order of what remains when a node goes', () => {
    const gone = graph.nodes.find((node) => node.shape === 'card')?.id;
    const nodes = graph.nodes.filter((node) => node.id !== gone);
    const fewer = { ...graph, nodes, edges: graph.edges.filter((edge) => edge.from !== gone && edge.to !== gone) };
    const after = plainLayout(fewer, formerOf(graph, quick));
    const rows = new Map<number, string[]>();
    fewer.nodes.forEach((node, index) => {
      const y = after.nodes[index]?.y ?? 0;
      rows.set(y, [...(rows.get(y) ?? []), node.id]);
    });
    const former = formerOf(graph, quick);
    const later = formerOf(fewer, after);
    const moved = [...rows.values()].filter((row) => {
      const together = row.filter((id) => former.get(id)?.y === former.get(row[0] ?? '')?.y);
      const before = [...together].sort((a, b) => (former.get(a)?.x ?? 0) - (former.get(b)?.x ?? 0));
      const now = [...together].sort((a, b) => (later.get(a)?.x ?? 0) - (later.get(b)?.x ?? 0));
      return before.join() !== now.join();
    });
    expect(moved.length).toBeLessThanOrEqual(1);
  });
});
