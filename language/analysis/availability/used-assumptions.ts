/** Which rows of the table of assumptions the availability of each subject rests on: its own and those of all that it requires. */
import type { AssumptionCode, Fact } from '../../model/fact.js';
import type { Component, Model } from '../../model/model.js';
import type { Compiled } from '../structure/compile.js';
import { strongComponents } from '../structure/strong-components.js';

export class UsedAssumptions {
  private readonly byNode = new Map<number, ReadonlySet<AssumptionCode>>();

  constructor(model: Model, compiled: Compiled) {
    const unstated = sitesWithoutFailureData(model);
    const callees = compiled.nodes.map((node) => node.hard.flatMap((entry) => entry.targets));
    const circles = strongComponents(compiled.nodes.keys(), (id) => callees[id] ?? []);
    for (const circle of circles) {
      const sets = circle.flatMap((id) => [
        ownOf(compiled.nodes[id]?.component, unstated),
        ...(callees[id] ?? []).flatMap((callee) => this.byNode.get(callee) ?? []),
      ]);
      // Most subjects rest on the same rows: those share one set.
      const all = new Set(sets.flatMap((set) => [...set]));
      const same = sets.find((set) => set.size === all.size) ?? all;
      for (const id of circle) this.byNode.set(id, same);
    }
  }

  /** The rows that a node's availability rests on, those of switching apart. */
  of(node: number): ReadonlySet<AssumptionCode> {
    return this.byNode.get(node) ?? new Set();
  }
}

function sitesWithoutFailureData(model: Model): ReadonlySet<string> {
  const stated = new Set<string>();
  for (const region of model.regions) {
    if (region.failure !== undefined) stated.add(region.name);
    for (const zone of region.zones) if (zone.failure !== undefined) stated.add(zone.path);
  }
  const names = model.regions.flatMap((region) => [region.name, ...region.zones.map((zone) => zone.path)]);
  return new Set(names.filter((name) => !stated.has(name)));
}

function ownOf(component: Component | undefined, unstated: ReadonlySet<string>): ReadonlySet<AssumptionCode> {
  const codes = new Set<AssumptionCode>();
  if (component === undefined) return codes;
  const note = (fact: Fact<unknown>): void => {
    if (fact.origin.kind === 'assumed') codes.add(fact.origin.assumption);
  };
  note(component.failure.unavailability);
  const inRegion = new Map<string, number>();
  const sites = component.hosts.map((host) => host.name);
  for (const placement of component.placements) {
    inRegion.set(placement.region, (inRegion.get(placement.region) ?? 0) + placement.zones.length);
    sites.push(placement.region, ...placement.zones);
    if (placement.role !== 'active' && !component.failovers.some((failover) => failover.success !== undefined))
      codes.add('failover-success');
  }
  if (sites.some((site) => unstated.has(site))) codes.add('sites-perfect');
  if ([...inRegion.values()].some((count) => count >= 2)) note(component.commonCause);
  return codes;
}
