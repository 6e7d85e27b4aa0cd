/** The few HTML elements that bars and panels are made of. Texts are set as text: no name of a model becomes markup. */
import { plainText, shortened } from '../../language/diagram/plain-text.js';
import { type IconName, icon } from './icons.js';

/** More of a text nobody reads, and a browser may take minutes to set it. */
const longest = 2000;

/** A text of a model as the page shows it: on one line, without what turns or hides text, of a length that can be set. */
export function shownText(text: string): string {
  return shortened(plainText(text), longest);
}

/** A button that does something. With a sign in front of its text, the text may give way to it where there is little room (`folds`). */
export function button(said: string, told: string, action: () => void, sign?: IconName): HTMLButtonElement {
  const text = shownText(said);
  const label = shownText(told);
  const made = document.createElement('button');
  made.type = 'button';
  if (sign === undefined) made.textContent = text;
  else made.append(icon(sign), element('span', 'word', text));
  made.title = label;
  // Who speaks to the machine says what stands on the button.
  if (label !== text) made.setAttribute('aria-label', label.includes(text) ? label : `${text}: ${label}`);
  made.addEventListener('click', action);
  return made;
}

/** A button of its sign alone; the text is for those who do not see. */
export function iconButton(sign: IconName, text: string, label: string, action: () => void): HTMLButtonElement {
  const made = button(text, label, action, sign);
  made.classList.add('sign');
  return made;
}

/** Gives a button that was made with a sign another one, or another text. */
export function relabel(made: HTMLButtonElement, text: string, sign: IconName): void {
  made.replaceChildren(icon(sign), element('span', 'word', text));
}

/** A list of choices as VS Code draws one: the list itself is the browser's. */
export function dropdown(list: HTMLSelectElement, sign?: IconName): HTMLElement {
  const before = sign === undefined ? [] : [icon(sign)];
  return element('span', 'dropdown', ...before, list, icon('chosen'));
}

/** An element of a class, with what stands in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children.map((child) => (typeof child === 'string' ? shownText(child) : child)));
  return made;
}

/** One choice of a list. */
export function optionOf(value: string, text: string): HTMLOptionElement {
  const option = element('option', '', text);
  option.value = value;
  return option;
}
