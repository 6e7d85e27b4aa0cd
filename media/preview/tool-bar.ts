/** The buttons that zoom, and the one that opens the matrix. */
import { button, element } from './elements.js';
import type { Viewport } from './viewport.js';

/** Everything in it can be done by keys as well, except for the matrix. */
export function toolBar(viewport: Viewport, matrix: () => void): HTMLElement {
  const bar = element('div', 'toolbar');
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'View');
  const buttons: readonly (readonly [string, string, () => void])[] = [
    ['−', 'Zoom out', () => viewport.zoom(1 / 1.25)],
    ['+', 'Zoom in', () => viewport.zoom(1.25)],
    ['1:1', 'Full size', () => viewport.fullSize()],
    ['Fit', 'Show the whole picture', () => viewport.fit()],
    ['Matrix', 'Show the disaster recovery matrix', matrix],
  ];
  for (const [text, label, action] of buttons) bar.append(button(text, label, action));
  return bar;
}
