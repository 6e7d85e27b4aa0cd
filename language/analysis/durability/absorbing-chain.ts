/**
 * Mean times of Markov chains that end: until a group of copies or disks has lost data. Computed by adding and multiplying positive
 * numbers only, so that a mean time of 1e20 hours keeps all its digits.
 */

/** Rates of one state: to other states, by index, and to the end. */
export interface ChainState {
  readonly to: readonly (readonly [state: number, rate: number])[];
  readonly end: number;
}

/**
 * Mean time from state 0 to the end, in the time of the rates; infinite where the end cannot be reached. States are taken out one by one,
 * the last first, their time and their ways being passed on to those before them (the elimination of Grassmann, Taksar and Heyman).
 */
export function meanTimeToEnd(states: readonly ChainState[]): number {
  const count = states.length;
  const rates = states.map(({ to }) => {
    const row = new Float64Array(count);
    for (const [state, rate] of to) row[state] = (row[state] ?? 0) + rate;
    return row;
  });
  const ends = states.map(({ end }) => end);
  const times = states.map(() => 1);
  for (let out = count - 1; out > 0; out--) {
    const row = rates[out];
    if (row === undefined) continue;
    let leaving = ends[out] ?? 0;
    for (let to = 0; to < out; to++) leaving += row[to] ?? 0;
    for (let from = 0; from < out; from++) {
      const before = rates[from];
      const share = (before?.[out] ?? 0) / leaving;
      if (before === undefined || share === 0) continue;
      for (let to = 0; to < out; to++) if (to !== from) before[to] = (before[to] ?? 0) + share * (row[to] ?? 0);
      ends[from] = (ends[from] ?? 0) + share * (ends[out] ?? 0);
      times[from] = (times[from] ?? 0) + share * (times[out] ?? 0);
    }
  }
  return (times[0] ?? 0) / (ends[0] ?? 0);
}

/** Alike units of a group, each with its own rates. */
export interface RepairedGroup {
  readonly units: number;
  /** How many may be lost at once without losing data. */
  readonly tolerated: number;
  /** Losses of one unit per time. */
  readonly failureRate: number;
  /** Repairs per time: of each lost unit, or of the crew where there is only one. */
  readonly repairRate: number;
  /** How many units are rebuilt together. */
  readonly crews: number;
}

/**
 * Mean time until more units are lost at once than the group tolerates, all being there at first: a birth–death chain. With one crew and
 * one tolerated loss it is ((2N−1)λ + μ) / (N(N−1)λ²), the mean time to data loss of RAID 5 (Gibson, Redundant Disk Arrays, 1990).
 */
export function meanTimeToLoss(group: RepairedGroup): number {
  const { units, tolerated, failureRate, repairRate, crews } = group;
  let step = 0;
  let total = 0;
  for (let lost = 0; lost <= Math.min(tolerated, units - 1); lost++) {
    const on = (units - lost) * failureRate;
    const back = Math.min(lost, Math.max(1, crews)) * repairRate;
    step = (1 + back * step) / on;
    total += step;
  }
  return total;
}

/** Chance to reach the end within a time, 0..1, the mean time being long beside every repair: 1 − e^(−time / mean). */
export function chanceWithin(time: number, mean: number): number {
  return -Math.expm1(-time / mean);
}
