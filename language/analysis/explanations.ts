/**
 * `explain(figure)`: every figure of an analysis explains itself. The trees are made when asked for, so that figures stay plain
 * data and an editor pays only for the hover it shows.
 */
import type { Explanation, Figure } from './figure.js';

const makers = new WeakMap<Figure, () => Explanation>();

/** Says how a figure explains itself. Called by the analysis alone. */
export function register(figure: Figure, make: () => Explanation): void {
  makers.set(figure, make);
}

/** The tree of terms behind a figure; undefined for a figure that no analysis has made. */
export function explain(figure: Figure): Explanation | undefined {
  return makers.get(figure)?.();
}
