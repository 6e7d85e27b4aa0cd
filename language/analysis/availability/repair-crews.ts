/**
 * Alike units that wait for repair crews: a birth–death chain over the number of failed units. Units in one zone or component that
 * share a crew are not independent, so that their unavailability is not a binomial sum; with as many crews as units it is.
 */

/** Units that fail and are repaired alike. Rates in one unit of time, any; both above 0. */
export interface RepairedUnits {
  readonly units: number;
  /** How many must be up. */
  readonly required: number;
  /** Failures of one unit per time that it is up. */
  readonly failureRate: number;
  /** Repairs of one crew per time that it works. */
  readonly repairRate: number;
  /** How many units are repaired together. */
  readonly crews: number;
}

/**
 * Share of time, 0..1, in which fewer than `required` units are up. Units go on failing while the whole is down. Summed from positive
 * terms only. Trivedi, Probability and Statistics with Reliability, Queuing, and Computer Science Applications, machine repairman.
 */
export function unavailabilityWithCrews(group: RepairedUnits): number {
  if (group.required <= 0) return 0;
  if (group.required > group.units) return 1;
  const { units, required, failureRate, repairRate } = group;
  const crews = Math.max(1, group.crews);
  let weight = 1;
  let total = 1;
  let down = 0;
  for (let failed = 1; failed <= units; failed++) {
    weight *= ((units - failed + 1) * failureRate) / (Math.min(failed, crews) * repairRate);
    total += weight;
    if (units - failed < required) down += weight;
  }
  return down / total;
}

/**
 * Alike units that wait for repair crews, for asking one unit after the other: each of them is as likely down as every other, so that what is
 * known of some says how likely the next one is down. Its answers multiplied along any order are the birth–death chain's.
 */
export class CrewedUnits {
  /** By how many are down, the weight of one set of so many units. */
  private readonly weights: readonly number[];
  private readonly patterns = new Map<number, number>();

  /** `ratio`: failures of one unit while it is up, times the mean repair; above 0. */
  constructor(
    readonly units: number,
    readonly ratio: number,
    readonly crews: number,
  ) {
    const weights = [1];
    for (let failed = 1; failed <= units; failed++)
      weights.push(((weights.at(-1) ?? 0) * ratio * failed) / Math.min(failed, Math.max(1, crews)));
    this.weights = weights;
  }

  /** How likely another unit is down when it is known that `down` of `known` others are. */
  chance(known: number, down: number): number {
    return this.pattern(known + 1, down + 1) / this.pattern(known, down);
  }

  /** The most that another unit can be down, whatever is known. */
  get worst(): number {
    let worst = 0;
    for (let known = 0; known < this.units; known++)
      for (let down = 0; down <= known; down++) worst = Math.max(worst, this.chance(known, down));
    return worst;
  }

  /** Weight of all states in which of `known` units those that are told to be down are, and the others are not. */
  private pattern(known: number, down: number): number {
    const key = known * (this.units + 1) + down;
    let sum = this.patterns.get(key);
    if (sum === undefined) {
      sum = 0;
      let ways = 1;
      for (let others = 0; others <= this.units - known; others++) {
        sum += ways * (this.weights[down + others] ?? 0);
        ways = (ways * (this.units - known - others)) / (others + 1);
      }
      this.patterns.set(key, sum);
    }
    return sum;
  }
}

/** Two units, one of which is enough, whose failover may not notice a failure. Rates in one unit of time. */
export interface CoveredDuplex {
  readonly failureRate: number;
  /** Repairs per time of the only crew. */
  readonly repairRate: number;
  /** Share of the failures of a first unit that the other one takes over, 0..1. */
  readonly coverage: number;
  /** How long a failure that is not covered takes both out, until one is up again. */
  readonly uncoveredOutage: number;
}

/**
 * Share of time, 0..1, in which neither unit serves: both failed, or a failure was not covered. States of the chain: two up, one up,
 * none up, a failure that nobody noticed.
 */
export function duplexUnavailability(duplex: CoveredDuplex): number {
  const { failureRate, repairRate, coverage, uncoveredOutage } = duplex;
  const one = (2 * failureRate) / repairRate;
  const none = (one * failureRate) / repairRate;
  const uncovered = 2 * failureRate * (1 - coverage) * uncoveredOutage;
  return (none + uncovered) / (1 + one + none + uncovered);
}
