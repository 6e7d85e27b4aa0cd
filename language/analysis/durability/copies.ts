/** How long the copies of a store last: until all of them are lost at once. */
import type { Component } from '../../model/model.js';
import { holdsData, instancesOf } from '../structure/sides.js';
import { type ChainState, meanTimeToEnd, meanTimeToLoss } from './absorbing-chain.js';

/** Past so many states regions are taken together, and what takes the copies of one region to take them all. */
const mostStates = 300;

/** How one copy is lost and made again. Rates per second. */
export interface CopyRates {
  readonly failure: number;
  readonly repair: number;
  /** Share of the failures of one copy that takes all copies of its region, 0..1. */
  readonly commonCause: number;
  /** What takes all copies everywhere. */
  readonly together: number;
  readonly crews: number;
}

/** Copies of the data by region; one in all for what has no instances. Witnesses and pilot lights without data are none. */
export function copiesByRegion(store: Component): readonly number[] {
  if (store.placements.length === 0) return [1];
  const regions = new Map<string, number>();
  for (const { region, role } of instancesOf(store)) {
    if (holdsData(role)) regions.set(region, (regions.get(region) ?? 0) + 1);
  }
  return [...regions.values()];
}

/**
 * Mean time until all copies are lost at once, in seconds. The chain counts the lost copies of each region: each fails alone, all of one
 * region fail together, and each that is lost is made again.
 */
export function copiesMeanTimeToLoss(regions: readonly number[], rates: CopyRates): number {
  const copies = regions.reduce((total, count) => total + count, 0);
  const size = regions.reduce((product, count) => product * (count + 1), 1) - 1;
  if (copies === 0) return 0;
  if (size > mostStates || rates.commonCause === 0) {
    const alone = meanTimeToLoss({
      units: copies,
      tolerated: copies - 1,
      failureRate: rates.failure,
      repairRate: rates.repair,
      crews: rates.crews,
    });
    const shared = regions.filter((count) => count > 1).length * rates.commonCause * rates.failure;
    return 1 / (1 / alone + shared + rates.together);
  }
  return meanTimeToEnd(Array.from({ length: size }, (_, state) => stateOf(state, regions, rates)));
}

/** The lost copies of each region are the digits of the state; the state after the last is the end. */
function stateOf(state: number, regions: readonly number[], rates: CopyRates): ChainState {
  const end = regions.reduce((product, count) => product * (count + 1), 1) - 1;
  const lost: number[] = [];
  let rest = state;
  for (const count of regions) {
    lost.push(rest % (count + 1));
    rest = Math.floor(rest / (count + 1));
  }
  const all = lost.reduce((total, count) => total + count, 0);
  const to: (readonly [number, number])[] = [];
  let ending = rates.together;
  let place = 1;
  regions.forEach((count, index) => {
    const gone = lost[index] ?? 0;
    const share = count > 1 ? rates.commonCause : 0;
    const go = (target: number, rate: number): void => {
      if (rate <= 0) return;
      if (target === end) ending += rate;
      else to.push([target, rate]);
    };
    if (gone < count) {
      go(state + place, (count - gone) * (1 - share) * rates.failure);
      go(state + (count - gone) * place, share * rates.failure);
    }
    if (gone > 0) go(state - place, (Math.min(all, Math.max(1, rates.crews)) * gone * rates.repair) / all);
    place *= count + 1;
  });
  return { to, end: ending };
}
