/** The table of places beside the picture: the same parts, the same states, and what is under the pointer is lit in both. */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import { renderPlacement } from '../../language/diagram/placement.js';
import type { DiagramStates } from '../../language/diagram/states.js';
import type { PictureListener, PicturePart } from './picture.js';
import { Viewport } from './viewport.js';

/** A pane of its own, with its own zoom. It is drawn only while it is open. */
export class PlacementPane {
  readonly viewport = new Viewport(undefined, () => undefined, 'Placement');
  #graph: DiagramGraph | undefined;
  #states: DiagramStates | undefined;

  constructor({ activate, choose }: PictureListener) {
    const { pane, canvas } = this.viewport;
    pane.classList.add('placement');
    const on = (event: MouseEvent | KeyboardEvent): void => {
      const part = event.target instanceof Element ? this.#partOf(event.target) : undefined;
      if (part === undefined) return;
      if (event.type === 'click') choose(part);
      if (!activate(part, event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    canvas.addEventListener('contextmenu', on);
    canvas.addEventListener('click', (event) => {
      if (!this.viewport.wasDragged) on(event);
    });
    canvas.addEventListener('keydown', on);
    canvas.addEventListener('focusin', (event) => {
      if (!(event.target instanceof Element)) return;
      this.viewport.show(event.target.getBoundingClientRect());
      const part = this.#partOf(event.target);
      if (part !== undefined) choose(part);
    });
  }

  get isOpen(): boolean {
    return this.viewport.pane.isConnected;
  }

  /** Stands in an element, or nowhere. */
  toggle(parent: HTMLElement | undefined): void {
    if (parent === undefined) this.viewport.pane.remove();
    else if (!this.isOpen) parent.append(this.viewport.pane);
    this.#draw();
  }

  /** The graph and the states that the picture shows. */
  show(graph: DiagramGraph, states: DiagramStates | undefined): void {
    this.#graph = graph;
    this.#states = states;
    this.#draw();
  }

  #draw(): void {
    if (this.#graph === undefined || !this.isOpen) return;
    const { canvas } = this.viewport;
    const focused = canvas.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : undefined;
    canvas.innerHTML = renderPlacement(this.#graph, {
      theme: 'vscode',
      standalone: false,
      idPrefix: 'drml-places-',
      ...(this.#states === undefined ? {} : { states: this.#states }),
    });
    const svg = canvas.querySelector('svg');
    const size = { width: Number(svg?.getAttribute('width') ?? 1), height: Number(svg?.getAttribute('height') ?? 1) };
    this.viewport.resize(size, { x: 0, y: 0 });
    const again = [...canvas.querySelectorAll<SVGElement>('[data-key]')];
    if (focused !== undefined) again.find((part) => part.getAttribute('data-key') === focused)?.focus({ preventScroll: true });
  }

  #partOf(element: Element): PicturePart | undefined {
    const key = element.closest('[data-key]')?.getAttribute('data-key') ?? '';
    const [, kind, first, , second] = /^([np])(\d+)(z(\d+))?$/.exec(key) ?? [];
    if (kind === 'n') {
      const node = this.#graph?.nodes[Number(first)];
      return node === undefined ? undefined : { kind: 'node', node, source: node.source };
    }
    const place = this.#graph?.places[Number(first)];
    const site = second === undefined ? place : place?.zones[Number(second)];
    return kind === undefined || site === undefined ? undefined : { kind: 'site', site: site.site, source: site.source };
  }
}

/** Lights what is under the pointer in all of the canvases: the cells of a zone, and the card and row of a component. */
export function linkHighlights(canvases: readonly HTMLElement[]): void {
  const light = (target: EventTarget | null): void => {
    const here = target instanceof Element ? target : null;
    const site = here?.closest('[data-site]')?.getAttribute('data-site') ?? undefined;
    const node = here?.closest('[data-node]')?.getAttribute('data-node') ?? undefined;
    for (const canvas of canvases) {
      for (const part of canvas.querySelectorAll('[data-site]')) {
        part.classList.toggle('linked', site !== undefined && part.getAttribute('data-site') === site);
      }
      for (const part of canvas.querySelectorAll('[data-node]')) {
        part.classList.toggle('linked', node !== undefined && site === undefined && part.getAttribute('data-node') === node);
      }
    }
  };
  for (const canvas of canvases) {
    canvas.addEventListener('pointerover', (event) => light(event.target));
    canvas.addEventListener('pointerleave', () => light(null));
    canvas.addEventListener('focusin', (event) => light(event.target));
    canvas.addEventListener('focusout', () => light(null));
  }
}
