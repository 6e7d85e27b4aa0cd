/** The bar of the what-if: switching by click, scenarios, the worst losses, keeping, and the recovery over time. */
import { isAnythingOff, type Switches } from '../../language/diagram/what-if/switches.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import type { WorstLosses } from '../../language/diagram/what-if/worst-losses.js';
import { button, dropdown, element, iconButton, optionOf } from './elements.js';
import { RecoveryScrubber } from './recovery-scrubber.js';

export interface WhatIfActions {
  /** Undefined: none. */
  scenario(name: string | undefined): void;
  tryOut(switches: Switches): void;
  reset(): void;
  /** Absent: there is no text that a scenario could be written into. */
  keep?(): void;
  /** The list of losses is opened: its content is wanted. */
  losses(): void;
  /** A moment of the recovery; undefined: none, all effects at once. */
  moment(seconds: number | undefined): void;
}

/** The DOM of the bar. It knows nothing of the picture. */
export class WhatIfBar {
  readonly root = element('div', 'what-if');
  /** The worst losses: they stand beside the picture, so that one loss after the other can be tried in full sight. */
  readonly panel = element('aside', 'losses');
  readonly #switching: HTMLButtonElement;
  readonly #worst: HTMLButtonElement;
  readonly #scenarios = element('select', '');
  readonly #reset: HTMLButtonElement;
  readonly #keep: HTMLButtonElement | undefined;
  readonly #list = element('div', 'losses-list');
  readonly #scrubber: RecoveryScrubber;
  readonly #actions: WhatIfActions;
  #isFresh = false;
  /** Of the list, or wanted before the list was known. */
  #scenario = '';
  /** What is switched off, as a text that can be compared. */
  #shown = '';

