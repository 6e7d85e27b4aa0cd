/** Everything between a graph that came and the pictures on the page: the chosen view, the layout, the drawing, the table of places. */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import { type FormerPicture, formerOf, type Layout } from '../../language/diagram/layout.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { element } from './elements.js';
import { firstSight, WorkerLayouts } from './layout-engine.js';
import { MiniMap } from './mini-map.js';
import { Picture, type PicturePart } from './picture.js';
import { linkHighlights, PlacementPane } from './placement-pane.js';
import { parseKeptView, Scene } from './scene.js';
import type { Sight } from './sight.js';
import { type Panes, ViewBar } from './view-bar.js';
import { parseView } from './view-state.js';
import { Viewport } from './viewport.js';
import { walkByArrows } from './walk.js';

/** Layouts kept for when a structure comes back, as it does with undo. */
const keptLayouts = 20;
/** A wait shorter than this is not worth a word. In milliseconds. */
const silentWait = 400;
/** Nobody looks at an empty pane for longer: then the quick drawing stands in. In milliseconds. */
const emptyWait = 300;

export interface StageSurroundings {
  readonly activate: (part: PicturePart, event: MouseEvent | KeyboardEvent) => boolean;
  /** A part has the focus, or was pressed. */
  readonly choose?: (part: PicturePart) => void;
  /** Stands in the bar over the pictures, behind the search. */
  readonly barEnd?: readonly HTMLElement[];
  /** Something worth keeping over reloads has changed. */
  readonly changed: () => void;
  /** Says what is wrong with the drawing; empty when nothing is. */
  readonly problem: (text: string) => void;
  /** Says that the user has to wait; empty when not. */
  readonly waiting: (text: string) => void;
  /** There is a picture now. */
  readonly shown?: () => void;
}

/** The pictures of one model. */
export class Stage {
  readonly picture: Picture;
  readonly viewport: Viewport;
  /** The bar over the pictures, and the pictures. */
  readonly parts: readonly HTMLElement[];
  readonly #surroundings: StageSurroundings;
  readonly #layouts = new WorkerLayouts();
  readonly #known = new Map<string, Layout>();
  readonly #scene: Scene;
  readonly #placement: PlacementPane;
  readonly #miniMap: MiniMap;
  readonly #bar: ViewBar;
  readonly #sides: HTMLElement;
  #panes: Panes;
  #next: DiagramGraph | undefined;
  #states: DiagramStates | undefined;
  #busy = false;
  #found = 0;
  /** What is brought into sight once it is drawn. */
  #toLight: string | undefined;

