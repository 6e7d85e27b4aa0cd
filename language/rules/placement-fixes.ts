import type { Edit } from '../edit/edit.js';
import type { Component, Model, Placement, Region, Role } from '../model/model.js';
import { activePlacements, instanceCount, requiredInstances } from '../model/queries.js';
import { type Apart, anotherRegion } from './another-region.js';
import type { Fix } from './rule.js';
import { counted, spokenList } from './wording.js';

const roleWords: { readonly [role in Role]: string } = {
  active: '',
  'hot-standby': ' as hot standby',
  'warm-standby': ' as warm standby',
  'cold-standby': ' as cold standby',
  'pilot-light': ' as pilot light',
  witness: ' as witness',
};

/** Whether a majority decides: coordinators, and stores that write to a quorum. An even number of votes buys nothing there. */
export function needsMajority(component: Component): boolean {
  return component.kind === 'coordinator' || component.data.replication.some((replication) => replication.quorum !== undefined);
}

/** Instances that stand the loss of one: k + 1, at least `least`, odd where a majority decides. */
export function sparedCount(component: Component, least: number): number {
  const count = Math.max(least, requiredInstances(component).count + 1);
  return needsMajority(component) ? Math.max(3, count % 2 === 0 ? count + 1 : count) : count;
}

/** Least number of instances, at least those that stand now, that leaves `needed` of them when the fullest of `zones` zones fails. */
export function countOverZones(now: number, needed: number, zones: number): number {
  let count = Math.max(now, 2);
  while (count - Math.ceil(count / zones) < needed) count += 1;
  return count;
}

/** Sets the count of a `runs` statement, leaving the rest of it alone; undefined where the count is not written there. */
export function countFix(component: Component, placement: Placement, count: number, effect = ''): Fix | undefined {
  const origin = placement.count.origin;
  if (origin.kind !== 'stated') return undefined;
  return {
    title: `Run ${counted(count, 'instance')} of ${component.name} in ${placement.region}${effect}`,
    edits: [{ kind: 'set-value', at: origin.at, after: 'runs', text: `${count}` }],
    safe: false,
  };
}

/** Replaces a whole `runs` statement. */
export function placementEdit(placement: Placement, count: number, site: string): Edit {
  return { kind: 'replace', at: placement.source, text: runsStatement(count, site, placement.role) };
}

/** `runs 3 in cn-south as hot standby`. */
export function runsStatement(count: number, site: string, role: Role): string {
  return `runs ${count} in ${site}${roleWords[role]}`;
}

/**
 * Spreads the instances that stand in one zone over all zones of its region, with as many as it takes to lose one.
 * Undefined where the region has no second zone.
 */
export function spreadOverZonesFix(component: Component, region: Region | undefined): Fix | undefined {
  const active = activePlacements(component);
  const first = active[0];
  if (region === undefined || region.zones.length < 2 || first === undefined || active.length > 1) return undefined;
  const needed = needsMajority(component) ? 2 : requiredInstances(component).count;
  const count = countOverZones(instanceCount(active), needed, region.zones.length);
  const odd = needsMajority(component) && count % 2 === 0 ? count + 1 : count;
  return {
    title: `Run ${counted(odd, 'instance')} of ${component.name} over the zones of ${region.name}`,
    edits: [placementEdit(first, odd, region.name)],
    safe: false,
  };
}

/**
 * Adds instances in another region, declaring one where the model has no other: active ones for what keeps no state; a hot standby that is
 * replicated to for a store. Undefined for what runs nowhere.
 */
export function otherRegionFix(component: Component, model: Model, used: ReadonlySet<string>, apart?: Apart): Fix | undefined {
  return otherRegionFixes([component], model, used, apart);
}

/** As {@link otherRegionFix}, for several components at once and in one region; undefined where it is no remedy for one of them. */
export function otherRegionFixes(
  components: readonly Component[],
  model: Model,
  used: ReadonlySet<string>,
  apart?: Apart,
): Fix | undefined {
  const other = components.length === 0 ? undefined : anotherRegion(components, model, used, apart);
  if (other === undefined) return undefined;
  const parts = components.map((component) => elsewhere(component, other.name));
  const whole = parts.filter((part) => part !== undefined);
  const [only] = components;
  if (whole.length < parts.length || only === undefined) return undefined;
  const title =
    components.length === 1
      ? titleElsewhere(only, other.said)
      : `Run ${spokenList(components.map(({ name }) => name))} in ${other.said}, too`;
  return { title, edits: [...whole.flat(), ...other.edits], safe: false };
}

/** What a component gets in a region where it has nothing; undefined for what runs nowhere. */
function elsewhere(component: Component, region: string): readonly Edit[] | undefined {
  const last = component.hosts.at(-1);
  if (component.placements.length === 0 && last !== undefined) {
    return [{ kind: 'replace', at: { uri: last.at.uri, start: last.at.end, end: last.at.end }, text: `, ${region}` }];
  }
  if (activePlacements(component).length === 0) return undefined;
  const statements = [runsStatement(countElsewhere(component), region, isStore(component) ? 'hot-standby' : 'active')];
  if (component.kind === 'database' || component.kind === 'queue') statements.push(`replicates async to ${region}`);
  return statements.map((text) => ({ kind: 'add-statement', block: component.source, text }));
}

function titleElsewhere(component: Component, region: string): string {
  if (component.placements.length === 0) return `Let ${component.name} stand in ${region}, too`;
  const role = isStore(component) ? ' as hot standby' : '';
  return `Run ${counted(countElsewhere(component), 'instance')} of ${component.name} in ${region}${role}`;
}

function countElsewhere(component: Component): number {
  return isStore(component) ? 1 : Math.max(requiredInstances(component).count, 1);
}

function isStore({ kind }: Component): boolean {
  return kind === 'database' || kind === 'cache' || kind === 'queue' || kind === 'coordinator';
}
