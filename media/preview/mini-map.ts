/** A small picture of the whole beside a large one: where its parts lie, and which of it is in the pane. A press goes there. */
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Layout } from '../../language/diagram/layout.js';
import type { Viewport } from './viewport.js';

const svgSpace = 'http://www.w3.org/2000/svg';
const largest = { width: 170, height: 130 };

/** Shown only while some of the picture is out of sight. It is decoration for the eye: all it does can be done by keys. */
export class MiniMap {
  readonly root: HTMLElement;
  readonly #viewport: Viewport;
  readonly #svg: SVGSVGElement;
  readonly #frame: SVGRectElement;
  readonly #parts: SVGPathElement;
  #scale = 1;

  constructor(viewport: Viewport) {
    this.#viewport = viewport;
    this.root = document.createElement('div');
    this.root.className = 'mini-map';
    this.root.setAttribute('aria-hidden', 'true');
    this.root.hidden = true;
    this.#svg = document.createElementNS(svgSpace, 'svg');
    this.#parts = document.createElementNS(svgSpace, 'path');
    this.#parts.setAttribute('class', 'f-bd');
    this.#frame = document.createElementNS(svgSpace, 'rect');
    this.#frame.setAttribute('class', 's-fg frame');
    this.#frame.setAttribute('fill', 'none');
    this.#svg.append(this.#parts, this.#frame);
    this.root.append(this.#svg);
    const go = (event: PointerEvent): void => {
      if (event.buttons !== 1) return;
      const bounds = this.#svg.getBoundingClientRect();
      viewport.centre({ x: (event.clientX - bounds.left) / this.#scale, y: (event.clientY - bounds.top) / this.#scale });
      event.preventDefault();
      event.stopPropagation();
    };
    this.root.addEventListener('pointerdown', go);
    this.root.addEventListener('pointermove', go);
    viewport.watch(() => this.#follow());
  }

  /** Draws the parts of a picture: each as a block of its size. */
  show(graph: DiagramGraph, layout: Layout): void {
    this.#scale = Math.min(largest.width / layout.width, largest.height / layout.height);
    const scaled = (value: number): number => Math.round(value * this.#scale * 10) / 10;
    const blocks = graph.nodes.map(({ width, height }, index) => {
      const { x, y } = layout.nodes[index] ?? { x: 0, y: 0 };
      return `M${scaled(x)} ${scaled(y)}h${Math.max(1, scaled(width))}v${Math.max(1, scaled(height))}h${-Math.max(1, scaled(width))}z`;
    });
    this.#parts.setAttribute('d', blocks.join(''));
    this.#svg.setAttribute('width', String(scaled(layout.width)));
    this.#svg.setAttribute('height', String(scaled(layout.height)));
    this.#follow();
  }

  #follow(): void {
    const { x, y, scale } = this.#viewport.view;
    const { clientWidth, clientHeight } = this.#viewport.pane;
    const picture = this.#viewport.pictureSize;
    this.root.hidden = picture.width * scale <= clientWidth + 2 && picture.height * scale <= clientHeight + 2;
    const set = (name: string, value: number): void => this.#frame.setAttribute(name, String(Math.round(value * 10) / 10));
    set('x', (-x / scale) * this.#scale);
    set('y', (-y / scale) * this.#scale);
    set('width', (clientWidth / scale) * this.#scale);
    set('height', (clientHeight / scale) * this.#scale);
  }
}
