/** Availability given that something is off: the same structure, the leaves that are off being down for certain. */
import type { LeafProbabilities } from '../availability/leaf-probabilities.js';

/** The probabilities with these leaves down. What is off does not fail again, so that it costs no further switching. */
export function conditionedOn(leaves: LeafProbabilities, off: ReadonlySet<number>): LeafProbabilities {
  const given = <T extends { readonly gate: number; readonly unavailability: number }>(event: T): T =>
    off.has(event.gate) ? { ...event, unavailability: 1 } : event;
  return {
    events: new Map([...leaves.events].filter(([leaf]) => !off.has(leaf))),
    groups: leaves.groups.map(({ parent, children }) => ({
      parent: parent === undefined ? undefined : given(parent),
      children: children.map(given),
    })),
    unavailability: (leaf) => (off.has(leaf) ? 1 : leaves.unavailability(leaf)),
    chance: (leaf) => (off.has(leaf) ? 1 : leaves.chance(leaf)),
    // Crews repair the other instances as before: what is off by decision is nobody's repair.
    crewOf: (leaf) => (off.has(leaf) ? undefined : leaves.crewOf(leaf)),
    atBest: leaves.atBest === undefined ? undefined : conditionedOn(leaves.atBest, off),
  };
}
