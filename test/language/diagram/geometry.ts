/** Measures drawings: what lies over what, and which lines look like one. */
import type { DiagramGraph } from '../../../language/diagram/graph.js';
import type { Layout, Point } from '../../../language/diagram/layout.js';

interface Stretch {
  readonly edge: number;
  /** The coordinate that all of its points share. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Pairs of nodes that lie over each other. */
export function overlaps(graph: DiagramGraph, layout: Layout): readonly string[] {
  const boxes = boxesOf(graph, layout).sort((a, b) => a.x - b.x);
  const found: string[] = [];
  boxes.forEach((a, index) => {
    for (let other = index + 1; other < boxes.length; other += 1) {
      const b = boxes[other];
      if (b === undefined || b.x >= a.x + a.width) break;
      if (a.y < b.y + b.height && b.y < a.y + a.height) found.push(`${a.id} over ${b.id}`);
    }
  });
  return found;
}

/** Lines that run through a node that is not at one of their ends. */
export function throughNodes(graph: DiagramGraph, layout: Layout): readonly string[] {
  const boxes = boxesOf(graph, layout);
  return graph.edges.flatMap((edge, index) =>
    pieces(layout.edges[index] ?? []).flatMap(([a, b]) =>
      boxes
        .filter(
          ({ id, x, y, width, height }) =>
            id !== edge.from &&
            id !== edge.to &&
            Math.max(a.x, b.x) > x + 1 &&
            Math.min(a.x, b.x) < x + width - 1 &&
            Math.max(a.y, b.y) > y + 1 &&
            Math.min(a.y, b.y) < y + height - 1,
        )
        .map(({ id }) => `${edge.id} through ${id}`),
    ),
  );
}

/** Pairs of lines of different callers that share a stretch of more than a few pixels. */
export function merged(graph: DiagramGraph, layout: Layout): readonly string[] {
  const upright: Stretch[] = [];
  const level: Stretch[] = [];
  layout.edges.forEach((points, edge) => {
    for (const [a, b] of pieces(points)) {
      if (Math.abs(a.x - b.x) < 0.01) upright.push({ edge, at: a.x, from: Math.min(a.y, b.y), to: Math.max(a.y, b.y) });
      else if (Math.abs(a.y - b.y) < 0.01) level.push({ edge, at: a.y, from: Math.min(a.x, b.x), to: Math.max(a.x, b.x) });
    }
  });
  const found: string[] = [];
  for (const list of [upright, level]) {
    list.sort((a, b) => a.at - b.at);
    list.forEach((a, index) => {
      for (let other = index + 1; other < list.length; other += 1) {
        const b = list[other];
        if (b === undefined || b.at - a.at > 0.9) break;
        const [one, two] = [graph.edges[a.edge], graph.edges[b.edge]];
        if (one === undefined || two === undefined || one.from === two.from) continue;
        if (Math.min(a.to, b.to) - Math.max(a.from, b.from) > 3) found.push(`${one.id} with ${two.id}`);
      }
    });
  }
  return found;
}

/** Lines whose ends do not lie on the borders of their nodes. */
export function loose(graph: DiagramGraph, layout: Layout): readonly string[] {
  const boxes = new Map(boxesOf(graph, layout).map((box) => [box.id, box]));
  const onBorder = (id: string, point: Point | undefined): boolean => {
    const box = boxes.get(id);
    if (box === undefined || point === undefined) return false;
    const x = point.x - box.x;
    const y = point.y - box.y;
    const inside = x >= -0.2 && x <= box.width + 0.2 && y >= -0.2 && y <= box.height + 0.2;
    return inside && [x, y, box.width - x, box.height - y].some((distance) => Math.abs(distance) <= 0.2);
  };
  return graph.edges
    .filter((edge, index) => !onBorder(edge.from, layout.edges[index]?.[0]) || !onBorder(edge.to, layout.edges[index]?.at(-1)))
    .map((edge) => edge.id);
}

function boxesOf(graph: DiagramGraph, layout: Layout) {
  return graph.nodes.map(({ id, width, height }, index) => {
    const { x, y } = layout.nodes[index] ?? { x: Number.NaN, y: Number.NaN };
    return { id, width, height, x, y };
  });
}

function pieces(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    return from === undefined ? [] : [[from, to] as const];
  });
}
