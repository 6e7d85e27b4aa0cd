/** The what-if of the view: what is switched off, the answer of the editor, and what of it is shown and announced. */
import type { DiagramEdge } from '../../language/diagram/diagram-graph.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { usedCells } from '../../language/diagram/what-if/cell-at.js';
import { statesAt } from '../../language/diagram/what-if/recovery-timeline.js';
import {
  isAnythingOff,
  isSwitches,
  nothingOff,
  type Switch,
  type Switches,
  toggled,
} from '../../language/diagram/what-if/switches.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import { shownText } from './elements.js';
import type { PicturePart } from './picture.js';
import type { HostMessage, ViewMessage } from './protocol.js';
import { WhatIfBar } from './what-if-bar.js';

/** What the what-if needs of the view around it. */
export interface WhatIfSurroundings {
  send(message: ViewMessage): void;
  show(states: DiagramStates | undefined): void;
  /** The lines that are drawn now. */
  edges(): readonly DiagramEdge[];
  /** Keeps what is switched off over reloads of the view. */
  keep(switches: Switches): void;
  /** A page of its own: there is no text to write a scenario into or to lead to, so a click switches off from the start. */
  readonly standsAlone?: boolean;
}

/** Owns the switches; everything else that happens in the view goes through {@link WhatIfControl.activate}. */
export class WhatIfControl {
  readonly bar: WhatIfBar;
  /** Read out by screen readers; not seen. */
  readonly announcer: HTMLElement;
  readonly #surroundings: WhatIfSurroundings;
  #switches: Switches;
  #answer: WhatIf | undefined;

  /** `kept`: what an earlier life of the view kept. */
  constructor(surroundings: WhatIfSurroundings, kept: unknown) {
    this.#surroundings = surroundings;
    this.#switches = isSwitches(kept) ? kept : nothingOff;
    this.announcer = document.createElement('div');
    this.announcer.className = 'unseen';
    this.announcer.setAttribute('role', 'status');
    this.announcer.setAttribute('aria-live', 'polite');
    const alone = surroundings.standsAlone === true;
    const actions = {
      scenario: (name: string | undefined) =>
        this.#set(name === undefined ? withoutScenario(this.#switches) : { ...this.#switches, scenario: name }),
      tryOut: (switches: Switches) => this.#set(switches),
      reset: () => this.#set(nothingOff),
      losses: () => surroundings.send({ kind: 'ask-losses' }),
      moment: (seconds: number | undefined) => this.#showAt(seconds),
    };
    const keep = (): void => surroundings.send({ kind: 'keep', switches: this.#switches });
    this.bar = new WhatIfBar(alone ? actions : { ...actions, keep }, alone);
  }

  /** Turns to another model, with what was switched off there before; nothing is asked yet. */
  restore(kept: unknown): void {
    this.#switches = isSwitches(kept) ? kept : nothingOff;
    this.#answer = undefined;
    this.bar.showAnswer(undefined);
    this.bar.showSwitches(this.#switches);
  }

  /** What is off now. */
  get switches(): Switches {
    return this.#switches;
  }

  /** Asks for the answer again: the view is new, or the text has changed. */
  ask(): void {
    if (isAnythingOff(this.#switches)) this.#surroundings.send({ kind: 'what-if', switches: this.#switches });
  }

  /** The way back by Escape: the list of losses closes, then everything is switched on; answers whether there was anything to leave. */
  leave(): boolean {
    if (this.bar.closeLosses()) return true;
    if (!isAnythingOff(this.#switches)) return false;
    this.#set(nothingOff);
    return true;
  }

  /** Whether a click or a key on a part was one of the what-if. Places and cells are switches; nodes and lines only when switching is on. */
  activate(part: PicturePart, event: MouseEvent | KeyboardEvent): boolean {
    const isKey = event instanceof KeyboardEvent;
    if (isKey && event.key === 'Escape') return this.leave();
    if (event.ctrlKey || event.metaKey || event.type === 'contextmenu') return false;
    if (isKey && event.altKey) return this.#switchCell(part, event);
    const wanted = switchOf(part);
    if (wanted === undefined) return false;
    const isSwitchByItself = part.kind === 'site' || (part.kind === 'node' && part.cell !== undefined);
    const chosen = isKey
      ? event.key === 'x' || ((event.key === 'Enter' || event.key === ' ') && (isSwitchByItself || this.bar.isSwitching))
      : isSwitchByItself || event.altKey || this.bar.isSwitching;
    if (!chosen) return false;
    this.#set(toggled(this.#switches, wanted));
    return true;
  }

  /** Takes the messages that are about what-ifs. */
  receive(message: HostMessage): void {
    if (message.kind === 'losses') this.bar.showLosses(message.losses);
    if (message.kind === 'notice') this.announcer.textContent = shownText(message.text);
    if (message.kind !== 'what-if-answer' || JSON.stringify(message.asked) !== JSON.stringify(this.#switches)) return;
    // An edit may have taken what was switched off out of the model.
    if (message.answer === null) {
      this.#set(nothingOff);
      return;
    }
    const before = this.#answer?.says;
    this.#answer = message.answer;
    this.bar.showAnswer(this.#answer);
    this.#surroundings.show(this.#answer.states);
    if (before !== this.#answer.says) this.announcer.textContent = this.#answer.says;
  }

  #set(switches: Switches): void {
    this.#switches = switches;
    this.#surroundings.keep(switches);
    this.bar.showSwitches(switches);
    if (isAnythingOff(switches)) {
      this.ask();
      return;
    }
    this.#surroundings.send({ kind: 'what-if-over' });
    this.#answer = undefined;
    this.bar.showAnswer(undefined);
    this.#surroundings.show(undefined);
    this.announcer.textContent = 'Nothing is switched off.';
  }

  #showAt(seconds: number | undefined): void {
    if (this.#answer === undefined) return;
    const { states } = this.#answer;
    this.#surroundings.show(seconds === undefined ? states : statesAt(this.#answer, seconds, this.#surroundings.edges()));
  }

  /** Alt and a digit: the instances in so many cells of the card that has the focus. */
  #switchCell(part: PicturePart, event: KeyboardEvent): boolean {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (digit === undefined || part.kind !== 'node') return false;
    const cell = usedCells(part.node)[Number(digit) - 1];
    const wanted = cell === undefined ? undefined : switchOf({ ...part, cell });
    if (wanted === undefined) return false;
    this.#set(toggled(this.#switches, wanted));
    return true;
  }
}

function withoutScenario({ off }: Switches): Switches {
  return { off };
}

/** What a part is as a switch; undefined for what cannot be off: journeys, copies. */
function switchOf(part: PicturePart): Switch | undefined {
  switch (part.kind) {
    case 'site':
      return { kind: 'site', site: part.site };
    case 'edge': {
      const { relation, copyOf } = part.edge;
      if (relation === 'backup' || relation === 'route' || relation === 'sync-copy' || relation === 'async-copy')
        return undefined;
      const { from, to } = copyOf ?? part.edge;
      return { kind: 'dependency', from, to };
    }
    case 'node': {
      const { node, cell } = part;
      if (node.kind === 'journey' || node.kind === 'group') return undefined;
      if (cell === undefined || cell.pips.length === 0) return { kind: 'component', component: node.copyOf ?? node.id };
      return { kind: 'replica', component: node.copyOf ?? node.id, site: cell.site, count: cell.pips.length };
    }
  }
}
