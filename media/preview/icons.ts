/** The signs of the controls, drawn as text is: in its colour. Each is a path of strokes in a square of 16. */

const paths = {
  off: 'M8 2v5.5M4.6 4.2a5 5 0 1 0 6.8 0',
  losses: 'M2.5 3.5h11M2.5 8h7.5M2.5 12.5h4',
  reset: 'M3 3v3.5h3.5M3.3 6.2A5.2 5.2 0 1 1 3 9.2',
  keep: 'M4 2.5h8v11L8 10.4 4 13.5z',
  less: 'M3.5 8h9',
  more: 'M3.5 8h9M8 3.5v9',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  matrix: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.2 3v10M9.8 3v10',
  export: 'M8 10V2.5M5 5.5l3-3 3 3M2.5 10v3.5h11V10',
  pin: 'M6 2.5h4M6.7 2.5v4L4.5 9h7L9.3 6.5v-4M8 9v4.5',
  keys: 'M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 11.6v.3M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
  change: 'M10.5 2.8l2.7 2.7L6 12.7l-3.5.8.8-3.5z',
  fold: 'M4 6.5l4-3.5 4 3.5M4 13l4-3.5 4 3.5',
  find: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4',
  chosen: 'M4.5 6.5L8 10l3.5-3.5',
  before: 'M4.5 9.5L8 6l3.5 3.5',
  play: 'M4.5 3v10l8-5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export type IconName = keyof typeof paths;

const svgSpace = 'http://www.w3.org/2000/svg';

/** Draws a sign. It is for eyes: the words beside it say the same to everybody else. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgSpace, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
