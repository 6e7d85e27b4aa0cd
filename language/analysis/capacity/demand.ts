/** What is asked of a component, and what its instances carry of it: one reading for every figure. */
import type { Fact } from '../../model/fact.js';
import type { Component } from '../../model/model.js';

/** The most that is asked of it, in requests per second: its peak, else its load. */
export function demandOf({ demand: { peak, load } }: Component): Fact<number> | undefined {
  return peak ?? load;
}

/** Instances that share the load: of a store that replicates every copy takes all writes, so that further copies carry no more. */
export function carryingInstances(component: Component, instances: number): number {
  return component.data.replication.length > 0 ? Math.min(1, instances) : instances;
}
