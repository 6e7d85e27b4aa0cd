/** The event that a failover does not work: whose it is, and how often it works. */
import type { Fact } from '../../model/fact.js';
import type { Component, Model } from '../../model/model.js';
import { failoverTo } from '../recovery/failover.js';

/** A failover that may not work. Components with the same `id` share the event. */
export interface FailoverEvent {
  readonly id: string;
  /** For people: `failover from north to south (98%)`, `failover of orders from north to south (98%)`, with how often it works. */
  readonly name: string;
  /** Wherever data is exchanged: `failover north → south`, `orders failover north → south`. */
  readonly exchanged: string;
  readonly success: Fact<number>;
}

/**
 * The event of a failover that may not work: the component's own where its block says how often it does, else the pair of sites'.
 * Undefined where every failover works.
 */
export function failoverEvent(model: Model, component: Component, standby: string): FailoverEvent | undefined {
  const actives = [...new Set(component.placements.filter((each) => each.role === 'active').map((each) => each.region))].sort();
  const { success } = failoverTo(model, component, standby);
  if (success === undefined || success.value >= 1) return undefined;
  // A success that a link, a policy or a default gives is the pair's: what moves together fails over together.
  const mine = success.origin.kind === 'stated' && component.failovers.some((each) => each.success === success);
  const exchanged = `${mine ? `${component.name} ` : ''}failover ${actives.join(' and ')} → ${standby}`;
  const name = `failover${mine ? ` of ${component.name}` : ''} from ${actives.join(' and ')} to ${standby} (${Number((success.value * 100).toPrecision(6))}%)`;
  return { id: `${mine ? component.name : ''} ${actives.join(' ')} -> ${standby} ${success.value}`, name, exchanged, success };
}
