/** The keys that belong to no part of the picture: they work wherever the focus is, except where somebody writes. */

export interface PictureKeys {
  readonly help: () => void;
  readonly matrix: () => void;
  readonly losses: () => void;
  /** Leaves the innermost of what was opened or switched off; answers whether there was anything. */
  readonly leave: () => boolean;
}

/** Panels that close themselves by Escape. */
const closingThemselves = '.change-menu, .losses, [role=dialog], .search';

export function listenToPictureKeys({ help, matrix, losses, leave }: PictureKeys): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { target } = event;
    if (target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== 'range')) return;
    if (event.key === '?') help();
    else if (event.key === 'm') matrix();
    else if (event.key === 'w') losses();
    else return;
    event.preventDefault();
  });
  // Before the pictures hear of it: their own way back, to the whole system, comes last.
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || (event.target instanceof Element && event.target.closest(closingThemselves) !== null)) return;
      if (!leave()) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
