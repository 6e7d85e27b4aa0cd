/** How a state looks: glyph, word, border, stripe and hatch. Each has a shape of its own; colour only adds to it. */
import type { DiagramNode } from './diagram-graph.js';
import { octagonCross, tick } from './icons.js';
import type { ColourRole, Ink, Paint } from './ink.js';
import { box, path, textPieces } from './markup.js';
import { smallSize } from './sizes.js';
import type { NodeState, PartState } from './states.js';
import { fitText, textWidth } from './text-width.js';

/** In order of weight: what is worst stands first. */
export const partStates: readonly PartState[] = ['lost', 'down', 'degraded', 'at-risk', 'ok'];

/** States in running text. */
export const stateNames: { readonly [state in PartState]: string } = {
  lost: 'off',
  down: 'down',
  degraded: 'degraded',
  'at-risk': 'at risk',
  ok: 'ok',
};

export const stateWords: { readonly [state in PartState]: string } = {
  ok: 'OK',
  'at-risk': 'AT RISK',
  degraded: 'DEGRADED',
  down: 'DOWN',
  lost: 'LOST',
};

/** A lost place is neutral: red is for a broken promise only. */
export const stateColours: { readonly [state in PartState]: ColourRole } = {
  ok: 'ok',
  'at-risk': 'deg',
  degraded: 'deg',
  down: 'down',
  lost: 'fg',
};

/** The glyph of a state, 12 wide, its middle at `x`, `y`. */
export function stateGlyph(ink: Ink, state: PartState, x: number, y: number): string {
  switch (state) {
    case 'ok':
      return tick(ink, x, y);
    case 'at-risk':
      return path(ink, `M${x} ${y - 5.5}L${x + 6} ${y + 5}H${x - 6}ZM${x} ${y - 1.5}v2.6M${x} ${y + 3.1}v.3`, {
        stroke: 'deg',
        width: 1.5,
        round: true,
      });
    case 'degraded':
      return (
        path(ink, `M${x} ${y - 5.2}a5.2 5.2 0 0 1 0 10.4a5.2 5.2 0 0 1 0 -10.4`, { stroke: 'deg', width: 1.5 }) +
        path(ink, `M${x} ${y - 5.2}a5.2 5.2 0 0 0 0 10.4Z`, { fill: 'deg' })
      );
    case 'down':
      return octagonCross(ink, x, y, 6);
    case 'lost':
      return lostCross(ink, x, y);
  }
}

/** The cross over what was switched off. */
export function lostCross(ink: Ink, x: number, y: number, role: ColourRole = 'fg'): string {
  return path(ink, `M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`, { stroke: role, width: 2, round: true });
}

/** A reason that would be cut shorter than this says nothing. */
const leastReason = 44;

/** Glyph, word and reason from `x`; the reason is cut at `room`. */
export function stateLine(ink: Ink, x: number, y: number, standing: NodeState, room: number): string {
  const { state } = standing;
  const word = stateWords[state];
  const wordWidth = textWidth(word, smallSize, 'bold');
  const reasonLeft = 16 + wordWidth + textWidth(' ', smallSize);
  const reason = standing.reason ?? '';
  const shown = room - reasonLeft >= Math.min(leastReason, textWidth(reason, smallSize)) ? reason : '';
  return (
    stateGlyph(ink, state, x + 6, y) +
    textPieces(ink, x + 16, y, [
      { text: fitText(word, room - 16, smallSize, 'bold'), weight: 'bold', role: stateColours[state] },
      { text: fitText(shown, room - reasonLeft, smallSize) },
    ])
  );
}

/** The border of a shape: what is missed without a what-if, and the state in one. */
export function borderOf(node: DiagramNode, standing: NodeState | undefined, plain: Paint): Paint {
  if (standing === undefined) return node.verdict === 'missed' ? { ...plain, stroke: 'down', width: 2.4 } : plain;
  const stroke = stateColours[standing.state];
  switch (standing.state) {
    case 'ok':
      return standing.verdict === 'missed' ? { ...plain, stroke: 'down', width: 2.4 } : plain;
    case 'at-risk':
      return { ...plain, stroke, width: standing.role === 'cause' ? 2.4 : 1.3 };
    case 'degraded':
      return { ...plain, stroke, width: standing.role === 'cause' ? 2.4 : 1.4, dash: '7 3' };
    case 'down':
      return { ...plain, stroke, width: standing.role === 'cause' ? 3 : 1.6 };
    case 'lost':
      return { ...plain, stroke, width: 2.4 };
  }
}

/** The bar at the left side of a card: solid, barred or hollow. */
export function stripe(ink: Ink, state: PartState, height: number): string {
  switch (state) {
    case 'ok':
    case 'lost':
      return '';
    case 'at-risk':
      return box(ink, 3, 6.5, 4, height - 13, 1, { fill: 'bg', stroke: 'deg', width: 1 });
    case 'degraded':
      return path(ink, `M5 6V${height - 6}`, { stroke: 'deg', width: 5, dash: '3 2' });
    case 'down':
      return box(ink, 2.5, 6, 5, height - 12, 1, { fill: 'down' });
  }
}

/** The pattern over what was switched off; once for each picture that needs it. */
export function hatchPattern(ink: Ink): string {
  const line = path(ink, 'M0 0V7', { stroke: 'fg', width: 3 });
  return `<defs><pattern id="${ink.idPrefix}hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><g opacity="0.3">${line}</g></pattern></defs>`;
}

/** A rectangle of hatch. */
export function hatch(ink: Ink, x: number, y: number, width: number, height: number, radius: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="url(#${ink.idPrefix}hatch)"/>`;
}
