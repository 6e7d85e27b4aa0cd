/** The bar of the what-if: switching by click, scenarios, the worst losses, keeping, and the recovery over time. */
import { isAnythingOff, type Switches } from '../../language/diagram/what-if/switches.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import type { WorstLosses } from '../../language/diagram/what-if/worst-losses.js';
import { button, element } from './elements.js';
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
  readonly #switching: HTMLButtonElement;
  readonly #worst: HTMLButtonElement;
  readonly #scenarios = element('select', '');
  readonly #reset: HTMLButtonElement;
  readonly #keep: HTMLButtonElement | undefined;
  readonly #list = element('div', 'losses');
  readonly #scrubber: RecoveryScrubber;
  readonly #actions: WhatIfActions;
  #isFresh = false;
  /** Of the list, or wanted before the list was known. */
  #scenario = '';

  /** `switching`: a click switches off from the start. */
  constructor(actions: WhatIfActions, switching: boolean) {
    this.#actions = actions;
    this.root.setAttribute('role', 'toolbar');
    this.root.setAttribute('aria-label', 'What if');
    this.#switching = button('Switch off', 'Switch off by click: components and lines, too (Alt+click does it once)', () =>
      this.#switching.setAttribute('aria-pressed', String(!this.isSwitching)),
    );
    this.#switching.setAttribute('aria-pressed', String(switching));
    this.#worst = button('Worst losses', 'Which single loss hurts most, and which two', () => this.#toggleList());
    this.#worst.setAttribute('aria-expanded', 'false');
    this.#scenarios.setAttribute('aria-label', 'Scenario of the file');
    this.#scenarios.append(optionOf('', 'No scenario'));
    this.#scenarios.addEventListener('change', () => {
      const { value } = this.#scenarios;
      actions.scenario(value === '' ? undefined : value);
    });
    this.#reset = button('Reset', 'Switch everything on again (Escape)', () => actions.reset());
    const { keep } = actions;
    this.#keep =
      keep === undefined
        ? undefined
        : button('Keep as scenario', 'Write what is switched off as a scenario into the file', () => keep());
    this.#scrubber = new RecoveryScrubber((seconds) => actions.moment(seconds));
    this.#list.hidden = true;
    this.#list.setAttribute('role', 'group');
    this.#list.setAttribute('aria-label', 'Worst losses');
    this.#list.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.#toggleList();
      this.#worst.focus();
    });
    const last = this.#keep === undefined ? [] : [this.#keep];
    const row = element('div', 'what-if-row', this.#switching, this.#worst, this.#scenarios, this.#reset, ...last);
    this.root.append(element('div', 'what-if-above', this.#list, this.#scrubber.root), row);
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
    if (!this.#list.hidden) this.#wanted();
  }

  showSwitches(switches: Switches): void {
    this.#activeWith(isAnythingOff(switches));
    this.#scenario = switches.scenario ?? '';
    this.#scenarios.value = this.#scenario;
  }

  showAnswer(answer: WhatIf | undefined): void {
    this.#activeWith(answer !== undefined);
    this.#scrubber.show(answer?.timeline);
    if (answer !== undefined) this.showSwitches(answer.switches);
  }

  /** Fills the list of losses and of scenarios; null where there is no model. */
  showLosses(losses: WorstLosses | null): void {
    const value = this.#scenario;
    const named = losses?.scenarios ?? [];
    this.#scenarios.replaceChildren(
      optionOf('', 'No scenario'),
      ...named.map(({ name, title }) => optionOf(name, title ?? name)),
    );
    this.#scenarios.value = named.some(({ name }) => name === value) ? value : '';
    this.#list.replaceChildren(
      ...this.#groupOf('One loss', losses?.single ?? [], 'No single loss takes a journey down.'),
      ...this.#groupOf('Two losses', losses?.pairs ?? [], 'No two losses take a journey down that one alone does not.'),
      ...this.#groupOf('Longest recovery', losses?.slowest ?? [], 'No loss of a place takes time to recover from.'),
      ...(losses?.incomplete === true ? [element('p', '', 'The model is too large to know them all.')] : []),
    );
  }

  #groupOf(heading: string, losses: WorstLosses['single'], none: string): readonly HTMLElement[] {
    if (losses.length === 0) return [element('h2', '', heading), element('p', '', none)];
    const items = losses.map((loss) => {
      const item = button(loss.text, `${loss.text}: ${loss.says}`, () => this.#actions.tryOut(loss.switches));
      item.append(element('span', 'loss-says', loss.says));
      return element('li', '', item);
    });
    return [element('h2', '', heading), element('ol', '', ...items)];
  }

  #toggleList(): void {
    this.#list.hidden = !this.#list.hidden;
    this.#worst.setAttribute('aria-expanded', String(!this.#list.hidden));
    if (!this.#list.hidden) this.#wanted();
  }

  /** Losses and scenarios of the newest model, asked for once. */
  #wanted(): void {
    if (this.#isFresh) return;
    this.#isFresh = true;
    this.#actions.losses();
  }

  #activeWith(anything: boolean): void {
    this.#reset.disabled = !anything;
    if (this.#keep !== undefined) this.#keep.disabled = !anything;
  }
}

function optionOf(value: string, text: string): HTMLOptionElement {
  const option = document.createElement('option');
  option.value = value;
  option.textContent = text;
  return option;
}
