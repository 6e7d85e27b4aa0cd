/** What is off and what it does, and the recovery: a slider over its time, the steps of the critical path, and a button that moves through them. */
import { durationText } from '../../language/analysis/figure-text.js';
import type { Timeline } from '../../language/diagram/what-if/recovery-timeline.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import { button, element, iconButton, relabel } from './elements.js';

/** A whole recovery plays in so many milliseconds, however long it takes. */
const playTime = 8000;
const tick = 100;
/** So many journeys are named that nobody knows the return of. */
const mostNamed = 2;

/** The DOM of the timeline. `moved` hears the moment that is shown, in seconds; undefined when it is closed. */
export class RecoveryScrubber {
  readonly root = element('div', 'recovery');
  readonly #play: HTMLButtonElement;
  readonly #slider = element('input', '');
  readonly #moment = element('span', 'recovery-moment');
  readonly #where = element('span', 'recovery-where');
  readonly #steps = element('div', 'recovery-steps');
  readonly #track: HTMLElement;
  /** The what-if and its verdict once more: over a picture that was made to fit a narrow pane they are too small to read. */
  readonly #head = element('p', 'recovery-head');
  /** What no timeline shows: journeys that stay down, or that there is nothing to wait for. */
  readonly #note = element('p', 'recovery-note');
  readonly #moved: (seconds: number | undefined) => void;
  #timeline: Timeline | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(moved: (seconds: number | undefined) => void) {
    this.#moved = moved;
    this.root.hidden = true;
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Recovery over time');
    this.#play = iconButton('play', 'Play', 'Play the recovery', () =>
      this.#timer === undefined ? this.#start() : this.#stop(),
    );
    this.#slider.type = 'range';
    this.#slider.min = '0';
    this.#slider.setAttribute('aria-label', 'Time after the failure');
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#goTo(Number(this.#slider.value));
    });
    const line = element('div', 'recovery-line', this.#slider, this.#steps);
    this.#track = element('div', 'recovery-track', this.#play, line, element('div', 'recovery-says', this.#moment, this.#where));
    this.root.append(this.#head, this.#track, this.#note);
  }

  /** The recovery of a what-if; where it takes no time, or an unknown one, only words. */
  show(answer: WhatIf | undefined): void {
    const timeline = answer?.timeline;
    const note = answer === undefined ? '' : noteOf(answer);
    this.root.hidden = answer === undefined;
    this.#head.replaceChildren(...(answer === undefined ? [] : headOf(answer)));
    this.#note.textContent = note;
    this.#note.hidden = note === '';
    if (JSON.stringify(timeline) === JSON.stringify(this.#timeline)) return;
    this.#stop();
    this.#timeline = timeline;
    this.#track.hidden = timeline === undefined || timeline.seconds === 0;
    if (timeline === undefined || timeline.seconds === 0) return;
    this.#slider.max = String(timeline.seconds);
    this.#slider.step = String(timeline.seconds / 200);
    this.#slider.value = String(timeline.seconds);
    this.#steps.replaceChildren(...this.#stepsOf(timeline));
    this.#say(timeline.seconds);
  }

  /** Each step as long as its share of the time, under the slider; the rest is when others come back. */
  #stepsOf({ steps, seconds }: Timeline): readonly HTMLElement[] {
    const made = steps.map((step) => {
      const text = `${step.owner}: ${step.name} ${durationText(step.to - step.from)}`;
      const one = button(text, `${text}, from ${durationText(step.from)}`, () => {
        this.#stop();
        this.#goTo(step.from);
      });
      one.style.flexGrow = String(step.to - step.from);
      return one;
    });
    const rest = seconds - (steps.at(-1)?.to ?? 0);
    if (rest <= 0) return made;
    const others = element('span', 'recovery-rest');
    others.style.flexGrow = String(rest);
    return [...made, others];
  }

  #start(): void {
    const timeline = this.#timeline;
    if (timeline === undefined) return;
    this.#showPlay('Pause', 'Pause', 'pause');
    // Whoever wants no motion sees the starts of the steps, one after the other.
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const stops = [...new Set([...timeline.steps.map(({ from }) => from), timeline.seconds])].sort((a, b) => a - b);
    let at = Number(this.#slider.value) >= timeline.seconds ? 0 : Number(this.#slider.value);
    this.#goTo(at);
    this.#timer = setInterval(
      () => {
        at = calm ? (stops.find((stop) => stop > at) ?? timeline.seconds) : at + (timeline.seconds * tick) / playTime;
        this.#goTo(Math.min(at, timeline.seconds));
        if (at >= timeline.seconds) this.#stop();
      },
      calm ? 1500 : tick,
    );
  }

  #stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#showPlay('Play', 'Play the recovery', 'play');
  }

  #showPlay(text: string, label: string, sign: 'play' | 'pause'): void {
    relabel(this.#play, text, sign);
    this.#play.title = label;
    this.#play.setAttribute('aria-label', label);
  }

  #goTo(seconds: number): void {
    this.#slider.value = String(seconds);
    this.#say(seconds);
    this.#moved(seconds);
  }

  #say(seconds: number): void {
    const timeline = this.#timeline;
    const step = timeline?.steps.find(({ from, to }) => seconds >= from && seconds < to);
    const path = timeline?.critical === undefined ? '' : `Critical path of ${timeline.critical}`;
    this.#moment.textContent = `${durationText(Math.round(seconds))} of ${durationText(timeline?.seconds ?? 0)}`;
    this.#where.textContent = step === undefined ? path : `${step.owner}: ${step.name}`;
    this.#where.title = this.#where.textContent;
    this.#slider.setAttribute('aria-valuetext', [this.#moment.textContent, this.#where.textContent].filter(Boolean).join(' · '));
    this.#steps.querySelectorAll('button').forEach((each, index) => {
      const own = timeline?.steps[index];
      each.classList.toggle('current', own !== undefined && own === step);
    });
  }
}

function headOf({ states: { title, summary } }: WhatIf): readonly HTMLElement[] {
  const said = summary.map(({ text, strong }) => element(strong === true ? 'strong' : 'span', '', text));
  return [element('strong', '', title), ...said];
}

/** What a slider cannot show: who does not come back, whose return nobody knows, and that there is nothing to wait for. */
function noteOf({ timeline, journeys }: WhatIf): string {
  const down = journeys.filter(({ up }) => !up);
  const never = down.filter(({ rto }) => rto === 'never').map(({ name }) => name);
  const open = timeline.subjects.filter(({ id, backAt }) => backAt === null && !never.includes(id)).map(({ id }) => id);
  const openJourneys = open.filter((id) => down.some(({ name }) => name === id));
  if (never.length > 0) return `Never back: ${listOf(never)}`;
  if (openJourneys.length > 0) return `Not known when: ${listOf(openJourneys)}`;
  if (timeline.seconds > 0) return '';
  return open.length === 0 ? 'Nothing has to recover: no time passes.' : `Not known when: ${listOf(open)}`;
}

function listOf(names: readonly string[]): string {
  if (names.length <= mostNamed) return names.join(', ');
  return `${names.slice(0, mostNamed - 1).join(', ')} and ${names.length - mostNamed + 1} more`;
}
