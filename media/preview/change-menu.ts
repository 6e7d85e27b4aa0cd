/** What can be done to the part that was chosen last: a button in the bar, and the list that it, the key `a` and the right click open. */
import { button, element, relabel } from './elements.js';
import type { PicturePart } from './picture.js';
import type { PartChangesMessage, ViewMessage } from './protocol.js';

const groupNames = {
  instance: 'More instances',
  zone: 'More zones',
  standby: 'A standby',
  backup: 'A backup',
  accept: 'Accept a risk',
} as const;

/** Opens over the picture; every entry that cannot be chosen says why. */
export class ChangeMenu {
  /** Stands in the bar. */
  readonly opener: HTMLButtonElement;
  /** Stands over the picture. */
  readonly root = element('div', 'change-menu');
  readonly #send: (message: ViewMessage) => void;
  #part: PicturePart | undefined;
  #at: { readonly x: number; readonly y: number } | undefined;
  /** Where the focus goes back to. */
  #from: Element | null = null;

  constructor(send: (message: ViewMessage) => void) {
    this.#send = send;
    this.opener = button(
      'Change…',
      'Add instances, zones, a standby, a backup, or accept a risk',
      () => this.#toggle(),
      'change',
    );
    this.opener.classList.add('folds');
    this.opener.setAttribute('aria-haspopup', 'menu');
    this.root.setAttribute('role', 'menu');
    this.root.hidden = true;
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      const inside = relatedTarget instanceof Node && (this.root.contains(relatedTarget) || this.opener.contains(relatedTarget));
      if (relatedTarget !== null && !inside) this.close();
    });
    this.choose(undefined);
  }

  /** The part that the button is about; undefined: none yet. */
  choose(part: PicturePart | undefined): void {
    this.#part = part;
    const name = part === undefined ? undefined : nameOf(part);
    this.opener.disabled = name === undefined;
    relabel(this.opener, name === undefined ? 'Change…' : `Change ${name}…`, 'change');
    const what =
      name === undefined
        ? 'Change…: choose a component, a journey or a place in the picture first'
        : `Change ${name}…: add instances, zones, a standby, a backup, or accept a risk (a)`;
    this.opener.title = what;
    this.opener.setAttribute('aria-label', what);
  }

  /**
   * Asks what can be changed of a part, and opens when the answer comes, at a point of the window or below the button; answers whether
   * there is anything to ask about.
   */
  open(part: PicturePart, at?: { readonly x: number; readonly y: number }): boolean {
    const name = nameOf(part);
    if (name === undefined) return false;
    this.choose(part);
    this.#at = at;
    this.#from = document.activeElement;
    this.#send({ kind: 'ask-changes', name });
    return true;
  }

  /** Shows what can be changed, if the part is still the chosen one. */
  show({ name, groups }: PartChangesMessage): void {
    if (this.#part === undefined || nameOf(this.#part) !== name) return;
    const entries = groups.flatMap(({ kind, changes, reason }) => {
      const heading = element('div', 'change-kind', groupNames[kind]);
      heading.setAttribute('role', 'presentation');
      const items = changes.map(({ id, title }) => this.#entry(title, () => this.#send({ kind: 'change', name, id })));
      return [heading, ...items, ...(items.length === 0 ? [this.#refused(reason ?? '')] : [])];
    });
    const { uri, start, end } = this.#part.source;
    const more = this.#entry('All that the text offers here…', () => this.#send({ kind: 'actions', uri, start, end }));
    this.root.setAttribute('aria-label', `Change ${name}`);
    this.root.replaceChildren(element('div', 'change-of', name), ...entries, more);
    this.root.firstElementChild?.setAttribute('role', 'presentation');
    this.root.hidden = false;
    this.#place();
    this.opener.setAttribute('aria-expanded', 'true');
    this.#entries()[0]?.focus();
  }

  /** At the point that was asked for, as far as it fits there. */
  #place(): void {
    const { style, offsetParent, offsetWidth, offsetHeight } = this.root;
    this.root.classList.toggle('placed', this.#at !== undefined);
    if (this.#at === undefined || offsetParent === null) {
      style.removeProperty('left');
      style.removeProperty('top');
      return;
    }
    const around = offsetParent.getBoundingClientRect();
    const within = (value: number, size: number, room: number): string => `${Math.max(4, Math.min(value, room - size - 4))}px`;
    style.setProperty('left', within(this.#at.x - around.left, offsetWidth, around.width));
    style.setProperty('top', within(this.#at.y - around.top, offsetHeight, around.height));
  }

  close(): void {
    this.root.hidden = true;
    this.opener.setAttribute('aria-expanded', 'false');
  }

  #toggle(): void {
    if (!this.root.hidden) this.close();
    else if (this.#part !== undefined) this.open(this.#part);
  }

  #entry(title: string, act: () => void): HTMLElement {
    const entry = button(title, title, () => {
      this.#leave();
      act();
    });
    entry.setAttribute('role', 'menuitem');
    entry.tabIndex = -1;
    return entry;
  }

  /** An entry that says why it cannot be chosen. It takes the focus, so that it is read out. */
  #refused(reason: string): HTMLElement {
    const entry = element('div', 'change-refused', reason);
    entry.setAttribute('role', 'menuitem');
    entry.setAttribute('aria-disabled', 'true');
    entry.tabIndex = -1;
    return entry;
  }

  #entries(): readonly HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  /** Closes; the focus is where it was. */
  #leave(): void {
    const from = this.#from;
    this.close();
    if ((from instanceof HTMLElement || from instanceof SVGElement) && from.isConnected) from.focus();
  }

  #key(event: KeyboardEvent): void {
    const entries = this.#entries();
    const focused = document.activeElement;
    const at = focused instanceof HTMLElement ? entries.indexOf(focused) : -1;
    const steps: { readonly [key: string]: number } = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const to = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (to !== undefined) entries[(to + entries.length) % entries.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.#leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What a part is called in the model; undefined for lines and folded boxes. */
function nameOf(part: PicturePart): string | undefined {
  if (part.kind === 'site') return part.site;
  return part.kind === 'node' && part.node.kind !== 'group' ? (part.node.copyOf ?? part.node.id) : undefined;
}
