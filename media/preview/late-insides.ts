/**
 * What is inside of the nodes of a large picture, and what makes its lines more than strokes, drawn only where somebody looks: most of
 * what a browser does for a picture of a thousand components would be for cards that nobody sees.
 */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Layout } from '../../language/diagram/layout.js';
import type { Rectangle } from '../../language/diagram/layout-places.js';
import type { Viewport } from './viewport.js';

/** Up to so many nodes a picture is put in whole. */
const drawnAtOnce = 300;
/** Nodes this far outside of the pane are drawn as well, so that a small movement shows nothing bare. In pixels of the pane. */
const margin = 200;

/** Whether the insides of so many nodes wait until they are seen. */
export function isLarge(graph: DiagramGraph): boolean {
  return graph.nodes.length > drawnAtOnce;
}

/** A part that says less than it could. */
interface Bare {
  readonly place: Rectangle;
  readonly fill: () => void;
}

/** Fills the parts that come into sight. */
export class LateInsides {
  readonly #viewport: Viewport;
  /** What stands inside of the groups that were filled: some of them remain when a picture is drawn again. */
  readonly #filled = new WeakMap<Element, string>();
  /** What is still to be filled. */
  #bare = new Map<Element, Bare>();
  #isAwaited = false;

  constructor(viewport: Viewport) {
    this.#viewport = viewport;
    viewport.watch(() => this.#soon());
    window.addEventListener('beforeprint', () => this.#fill(() => true));
    viewport.canvas.addEventListener('pointerover', ({ target }) => {
      if (target instanceof Element) this.#name(target.closest('[data-node], [data-edge]'));
    });
  }

  /** A picture with bare parts has just been put in; `inside` draws what is inside of a node, `line` what a line is drawn of. */
  over(graph: DiagramGraph, layout: Layout, inside: (index: number) => string, line: (index: number) => string): void {
    this.#bare = new Map();
    for (const group of this.#viewport.canvas.querySelectorAll('[data-node], [data-edge]')) {
      const index = Number(group.getAttribute('data-key')?.slice(1));
      const bare: Bare = group.hasAttribute('data-node')
        ? { place: placeOfNode(graph, layout, index), fill: () => this.#fillNode(group, inside(index)) }
        : { place: placeOfLine(layout, index), fill: () => this.#fillLine(group, line(index)) };
      this.#bare.set(group, bare);
    }
    this.#fillSeen();
  }

  /** The picture that is shown now has nothing bare. */
  none(): void {
    this.#bare = new Map();
  }

  /** Movements come in swarms; one look a frame is enough. */
  #soon(): void {
    if (this.#bare.size === 0 || this.#isAwaited) return;
    this.#isAwaited = true;
    requestAnimationFrame(() => {
      this.#isAwaited = false;
      this.#fillSeen();
    });
  }

  #fillSeen(): void {
    const { canvas, pane, view } = this.#viewport;
    // From very far a node is its frame and a sign, and a line a stroke, and those are there.
    if (canvas.dataset.distance === 'far') return;
    const left = (-margin - view.x) / view.scale;
    const top = (-margin - view.y) / view.scale;
    const right = (pane.clientWidth + margin - view.x) / view.scale;
    const bottom = (pane.clientHeight + margin - view.y) / view.scale;
    this.#fill(({ x, y, width, height }) => x < right && y < bottom && x + width > left && y + height > top);
  }

  #fill(isSeen: (place: Rectangle) => boolean): void {
    for (const [group, { place, fill }] of this.#bare) {
      if (!isSeen(place)) continue;
      this.#bare.delete(group);
      fill();
    }
  }

  #fillNode(group: Element, drawn: string): void {
    if (this.#filled.get(group) === drawn) return;
    for (const former of group.querySelectorAll(':scope > .near, :scope > .middle')) former.remove();
    group.querySelector(':scope > .far')?.insertAdjacentHTML('beforebegin', drawn);
    this.#filled.set(group, drawn);
  }

  #fillLine(group: Element, drawn: string): void {
    if (this.#filled.get(group) === drawn) return;
    group.innerHTML = drawn;
    this.#filled.set(group, drawn);
  }

  /** What is under the pointer has a tooltip, which browsers take from an element. That of a node is what is read out of it. */
  #name(group: Element | null): void {
    if (group === null) return;
    if (group.hasAttribute('data-edge')) {
      this.#bare.get(group)?.fill();
      this.#bare.delete(group);
      return;
    }
    const title = group.firstElementChild;
    if (title instanceof SVGTitleElement && title.textContent === '') title.textContent = group.getAttribute('aria-label');
  }
}

function placeOfNode({ nodes }: DiagramGraph, layout: Layout, index: number): Rectangle {
  const { width, height } = nodes[index] ?? { width: 0, height: 0 };
  return { ...(layout.nodes[index] ?? { x: 0, y: 0 }), width, height };
}

function placeOfLine({ edges }: Layout, index: number): Rectangle {
  const points = edges[index] ?? [];
  const x = points.map((point) => point.x);
  const y = points.map((point) => point.y);
  const [left, top] = [Math.min(...x), Math.min(...y)];
  return { x: left, y: top, width: Math.max(...x) - left, height: Math.max(...y) - top };
}