  constructor(kept: unknown, surroundings: StageSurroundings) {
    this.#surroundings = surroundings;
    this.viewport = new Viewport(parseView(kept), surroundings.changed);
    const activate = (part: PicturePart, event: MouseEvent | KeyboardEvent): boolean =>
      this.#openBox(part, event) || surroundings.activate(part, event);
    const listener = { activate, choose: (part: PicturePart): void => surroundings.choose?.(part) };
    this.picture = new Picture(this.viewport, listener);
    this.#placement = new PlacementPane(listener);
    this.#miniMap = new MiniMap(this.viewport);
    const { view, panes, open } = keptOf(kept);
    this.#scene = new Scene(parseKeptView(view), open);
    this.#panes = panes;
    this.#bar = new ViewBar({
      show: (chosen) => this.#choose(() => this.#scene.show(chosen)),
      panes: (chosen) => this.#showPanes(chosen),
      find: (text, step) => this.#find(text, step),
      closeBoxes: () => this.#choose(() => this.#scene.open(undefined)),
      leave: () => this.viewport.pane.focus(),
    });
    walkByArrows(this.viewport.canvas);
    walkByArrows(this.#placement.viewport.canvas);
    linkHighlights([this.viewport.canvas, this.#placement.viewport.canvas]);
    this.viewport.pane.append(this.#miniMap.root);
    this.#sides = element('main', 'sides', this.viewport.pane);
    this.#sides.addEventListener('keydown', (event) => this.#key(event));
    this.#bar.root.append(...(surroundings.barEnd ?? []));
    this.parts = [this.#bar.root, this.#sides];
    this.#showPanes(panes);
  }

  /** What of the model is shown now; undefined before the first picture. */
  get sight(): Sight | undefined {
    const { whole, view, openBoxes: open } = this.#scene;
    const { shown } = this.picture;
    if (whole === undefined || shown === undefined) return undefined;
    return { whole, view, open, panes: this.#panes, states: this.#states, shown, layouts: this.#known };
  }

  /** What is to be kept over reloads, beside zoom and pan. */
  get kept(): { readonly view: unknown; readonly panes: Panes; readonly open: readonly string[] } {
    return { view: this.#scene.view, panes: this.#panes, open: this.#scene.openBoxes };
  }

  /** Turns to another model, as it was looked at before. With `clear` the picture of the former one goes at once. */
  restore(kept: unknown, clear: boolean): void {
    const { view, panes, open } = keptOf(kept);
    this.#states = undefined;
    this.picture.forget(clear);
    this.viewport.restore(parseView(kept));
    this.#scene.restore(parseKeptView(view), open);
    if (panes !== this.#panes) this.#showPanes(panes);
  }

  /** The scripts of the layout workers. */
  start(source: string, layered: string): void {
    this.#layouts.start(source, layered);
  }

  /** Layouts that are known already; what they do not serve is drawn at once, without a worker. */
  startWith(layouts: readonly Layout[]): void {
    for (const layout of layouts) this.#known.set(layout.structure, layout);
    this.#layouts.doWithout();
  }

  /** A newer graph: it is drawn as soon as its layout is known. */
  take(graph: DiagramGraph): void {
    this.#next = graph;
    this.#layouts.supersede();
    if (!this.#busy) void this.#drawAll();
  }

  /** How the parts stand in a what-if, or that there is none. */
  stand(states: DiagramStates | undefined): void {
    this.#states = states;
    const shown = this.#scene.states(states);
    this.picture.showStates(shown);
    if (this.picture.shown !== undefined) this.#showPlaces(this.picture.shown.graph, shown);
  }

  /** Draws the newest graph until no newer one has come meanwhile. */
  async #drawAll(): Promise<void> {
    this.#busy = true;
    let problem = '';
    const timer = setTimeout(() => this.#surroundings.waiting('Laying out…'), silentWait);
    try {
      while (this.#next !== undefined) {
        const graph = this.#scene.take(this.#next);
        this.#next = undefined;
        problem = '';
        const layout =
          this.#known.get(graph.structure) ?? this.#shownLayout(graph) ?? (await this.#layOut(graph, (text) => (problem = text)));
        if (this.#next === undefined || this.picture.isEmpty) this.#show(graph, layout);
      }
    } catch (error) {
      // The last good picture stays, and the next edit gets its chance.
      problem = `The picture could not be drawn: ${String(error)}.`;
    }
    clearTimeout(timer);
    this.#surroundings.waiting('');
    this.#surroundings.problem(problem);
    this.#busy = false;
  }

  #show(graph: DiagramGraph, layout: Layout): void {
    const shown = this.#scene.states(this.#states);
    this.picture.show(graph, layout, shown);
    this.#showPlaces(graph, shown);
    this.#miniMap.show(graph, layout);
    if (this.#toLight !== undefined && this.picture.light(this.#toLight)) this.#toLight = undefined;
    this.#surroundings.shown?.();
    this.#bar.update(this.#scene.offers(), this.#scene.view, this.#panes, this.#scene.hasOpenBoxes);
  }

  /** Lanes show each component several times; the table shows what of the model is in them once. */
  #showPlaces(graph: DiagramGraph, shown: DiagramStates | undefined): void {
    const whole = this.#scene.whole;
    if (graph.lanes === undefined || whole === undefined) this.#placement.show(graph, shown);
    else this.#placement.show(whole, this.#states);
  }

  async #layOut(graph: DiagramGraph, say: (problem: string) => void): Promise<Layout> {
    const former = this.#former();
    let quick: Layout | undefined;
    const first = setTimeout(() => {
      if (!this.picture.isEmpty) return;
      try {
        const sight = firstSight(graph);
        // Without its lines it is a stopgap that nobody would want to keep.
        if (sight.graph === graph) quick = sight.layout;
        this.#show(sight.graph, sight.layout);
      } catch {
        // What cannot be drawn is told when the layout comes to its end.
      }
    }, emptyWait);
    const answer = await this.#layouts.layout(graph, () => this.#next === undefined, former);
    clearTimeout(first);
    if (answer.problem !== undefined) say(answer.problem);
    // Whoever has begun to move the quick drawing keeps it.
    const layout = quick === undefined || this.viewport.view.fitted ? answer.layout : quick;
    // A drawing that was cut short is not kept: the next one may be better.
    if (answer.problem === undefined && this.#next === undefined) {
      this.#known.set(graph.structure, layout);
      const [oldest] = this.#known.keys();
      if (this.#known.size > keptLayouts && oldest !== undefined) this.#known.delete(oldest);
    }
    return layout;
  }

  /** The quick drawing on show, where it fits the graph and somebody has begun to move it: a better one would tear it away. */
  #shownLayout(graph: DiagramGraph): Layout | undefined {
    const layout = this.picture.shown?.layout;
    return layout?.structure === graph.structure && !this.viewport.view.fitted ? layout : undefined;
  }

  #former(): FormerPicture | undefined {
    const shown = this.picture.shown;
    return shown === undefined ? undefined : formerOf(shown.graph, shown.layout);
  }

  /** Another part of the same model. */
  #choose(change: () => void): void {
    change();
    this.viewport.fit();
    this.#surroundings.changed();
    const whole = this.#scene.whole;
    if (whole !== undefined) this.take(whole);
  }

  #openBox(part: PicturePart, event: MouseEvent | KeyboardEvent): boolean {
    if (event instanceof KeyboardEvent && event.key === 'n' && part.kind === 'node' && part.node.kind !== 'group') {
      const kind = part.node.kind === 'journey' ? 'journey' : 'component';
      this.#choose(() => this.#scene.show({ kind, name: part.node.copyOf ?? part.node.id }));
      return true;
    }
    if (part.kind !== 'node' || part.node.kind !== 'group') return false;
    if (event.type === 'contextmenu') return false;
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return false;
    // Where the cause of what breaks is inside, that is what the box is opened for.
    this.#toLight = this.#scene.states(this.#states)?.nodes.find(({ id }) => id === part.node.id)?.inside?.cause;
    this.#choose(() => this.#scene.open(part.node.id));
    return true;
  }

  #showPanes(panes: Panes): void {
    this.#panes = panes;
    this.viewport.pane.hidden = panes === 'placement';
    this.#placement.toggle(panes === 'flow' ? undefined : this.#sides);
    this.#bar.update(this.#scene.offers(), this.#scene.view, panes, this.#scene.hasOpenBoxes);
    this.#surroundings.changed();
  }

  /** The first node whose name or title has the text in it, or so many further; a box that hides it is opened. */
  #find(text: string, step: -1 | 0 | 1): { readonly at: number; readonly of: number } {
    const wanted = text.trim().toLowerCase();
    const whole = this.#scene.whole;
    const hits = (wanted === '' ? [] : (whole?.nodes ?? [])).filter(({ name, title = '' }) =>
      `${name}\n${title}`.toLowerCase().includes(wanted),
    );
    if (hits.length === 0) {
      // What was found before is no hit any more.
      this.picture.light('');
      return { at: 0, of: 0 };
    }
    this.#found = step === 0 ? 0 : (this.#found + step + hits.length) % hits.length;
    const hit = hits[this.#found];
    const box = hit === undefined ? undefined : this.#scene.boxOf(hit.id);
    if (box !== undefined) this.#choose(() => this.#scene.open(box));
    if (hit !== undefined) this.picture.light(hit.id);
    return { at: this.#found + 1, of: hits.length };
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const order: readonly Panes[] = ['flow', 'both', 'placement'];
    if (event.key === '/') this.#bar.focusSearch();
    else if (event.key === 'p') this.#showPanes(order[(order.indexOf(this.#panes) + 1) % order.length] ?? 'flow');
    else if (event.key === 'Escape' && this.#scene.view.kind !== 'system')
      this.#choose(() => this.#scene.show({ kind: 'system' }));
    else return;
    event.preventDefault();
  }
}

function keptOf(kept: unknown): { readonly view: unknown; readonly panes: Panes; readonly open: readonly string[] } {
  const view = typeof kept === 'object' && kept !== null && 'shows' in kept ? kept.shows : undefined;
  const panes = typeof kept === 'object' && kept !== null && 'panes' in kept ? kept.panes : undefined;
  const open: unknown = typeof kept === 'object' && kept !== null && 'open' in kept ? kept.open : undefined;
  const boxes = Array.isArray(open) ? open.filter((each) => typeof each === 'string') : [];
  return { view, panes: panes === 'both' || panes === 'placement' ? panes : 'flow', open: boxes };
}
