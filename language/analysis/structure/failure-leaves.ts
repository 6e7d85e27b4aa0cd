/** What can fail by itself in a model: each leaf of its network that stands for an event, with the event for people. */
import { sourceOf } from '../../model/fact.js';
import type { FailureEvent } from '../analysis.js';
import type { Structure } from './evaluate.js';
import { instancesOf } from './sides.js';

export interface FailureLeaf {
  readonly leaf: number;
  readonly event: FailureEvent;
}

/** Sites, instances or single events, common causes, `together`; in order of declaration. */
export function failureLeaves(structure: Structure): readonly FailureLeaf[] {
  const { siteEvents, components } = structure.compiled;
  const result: FailureLeaf[] = [];
  const add = (leaf: number | undefined, event: FailureEvent): void => {
    if (leaf !== undefined) result.push({ leaf, event });
  };
  for (const region of structure.model.regions) {
    add(siteEvents.get(region.name), { kind: 'region', name: region.name, source: region.nameSource });
    for (const zone of region.zones) add(siteEvents.get(zone.path), { kind: 'zone', name: zone.path, source: zone.nameSource });
  }
  for (const component of structure.model.components) {
    const gates = components.get(component.name);
    const { name } = component;
    const instances = instancesOf(component);
    if (instances.length === 0) add(gates?.whole, { kind: 'component', name, source: component.nameSource });
    const inZone = new Map<string, number>();
    for (const instance of instances) {
      const place = (inZone.get(instance.zone) ?? 0) + 1;
      inZone.set(instance.zone, place);
      const label = place === 1 ? instance.zone : `${instance.zone} #${place}`;
      add(gates?.events[instance.index], { kind: 'component', name, source: instance.placement.source, instance: label });
    }
    for (const [region, gate] of gates?.commonCauses ?? []) {
      const id = `${name}@${region} common cause`;
      add(gate, { kind: 'shared-fate', name: `${name} common cause in ${region}`, id, source: component.nameSource });
    }
    const id = `${name} together`;
    add(gates?.together, { kind: 'shared-fate', name: id, id, source: component.nameSource });
  }
  return result;
}

/** What each leaf that can fail stands for: all of {@link failureLeaves}, and failovers that may not work. */
export function failureEvents(structure: Structure): ReadonlyMap<number, FailureEvent> {
  const events = new Map(failureLeaves(structure).map(({ leaf, event }) => [leaf, event]));
  const failovers = structure.compiled.failoverEvents;
  const alike = new Map<string, number>();
  for (const { exchanged } of failovers.values()) alike.set(exchanged, (alike.get(exchanged) ?? 0) + 1);
  for (const [gate, { name, exchanged, success }] of failovers) {
    const source = sourceOf(success);
    // Policies may promise different successes for one pair of sites: these are events of their own, told apart by their success.
    const id = alike.get(exchanged) === 1 ? exchanged : `${exchanged} (${Number((success.value * 100).toPrecision(6))}%)`;
    if (source !== undefined) events.set(gate, { kind: 'shared-fate', name, id, source });
  }
  return events;
}
