/** A picture on the page, part by part: what is drawn as before stays as it is, with the focus and the marks that it has. */
import type { SvgPart, SvgPicture } from '../../language/diagram/svg.js';

/** Where more than this share of the parts is drawn otherwise, all of them are put in at once: that is quicker. */
const mostReplaced = 0.5;

interface Standing {
  readonly drawn: string;
  readonly element: Element;
}

/** Puts pictures into a canvas. */
export class DrawnParts {
  readonly #canvas: HTMLElement;
  #root: Element | undefined;
  #standing = new Map<string, Standing>();

  constructor(canvas: HTMLElement) {
    this.#canvas = canvas;
  }

  /** Shows a picture in the place of the one before. */
  put(picture: SvgPicture): void {
    const changed = picture.parts.filter(({ key, drawn }) => this.#standing.get(key)?.drawn !== drawn);
    const root = this.#canvas.firstElementChild;
    if (root === null || root !== this.#root || changed.length > picture.parts.length * mostReplaced) this.#putWhole(picture);
    else this.#replace(root, picture, changed);
  }

  #putWhole({ head, parts }: SvgPicture): void {
    this.#canvas.innerHTML = textOf(head, parts);
    const root = this.#canvas.firstElementChild;
    this.#root = root ?? undefined;
    const elements = [...(root?.children ?? [])];
    this.#standing = new Map(
      parts.flatMap(({ key, drawn }, index) => {
        const element = elements[index];
        return element === undefined ? [] : [[key, { drawn, element }] as const];
      }),
    );
  }

  #replace(root: Element, { head, parts }: SvgPicture, changed: readonly SvgPart[]): void {
    const aside = document.createElement('div');
    aside.innerHTML = textOf(head, changed);
    const fresh = aside.firstElementChild;
    const elements = [...(fresh?.children ?? [])];
    const drawn = new Map(changed.map(({ key }, index) => [key, elements[index]]));
    for (const { name, value } of fresh?.attributes ?? []) {
      if (root.getAttribute(name) !== value) root.setAttribute(name, value);
    }
    const wanted = new Set(parts.map(({ key }) => key));
    for (const [key, { element }] of this.#standing) {
      if (wanted.has(key) && !drawn.has(key)) continue;
      element.remove();
      this.#standing.delete(key);
    }
    // What stays keeps its order, so what is new only has to find the place between.
    let next = root.firstElementChild;
    for (const part of parts) {
      const element = drawn.get(part.key);
      if (element === undefined) {
        next = this.#standing.get(part.key)?.element.nextElementSibling ?? null;
        continue;
      }
      root.insertBefore(element, next);
      this.#standing.set(part.key, { drawn: part.drawn, element });
    }
  }
}

/** A picture in which every part is one element. */
function textOf(head: string, parts: readonly SvgPart[]): string {
  return [head, ...parts.map(({ key, drawn }) => (/^(?:n\d|line )/.test(key) ? drawn : `<g>${drawn}</g>`)), '</svg>'].join('');
}
