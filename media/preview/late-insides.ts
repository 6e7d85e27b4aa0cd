/**
 * What is inside of the nodes of a large picture, drawn only where somebody looks: most of what a browser does for a picture of a
 * thousand components would be for cards that nobody sees.
 */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Layout } from '../../language/diagram/layout.js';
import type { Viewport } from './viewport.js';

/** Up to so many nodes a picture is put in whole. */
const drawnAtOnce = 300;
/** Nodes this far outside of the pane are drawn as well, so that a small movement shows nothing bare. In pixels of the pane. */
const margin = 200;

/** Whether the insides of so many nodes wait until they are seen. */
export function isLarge(graph: DiagramGraph): boolean {
  return graph.nodes.length > drawnAtOnce;
}

interface Bare {
  readonly graph: DiagramGraph;
  readonly layout: Layout;
  readonly inside: (index: number) => string;
  /** The groups of nodes, by their index; undefined where the inside stands already. */
  readonly groups: (Element | undefined)[];
}

/** Fills the nodes that come into sight. */
export class LateInsides {
  readonly #viewport: Viewport;
  /** What stands inside of the groups that were filled: some of them remain when a picture is drawn again. */
  readonly #filled = new WeakMap<Element, string>();
  #bare: Bare | undefined;
  #isAwaited = false;

  constructor(viewport: Viewport) {
    this.#viewport = viewport;
    viewport.watch(() => this.#soon());
    window.addEventListener('beforeprint', () => this.#fill(() => true));
    viewport.canvas.addEventListener('pointerover', ({ target }) => {
      if (target instanceof Element) this.#name(target.closest('[data-node]'));
    });
  }

  /** A picture with bare nodes has just been put in; `inside` draws what is inside of one. */
  over(graph: DiagramGraph, layout: Layout, inside: (index: number) => string): void {
    this.#bare = { graph, layout, inside, groups: [...this.#viewport.canvas.querySelectorAll('[data-node]')] };
    this.#fillSeen();
  }

  /** The picture that is shown now has nothing bare. */
  none(): void {
    this.#bare = undefined;
  }

  /** Movements come in swarms; one look a frame is enough. */
  #soon(): void {
    if (this.#bare === undefined || this.#isAwaited) return;
    this.#isAwaited = true;
    requestAnimationFrame(() => {
      this.#isAwaited = false;
      this.#fillSeen();
    });
  }

  #fillSeen(): void {
    const { canvas, pane, view } = this.#viewport;
    // From very far a node is its frame and a sign, and those are there.
    if (canvas.dataset.distance === 'far') return;
    const left = (-margin - view.x) / view.scale;
    const top = (-margin - view.y) / view.scale;
    const right = (pane.clientWidth + margin - view.x) / view.scale;
    const bottom = (pane.clientHeight + margin - view.y) / view.scale;
    this.#fill((x, y, width, height) => x < right && y < bottom && x + width > left && y + height > top);
  }

  #fill(isSeen: (x: number, y: number, width: number, height: number) => boolean): void {
    if (this.#bare === undefined) return;
    const { graph, layout, inside, groups } = this.#bare;
    graph.nodes.forEach(({ width, height }, index) => {
      const group = groups[index];
      const corner = layout.nodes[index];
      if (group === undefined || corner === undefined || !isSeen(corner.x, corner.y, width, height)) return;
      const drawn = inside(index);
      const place = this.#filled.get(group) === drawn ? null : group.querySelector('.inside');
      if (place !== null) place.innerHTML = drawn;
      this.#filled.set(group, drawn);
      groups[index] = undefined;
    });
  }

  /** What is read out of a node is what its tooltip says, which browsers take from an element. */
  #name(group: Element | null): void {
    if (this.#bare === undefined || group === null || group.firstElementChild instanceof SVGTitleElement) return;
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    title.textContent = group.getAttribute('aria-label');
    group.prepend(title);
  }
}
