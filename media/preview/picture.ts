/** The picture in the pane: drawn, drawn again, and what its parts lead to. */
import type { DiagramEdge, DiagramGraph, DiagramNode, SourceRange, ZoneCell } from '../../language/diagram/graph.js';
import { formerOf, type Layout } from '../../language/diagram/layout.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import { drawParts, insidesOf, lineInsidesOf, type SvgOptions } from '../../language/diagram/svg.js';
import { cellAt } from '../../language/diagram/what-if/cell-at.js';
import { DrawnParts } from './drawn-parts.js';
import { isLarge, LateInsides } from './late-insides.js';
import { glide } from './motion.js';
import type { Viewport } from './viewport.js';

/** What is shown now. */
interface Shown {
  readonly graph: DiagramGraph;
  readonly layout: Layout;
}

/** A part of the picture that can be chosen. */
export type PicturePart = { readonly source: SourceRange } & (
  | { readonly kind: 'node'; readonly node: DiagramNode; readonly cell?: ZoneCell }
  | { readonly kind: 'edge'; readonly edge: DiagramEdge }
  | { readonly kind: 'site'; readonly site: string }
);

/** What hears of parts that are chosen. */
export interface PictureListener {
  /** Called with what was clicked, or where a key was pressed; answers whether it took the event. */
  readonly activate: (part: PicturePart, event: MouseEvent | KeyboardEvent) => boolean;
  /** A part has the focus, or was pressed. */
  readonly choose: (part: PicturePart) => void;
}

/** Puts pictures into a viewport and tells what the user activates. */
export class Picture {
  readonly #viewport: Viewport;
  readonly #parts: DrawnParts;
  readonly #insides: LateInsides;
  #shown: Shown | undefined;
  #states: DiagramStates | undefined;
  #marked: Pick<SourceRange, 'uri' | 'start'> | undefined;

