/** What holds for every picture, on models of any shape and on the reference example. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type DiagramGraph } from '../../../language/diagram/graph.js';
import { type Layout, plainLayout } from '../../../language/diagram/layout.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import type { Model } from '../../../language/model/model.js';
import { layoutInNode } from '../../../server/layout/elk-node.js';
import { boutique, boutiqueFigures } from './boutique.js';
import { figures } from './factory.js';
import { loose, merged, overlaps, throughNodes } from './geometry.js';
import { anyModel } from './random-model.js';
import { type Element, extent, readXml, walk } from './svg-reader.js';

const light = { theme: 'light', standalone: true, idPrefix: '' } as const;

function graphOf(of: Model): DiagramGraph {
  const unavailability = Object.fromEntries(
    [...of.components, ...of.journeys].map((subject, index) => [subject.name, 0.1 ** (index + 1)]),
  );
  const singles = Object.fromEntries(
    of.journeys.map((journey) => [
      journey.name,
      of.regions.slice(0, 1).map((region) => ({ kind: 'region' as const, name: region.name, source: region.source })),
    ]),
  );
  return buildGraph(of, figures(of, { unavailability, singles }));
}

/** The node groups of a picture, in the graph's order. */
function groups(svg: Element): readonly { readonly element: Element; readonly dx: number; readonly dy: number }[] {
  return [...walk(svg)].filter(({ element }) => element.attributes['data-node'] !== undefined);
}

/** Texts that reach beyond their node, or beyond the picture. */
function clipped(graph: DiagramGraph, layout: Layout): readonly string[] {
  const svg = readXml(renderSvg(graph, layout, light));
  const wrong: string[] = [];
  groups(svg).forEach(({ element }, index) => {
    for (const { element: text, dx } of walk({ ...element, attributes: {} })) {
      if (text.name !== 'text') continue;
      const { left, right } = extent(text);
      if (left + dx < 0 || right + dx > (graph.nodes[index]?.width ?? 0) + 0.01) wrong.push(text.text);
    }
  });
  for (const { element: text, dx } of walk(svg)) {
    if (text.name !== 'text') continue;
    const { left, right } = extent(text);
    if (left + dx < 0 || right + dx > layout.width) wrong.push(text.text);
  }
  return wrong;
}

describe('every picture', () => {
  it('is well formed, clips nothing, and joins its nodes', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async (of) => {
        const graph = graphOf(of);
        const layout = await layoutInNode(graph);
        expect(clipped(graph, layout)).toEqual([]);
        expect(loose(graph, layout)).toEqual([]);
        expect(overlaps(graph, layout)).toEqual([]);
        expect(throughNodes(graph, layout)).toEqual([]);
        expect(layout.nodes.every(({ x, y }) => x >= 0 && y >= 64)).toBe(true);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('holds as much in the quick layout, which needs no engine', () => {
    fc.assert(
      fc.property(anyModel, (of) => {
        const graph = graphOf(of);
        const layout = plainLayout(graph);
        expect(clipped(graph, layout)).toEqual([]);
        expect(loose(graph, layout)).toEqual([]);
        expect(overlaps(graph, layout)).toEqual([]);
        expect(merged(graph, layout)).toEqual([]);
        expect(throughNodes(graph, layout)).toEqual([]);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('is the same for the same model, byte by byte', async () => {
    const draw = async (): Promise<string> => {
      const graph = buildGraph(boutique, boutiqueFigures);
      return renderSvg(graph, await layoutInNode(graph), light);
    };
    expect(await draw()).toBe(await draw());
  });

  it('carries no script, style or handler, whatever the theme', () => {
    const graph = buildGraph(boutique, boutiqueFigures);
    for (const theme of ['light', 'dark', 'vscode'] as const) {
      const svg = readXml(renderSvg(graph, plainLayout(graph), { theme, standalone: theme !== 'vscode', idPrefix: 'p-' }));
      for (const { element } of walk(svg)) {
        expect(['script', 'style', 'foreignObject', 'a', 'use', 'image']).not.toContain(element.name);
        expect(Object.keys(element.attributes).filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
      }
    }
  });

  it('gives every part that can be clicked a name, and every id its prefix', () => {
    const graph = buildGraph(boutique, boutiqueFigures);
    const svg = readXml(renderSvg(graph, plainLayout(graph), { theme: 'vscode', standalone: false, idPrefix: 'p-' }));
    const targets = [...walk(svg)].filter(({ element }) => element.attributes.tabindex === '0');
    expect(targets.length).toBe(graph.nodes.length + graph.places.length + graph.places.flatMap((place) => place.zones).length);
    for (const { element } of targets) expect(element.attributes['aria-label']?.length).toBeGreaterThan(5);
    for (const { element } of walk(svg)) if (element.attributes.id !== undefined) expect(element.attributes.id).toMatch(/^p-/);
  });

  it('uses colours by class in the editor and as hex in a file', () => {
    const graph = buildGraph(boutique, boutiqueFigures);
    expect(renderSvg(graph, plainLayout(graph), { theme: 'vscode', standalone: false, idPrefix: '' })).not.toMatch(
      /"#[0-9a-f]{6}"/,
    );
    expect(renderSvg(graph, plainLayout(graph), light)).not.toMatch(/class=|var\(/);
  });

  it('says so when there is nothing to draw', async () => {
    const graph = graphOf({ ...boutique, components: [], journeys: [], regions: [] });
    expect(renderSvg(graph, await layoutInNode(graph), light)).toContain('Nothing to draw yet');
  });
});
