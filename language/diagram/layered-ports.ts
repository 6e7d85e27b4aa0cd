/** Where lines leave their upper nodes and arrive at their lower ones. A part of the quick layered drawing. */
import type { DiagramNode } from './diagram-graph.js';
import type { Way } from './layered-passages.js';
import { spaced } from './layered-spacing.js';

const usualPitch = 22;
const smallestPitch = 13;
/** What stays free at the corners of a node: where its side is not straight, more. */
function portInset(node: Pick<DiagramNode, 'shape'>): number {
  switch (node.shape) {
    case 'hexagon':
      return 28;
    case 'journey':
      return 24;
    case 'bucket':
      return 20;
    case 'card':
    case 'third-party':
    case 'group':
      return 16;
  }
}

/** A line that can be straight weighs so much more than one that bends anyway. */
const straightWeight = 10_000;

interface Question {
  readonly nodes: readonly DiagramNode[];
  readonly middles: readonly number[];
  readonly ways: readonly Way[];
  /** What each node keeps free at the right end of its lower side. */
  readonly keptFree: (node: number) => number;
}

/** The ends of lines, by the numbers of the ways: where they leave above, and where they arrive below. */
export interface Ports {
  readonly leaving: number[];
  readonly arriving: number[];
}

/**
 * Lines at one side of a node are beside each other in the order of where they go, in the middle of the side; one that can run
 * straight down begins and ends where it does.
 */
export function portsOf(question: Question): Ports {
  const { middles, ways, nodes } = question;
  const leaving = sideOf(question, 'below', ({ items }, usual, reach) => {
    const [, next = 0] = items;
    if (next >= nodes.length) return within(reach, middles[next] ?? 0);
    const half = halfSide(nodes[next]);
    const middle = middles[next] ?? 0;
    return within(reach, Math.min(middle + half, Math.max(middle - half, usual)));
  });
  const arriving = sideOf(question, 'above', ({ items }, _, reach, way) => {
    const before = items.at(-2) ?? 0;
    return within(reach, before >= nodes.length ? (middles[before] ?? 0) : (leaving[way] ?? 0));
  });
  // What arrives had its own neighbours to mind: what leaves follows it where that costs nothing.
  const again = sideOf(question, 'below', ({ items }, _, reach, way) => {
    const [, next = 0] = items;
    return within(reach, next >= nodes.length ? (middles[next] ?? 0) : (arriving[way] ?? 0));
  });
  return { leaving: ways.length === 0 ? leaving : again, arriving };
}

interface Reach {
  readonly left: number;
  readonly right: number;
}

/** How far lines may begin and end from the middle of a side. */
export function halfSide(node: DiagramNode | undefined): number {
  return node === undefined ? 0 : Math.max(0, node.width / 2 - portInset(node));
}

/** Undefined where it is out of reach. */
function within({ left, right }: Reach, x: number): number | undefined {
  return x >= left && x <= right ? x : undefined;
}

function sideOf(
  { nodes, middles, ways, keptFree }: Question,
  side: 'above' | 'below',
  straight: (way: Way, usual: number, reach: Reach, index: number) => number | undefined,
): number[] {
  const atNode = new Map<number, number[]>();
  ways.forEach(({ items }, way) => {
    const node = (side === 'below' ? items[0] : items.at(-1)) ?? 0;
    const list = atNode.get(node);
    if (list === undefined) atNode.set(node, [way]);
    else list.push(way);
  });
  const ports = new Array<number>(ways.length).fill(0);
  for (const [node, list] of atNode) {
    const next = (way: number): number => middles[(side === 'below' ? ways[way]?.items[1] : ways[way]?.items.at(-2)) ?? 0] ?? 0;
    list.sort((a, b) => next(a) - next(b) || a - b);
    const room = Math.max(1, 2 * (halfSide(nodes[node]) - (side === 'below' ? keptFree(node) : 0)));
    const pitch = Math.min(usualPitch, room / Math.max(1, list.length - 1));
    const middle = middles[node] ?? 0;
    const reach: Reach = { left: middle - room / 2, right: middle + room / 2 };
    const row = list.map((index, at) => {
      const usual = middle + (at - (list.length - 1) / 2) * pitch;
      const way = ways[index];
      const wanted = way === undefined ? undefined : straight(way, usual, reach, index);
      return {
        wanted: wanted ?? usual,
        weight: wanted === undefined ? 1 : straightWeight,
        distance: Math.min(pitch, smallestPitch),
      };
    });
    spaced(row, reach.left, reach.right).forEach((x, at) => {
      ports[list[at] ?? 0] = Math.round(x * 2) / 2;
    });
  }
  return ports;
}