  constructor(viewport: Viewport, { activate, choose }: PictureListener) {
    this.#viewport = viewport;
    this.#parts = new DrawnParts(viewport.canvas);
    this.#insides = new LateInsides(viewport);
    viewport.canvas.addEventListener('contextmenu', (event) => {
      const part = event.target instanceof Element ? this.#partOf(event.target) : undefined;
      if (part !== undefined && activate(part, event)) event.preventDefault();
    });
    viewport.canvas.addEventListener('click', (event) => {
      if (viewport.wasDragged || !(event.target instanceof Element)) return;
      const part = this.#partOf(event.target, event);
      if (part === undefined) return;
      choose(part);
      activate(part, event);
    });
    viewport.canvas.addEventListener('keydown', (event) => {
      const part = event.target instanceof Element ? this.#partOf(event.target) : undefined;
      if (part === undefined || !activate(part, event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    viewport.canvas.addEventListener('focusin', (event) => {
      if (!(event.target instanceof Element)) return;
      viewport.show(event.target.getBoundingClientRect());
      this.#light(event.target);
      const part = this.#partOf(event.target);
      if (part !== undefined) choose(part);
    });
    viewport.canvas.addEventListener('focusout', () => this.#light(null));
    viewport.canvas.addEventListener('pointerover', (event) => this.#light(event.target));
    viewport.canvas.addEventListener('pointerleave', () => this.#light(null));
  }

  get isEmpty(): boolean {
    return this.#shown === undefined;
  }

  /** Another model: the next picture has nothing to do with this one. With `clear` nothing is shown until it comes. */
  forget(clear: boolean): void {
    this.#shown = undefined;
    if (!clear) return;
    this.#insides.none();
    this.#viewport.canvas.replaceChildren();
  }

  /** Draws. Focus stays on the part that had it, and what is in the middle of the pane stays there. */
  show(graph: DiagramGraph, layout: Layout, states = this.#states): void {
    this.#states = states;
    const before = this.#shown;
    const shift = this.#draw(graph, layout);
    if (before === undefined || before.layout === layout) return;
    glide(this.#viewport.canvas, formerOf(before.graph, before.layout), formerOf(graph, layout), shift);
  }

  /** Brings a node into sight and marks it as found; answers whether it is in the picture. */
  light(id: string): boolean {
    const index = this.#shown?.graph.nodes.findIndex((node) => node.id === id || node.copyOf === id) ?? -1;
    for (const part of this.#viewport.canvas.querySelectorAll('[data-node]')) {
      const isIt = part.getAttribute('data-key') === `n${index}`;
      part.classList.toggle('found', isIt);
      if (isIt) this.#viewport.show(part.getBoundingClientRect());
    }
    return index >= 0;
  }

  /** The states of a what-if, or none: the same picture is drawn again, and nothing moves. */
  showStates(states: DiagramStates | undefined): void {
    this.#states = states;
    if (this.#shown !== undefined) this.#draw(this.#shown.graph, this.#shown.layout);
  }

  /** What is shown now, for exports. */
  get shown(): { readonly graph: DiagramGraph; readonly layout: Layout; readonly states: DiagramStates | undefined } | undefined {
    return this.#shown === undefined ? undefined : { ...this.#shown, states: this.#states };
  }

  /** Marks what is declared at a place of the text; nothing where it is undefined. */
  mark(at: Pick<SourceRange, 'uri' | 'start'> | undefined): void {
    this.#marked = at;
    const { canvas } = this.#viewport;
    const marked = new Set(at === undefined ? [] : this.#declaredAt(at));
    for (const element of canvas.querySelectorAll('.at-cursor')) {
      if (!marked.delete(element.getAttribute('data-key') ?? '')) element.classList.remove('at-cursor');
    }
    for (const key of marked) canvas.querySelector(`[data-key="${key}"]`)?.classList.add('at-cursor');
  }

  /** The keys of the parts that are declared at a place of the text. */
  #declaredAt({ uri, start }: Pick<SourceRange, 'uri' | 'start'>): readonly string[] {
    if (this.#shown === undefined) return [];
    const { nodes, edges, places } = this.#shown.graph;
    const parts = [
      ...nodes.map(({ source }, index) => [`n${index}`, source] as const),
      ...edges.map(({ source }, index) => [`e${index}`, source] as const),
      ...places.flatMap(({ source, zones }, index) => [
        [`p${index}`, source] as const,
        ...zones.map((zone, position) => [`p${index}z${position}`, zone.source] as const),
      ]),
    ];
    return parts.flatMap(([key, source]) => {
      const same = source.uri === uri && source.start.line === start.line && source.start.character === start.character;
      return same ? [key] : [];
    });
  }

  /** Answers how far the picture moved. */
  #draw(graph: DiagramGraph, layout: Layout): { readonly x: number; readonly y: number } {
    const focused = document.activeElement?.getAttribute('data-key');
    const shift = this.#shift(graph, layout);
    this.#shown = { graph, layout };
    const options: SvgOptions = {
      theme: 'vscode',
      standalone: false,
      idPrefix: 'drml-',
      ...(this.#states === undefined ? {} : { states: this.#states }),
      ...(isLarge(graph) ? { insides: 'later' } : {}),
    };
    this.#parts.put(drawParts(graph, layout, options));
    const svg = this.#viewport.canvas.querySelector('svg');
    const size = { width: Number(svg?.getAttribute('width') ?? 1), height: Number(svg?.getAttribute('height') ?? 1) };
    this.#viewport.resize(size, shift);
    if (isLarge(graph)) {
      this.#insides.over(graph, layout, insidesOf(graph, options), lineInsidesOf(graph, layout, options));
    } else this.#insides.none();
    if (focused !== null && focused !== undefined && document.activeElement?.getAttribute('data-key') !== focused) {
      this.#viewport.canvas.querySelector<SVGElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
    this.mark(this.#marked);
    return shift;
  }

  /** How far the node nearest to the middle of the pane moves from the old layout to the new one. */
  #shift(graph: DiagramGraph, layout: Layout): { readonly x: number; readonly y: number } {
    const old = this.#shown;
    if (old === undefined || old.layout === layout) return { x: 0, y: 0 };
    const { x, y, scale } = this.#viewport.view;
    const middle = {
      x: (this.#viewport.pane.clientWidth / 2 - x) / scale,
      y: (this.#viewport.pane.clientHeight / 2 - y) / scale,
    };
    const positions = new Map(graph.nodes.map((node, index) => [node.id, layout.nodes[index]]));
    let best: { readonly distance: number; readonly x: number; readonly y: number } | undefined;
    old.graph.nodes.forEach((node, index) => {
      const from = old.layout.nodes[index];
      const to = positions.get(node.id);
      if (from === undefined || to === undefined) return;
      const distance = Math.hypot(from.x + node.width / 2 - middle.x, from.y + node.height / 2 - middle.y);
      if (best === undefined || distance < best.distance) best = { distance, x: to.x - from.x, y: to.y - from.y };
    });
    return best ?? { x: 0, y: 0 };
  }

  /** What an element belongs to; with a click, also the cell of a card that was hit. */
  #partOf(element: Element, click?: MouseEvent): PicturePart | undefined {
    const shown = this.#shown;
    const key = element.closest('[data-key]')?.getAttribute('data-key');
    if (shown === undefined || key === null || key === undefined) return undefined;
    const { graph, layout } = shown;
    const [, kind, first, , second] = /^([nep])(\d+)(z(\d+))?$/.exec(key) ?? [];
    const index = Number(first);
    if (kind === 'n') {
      const node = graph.nodes[index];
      const corner = layout.nodes[index];
      if (node === undefined) return undefined;
      // Cells are parts of their own only while they are seen.
      const isNear = this.#viewport.canvas.dataset.distance === 'near';
      const at = click === undefined || corner === undefined || !isNear ? undefined : this.#pointOf(click);
      const cell =
        at === undefined || corner === undefined ? undefined : cellAt(node, graph.card, at.x - corner.x, at.y - corner.y);
      return { kind: 'node', node, source: node.source, ...(cell === undefined ? {} : { cell }) };
    }
    if (kind === 'e') {
      const edge = graph.edges[index];
      return edge === undefined ? undefined : { kind: 'edge', edge, source: edge.source };
    }
    const place = graph.places[index];
    const site = second === undefined ? place : place?.zones[Number(second)];
    return site === undefined ? undefined : { kind: 'site', site: site.site, source: site.source };
  }

  /** Where a click met the picture, in the picture's pixels. */
  #pointOf(click: MouseEvent): { readonly x: number; readonly y: number } {
    const bounds = this.#viewport.pane.getBoundingClientRect();
    const { x, y, scale } = this.#viewport.view;
    return { x: (click.clientX - bounds.left - x) / scale, y: (click.clientY - bounds.top - y) / scale };
  }

  /** Raises the lines of the node under the pointer or with the focus above the others. */
  #light(target: EventTarget | null): void {
    const graph = this.#shown?.graph;
    const key = target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-key') : null;
    const id = key === null || key === undefined ? undefined : graph?.nodes[Number(key.slice(1))]?.id;
    for (const line of this.#viewport.canvas.querySelectorAll('[data-edge]')) {
      const edge = graph?.edges[Number(line.getAttribute('data-key')?.slice(1))];
      line.classList.toggle('lit', id !== undefined && (edge?.from === id || edge?.to === id));
    }
  }
}
