/** The picture in the pane: drawn, drawn again, and what its parts lead to. */
import type { DiagramGraph, SourceRange } from '../../language/diagram/graph.js';
import type { Layout } from '../../language/diagram/layout.js';
import { renderSvg } from '../../language/diagram/svg.js';
import type { Viewport } from './viewport.js';

/** What is shown now. */
interface Shown {
  readonly graph: DiagramGraph;
  readonly layout: Layout;
}

/** Puts pictures into a viewport and tells what the user activates. */
export class Picture {
  readonly #viewport: Viewport;
  #shown: Shown | undefined;

  /** `reveal` is called with the source of what was clicked, or activated by Enter or the space bar. */
  constructor(viewport: Viewport, reveal: (source: SourceRange) => void) {
    this.#viewport = viewport;
    const activate = (element: Element | null): boolean => {
      const source = this.#sourceOf(element);
      if (source !== undefined) reveal(source);
      return source !== undefined;
    };
    viewport.canvas.addEventListener('click', (event) => {
      if (!viewport.wasDragged && event.target instanceof Element) activate(event.target);
    });
    viewport.canvas.addEventListener('keydown', (event) => {
      if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof Element && activate(event.target)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    viewport.canvas.addEventListener('focusin', (event) => {
      if (event.target instanceof Element) viewport.show(event.target.getBoundingClientRect());
      this.#light(event.target);
    });
    viewport.canvas.addEventListener('focusout', () => this.#light(null));
    viewport.canvas.addEventListener('pointerover', (event) => this.#light(event.target));
    viewport.canvas.addEventListener('pointerleave', () => this.#light(null));
  }

  get isEmpty(): boolean {
    return this.#shown === undefined;
  }

  /** Draws. Focus stays on the part that had it, and what is in the middle of the pane stays there. */
  show(graph: DiagramGraph, layout: Layout): void {
    const focused = document.activeElement?.getAttribute('data-key');
    const shift = this.#shift(graph, layout);
    this.#shown = { graph, layout };
    this.#viewport.canvas.innerHTML = renderSvg(graph, layout, { theme: 'vscode', standalone: false, idPrefix: 'drml-' });
    const svg = this.#viewport.canvas.querySelector('svg');
    const size = { width: Number(svg?.getAttribute('width') ?? 1), height: Number(svg?.getAttribute('height') ?? 1) };
    this.#viewport.resize(size, shift);
    if (focused !== null && focused !== undefined) {
      const again = [...this.#viewport.canvas.querySelectorAll<SVGElement>('[data-key]')];
      again.find((element) => element.getAttribute('data-key') === focused)?.focus({ preventScroll: true });
    }
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

  #sourceOf(element: Element | null): SourceRange | undefined {
    const part = element?.closest('[data-key]');
    const graph = this.#shown?.graph;
    const key = part?.getAttribute('data-key');
    if (graph === undefined || key === null || key === undefined) return undefined;
    const [, kind, first, , second] = /^([nep])(\d+)(z(\d+))?$/.exec(key) ?? [];
    const index = Number(first);
    if (kind === 'n') return graph.nodes[index]?.source;
    if (kind === 'e') return graph.edges[index]?.source;
    const place = graph.places[index];
    return second === undefined ? place?.source : place?.zones[Number(second)]?.source;
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
