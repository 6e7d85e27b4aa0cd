/** Two lines over the drawing: what it shows, and how it stands. Both are always reserved, so that nothing jumps. */
import type { DiagramGraph } from './diagram-graph.js';
import { verdictColours, verdictGlyph } from './icons.js';
import type { ColourRole, Ink } from './ink.js';
import { textLine } from './markup.js';
import { partStates, stateColours, stateGlyph, stateNames } from './state-marks.js';
import type { DiagramStates, PartState } from './states.js';
import { type TextWeight, textWidth } from './text-width.js';

const left = 16;
const summarySize = 11.5;
const middle = 45;

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
  let x = left;
  const parts = states === undefined ? ownParts(ink, graph) : stateParts(ink, graph, states);
  for (const [index, part] of parts.entries()) {
    const mark = part.glyph === undefined ? 0 : 16;
    const gap = index === 0 || parts[index - 1]?.glyph === undefined || part.glyph === undefined ? 12 : 14;
    const dotted = index > 0 && part.glyph === undefined;
    const start = index === 0 ? x : x + gap + (dotted && gap > 12 ? 2 : 0);
    const room = width - left - start - mark;
    const needed = textWidth(part.text, summarySize, part.weight);
    // The counts are said whole or not at all, and so are the sentences after them, but for the first.
    const mayCut = states !== undefined && part.glyph === undefined && parts[index - 1]?.glyph !== undefined && room >= 40;
    if (needed > room && !mayCut) break;
    if (dotted) drawn += textLine(ink, start - 6, middle, '·', { size: summarySize, role: 'mu', anchor: 'middle' });
    drawn += part.glyph?.(Math.round(start + 6)) ?? '';
    drawn += textLine(ink, start + mark, middle, part.text, { size: summarySize, weight: part.weight, role: part.role, room });
    if (needed > room) break;
    x = start + mark + needed;
  }
  return drawn;
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
  const said = states.summary.map(
    ({ text, strong }): Part => ({ text, weight: strong === true ? 'bold' : 'regular', role: 'fg' }),
  );
  return [...counted, ...said];
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
