/** What remains in the picture glides to its new place, for those who like motion. */

const duration = 260;

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Moves the nodes of a canvas from where they stood to where they stand. `shift` is how far the whole picture moved with
 * the node in the middle of the pane. Nothing happens for those who asked for less motion.
 */
export function glide(canvas: HTMLElement, from: ReadonlyMap<string, Place>, to: ReadonlyMap<string, Place>, shift: Place): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  // Several hundred animations at once would stutter, and nobody could follow them.
  if (to.size > 300) return;
  let moved = false;
  const keys = [...to.keys()];
  for (const group of canvas.querySelectorAll<SVGGElement>('g[data-node]')) {
    const id = keys[Number(group.getAttribute('data-key')?.slice(1))];
    const start = id === undefined ? undefined : from.get(id);
    const end = id === undefined ? undefined : to.get(id);
    if (end === undefined) continue;
    if (start === undefined) {
      group.animate([{ opacity: 0 }, { opacity: 1 }], { duration, easing: 'ease-out' });
      moved = true;
      continue;
    }
    const first = { x: start.x + shift.x, y: start.y + shift.y };
    if (Math.abs(first.x - end.x) < 1 && Math.abs(first.y - end.y) < 1) continue;
    const at = ({ x, y }: Place): string => `translate(${x}px, ${y}px)`;
    group.animate([{ transform: at(first) }, { transform: at(end) }], { duration, easing: 'ease-in-out' });
    moved = true;
  }
  if (!moved) return;
  for (const line of canvas.querySelectorAll<SVGGElement>('g[data-edge]')) {
    line.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, { opacity: 1 }], { duration: duration * 1.4 });
  }
}
