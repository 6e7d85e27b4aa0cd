/** The lines of a picture: which of them lies above which, and what each is drawn of. */
import type { DiagramEdge, DiagramGraph } from './diagram-graph.js';
import { brokenMark, edgeHalo, edgeLine, edgePath } from './edge.js';
import type { Ink } from './ink.js';
import type { Layout } from './layout.js';
import { crossingsBeforeTips } from './mark-crossings.js';
import { drawnTogether, escapeText } from './markup.js';
import type { Standing } from './standing.js';
import type { EdgeState } from './states.js';
import type { SvgPart } from './svg.js';

/** From the lowest to the highest: the hard ones lie above the softer ones, what is broken above all. */
const order = ['route', 'soft', 'async', 'backup', 'async-copy', 'sync-copy', 'choice', 'hard'];
const stateOrder = ['ok', 'at-risk', 'degraded', 'lost', 'down'];

interface Line {
  readonly edge: DiagramEdge;
  readonly index: number;
  readonly state: EdgeState | undefined;
  readonly isQuiet: boolean;
}

/** All lines and the marks on them, from the lowest to the highest. `bare`: {@link lineInsides} draws the rest of what is looked at. */
export function drawnLines(ink: Ink, graph: DiagramGraph, layout: Layout, standing: Standing, bare: boolean): readonly SvgPart[] {
  const ranked = graph.edges.map((edge, index) => {
    const line = lineOf(edge, index, layout, standing);
    const { state, isQuiet } = line;
    return { line, rank: 10 * stateOrder.indexOf(state?.state ?? 'ok') + (isQuiet ? -10 : order.indexOf(edge.relation)) };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.line.index - b.line.index);
  const crossed = ranked.some(({ line }) => line.state !== undefined) ? crossingsBeforeTips(layout.edges) : () => [];
  const marks = ranked.flatMap(({ line: { index, state }, rank }) => {
    if (state === undefined) return [];
    return [{ key: `mark ${rank} ${index}`, drawn: brokenMark(ink, layout.edges[index] ?? [], state.state, crossed(index)) }];
  });
  const lines = ranked.map(({ line, rank }) => {
    const { edge, index } = line;
    const group = ink.interactive ? `<g data-edge="${escapeText(edge.id)}" data-key="e${index}" class="line">` : '<g>';
    const drawn = bare ? stroke(ink, layout, line) : insideOf(ink, layout, standing, line);
    return { key: `line ${rank} ${index}`, drawn: drawnTogether([group, drawn, '</g>']) };
  });
  return [...lines, ...marks];
}

/** Draws all that belongs into the group of a line, by its index. */
export function lineInsides(ink: Ink, graph: DiagramGraph, layout: Layout, standing: Standing): (index: number) => string {
  return (index) => {
    const edge = graph.edges[index];
    return edge === undefined ? '' : insideOf(ink, layout, standing, lineOf(edge, index, layout, standing));
  };
}

function lineOf(edge: DiagramEdge, index: number, layout: Layout, standing: Standing): Line {
  const state = standing.edge(edge.id);
  // In lanes a what-if names the lines that are in use; without one the graph does.
  const isTold = layout.lanes !== undefined && standing.isTold;
  const isQuiet = isTold ? edge.copyOf !== undefined && state === undefined : edge.quiet === true;
  return { edge, index, state, isQuiet };
}

function insideOf(ink: Ink, layout: Layout, standing: Standing, line: Line): string {
  const points = layout.edges[line.index] ?? [];
  const title = `<title>${escapeText(describeLine(line.edge, standing))}</title>`;
  const hit = ink.interactive ? `<path d="${edgePath(points)}" class="hit" fill="none"/>` : '';
  return drawnTogether([title, edgeHalo(ink, points), stroke(ink, layout, line), hit]);
}

function stroke(ink: Ink, layout: Layout, { edge, index, state, isQuiet }: Line): string {
  return edgeLine(ink, edge.relation, layout.edges[index] ?? [], state?.state, isQuiet);
}

/** What a line means, and what becomes of it, in sentences. */
function describeLine({ id, says }: DiagramEdge, standing: Standing): string {
  const own = standing.edge(id)?.says;
  return own === undefined ? says : `${says} ${own}`;
}
