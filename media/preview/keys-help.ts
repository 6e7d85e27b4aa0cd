/** The keys of the picture, over it: `?` opens the list. */
import { element, iconButton } from './elements.js';
import { OverPage } from './over-page.js';

/** Keys that are pressed together or one of, and what they do. */
const groups: readonly (readonly [string, readonly (readonly [readonly string[], string])[]])[] = [
  [
    'Getting about',
    [
      [['Tab'], 'To the next part or control'],
      [['←', '↑', '↓', '→'], 'To the next part in that direction; without a part, move the picture'],
      [['+', '-'], 'Larger, smaller'],
      [['0', '1'], 'All of it, full size'],
      [['/'], 'Find by name; Enter and Shift+Enter go on and back'],
      [['n'], 'A part with its neighbours'],
      [['p'], 'Flow, both, placement'],
    ],
  ],
  [
    'What if',
    [
      [['x'], 'Switch a part off or on'],
      [['Alt', '1…9'], 'Switch the instances of one cell off or on'],
      [['w'], 'The worst losses'],
      [['m'], 'The disaster recovery matrix'],
    ],
  ],
  [
    'The text',
    [
      [['Enter'], 'The source of a part; opens a folded box'],
      [['a'], 'What can be changed of a part'],
    ],
  ],
  ['Back', [[['Esc'], 'Closes what is open, then switches everything on, then shows the whole system']]],
];

/** A panel over the page. `standsAlone`: there is no text that keys could lead to. */
export class KeysHelp {
  readonly root = element('section', 'keys-help');
  readonly #over: OverPage;

  constructor(standsAlone = false) {
    const close = iconButton('close', 'Close', 'Close the keys (Escape)', () => this.#over.close());
    this.#over = new OverPage(this.root, 'Keys of the picture', () => close);
    const shown = groups.filter(([heading]) => !standsAlone || heading !== 'The text');
    const lists = shown.map(([heading, keys]) => {
      const rows = keys.flatMap(([names, text]) => [
        element('dt', '', ...names.map((name) => element('kbd', '', name))),
        element('dd', '', text),
      ]);
      return element('section', '', element('h3', '', heading), element('dl', '', ...rows));
    });
    const box = element(
      'div',
      'keys-box',
      element('div', 'keys-head', element('h2', '', 'Keys of the picture'), close),
      ...lists,
    );
    this.root.append(box);
    // A click beside the box closes it as well.
    this.root.addEventListener('click', ({ target }) => {
      if (target === this.root) this.#over.close();
    });
  }

  open(): void {
    this.#over.open();
  }
}
