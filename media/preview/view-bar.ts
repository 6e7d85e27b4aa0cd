/** The bar over the picture: which view, where to search, and whether the table of places stands beside it. */
import type { View } from '../../language/diagram/views.js';
import { button, dropdown, element, iconButton } from './elements.js';
import { icon } from './icons.js';

export type Panes = 'flow' | 'both' | 'placement';

export interface ViewBarActions {
  readonly show: (view: View) => void;
  readonly panes: (panes: Panes) => void;
  /** Goes to the first part whose name has the text in it, or so many further; answers which one of how many that is. */
  readonly find: (text: string, step: -1 | 0 | 1) => { readonly at: number; readonly of: number };
  readonly closeBoxes: () => void;
  /** Gives the focus back to the picture. */
  readonly leave: () => void;
}

const paneNames: readonly (readonly [Panes, string, string])[] = [
  ['flow', 'Flow', 'Show who calls whom'],
  ['both', 'Both', 'Show who calls whom beside what runs where'],
  ['placement', 'Placement', 'Show what runs where'],
];

/** Everything in it can be reached by keyboard; `/` in the picture leads to the search. */
export class ViewBar {
  readonly root: HTMLElement;
  readonly #views = element('select', 'views');
  readonly #search = element('input', 'search');
  readonly #found = element('span', 'found');
  readonly #steps: readonly HTMLButtonElement[];
  readonly #fold: HTMLButtonElement;
  readonly #panes = new Map<Panes, HTMLButtonElement>();
  #offers: readonly { readonly view: View; readonly label: string }[] = [];

  constructor(actions: ViewBarActions) {
    this.#views.setAttribute('aria-label', 'Shown part');
    this.#views.addEventListener('change', () => {
      const chosen = this.#offers[this.#views.selectedIndex];
      if (chosen !== undefined) actions.show(chosen.view);
    });
    this.#search.type = 'text';
    this.#search.placeholder = 'Find';
    this.#search.setAttribute('aria-label', 'Find a part of the picture');
    this.#found.setAttribute('role', 'status');
    const find = (step: -1 | 0 | 1): void => {
      const { at, of } = actions.find(this.#search.value, step);
      this.#found.textContent = this.#search.value.trim() === '' ? '' : of === 0 ? 'none' : `${at} of ${of}`;
      for (const each of this.#steps) each.hidden = of < 2;
    };
    this.#steps = [
      iconButton('before', 'Previous', 'Previous hit (Shift+Enter)', () => find(-1)),
      iconButton('chosen', 'Next', 'Next hit (Enter)', () => find(1)),
    ];
    for (const each of this.#steps) each.hidden = true;
    this.#search.addEventListener('input', () => find(0));
    this.#search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') find(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape') {
        this.#search.value = '';
        find(0);
        actions.leave();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.#fold = button('Fold', 'Fold what was opened', actions.closeBoxes, 'fold');
    this.#fold.classList.add('folds');
    this.#fold.hidden = true;
    const group = element('span', 'panes');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', 'Pictures');
    for (const [panes, text, label] of paneNames) {
      const one = button(text, label, () => actions.panes(panes));
      this.#panes.set(panes, one);
      group.append(one);
    }
    const field = element('span', 'field', icon('find'), this.#search, this.#found, ...this.#steps);
    this.root = element('div', 'view-bar', dropdown(this.#views), group, this.#fold, field);
    this.root.setAttribute('role', 'toolbar');
    this.root.setAttribute('aria-label', 'Views');
  }

  /** What can be chosen now, and what is chosen. */
  update(offers: readonly { readonly view: View; readonly label: string }[], view: View, panes: Panes, open: boolean): void {
    const same =
      offers.length === this.#offers.length && offers.every(({ label }, index) => label === this.#offers[index]?.label);
    this.#offers = offers;
    if (!same) this.#views.replaceChildren(...offers.map(({ label }) => element('option', '', label)));
    const key = JSON.stringify(view);
    this.#views.selectedIndex = Math.max(
      0,
      offers.findIndex((offer) => JSON.stringify(offer.view) === key),
    );
    for (const [name, one] of this.#panes) one.setAttribute('aria-pressed', String(name === panes));
    this.#fold.hidden = !open;
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }
}
