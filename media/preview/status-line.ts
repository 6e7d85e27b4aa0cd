/** A line of the page that says how things stand, to eyes and to screen readers. */

import { shownText } from './elements.js';

/** A line without a text is not there. */
export function statusLine(className: string): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.setAttribute('role', 'status');
  made.hidden = true;
  return made;
}

/** Puts a text into a line, or takes the line away. */
export function say(line: HTMLElement, text: string): void {
  line.textContent = shownText(text);
  line.hidden = text === '';
}
