/**
 * A module some of whose instances wait for repair crews: its diagram is read with what is known of the others on the way. Instances of one
 * component are alike, so that how many of them were met, and how many of these are down, is all there is to know.
 */
import type { CompactDiagram } from './compact-diagram.js';
import type { CrewedUnits } from './repair-crews.js';

/** Levels whose events wait for the same crews. */
export interface CrewLevels {
  readonly units: CrewedUnits;
  readonly levels: ReadonlySet<number>;
}

/**
 * Unavailability of the root, given that of each level outside the crews. `forced` says what becomes of a level whatever its chance;
 * of the crew `standing`, which is its own or -1, one instance is then known from the start to be up.
 */
export function unavailabilityWithCrewsWaiting(
  diagram: CompactDiagram,
  byLevel: Float64Array,
  crews: readonly CrewLevels[],
  known?: { readonly standing: number; readonly forced: { readonly level: number; readonly down: boolean } },
): number {
  const { root, levels, lows, highs } = diagram;
  const crewOf = new Map<number, number>();
  crews.forEach((crew, index) => {
    for (const level of crew.levels) crewOf.set(level, index);
  });
  // What is known of one crew: how many were met and how many of these are down, as one number; all crews' side by side.
  const steps: number[] = [];
  let states = 1;
  for (const { units } of crews) {
    steps.push(states);
    states *= (units.units + 2) ** 2;
  }
  const metStep = (crew: number): number => (steps[crew] ?? 1) * ((crews[crew]?.units.units ?? 0) + 2);
  const values = new Map<number, number>();
  const visit = (node: number, state: number): number => {
    if (node < 2) return node === 0 ? 1 : 0;
    const key = node * states + state;
    const before = values.get(key);
    if (before !== undefined) return before;
    const level = levels[node] ?? 0;
    const low = lows[node] ?? 0;
    const high = highs[node] ?? 0;
    const crew = crewOf.get(level);
    let value: number;
    if (known?.forced.level === level) value = visit(known.forced.down ? low : high, state);
    else if (crew === undefined) {
      const u = byLevel[level] ?? 0;
      value = u * visit(low, state) + (1 - u) * visit(high, state);
    } else {
      const width = (crews[crew]?.units.units ?? 0) + 2;
      const own = Math.floor(state / (steps[crew] ?? 1)) % width ** 2;
      const met = Math.floor(own / width);
      const u = crews[crew]?.units.chance(met, own % width) ?? 0;
      const after = state + metStep(crew);
      value = u * visit(low, after + (steps[crew] ?? 1)) + (1 - u) * visit(high, after);
    }
    values.set(key, value);
    return value;
  };
  return visit(root, known === undefined || known.standing < 0 ? 0 : metStep(known.standing));
}
