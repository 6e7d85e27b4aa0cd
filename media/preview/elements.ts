/** The few HTML elements that bars and panels are made of. Texts are set as text: no name of a model becomes markup. */

/** A button that does something. */
export function button(text: string, label: string, action: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.title = label;
  // Who speaks to the machine says what stands on the button.
  if (label !== text) made.setAttribute('aria-label', label.includes(text) ? label : `${text}: ${label}`);
  made.addEventListener('click', action);
  return made;
}

/** An element of a class, with what stands in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}
