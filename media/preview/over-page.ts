/** A panel that lies over the whole page: what is under it cannot be reached until it is closed, and then the focus is where it was. */

/** Opens and closes one panel; it has to be a child of the body. */
export class OverPage {
  readonly #root: HTMLElement;
  readonly #first: () => HTMLElement;
  #from: Element | null = null;

  /** `first` gets the focus when the panel opens. Escape closes it. */
  constructor(root: HTMLElement, label: string, first: () => HTMLElement) {
    this.#root = root;
    this.#first = first;
    root.hidden = true;
    root.setAttribute('role', 'dialog');
    root.setAttribute('aria-modal', 'true');
    root.setAttribute('aria-label', label);
    root.addEventListener('keydown', (event) => {
      // What is open over the page does not reach the picture.
      event.stopPropagation();
      if (event.key === 'Tab') this.#turn(event);
      else this.#closeBy(event);
    });
  }

  get isOpen(): boolean {
    return !this.#root.hidden;
  }

  open(): void {
    if (this.isOpen) return;
    this.#from = document.activeElement;
    this.#root.hidden = false;
    this.#lock(true);
    // A click beside all controls leaves the focus with the page.
    document.addEventListener('keydown', this.#closeBy);
    this.#first().focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#root.hidden = true;
    this.#lock(false);
    document.removeEventListener('keydown', this.#closeBy);
    const from = this.#from;
    if ((from instanceof HTMLElement || from instanceof SVGElement) && from.isConnected) from.focus();
  }

  readonly #closeBy = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.close();
  };

  /** After the last control comes the first one. */
  #turn(event: KeyboardEvent): void {
    const controls = [...this.#root.querySelectorAll<HTMLElement>('button, input, [tabindex="0"]')];
    const [first, last] = [controls.at(0), controls.at(-1)];
    const [end, start] = event.shiftKey ? [first, last] : [last, first];
    if (document.activeElement !== end) return;
    event.preventDefault();
    start?.focus();
  }

  /** Lines that say how things stand are read out all the same. */
  #lock(locked: boolean): void {
    for (const each of this.#root.parentElement?.children ?? []) {
      if (each !== this.#root && each.getAttribute('role') !== 'status') each.toggleAttribute('inert', locked);
    }
  }
}
