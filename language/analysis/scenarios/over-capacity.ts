/** What stands in a scenario and yet carries more than it can. What is down carries nothing, and is said to be down. */
import type { Component, Model } from '../../model/model.js';
import type { AffectedSubject } from '../analysis.js';
import { quantityText } from '../figure-text.js';
import type { State, Structure } from '../structure/evaluate.js';
import { instancesOf } from '../structure/sides.js';

/** Components whose peak (or load, where no peak is stated) is more than the instances that serve can take, in order of declaration. */
export function overCapacityIn(structure: Structure, model: Model, state: State): readonly AffectedSubject[] {
  return model.components.flatMap((component) => {
    const { load, peak, capacity } = component.demand;
    const demand = peak ?? load;
    if (demand === undefined || capacity === undefined || component.placements.length === 0) return [];
    const serving = servingInstances(structure, state, component);
    if (serving === undefined) return [];
    // Every copy of what replicates takes all writes: further copies carry no more.
    const carrying = component.data.replication.length > 0 ? Math.min(1, serving) : serving;
    if (demand.value <= carrying * capacity.value) return [];
    const instances = `${carrying} ${carrying === 1 ? 'instance' : 'instances'}`;
    const because = `${quantityText(demand.value, 'per-second')} on ${instances} of ${quantityText(capacity.value, 'per-second')}`;
    return [{ name: component.name, because }];
  });
}

/** Instances that are up on the side that serves; undefined where the component is down. */
function servingInstances(structure: Structure, state: State, component: Component): number | undefined {
  const node = structure.compiled.nodeOf(component.name);
  if (node === undefined || !state.upNode(node)) return undefined;
  const side = state.servingSide(node);
  const up = state.instancesUp(component.name);
  return instancesOf(component).filter(({ index, role, region }) => {
    const serves = side === 'active' ? role === 'active' : region === side && (role === 'hot-standby' || role === 'warm-standby');
    return serves && up[index] === true;
  }).length;
}
