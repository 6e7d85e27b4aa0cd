/** What is known of the part under the pointer or with the focus, in sentences, on a line of its own. */
import { element } from '../preview/view-parts.js';

/** Reads the sentences off the pictures in a container, where every part has them as its title. */
export function explanationOf(container: HTMLElement): HTMLElement {
  const nothing =
    'Point at a part, or reach it by Tab and arrow keys, to read what is known of it. A click or x switches it off.';
  const line = element('p', 'explanation', nothing);
  // Screen readers have the sentences as the names of the parts.
  line.setAttribute('aria-hidden', 'true');
  const show = (target: EventTarget | null): void => {
    const part = target instanceof Element ? target.closest('[data-key]') : null;
    line.textContent = part?.querySelector('title')?.textContent ?? nothing;
  };
  for (const event of ['pointerover', 'focusin'] as const) container.addEventListener(event, ({ target }) => show(target));
  for (const event of ['pointerleave', 'focusout'] as const) container.addEventListener(event, () => show(null));
  return line;
}
