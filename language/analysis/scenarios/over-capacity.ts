/** What stands in a scenario and yet carries more than it can. What is down carries nothing, and is said to be down. */
import type { Model } from '../../model/model.js';
import type { AffectedSubject } from '../analysis.js';
import { carryingInstances, demandOf } from '../capacity/demand.js';
import { survivorsOnce } from '../capacity/survivors.js';
import { quantityText } from '../figure-text.js';
import type { State, Structure } from '../structure/evaluate.js';

/** Components whose peak (or load, where no peak is stated) is more than the instances that serve can take, in order of declaration. */
export function overCapacityIn(structure: Structure, model: Model, state: State): readonly AffectedSubject[] {
  return model.components.flatMap((component) => {
    const { capacity } = component.demand;
    const demand = demandOf(component);
    if (demand === undefined || capacity === undefined || component.placements.length === 0) return [];
    if (!state.up(component.name)) return [];
    const carrying = carryingInstances(component, survivorsOnce(structure, component, state).instances.length);
    if (demand.value <= carrying * capacity.value) return [];
    const instances = `${carrying} ${carrying === 1 ? 'instance' : 'instances'}`;
    const because = `${quantityText(demand.value, 'per-second')} on ${instances} of ${quantityText(capacity.value, 'per-second')}`;
    return [{ name: component.name, because }];
  });
}
