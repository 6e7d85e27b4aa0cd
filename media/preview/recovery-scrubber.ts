/** Plays a recovery: a slider over its time, the steps of the critical path, and a button that moves through them. */
import { durationText } from '../../language/analysis/figure-text.js';
import type { Timeline } from '../../language/diagram/what-if/recovery-timeline.js';
import { button, element } from './elements.js';

/** A whole recovery plays in so many milliseconds, however long it takes. */
const playTime = 8000;
const tick = 100;

/** The DOM of the timeline. `moved` hears the moment that is shown, in seconds; undefined when it is closed. */
export class RecoveryScrubber {
  readonly root = element('div', 'recovery');
  readonly #play: HTMLButtonElement;
  readonly #slider = element('input', '');
  readonly #moment = element('output', '');
  readonly #steps = element('div', 'recovery-steps');
  readonly #moved: (seconds: number | undefined) => void;
  #timeline: Timeline | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(moved: (seconds: number | undefined) => void) {
    this.#moved = moved;
    this.root.hidden = true;
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Recovery over time');
    this.#play = button('▶', 'Play the recovery', () => (this.#timer === undefined ? this.#start() : this.#stop()));
    this.#slider.type = 'range';
    this.#slider.min = '0';
    this.#slider.setAttribute('aria-label', 'Time after the failure');
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#goTo(Number(this.#slider.value));
    });
    this.root.append(element('div', 'what-if-row', this.#play, this.#slider, this.#moment), this.#steps);
  }

  /** The recovery of a what-if; nothing where it takes no time, or an unknown one. */
  show(timeline: Timeline | undefined): void {
    if (JSON.stringify(timeline) === JSON.stringify(this.#timeline)) return;
    this.#stop();
    this.#timeline = timeline;
    this.root.hidden = timeline === undefined || timeline.seconds === 0;
    if (timeline === undefined || timeline.seconds === 0) return;
    this.#slider.max = String(timeline.seconds);
    this.#slider.step = String(timeline.seconds / 200);
    this.#slider.value = String(timeline.seconds);
    const steps = timeline.steps.map((step) => {
      const text = `${step.owner}: ${step.name} ${durationText(step.to - step.from)}`;
      return button(text, `${text}, from ${durationText(step.from)}`, () => {
        this.#stop();
        this.#goTo(step.from);
      });
    });
    const caption = timeline.critical === undefined ? '' : `Critical path of ${timeline.critical}`;
    this.#steps.replaceChildren(element('span', 'recovery-caption', caption), ...steps);
    this.#say(timeline.seconds);
  }

  #start(): void {
    const timeline = this.#timeline;
    if (timeline === undefined) return;
    this.#play.textContent = '❚❚';
    this.#play.setAttribute('aria-label', 'Pause');
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
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = '▶';
    this.#play.setAttribute('aria-label', 'Play the recovery');
  }

  #goTo(seconds: number): void {
    this.#slider.value = String(seconds);
    this.#say(seconds);
    this.#moved(seconds);
  }

  #say(seconds: number): void {
    const timeline = this.#timeline;
    const step = timeline?.steps.find(({ from, to }) => seconds >= from && seconds < to);
    const where = step === undefined ? '' : ` · ${step.owner}: ${step.name}`;
    this.#moment.textContent = `${durationText(Math.round(seconds))} of ${durationText(timeline?.seconds ?? 0)}${where}`;
    this.#slider.setAttribute('aria-valuetext', this.#moment.textContent);
    this.#steps.querySelectorAll('button').forEach((each, index) => {
      const own = timeline?.steps[index];
      each.classList.toggle('current', own !== undefined && own === step);
    });
  }
}
