/** Two lines over the drawing: what it shows, and how it stands. Both are always reserved, so that nothing jumps. */
import type { DiagramGraph } from './diagram-graph.js';
import { verdictColours, verdictGlyph } from './icons.js';
import type { ColourRole, Ink } from './ink.js';
import { type TextPiece, textLine, textPieces } from './markup.js';
import { partStates, stateColours, stateGlyph, stateNames } from './state-marks.js';
import type { DiagramStates, PartState } from './states.js';
import { fitText, type TextWeight, textWidth } from './text-width.js';

const left = 16;
const summarySize = 11.5;
const middle = 45;
/** The sign before a count. */
const mark = 16;

interface Part {
  readonly text: string;
  readonly weight: TextWeight;
  readonly role: ColourRole;
  readonly glyph?: (x: number) => string;
}

/** Title and summary, cut at the width of the picture. `title` is that of the states or of the graph where it is absent. */
export function header(
  ink: Ink,
  graph: DiagramGraph,
  states: DiagramStates | undefined,
  width: number,
  title: string = states?.title ?? graph.title,
): string {
  let drawn = textLine(ink, left, 22, title, { size: 16, weight: 'bold', room: width - 2 * left });
  const parts = states === undefined ? ownParts(ink, graph) : stateParts(ink, graph, states);
  let x = left;
  for (const { text, weight, role, glyph } of parts) {
    if (glyph === undefined) continue;
    const needed = mark + textWidth(text, summarySize, weight);
    // A count is said whole or not at all.
    if (x + needed > width - left) return drawn;
    drawn += glyph(Math.round(x + 6));
    drawn += textLine(ink, x + mark, middle, text, { size: summarySize, weight, role });
    x += needed + 14;
  }
  const rest = parts.filter(({ glyph }) => glyph === undefined);
  return drawn + textPieces(ink, x, middle, said(rest, width - left - x, states !== undefined), summarySize);
}

/** The parts with dots between them, as many as there is room for: each is said whole or not at all, but the first may be cut. */
function said(parts: readonly Part[], room: number, mayCut: boolean): readonly TextPiece[] {
  const dot: TextPiece = { text: '·', role: 'mu' };
  const dotWidth = textWidth(' · ', summarySize);
  const pieces: TextPiece[] = [];
  let free = room;
  for (const { text, weight, role } of parts) {
    const isFirst = pieces.length === 0;
    const own = free - (isFirst ? 0 : dotWidth);
    const needed = textWidth(text, summarySize, weight);
    if (needed > own && !(isFirst && mayCut && own >= 40)) break;
    if (!isFirst) pieces.push(dot);
    pieces.push({ text: fitText(text, own, summarySize, weight), weight, role });
    if (needed > own) break;
    free = own - needed;
  }
  return pieces;
}

/** The second line as plain text, for screen readers. */
export function summaryText(graph: DiagramGraph, states: DiagramStates | undefined): string {
  if (states === undefined) return graph.summary.map((part) => part.text).join(', ');
  return [
    ...counts(graph, states).map(([state, count]) => `${count} ${stateNames[state]}`),
    ...states.summary.map((part) => part.text),
  ].join(', ');
}

function ownParts(ink: Ink, graph: DiagramGraph): readonly Part[] {
  return graph.summary.map(({ text, mark }): Part => {
    if (mark === undefined) return { text, weight: 'regular', role: 'mu' };
    return { text, weight: 'bold', role: verdictColours[mark], glyph: (x) => verdictGlyph(ink, mark, x, middle) };
  });
}

function stateParts(ink: Ink, graph: DiagramGraph, states: DiagramStates): readonly Part[] {
  const counted = counts(graph, states).map(
    ([state, count]): Part => ({
      text: `${count} ${stateNames[state]}`,
      weight: 'bold',
      role: stateColours[state],
      glyph: (x) => stateGlyph(ink, state, x, middle),
    }),
  );
  const sentences = states.summary.map(
    ({ text, strong }): Part => ({ text, weight: strong === true ? 'bold' : 'regular', role: 'fg' }),
  );
  return [...counted, ...sentences];
}

/** How many components stand in each state, the worst first. Journeys are told by what they promise. */
function counts(graph: DiagramGraph, states: DiagramStates): readonly (readonly [PartState, number])[] {
  const journeys = new Set(graph.nodes.filter((node) => node.kind === 'journey').map((node) => node.id));
  const copies = new Map(graph.nodes.flatMap((node) => (node.copyOf === undefined ? [] : [[node.id, node.copyOf] as const])));
  return partStates.flatMap((state): readonly (readonly [PartState, number])[] => {
    const own = new Set(
      states.nodes
        .filter((node) => node.inside === undefined && node.state === state && !journeys.has(node.id))
        // In lanes a component counts once, by its copies that serve.
        .flatMap(({ id }) => (state === 'lost' && copies.has(id) ? [] : [copies.get(id) ?? id])),
    ).size;
    // What is folded counts as if it were not: the figures are those of the system, whatever is open.
    const folded = states.nodes.flatMap((node) => node.inside?.counts ?? []).filter(([each]) => each === state);
    const count = folded.reduce((sum, [, more]) => sum + more, own);
    return count === 0 ? [] : [[state, count]];
  });
}
