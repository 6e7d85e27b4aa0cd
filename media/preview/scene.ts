/** What of the model is on show: which view of it, which folded boxes are open, and how its parts stand there. */
import { type Folded, fold, foldStates } from '../../language/diagram/fold.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { statesIn, type View, viewOf, viewsOf } from '../../language/diagram/views.js';

/** Chooses a part of the newest graph. The same graph is shown as long as nothing is chosen. */
export class Scene {
  #whole: DiagramGraph | undefined;
  #view: View = { kind: 'system' };
  #open: ReadonlySet<string> = new Set();
  #folded: Folded | undefined;
  #part: DiagramGraph | undefined;

  constructor(view: View = { kind: 'system' }, open: readonly string[] = []) {
    this.restore(view, open);
  }

  /** Another model, or another way to look at it. */
  restore(view: View, open: readonly string[]): void {
    this.#view = view;
    this.#open = new Set(open);
  }

  /** The boxes that were opened. */
  get openBoxes(): readonly string[] {
    return [...this.#open];
  }

  get view(): View {
    return this.#view;
  }

  get whole(): DiagramGraph | undefined {
    return this.#whole;
  }

  /** Takes the newest graph and answers what of it is shown. */
  take(whole: DiagramGraph): DiagramGraph {
    this.#whole = whole;
    this.#part = viewOf(whole, this.#view);
    this.#folded = fold(this.#part, this.#open);
    return this.#folded.graph;
  }

  /** The views that the newest graph offers; a component is added while its neighbours are shown. */
  offers(): readonly { readonly view: View; readonly label: string }[] {
    const offered = this.#whole === undefined ? [] : viewsOf(this.#whole);
    return this.#view.kind === 'component' ? [...offered, { view: this.#view, label: `Around ${this.#view.name}` }] : offered;
  }

  show(view: View): void {
    this.#view = view;
    this.#open = new Set();
  }

  /** Opens a folded box, or closes all that were opened. */
  open(box: string | undefined): void {
    this.#open = box === undefined ? new Set() : new Set([...this.#open, box]);
  }

  get hasOpenBoxes(): boolean {
    return this.#open.size > 0;
  }

  /** The box that hides a node now; undefined where it is in sight, or not in this view. */
  boxOf(node: string): string | undefined {
    return this.#folded?.boxOf.get(node);
  }

  /** States of the model for what is shown. */
  states(states: DiagramStates | undefined): DiagramStates | undefined {
    if (states === undefined || this.#folded === undefined || this.#part === undefined) return states;
    return foldStates(statesIn(states, this.#part), this.#part, this.#folded);
  }
}

/** A view that was kept, or the whole system where it is none. */
export function parseKeptView(kept: unknown): View {
  if (typeof kept !== 'object' || kept === null || !('kind' in kept)) return { kind: 'system' };
  const name = 'name' in kept && typeof kept.name === 'string' ? kept.name : undefined;
  switch (kept.kind) {
    case 'data':
    case 'regions':
      return { kind: kept.kind };
    case 'journey':
    case 'region':
    case 'component':
      return name === undefined ? { kind: 'system' } : { kind: kept.kind, name };
    default:
      return { kind: 'system' };
  }
}
