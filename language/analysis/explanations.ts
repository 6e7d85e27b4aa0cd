/**
 * `explain(figure)`: every figure of an analysis explains itself. The trees are made when asked for, so that figures stay plain
 * data and an editor pays only for the hover it shows.
 */
import type { Explanation, Figure } from './figure.js';

/**
 * Where a figure keeps what makes its tree: not enumerable, so that it is no part of the data. A table beside the figures would be walked
 * through by every collection of garbage.
 */
const maker = Symbol('explanation');

interface Explaining {
  readonly [maker]?: () => Explanation;
}

/** Says how a figure explains itself. Called by the analysis alone. */
export function register(figure: Figure, make: () => Explanation): void {
  Object.defineProperty(figure, maker, { value: make, configurable: true });
}

/** The tree of terms behind a figure; undefined for a figure that no analysis has made. */
export function explain(figure: Figure): Explanation | undefined {
  return (figure as Explaining)[maker]?.();
}
