/** The loosest of what several callers state. */
import type { Fact } from '../../model/fact.js';

/** The largest of the facts that are stated; of equal ones the first. */
export function largest(facts: readonly (Fact<number> | undefined)[]): Fact<number> | undefined {
  return facts.reduce<Fact<number> | undefined>(
    (best, fact) => (fact !== undefined && (best === undefined || fact.value > best.value) ? fact : best),
    undefined,
  );
}
