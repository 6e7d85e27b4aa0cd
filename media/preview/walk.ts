/** From part to part of a picture by the arrow keys: the nearest one in their direction gets the focus. */

const directions: { readonly [key: string]: readonly [number, number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Listens on a canvas; where no part has the focus, the arrow keys keep moving the picture. */
export function walkByArrows(canvas: HTMLElement): void {
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const direction = Object.hasOwn(directions, event.key) ? directions[event.key] : undefined;
    const here = event.target instanceof Element ? event.target.closest('[data-key]') : null;
    if (direction === undefined || here === null) return;
    const next = nearest(here, [...canvas.querySelectorAll<SVGElement>('.target')], direction);
    event.preventDefault();
    event.stopPropagation();
    next?.focus({ preventScroll: true });
  });
}

/** The nearest part that lies more along the direction than across it; what lies straight ahead counts as nearer. */
function nearest(here: Element, others: readonly SVGElement[], [dx, dy]: readonly [number, number]): SVGElement | undefined {
  const from = middle(here);
  let best: { readonly element: SVGElement; readonly distance: number } | undefined;
  for (const element of others) {
    if (element === here) continue;
    const to = middle(element);
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (along <= 1 || across > along * 2.5) continue;
    const distance = along + 2 * across;
    if (best === undefined || distance < best.distance) best = { element, distance };
  }
  return best?.element;
}

function middle(element: Element): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
