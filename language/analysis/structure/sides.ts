/**
 * How the instances of a component form sides, quorums and votes. One reading of "what up means" for every figure: the evaluator, the
 * probability engine and recovery all take it from here.
 */
import type { Component, Placement, Replication, Role } from '../../model/model.js';
import { oncePer } from '../../model/once-per.js';
import { regionOf, requiredInstances } from '../../model/queries.js';

/** One instance. `index` counts over all placements in order; `zone` is a zone path, or the region's name where it has no zones. */
export interface Instance {
  readonly index: number;
  readonly zone: string;
  readonly region: string;
  readonly role: Role;
  readonly placement: Placement;
}

/** At least `need` of the instances `members` (indexes) must be up. */
export interface Majority {
  readonly members: readonly number[];
  readonly need: number;
}

/** The active side, or the standby side of one region. */
export interface Side extends Majority {
  readonly name: string;
  /** Quorums and votes its copies belong to; each must hold as well. */
  readonly holds: readonly Majority[];
}

/** A statement `replicates sync` with the copies it speaks of. `quorum` undefined: the author did not say. */
export interface SyncGroup {
  readonly statement: Replication;
  readonly members: readonly number[];
  readonly quorum: number | undefined;
}

export interface Sides {
  readonly active: Side;
  readonly standbys: readonly Side[];
}

/** All instances of the component, in order of declaration. Asked for all the time, hence kept as long as the component is. */
export const instancesOf = oncePer((component: Component): readonly Instance[] => {
  const result: Instance[] = [];
  for (const placement of component.placements) {
    for (const zone of placement.zones) {
      result.push({ index: result.length, zone, region: placement.region, role: placement.role, placement });
    }
  }
  return result;
});

/** Whether a zone path lies in a site, which is a region or a zone. */
export function liesIn(zone: string, site: string): boolean {
  return zone === site || regionOf(zone) === site;
}

/** Roles whose instances hold data while all is well. A cold standby's come from a backup, a witness has none. */
export function holdsData(role: Role): boolean {
  return role !== 'witness' && role !== 'cold-standby';
}

/** Whether a statement `replicates async` speaks of the site. */
function isAsynchronous(component: Component, instance: Instance): boolean {
  return component.data.replication.some(
    (statement) =>
      statement.mode === 'async' &&
      (statement.region === undefined ? instance.role !== 'active' : liesIn(instance.zone, statement.region)),
  );
}

/** The copies each `replicates sync` speaks of: those in its site; with `to`, those there and the active ones; without a site, all that no `async` names. */
export function syncGroups(component: Component): readonly SyncGroup[] {
  const instances = instancesOf(component).filter((instance) => holdsData(instance.role));
  return component.data.replication
    .filter((statement) => statement.mode === 'sync')
    .map((statement) => {
      const site = statement.region;
      const members = instances.filter((instance) => {
        if (site === undefined) return !isAsynchronous(component, instance);
        if (liesIn(instance.zone, site)) return true;
        return statement.scope === 'to' && instance.role === 'active';
      });
      return {
        statement,
        members: members.map((instance) => instance.index),
        quorum: (statement.shrinksTo ?? statement.quorum)?.value,
      };
    });
}

/**
 * The votes of a coordinator, or of a store with witnesses: its synchronous copies and its witnesses. Where no statement says what is
 * synchronous, every copy that no `async` names. Undefined for everything else.
 */
export function votesOf(component: Component): Majority | undefined {
  const instances = instancesOf(component);
  const witnesses = instances.filter((instance) => instance.role === 'witness');
  if (component.kind !== 'coordinator' && witnesses.length === 0) return undefined;
  const groups = syncGroups(component);
  const copies = new Set(groups.flatMap((group) => group.members));
  if (groups.length === 0) {
    for (const instance of instances) {
      const asynchronous = instance.role !== 'active' && isAsynchronous(component, instance);
      if (holdsData(instance.role) && !asynchronous) copies.add(instance.index);
    }
  }
  for (const witness of witnesses) copies.add(witness.index);
  if (copies.size === 0) return undefined;
  const members = [...copies].sort((a, b) => a - b);
  return { members, need: Math.floor(members.length / 2) + 1 };
}

/**
 * The active side and the standby sides (hot and warm, one a region, in order of declaration). A quorum or vote binds the sides whose
 * own copies belong to it: an asynchronous standby is no member, so a promotion does not wait for the copies that were lost.
 */
export const sidesOf = oncePer((component: Component): Sides => {
  const instances = instancesOf(component);
  const required = requiredInstances(component).count;
  const binding: Majority[] = [];
  for (const group of syncGroups(component)) {
    if (group.quorum !== undefined) binding.push({ members: group.members, need: group.quorum });
  }
  const votes = votesOf(component);
  if (votes !== undefined) binding.push(votes);
  const side = (name: string, members: readonly number[], need: number): Side => {
    const own = new Set(members);
    return { name, members, need, holds: binding.filter((majority) => majority.members.some((member) => own.has(member))) };
  };
  const active = instances.filter((instance) => instance.role === 'active').map((instance) => instance.index);
  const standbys = new Map<string, number[]>();
  for (const instance of instances) {
    if (instance.role !== 'hot-standby' && instance.role !== 'warm-standby') continue;
    const members = standbys.get(instance.region);
    if (members === undefined) standbys.set(instance.region, [instance.index]);
    else members.push(instance.index);
  }
  return {
    active: side('active', active, required),
    standbys: [...standbys].map(([region, members]) => {
      const stated = component.needsIn.find((entry) => regionOf(entry.region) === region)?.count.value;
      return side(region, members, stated ?? Math.min(required, members.length));
    }),
  };
});
