/** Questions about a model that every consumer asks. Each is a pure function of plain data. */
import type { Source } from './fact.js';
import type { Component, ComponentKind, Edge, Journey, Model, Placement, Region } from './model.js';
import { oncePer } from './once-per.js';

/** Line and character, both from 0, of an offset; the last line where the offset lies past the end. */
export function locate(model: Model, uri: string, offset: number): { readonly line: number; readonly character: number } {
  const starts = model.files.find((file) => file.uri === uri)?.lineStarts ?? [0];
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: Math.max(0, offset - (starts[low] ?? 0)) };
}

/** Where a source stands, for people: `shop.drml:12:3`, from 1. */
export function placeName(model: Model, source: Source): string {
  const at = locate(model, source.uri, source.start);
  return `${source.uri.slice(source.uri.lastIndexOf('/') + 1)}:${at.line + 1}:${at.character + 1}`;
}

const dataKinds: ReadonlySet<ComponentKind> = new Set(['database', 'cache', 'queue', 'bucket', 'coordinator']);

/** Whether the component keeps data: database, cache, queue, bucket or coordinator. */
export function keepsData(component: Component): boolean {
  return dataKinds.has(component.kind);
}

/**
 * Whether two primaries of it would hold what nobody can merge: it keeps data of its own. What is derived from elsewhere can be built anew,
 * and a coordinator decides by a majority of its votes.
 */
export function canSplit(component: Component): boolean {
  return keepsData(component) && component.kind !== 'coordinator' && component.rebuildsFrom === undefined;
}

/** Placements of the active side: what serves traffic while all is well. */
export const activePlacements = oncePer(({ placements }: Component): readonly Placement[] => {
  const active = placements.filter((placement) => placement.role === 'active');
  return active.length === placements.length ? placements : active;
});

/** Regions of the {@link activePlacements}. */
export const activeRegions = oncePer(
  (component: Component): ReadonlySet<string> => new Set(activePlacements(component).map(({ region }) => region)),
);

/** Whether a role has running instances that can serve after a failover without a restore: hot and warm standbys. */
export function isServingStandby(placement: Placement): boolean {
  return placement.role === 'hot-standby' || placement.role === 'warm-standby';
}

/** Instances of a placement list. */
export function instanceCount(placements: readonly Placement[]): number {
  return placements.reduce((sum, placement) => sum + placement.zones.length, 0);
}

/**
 * N of the active side: `needs N`, else ⌈peak or load / capacity⌉ for what does not replicate, else 1 (design: "What up means").
 * `from` says which of the three it was.
 */
export function requiredInstances(component: Component): { readonly count: number; readonly from: 'needs' | 'load' | 'one' } {
  if (component.needs !== undefined) return { count: component.needs.value, from: 'needs' };
  const demand = component.demand.peak ?? component.demand.load;
  const capacity = component.demand.capacity;
  if (demand !== undefined && capacity !== undefined && capacity.value > 0 && component.data.replication.length === 0) {
    return { count: Math.max(1, Math.ceil(demand.value / capacity.value)), from: 'load' };
  }
  return { count: 1, from: 'one' };
}

/** Instances of the active side that a drain must leave: what up needs, and what a quorum or a majority of votes needs. */
export function staysInDrain(component: Component): number {
  const quorum = Math.max(0, ...component.data.replication.map((replication) => replication.quorum?.value ?? 0));
  const majority = component.kind === 'coordinator' ? Math.floor(instanceCount(activePlacements(component)) / 2) + 1 : 0;
  return Math.max(requiredInstances(component).count, quorum, majority);
}

/** Whether losing two at a time could lose a quorum or the only other copy, so that each cluster lets go of one. */
export function givesUpOneAtATime(component: Component): boolean {
  return component.kind === 'coordinator' || component.data.replication.some((replication) => replication.quorum !== undefined);
}

/** The region of a site path: `cn-north` of `cn-north.a`. */
export function regionOf(site: string): string {
  const dot = site.indexOf('.');
  return dot < 0 ? site : site.slice(0, dot);
}

/** Edges without which the owner is down, `for` journeys apart: requires, consumes, and publishes that are not best effort. */
export function isHard(edge: Edge): boolean {
  return edge.kind === 'requires' || edge.kind === 'consumes' || (edge.kind === 'publishes' && !edge.bestEffort);
}

/** The edges of a component or journey that are {@link isHard}. */
export const hardEdges = oncePer(({ edges }: Component | Journey): readonly Edge[] => edges.filter(isHard));

/** Index of the regions by name. */
export const regionsByName = oncePer(
  (model: Model): ReadonlyMap<string, Region> => new Map(model.regions.map((region) => [region.name, region])),
);

/** Components and journeys by name. */
export const subjectsByName = oncePer(
  (model: Model): ReadonlyMap<string, Component | Journey> =>
    new Map<string, Component | Journey>([...model.components, ...model.journeys].map((subject) => [subject.name, subject])),
);

/** Index of the components by name. */
export const componentsByName = oncePer(
  (model: Model): ReadonlyMap<string, Component> => new Map(model.components.map((component) => [component.name, component])),
);
