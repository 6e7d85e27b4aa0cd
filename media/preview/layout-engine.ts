/** Layouts in a worker: warmed up at the start, ended and started again when one takes too long. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import {
  type FormerPicture,
  type Layout,
  type LayoutEngine,
  layoutGraph,
  plainLayout,
  shelvesLayout,
  wantsEngine,
} from '../../language/diagram/layout.js';
import { canBeDrawnWhole } from '../../language/diagram/layout-effort.js';
import { LayeredLayouts } from './layered-engine.js';

/** Longer than this nobody waits for a picture; then it is drawn in plain tiers. In milliseconds. */
const timeLimit = 15_000;
/** After this time the best drawing so far is good enough. In milliseconds. */
const patience = 1500;
/** Up to so many nodes and lines together the quick drawing takes a few milliseconds: sending it to a worker would take longer. */
const smallForPane = 240;
/** One attempt for a graph above this many nodes takes so long that a newer edit does not wait for its end. */
const smallGraph = 150;

export interface LayoutAnswer {
  readonly layout: Layout;
  /** Why the picture is plain; absent when it is as it should be. */
  readonly problem?: string;
}

interface Running {
  readonly worker: Worker;
  readonly engine: LayoutEngine;
  /** Resolves when the worker breaks, with the reason. */
  readonly broken: Promise<string>;
}

/** What can be drawn at once, without a worker: the quick drawing where it takes milliseconds, else the parts in rows without their lines. */
export function firstSight(graph: DiagramGraph): { readonly graph: DiagramGraph; readonly layout: Layout } {
  if (isSmall(graph)) return { graph, layout: plainLayout(graph) };
  const unlined = { ...graph, edges: [] };
  return { graph: unlined, layout: shelvesLayout(unlined) };
}

function isSmall({ nodes, edges }: DiagramGraph): boolean {
  return nodes.length + edges.length <= smallForPane;
}

/** The workers of one view: one for the engine, one for the layered layout of our own. */
export class WorkerLayouts {
  readonly #layered = new LayeredLayouts();
  #source: string | undefined;
  #isWanted = true;
  #running: Running | undefined;
  #current: { readonly end: (reason: string) => void; readonly large: boolean } | undefined;
  #announce: () => void = () => undefined;
  readonly #sourceKnown = new Promise<void>((resolve) => {
    this.#announce = resolve;
  });

  /** Takes the workers' scripts and starts them at once: the first layout of the engine is the slow one. */
  start(source: string, layered: string): void {
    this.#layered.start(layered);
    if (this.#source === source) return;
    this.#source = source;
    this.#restart();
    this.#announce();
  }

  /** There is no worker and none will come: everything is drawn by the quick layout. */
  doWithout(): void {
    this.#isWanted = false;
  }

  /**
   * Lays a graph out; never rejects. `wanted` tells whether anybody still waits for it: when not, the answer is
   * whatever was found so far.
   */
  async layout(graph: DiagramGraph, wanted: () => boolean, former?: FormerPicture): Promise<LayoutAnswer> {
    if (!this.#isWanted) return { layout: plainLayout(graph, former) };
    if (!wantsEngine(graph)) return this.#layOutLayered(graph, former);
    const started = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = new Promise<string>((resolve) => {
      this.#current = { end: resolve, large: graph.nodes.length > smallGraph };
      timer = setTimeout(() => resolve(`the layout took longer than ${timeLimit / 1000} s`), timeLimit);
    });
    const work = async (): Promise<LayoutAnswer | string> => {
      await this.#sourceKnown;
      const running = this.#running;
      if (running === undefined) return 'the layout could not be started';
      const keepGoing = (): boolean => wanted() && performance.now() - started < patience;
      return Promise.race([
        layoutGraph(graph, running.engine, { keepGoing, ...(former === undefined ? {} : { former }) }).then(
          (layout): LayoutAnswer => ({ layout }),
        ),
        running.broken,
      ]);
    };
    const answer = await Promise.race([work(), ended]);
    clearTimeout(timer);
    this.#current = undefined;
    if (typeof answer !== 'string') return answer;
    this.#restart();
    return { layout: plainLayout(graph, former), problem: `Drawn in plain rows: ${answer}.` };
  }

  /** The layered layout of our own: at once where it is small, else in its worker. */
  async #layOutLayered(graph: DiagramGraph, former: FormerPicture | undefined): Promise<LayoutAnswer> {
    if (isSmall(graph)) return { layout: plainLayout(graph, former) };
    const answer = canBeDrawnWhole(graph) ? await this.#layered.layout(graph, former) : 'it has too many of them';
    if (typeof answer !== 'string') return { layout: answer };
    return { layout: shelvesLayout(graph), problem: `Drawn without its lines: ${answer}.` };
  }

  /** A newer graph waits: ends what runs if it would keep it waiting for long. */
  supersede(): void {
    this.#layered.supersede();
    if (this.#current?.large === true) this.#current.end('a newer text came');
  }

  #restart(): void {
    this.#running?.worker.terminate();
    this.#running = undefined;
    if (this.#source === undefined) return;
    const address = URL.createObjectURL(new Blob([this.#source], { type: 'text/javascript' }));
    try {
      this.#running = connect(new Worker(address));
    } catch (error) {
      console.error('DRML: the layout worker did not start', error);
    } finally {
      URL.revokeObjectURL(address);
    }
  }
}

/** Speaks the engine's own protocol: numbered commands, answered with the same number. */
function connect(worker: Worker): Running {
  const waiting = new Map<number, { readonly resolve: (data: unknown) => void; readonly reject: (reason: unknown) => void }>();
  let last = 0;
  const command = (message: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ ...message, id: last });
    });
  worker.onmessage = (event: MessageEvent<{ readonly id: number; readonly data?: unknown; readonly error?: unknown }>) => {
    const caller = waiting.get(event.data.id);
    waiting.delete(event.data.id);
    if (event.data.error === undefined) caller?.resolve(event.data.data);
    else caller?.reject(event.data.error);
  };
  const broken = new Promise<string>((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(`the layout failed (${event.message || 'the worker was refused'})`);
    };
  });
  const engine: LayoutEngine = {
    layout: async (graph) => (await command({ cmd: 'layout', graph, layoutOptions: {}, options: {} })) as ElkNode,
  };
  command({ cmd: 'register', algorithms: ['layered'] }).catch(() => undefined);
  const children = ['n0', 'n1'].map((id) => ({ id, width: 10, height: 10 }));
  const edges = [{ id: 'e0', sources: ['n0'], targets: ['n1'] }];
  engine.layout({ id: 'root', layoutOptions: { 'elk.algorithm': 'layered' }, children, edges }).catch(() => undefined);
  return { worker, engine, broken };
}
