/** Own icons in a square of 16, drawn with lines of 1.3; and the glyphs of states. */
import type { DiagramNode, ObjectiveState } from './diagram-graph.js';
import type { ColourRole, Ink } from './ink.js';

const paths: { readonly [kind in DiagramNode['kind']]: string } = {
  journey: 'M2 8h10M9 4.5 12.5 8 9 11.5',
  group: 'M2 2.5h5v5H2zM9 2.5h5v5H9zM2 9.5h5v5H2zM9 9.5h5v5H9z',
  service: 'M4 2.5h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM5 8h2M9 8h2',
  gateway: 'M8 1.5 14.5 8 8 14.5 1.5 8zM5 8h5.5M8.7 6.2 10.5 8 8.7 9.8',
  database:
    'M2.5 4c0-1.2 2.5-2 5.5-2s5.5.8 5.5 2-2.5 2-5.5 2-5.5-.8-5.5-2zM2.5 4v8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2V4M2.5 8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2',
  cache: 'M8 1.8 14.2 5 8 8.2 1.8 5zM1.8 8 8 11.2 14.2 8M1.8 11 8 14.2 14.2 11',
  queue: 'M1.5 4.5h13v7h-13zM5.8 4.5v7M10.2 4.5v7',
  bucket:
    'M2.5 3.8c0-1 2.5-1.6 5.5-1.6s5.5.6 5.5 1.6-2.5 1.6-5.5 1.6-5.5-.6-5.5-1.6zM2.5 3.8 4 13c.1.8 1.8 1.3 4 1.3s3.9-.5 4-1.3l1.5-9.2',
  external: 'M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.7 2.7 2.7 0 0 1-.4 5.3z',
  coordinator:
    'M8 2.2a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM3.5 10.5a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM12.5 10.5a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2zM7.2 5.3 4.2 10.5M8.8 5.3l3 5.2M5.1 12.1h5.8',
  job: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8V8l2.3 1.6',
};

/** The icon of a kind; its square's upper left corner at `x`, `y`. */
export function icon(ink: Ink, kind: DiagramNode['kind'], x: number, y: number): string {
  return `<path transform="translate(${x} ${y})" d="${paths[kind]}"${ink.paint({ stroke: 'fg', width: 1.3, round: true })}/>`;
}

/** The words of the states of objectives. */
export const verdictWords: { readonly [state in ObjectiveState]: string } = { met: 'MET', missed: 'MISSED', unknown: 'UNKNOWN' };

export const verdictColours: { readonly [state in ObjectiveState]: ColourRole } = { met: 'ok', missed: 'down', unknown: 'mu' };

/** The glyph of a state, 12 wide, its middle at `x`, `y`. Each has a shape of its own: colour only adds to it. */
export function verdictGlyph(ink: Ink, state: ObjectiveState, x: number, y: number): string {
  switch (state) {
    case 'met':
      return tick(ink, x, y);
    case 'missed':
      return octagonCross(ink, x, y, 6);
    case 'unknown':
      return (
        `<circle cx="${x}" cy="${y}" r="5"${ink.paint({ stroke: 'mu', width: 1.3, dash: '2.5 2' })}/>` +
        `<circle cx="${x}" cy="${y}" r="1.2"${ink.paint({ fill: 'mu' })}/>`
      );
  }
}

/** A tick: it holds. */
export function tick(ink: Ink, x: number, y: number): string {
  return `<path d="M${x - 5} ${y} l3.5 3.5 6.5 -7"${ink.paint({ stroke: 'ok', width: 1.8, round: true })}/>`;
}

/** A filled octagon with a cross: something promised is broken. */
export function octagonCross(ink: Ink, x: number, y: number, radius: number): string {
  const corner = Math.round(radius * 41.4) / 100;
  const points = [
    [corner, -radius],
    [radius, -corner],
    [radius, corner],
    [corner, radius],
    [-corner, radius],
    [-radius, corner],
    [-radius, -corner],
    [-corner, -radius],
  ];
  const outline = points.map(([dx = 0, dy = 0]) => `${round(x + dx)} ${round(y + dy)}`).join('L');
  const arm = radius * 0.4;
  const cross =
    `M${round(x - arm)} ${round(y - arm)}L${round(x + arm)} ${round(y + arm)}` +
    `M${round(x + arm)} ${round(y - arm)}L${round(x - arm)} ${round(y + arm)}`;
  return `<path d="M${outline}Z"${ink.paint({ fill: 'down' })}/><path d="${cross}"${ink.paint({ stroke: 'bg', width: 1.4, round: true })}/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
