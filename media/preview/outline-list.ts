/** What a file declares, as a list: it stands where the picture will be, so that nobody looks at an empty pane. */
import { button, element } from './elements.js';
import type { OutlineMessage, RevealMessage } from './protocol.js';

/** A list of more would be slower than the picture. */
const mostParts = 300;

/** Shown until there is a picture. `reveal` leads to the text. */
export class OutlineList {
  readonly root = element('section', 'outline');
  readonly #reveal: (message: RevealMessage) => void;

  constructor(reveal: (message: RevealMessage) => void) {
    this.#reveal = reveal;
    this.root.hidden = true;
    this.root.setAttribute('aria-label', 'Parts of the file');
  }

  show({ uri, parts }: OutlineMessage): void {
    const rows = parts.slice(0, mostParts).map(({ name, detail, start, end }) => {
      const one = button(name, `Show ${name} in the text`, () => this.#reveal({ kind: 'reveal', uri, start, end }));
      return element('li', '', one, element('span', 'outline-detail', detail));
    });
    const more = parts.length - rows.length;
    this.root.replaceChildren(
      element('ul', '', ...rows),
      ...(more > 0 ? [element('p', 'outline-detail', `… and ${more} more`)] : []),
    );
    this.root.hidden = parts.length === 0;
  }

  hide(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
  }
}
