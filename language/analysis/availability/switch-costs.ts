/**
 * What the events of active sides cost while a standby takes over: how often each happens, times the part of its repair that a switch
 * takes. `seconds` is the time of the switch; where it is not known it gains nothing.
 */
import type { Conjunction } from './conjunction.js';
import { type Contexts, sharedDifferences } from './contexts.js';
import type { LeafProbabilities } from './leaf-probabilities.js';
import type { ModuleTable } from './module-table.js';

export class SwitchCosts {
  private readonly weights = new WeakMap<Float64Array, Map<string, Float64Array>>();

  constructor(private readonly leaves: LeafProbabilities) {}

  /** What an event costs a year, as unavailability, for each unit of its importance: its frequency times what a switch takes of its repair. */
  of(gate: number, seconds: number | undefined): number {
    const event = this.leaves.events.get(gate);
    if (event === undefined) return 0;
    const { value: mttr } = event.mttr;
    return (event.unavailability / mttr) * Math.min(seconds ?? mttr, mttr);
  }

  /** What a module's own events cost in each context while all the other modules are up. */
  inContexts(table: ModuleTable, contexts: Contexts, seconds: number | undefined): Float64Array {
    const costs = table.privateLeaves.map((leaf) => this.of(leaf, seconds));
    const row = table.row(contexts);
    let known = this.weights.get(row);
    if (known === undefined) {
      known = new Map();
      this.weights.set(row, known);
    }
    // Modules of one shape have one row; those whose repairs take as long as well have the same weights.
    const key = costs.join(' ');
    let weight = known.get(key);
    if (weight === undefined) {
      weight = table.masks(contexts).map((mask) => {
        let sum = 0;
        costs.forEach((cost, index) => {
          if (cost > 0) sum += cost * table.importance(index, mask);
        });
        return sum;
      });
      known.set(key, weight);
    }
    return weight;
  }

  /** What the sites cost, by the Birnbaum importance of each for the conjunction of the active sides. */
  ofSites(sum: Conjunction, seconds: number | undefined): number {
    let cost = 0;
    for (const [gate, difference] of sharedDifferences(sum.contexts, (at) => sum.up(at)))
      cost -= this.of(gate, seconds) * difference;
    return cost;
  }
}