  /** `switching`: a click switches off from the start. */
  constructor(actions: WhatIfActions, switching: boolean) {
    this.#actions = actions;
    this.root.setAttribute('role', 'toolbar');
    this.root.setAttribute('aria-label', 'What if');
    this.#switching = button(
      'Switch off',
      'Switch off by click: components and lines, too (Alt+click does it once)',
      () => this.#switching.setAttribute('aria-pressed', String(!this.isSwitching)),
      'off',
    );
    this.#switching.setAttribute('aria-pressed', String(switching));
    this.#worst = button('Worst losses', 'Which single loss hurts most, and which two', () => this.toggleLosses(), 'losses');
    this.#worst.setAttribute('aria-expanded', 'false');
    this.#scenarios.setAttribute('aria-label', 'Scenario of the file');
    this.#scenarios.append(optionOf('', 'No scenario'));
    this.#scenarios.addEventListener('change', () => {
      const { value } = this.#scenarios;
      actions.scenario(value === '' ? undefined : value);
    });
    this.#reset = button('Reset', 'Switch everything on again (Escape)', () => actions.reset(), 'reset');
    const { keep } = actions;
    this.#keep =
      keep === undefined
        ? undefined
        : button('Keep as scenario', 'Write what is switched off as a scenario into the file', () => keep(), 'keep');
    for (const each of [this.#reset, this.#keep]) each?.classList.add('folds');
    this.#scrubber = new RecoveryScrubber((seconds) => actions.moment(seconds));
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute('aria-label', 'Worst losses');
    const close = iconButton('close', 'Close', 'Close the worst losses (Escape)', () => this.toggleLosses());
    this.panel.append(element('div', 'losses-head', element('h2', '', 'Worst losses'), close), this.#list);
    this.panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.toggleLosses();
      event.stopPropagation();
    });
    const last = this.#keep === undefined ? [] : [this.#keep];
    const row = element('div', 'what-if-row', this.#switching, this.#worst, dropdown(this.#scenarios), this.#reset, ...last);
    this.root.append(element('div', 'what-if-above', this.#scrubber.root), row);
    // The scenarios are wanted as soon as somebody comes near.
    for (const near of ['pointerenter', 'focusin']) this.root.addEventListener(near, () => this.#wanted());
    this.#activeWith(false);
  }

  /** Whether a click on a component or a line switches it off instead of leading to its source. */
  get isSwitching(): boolean {
    return this.#switching.getAttribute('aria-pressed') === 'true';
  }

  /** The model has changed: what the list says is not true any more. */
  outdated(): void {
    this.#isFresh = false;
    if (!this.panel.hidden) this.#wanted();
  }

  showSwitches(switches: Switches): void {
    this.#shown = JSON.stringify(switches);
    this.#markShown();
    this.#activeWith(isAnythingOff(switches));
    this.#scenario = switches.scenario ?? '';
    this.#scenarios.value = this.#scenario;
  }

  showAnswer(answer: WhatIf | undefined): void {
    this.#activeWith(answer !== undefined);
    this.#scrubber.show(answer);
    if (answer !== undefined) this.showSwitches(answer.switches);
  }

  /** Fills the list of losses and of scenarios; null where there is no model. */
  showLosses(losses: WorstLosses | null): void {
    const value = this.#scenario;
    const named = losses?.scenarios ?? [];
    const none = optionOf('', 'No scenario');
    const choices = named.map(({ name, title }) => optionOf(name, title ?? name));
    if (choices.length === 0 && losses !== null) {
      const hint = optionOf('-', 'The file has none yet');
      hint.disabled = true;
      choices.push(hint);
    }
    this.#scenarios.replaceChildren(none, ...choices);
    this.#scenarios.value = named.some(({ name }) => name === value) ? value : '';
    this.#list.replaceChildren(
      ...this.#groupOf('One loss', losses?.single ?? [], 'No single loss takes a journey down.'),
      ...this.#groupOf('Two losses', losses?.pairs ?? [], 'No two losses take a journey down that one alone does not.'),
      ...this.#groupOf('Longest recovery', losses?.slowest ?? [], 'No loss of a place takes time to recover from.'),
      ...(losses?.incomplete === true ? [element('p', '', 'The model is too large to know them all.')] : []),
    );
    this.#markShown();
  }

  #groupOf(heading: string, losses: WorstLosses['single'], none: string): readonly HTMLElement[] {
    if (losses.length === 0) return [element('h3', '', heading), element('p', '', none)];
    const items = losses.map((loss) => {
      const item = button(loss.text, `${loss.text}: ${loss.says}`, () => this.#tryOut(loss.switches));
      item.dataset.switches = JSON.stringify(loss.switches);
      item.append(element('span', 'loss-says', loss.says));
      return element('li', '', item);
    });
    return [element('h3', '', heading), element('ol', '', ...items)];
  }

  /** Another press on the loss that is shown switches everything on again. */
  #tryOut(switches: Switches): void {
    if (JSON.stringify(switches) === this.#shown) this.#actions.reset();
    else this.#actions.tryOut(switches);
  }

  #markShown(): void {
    for (const item of this.#list.querySelectorAll<HTMLElement>('[data-switches]')) {
      item.setAttribute('aria-pressed', String(item.dataset.switches === this.#shown));
    }
  }

  /** Answers whether the list was open. */
  closeLosses(): boolean {
    if (this.panel.hidden) return false;
    this.toggleLosses();
    return true;
  }

  /** Opens the list of losses, or closes it. */
  toggleLosses(): void {
    this.panel.hidden = !this.panel.hidden;
    this.#worst.setAttribute('aria-expanded', String(!this.panel.hidden));
    if (this.panel.hidden) {
      this.#worst.focus();
      return;
    }
    this.#wanted();
    this.panel.focus();
  }

  /** Losses and scenarios of the newest model, asked for once. */
  #wanted(): void {
    if (this.#isFresh) return;
    this.#isFresh = true;
    this.#actions.losses();
  }

  /** What acts on what is switched off is there while something is. */
  #activeWith(anything: boolean): void {
    const hadFocus = document.activeElement === this.#reset || document.activeElement === this.#keep;
    this.#reset.hidden = !anything;
    if (this.#keep !== undefined) this.#keep.hidden = !anything;
    if (hadFocus && !anything) this.#switching.focus();
  }
}
