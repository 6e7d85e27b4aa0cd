/** What the analysis must answer for a small model, summed over every state. */
import type { Reading, ReadMove } from './reading.js';

const secondsPerHour = 3600;
const hoursPerYear = 8760;

export interface EnumeratedCut {
  readonly events: readonly string[];
  readonly probability: number;
}

export function structuralOf(reading: Reading, subject: string): number {
  return reading.space.probability(reading.down(subject), reading.space.chances(chancesOf(reading)));
}

export function degradedOf(reading: Reading, subject: string): number {
  return reading.space.probability(reading.degraded(subject), reading.space.chances(chancesOf(reading)));
}

/** All minimal cut sets. */
export function cutsOf(reading: Reading, subject: string): readonly EnumeratedCut[] {
  const { space, events } = reading;
  return space.minimal(reading.down(subject)).map((state) => {
    const failed = events.filter((_, index) => ((state >>> index) & 1) === 1);
    return { events: failed.map(({ key }) => key), probability: failed.reduce((product, { u }) => product * u, 1) };
  });
}

/** Birnbaum importance of each event. */
export function importancesOf(reading: Reading, subject: string): ReadonlyMap<string, number> {
  const down = reading.down(subject);
  const u = chancesOf(reading);
  return new Map(reading.events.map(({ key }, index) => [key, reading.space.birnbaum(down, index, u)]));
}

/** Failures a year that nothing takes over from: each event as often as it happens, where it makes the difference. */
export function outagesOf(reading: Reading, importances: ReadonlyMap<string, number>): number {
  return reading.events.reduce(
    (sum, { key, u, repairHours }) =>
      repairHours === undefined ? sum : sum + (u / repairHours) * (importances.get(key) ?? 0) * hoursPerYear,
    0,
  );
}

export function switchingTimeOf(reading: Reading, subject: string): number | undefined {
  return switchingOf(reading, reading.moves(subject), chancesOf(reading));
}

function chancesOf(reading: Reading): readonly number[] {
  return reading.events.map(({ u }) => u);
}

/** Down, given that some events have happened; those do not happen again and cost no switch. */
export function conditioned(
  reading: Reading,
  subject: string,
  taken: ReadonlySet<number>,
): { readonly structural: number; readonly switching: number | undefined } {
  const u = reading.events.map((event, index) => (taken.has(index) ? 1 : event.u));
  return {
    structural: reading.space.probability(reading.down(subject), reading.space.chances(u)),
    switching: switchingOf(reading, reading.moves(subject), u, taken),
  };
}

/**
 * For each pair of sites P(all standbys are up, their failovers work, and no earlier choice is up) · Σ (u/MTTR)·B·min(T, MTTR), B of the
 * event for all the active sides together.
 */
function switchingOf(
  reading: Reading,
  moves: readonly ReadMove[],
  u: readonly number[],
  taken: ReadonlySet<number> = new Set(),
): number | undefined {
  const { space, events } = reading;
  const chances = space.chances(u);
  let sum = 0;
  for (const pair of new Set(moves.map((move) => move.pair))) {
    const together = moves.filter((move) => move.pair === pair);
    const times = together.map((move) => move.seconds);
    if (times.includes(undefined)) return undefined;
    const hours = Math.max(...times.map((time) => time ?? 0)) / secondsPerHour;
    const active = space.not(space.and(together.map((move) => move.active)));
    const ranks =
      together[0]?.earlier.map((_, rank) => space.not(space.and(together.flatMap((move) => move.earlier[rank] ?? [])))) ?? [];
    const standby = space.probability(space.and([...together.map((move) => move.standby), ...ranks]), chances);
    events.forEach(({ u: own, repairHours }, index) => {
      if (repairHours === undefined || own <= 0 || taken.has(index)) return;
      sum += standby * (own / repairHours) * space.birnbaum(active, index, u) * Math.min(hours, repairHours);
    });
  }
  return sum;
}
