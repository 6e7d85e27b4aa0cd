/** A what-if on a picture: it tells how the parts stand, and moves none of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type DiagramGraph } from '../../../language/diagram/graph.js';
import { fileThemes } from '../../../language/diagram/ink.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import type { DiagramStates, PartState } from '../../../language/diagram/states.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import { boutique, boutiqueFigures } from './boutique.js';
import { figures } from './factory.js';
import { anyModel } from './random-model.js';
import { type Element, extent, readXml, walk } from './svg-reader.js';

const light = { theme: 'light', standalone: true, idPrefix: 'p-' } as const;
const graph = buildGraph(boutique, boutiqueFigures);
const zone = graph.places[0]?.zones[0]?.site ?? '';

const none: DiagramStates = { title: 'What if?', summary: [], nodes: [], sites: [] };

/** States of every kind, spread over all parts by their number. */
function everyState(of: DiagramGraph, shift: number): DiagramStates {
  const kinds: readonly PartState[] = ['ok', 'at-risk', 'degraded', 'down', 'lost'];
  const state = (index: number): PartState => kinds[(index + shift) % kinds.length] ?? 'ok';
  return {
    title: `What if ${'x'.repeat(shift * 10)} is lost?`,
    summary: [{ text: 'Root cause: redis-cart', strong: true }, { text: 'journeys missed: home, place-order, and many others' }],
    nodes: of.nodes.map((node, index) => ({
      id: node.id,
      state: state(index),
      role: index % 2 === 0 ? ('cause' as const) : ('consequence' as const),
      reason: 'needs something with a name that is very long',
      verdict: 'missed' as const,
      chips: [{ text: 'RTO 12 min', tone: 'missed' as const, says: 'Longer than promised.' }],
    })),
    sites: of.places.flatMap((place, index) => [
      { site: place.site, state: index === shift % 3 ? ('lost' as const) : ('ok' as const), promoted: index !== shift % 3 },
    ]),
    cells: of.nodes.flatMap((node) =>
      node.rows.flatMap((row) => row.cells.map(({ site }) => ({ node: node.id, site, lost: shift % 2, promoted: 9 }))),
    ),
    edges: of.edges.map((edge, index) => ({ id: edge.id, state: state(index) })),
    replications: of.nodes.flatMap((node) =>
      node.rows.map((row) => ({ node: node.id, region: row.region, text: 'cut · ≤ 5 s lost for good and ever' })),
    ),
  };
}

function draw(of: DiagramGraph, states?: DiagramStates): Element {
  return readXml(renderSvg(of, plainLayout(of), { ...light, ...(states === undefined ? {} : { states }) }));
}

function groupOf(svg: Element, name: string): Element {
  const found = [...walk(svg)].find(({ element }) => element.attributes['data-node'] === name);
  if (found === undefined) throw new Error(`${name} is not drawn.`);
  return found.element;
}

/** Texts, and the pieces of those that are set in more than one way. */
function textElements(element: Element): readonly Element[] {
  return [...walk(element)].flatMap(({ element: { name, text }, element: found }) =>
    (name === 'text' || name === 'tspan') && text !== '' ? [found] : [],
  );
}

function textsOf(element: Element): readonly string[] {
  return textElements(element).map(({ text }) => text.trim());
}

