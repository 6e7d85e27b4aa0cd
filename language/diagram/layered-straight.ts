/** Takes small jogs out of lines: an end or a passage moves a little where nothing stands in the way. */

/** A jog smaller than this is worth taking out; a larger one is a way. In pixels. */
const jog = 14;
/** Lines beside each other keep at least this distance. */
const distance = 9;

/** What may be moved, and how far to either side. */
export interface Slots {
  /** Positions from left to right, by the numbers of the slots. */
  readonly order: readonly number[];
  readonly left: number;
  readonly right: number;
}

/** Moves slot `which` to `wanted` where that is near, inside its limits and away from its neighbours; tells whether it did. */
export function straighten(positions: number[], slots: Slots, which: number, wanted: number): boolean {
  const now = positions[which] ?? 0;
  if (Math.abs(now - wanted) < 0.5) return true;
  if (Math.abs(now - wanted) > jog || wanted < slots.left || wanted > slots.right) return false;
  const at = slots.order.indexOf(which);
  const before = slots.order[at - 1];
  const after = slots.order[at + 1];
  const keeps = (other: number | undefined, side: 1 | -1): boolean =>
    other === undefined ||
    ((positions[other] ?? 0) - wanted) * side >= Math.min(distance, Math.abs((positions[other] ?? 0) - now));
  if (!keeps(before, -1) || !keeps(after, 1)) return false;
  positions[which] = wanted;
  return true;
}
