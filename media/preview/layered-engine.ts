/** The layered layout of our own in a worker: a large picture never holds up the pane, and a newer edit ends what an older one asked for. */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { FormerPicture, Layout } from '../../language/diagram/layout.js';

/** What the worker is given. */
export interface LayeredTask {
  readonly graph: DiagramGraph;
  readonly former: FormerPicture | undefined;
}

/** Longer than this nobody waits. In milliseconds. */
const timeLimit = 10_000;

/** One worker, started anew when it was ended or broke. */
export class LayeredLayouts {
  #source: string | undefined;
  #worker: Worker | undefined;
  /** Resolves when the worker breaks, with the reason: that may be before it is asked anything. */
  #broken: Promise<string> | undefined;
  #end: ((reason: string) => void) | undefined;
  #announce: () => void = () => undefined;
  readonly #sourceKnown = new Promise<void>((resolve) => {
    this.#announce = resolve;
  });

  /** Takes the worker's script and starts it at once, so that the first task finds it ready. */
  start(source: string): void {
    if (this.#source === source) return;
    this.#source = source;
    this.#restart();
    this.#announce();
  }

  /** The layout, or one clause that says why there is none; never rejects. One task at a time. */
  async layout(graph: DiagramGraph, former: FormerPicture | undefined): Promise<Layout | string> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = new Promise<string>((resolve) => {
      this.#end = resolve;
      timer = setTimeout(() => resolve(`the layout took longer than ${timeLimit / 1000} s`), timeLimit);
    });
    const answer = await Promise.race([this.#ask({ graph, former }), ended]);
    clearTimeout(timer);
    this.#end = undefined;
    if (typeof answer === 'string') this.#restart();
    return answer;
  }

  /** Ends what runs: a newer graph waits. */
  supersede(): void {
    this.#end?.('a newer text came');
  }

  async #ask(task: LayeredTask): Promise<Layout | string> {
    await this.#sourceKnown;
    const worker = this.#worker;
    const broken = this.#broken;
    if (worker === undefined || broken === undefined) return 'the layout could not be started';
    const answer = new Promise<Layout>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<Layout>) => resolve(data);
      worker.postMessage(task);
    });
    return Promise.race([answer, broken]);
  }

  #restart(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    if (this.#source === undefined) return;
    const address = URL.createObjectURL(new Blob([this.#source], { type: 'text/javascript' }));
    try {
      const worker = new Worker(address);
      this.#worker = worker;
      this.#broken = new Promise((resolve) => {
        worker.onerror = (event) => {
          event.preventDefault();
          resolve(`the layout failed (${event.message || 'the worker was refused'})`);
        };
      });
    } catch (error) {
      console.error('DRML: the worker for large layouts did not start', error);
    } finally {
      URL.revokeObjectURL(address);
    }
  }
}