describe('states', () => {
  it('move nothing and change no size, on models of any shape', () => {
    fc.assert(
      fc.property(anyModel, fc.nat(6), (of, shift) => {
        const any = buildGraph(of, figures(of));
        const before = draw(any);
        const after = draw(any, everyState(any, shift));
        const places = (svg: Element) => [...walk(svg)].flatMap(({ element }) => element.attributes.transform ?? []);
        const groups = (svg: Element) =>
          [...walk(svg)]
            .filter(({ element }) => element.attributes['data-node'] !== undefined)
            .map(({ element }) => element.attributes.transform);
        expect(groups(after)).toEqual(groups(before));
        expect(after.attributes.viewBox).toBe(before.attributes.viewBox);
        expect(places(after).length).toBeGreaterThanOrEqual(groups(after).length);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('clip no text', () => {
    fc.assert(
      fc.property(anyModel, fc.nat(6), (of, shift) => {
        const any = buildGraph(of, figures(of));
        const svg = draw(any, everyState(any, shift));
        const wrong: string[] = [];
        [...walk(svg)]
          .filter(({ element }) => element.attributes['data-node'] !== undefined)
          .forEach(({ element }, index) => {
            for (const { element: text, dx } of walk({ ...element, attributes: {} })) {
              if (text.name !== 'text') continue;
              const { left, right } = extent(text);
              if (left + dx < 0 || right + dx > (any.nodes[index]?.width ?? 0) + 0.01) wrong.push(text.text);
            }
          });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it.each([
    ['ok', 'OK'],
    ['at-risk', 'AT RISK'],
    ['degraded', 'DEGRADED'],
    ['down', 'DOWN'],
    ['lost', 'LOST'],
  ] as const)('%s is a word and a sentence on a card', (state, word) => {
    const svg = draw(graph, { ...none, nodes: [{ id: 'cart', state, reason: 'needs redis-cart' }] });
    expect(textsOf(groupOf(svg, 'cart'))).toEqual(expect.arrayContaining([word, 'needs redis-cart']));
    expect(groupOf(svg, 'cart').children.find(({ name }) => name === 'title')?.text).toContain(`cart: ${word}. needs redis-cart`);
  });

  it('have a border of their own each, and a heavier one on the cause', () => {
    const border = (state: PartState, role?: 'cause'): string => {
      const svg = draw(graph, { ...none, nodes: [{ id: 'cart', state, ...(role === undefined ? {} : { role }) }] });
      const outline = groupOf(svg, 'cart').children.find(({ name }) => name === 'rect');
      return ['stroke', 'stroke-width', 'stroke-dasharray'].map((name) => outline?.attributes[name] ?? '').join(' ');
    };
    const states = ['ok', 'at-risk', 'degraded', 'down', 'lost'] as const;
    expect(new Set(states.map((state) => border(state))).size).toBe(states.length);
    expect(border('down', 'cause')).toBe('#be1606 3 ');
    expect(border('down')).toBe('#be1606 1.6 ');
  });

  it('cross out what was in a lost zone, in neutral colour, and hatch it under a prefixed id', () => {
    const svg = renderSvg(graph, plainLayout(graph), { ...light, states: { ...none, sites: [{ site: zone, state: 'lost' }] } });
    const cells = graph.nodes.flatMap((node) => node.rows.flatMap((row) => row.cells.filter((cell) => cell.site === zone)));
    expect(svg.match(/url\(#p-hatch\)/g)?.length).toBe(cells.length + 1);
    expect(svg).toContain('id="p-hatch"');
  });

  it('mark a broken line after all others, so that none cuts the mark', () => {
    const [edge] = graph.edges;
    const svg = renderSvg(graph, plainLayout(graph), {
      ...light,
      states: { ...none, edges: [{ id: edge?.id ?? '', state: 'down', says: 'It fails.' }] },
    });
    const lines = svg.split('\n');
    const mark = lines.findIndex((line) => line.startsWith('<circle'));
    const last = lines.findLastIndex((line) => line.startsWith('<g><title>') && line.includes('stroke-width="6"'));
    expect(mark).toBeGreaterThan(last);
    expect(svg).toContain('It fails.');
  });

  it('tell the counts, the worst first, and the title in place of the model', () => {
    const svg = draw(graph, {
      ...none,
      title: 'What if a is lost?',
      nodes: [
        { id: 'cart', state: 'ok' },
        { id: 'frontend', state: 'down' },
        { id: 'home', state: 'down', verdict: 'missed' },
      ],
    });
    expect(textsOf(svg).slice(0, 3)).toEqual(['What if a is lost?', '1 down', '1 ok']);
    expect(svg.attributes['aria-label']).toBe('What if a is lost?: 1 down, 1 ok');
    expect(textsOf(groupOf(svg, 'home'))).toContain('MISSED');
  });
});

describe('colours of files', () => {
  /** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  it.each(fileThemes)('%s: every text stands out from its ground', (theme) => {
    const states = everyState(graph, 1);
    const svg = readXml(renderSvg(graph, plainLayout(graph), { ...light, theme, states }));
    const background = [...walk(svg)].find(({ element }) => element.name === 'rect')?.element.attributes.fill ?? '';
    const needed = theme.startsWith('high-contrast') ? 7 : 4.5;
    for (const element of textElements(svg)) {
      const fill = element.attributes.fill ?? '';
      if (fill === background) continue;
      expect(contrast(fill, background), `${element.text} in ${fill}`).toBeGreaterThanOrEqual(needed);
    }
  });
});
