/**
 * How often a subject fails. An event with unavailability u and mean time to repair MTTR happens u/MTTR times a unit of time, and takes
 * the subject down whenever it makes the difference: ω = Σ (uᵢ/MTTRᵢ)·Bᵢ, B the Birnbaum importance. Each failure of an active side
 * whose standby is up is a short outage more, until the switch is done.
 */
import type { LeafProbabilities } from './leaf-probabilities.js';

/** A year has 365 days. */
export const secondsPerYear = 365 * 24 * 3600;

/** A month has 30 days. */
export const secondsPerMonth = 30 * 24 * 3600;

/** Times a year; which facts were assumed. */
export interface Frequency {
  readonly perYear: number;
  readonly assumesRepair: boolean;
}

/** Failures a year from the importance of each event. Events without a frequency, like a failover that does not work, count for none. */
export function frequencyOf(importances: ReadonlyMap<number, number>, leaves: LeafProbabilities): Frequency {
  let perSecond = 0;
  let assumesRepair = false;
  for (const [leaf, importance] of importances) {
    const event = leaves.events.get(leaf);
    if (event === undefined || importance <= 0) continue;
    perSecond += (event.unavailability / event.mttr.value) * importance;
    assumesRepair ||= event.mttr.origin.kind === 'assumed';
  }
  return { perYear: perSecond * secondsPerYear, assumesRepair };
}
