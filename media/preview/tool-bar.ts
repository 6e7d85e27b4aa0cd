/** The buttons that zoom, and the one that opens the matrix. */
import { button, element, iconButton } from './elements.js';
import type { Viewport } from './viewport.js';

/** Everything in it can be done by keys as well. */
export function toolBar(viewport: Viewport, matrix: () => void): HTMLElement {
  const show = button('Matrix', 'Show the disaster recovery matrix', matrix, 'matrix');
  show.classList.add('folds');
  const bar = element(
    'div',
    'toolbar',
    iconButton('less', '−', 'Zoom out (-)', () => viewport.zoom(1 / 1.25)),
    iconButton('more', '+', 'Zoom in (+)', () => viewport.zoom(1.25)),
    button('1:1', 'Full size (1)', () => viewport.fullSize()),
    iconButton('fit', 'Fit', 'Show the whole picture (0)', () => viewport.fit()),
    element('span', 'bar-line'),
    show,
  );
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'View');
  return bar;
}
