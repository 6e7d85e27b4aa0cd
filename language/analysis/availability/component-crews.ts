/** Which instances of a model wait for repair crews: `repairs N at once` on a component with more instances than that. */
import type { Component, Model } from '../../model/model.js';
import { instancesOf } from '../structure/sides.js';
import { CrewedUnits } from './repair-crews.js';

/** Crews of one component. `shares`: of each instance's failures, what it fails alone with. */
export interface ComponentCrews {
  readonly units: CrewedUnits;
  /** Instances that fail and are repaired, by index over all placements; what is cold does not run. */
  readonly running: readonly number[];
  /**
   * Whether the chain says exactly what these instances do: all fail alone equally often, and nobody but the component itself reads them, as
   * is the case where something is required in the same region.
   */
  readonly exact: boolean;
  readonly readByOthers: boolean;
}

/** Undefined where a component's instances wait for nobody. `shares` are by index over all placements. */
export function crewsOf(model: Model, component: Component, shares: readonly number[]): ComponentCrews | undefined {
  const crews = component.repairsAtOnce?.value;
  const u = component.failure.unavailability.value;
  if (crews === undefined || u <= 0) return undefined;
  const running = instancesOf(component)
    .filter(({ role }) => role === 'active' || role === 'hot-standby' || role === 'warm-standby')
    .map(({ index }) => index);
  // Instances that fail alone more or less often are taken to be all like the worst.
  const own = running.map((index) => u * (shares[index] ?? 1));
  const worst = Math.max(...own);
  if (running.length <= crews || worst <= 0 || worst >= 1) return undefined;
  const readByOthers = model.components.some((each) =>
    each.edges.some(
      ({ sameRegion, targets }) => sameRegion && (each === component || targets.some(({ name }) => name === component.name)),
    ),
  );
  return {
    units: new CrewedUnits(running.length, worst / (1 - worst), crews),
    running,
    exact: !readByOthers && own.every((each) => each === worst),
    readByOthers,
  };
}
