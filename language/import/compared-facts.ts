/** The facts of a component that manifests and a model both state, in a form that can be compared. */
import { durationText, percentText } from '../analysis/figure-text.js';
import type { Probe } from '../model/deployment.js';
import type { Fact, Source } from '../model/fact.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Edge } from '../model/model.js';
import { activePlacements, requiredInstances } from '../model/queries.js';
import type { FactKey } from './statement-keys.js';

/** A fact: what it says in words, and the same as a text that is equal where the facts are. */
export interface ComparedFact {
  readonly shown: string;
  readonly value: string;
  readonly source: Source;
}

/** Facts of a component by what they are about. Edges by `calls NAME`. */
export function comparedFacts(component: Component): ReadonlyMap<FactKey, ComparedFact> {
  const { deployment, demand, evictsAfter } = component;
  const facts = new Map<FactKey, ComparedFact>();
  const add = (key: FactKey, shown: string | undefined, source: Source | undefined, value = shown): void => {
    if (shown !== undefined && value !== undefined && source !== undefined) facts.set(key, { shown, value, source });
  };
  const stated = <T>(key: FactKey, fact: Fact<T> | undefined, text: (value: T) => string): void => {
    if (fact !== undefined) add(key, text(fact.value), sourceOf(fact));
  };
  stated('image', deployment.image, String);
  for (const port of deployment.ports) {
    const target = port.target ?? port.number;
    add(`port ${port.number}`, `${port.protocol} to ${target}`, port.source);
  }
  const range = (from: Fact<number> | undefined, to: Fact<number> | undefined, unit: string): string | undefined =>
    from === undefined ? undefined : `${from.value}${to === undefined ? '' : ` to ${to.value}`} ${unit}`;
  add('cpu', range(demand.cpu, demand.cpuLimit, 'cores'), demand.cpu && sourceOf(demand.cpu));
  add('memory', range(demand.memory, demand.memoryLimit, 'bytes'), demand.memory && sourceOf(demand.memory));
  // Where no port speaks HTTP a probe asks the port, whatever path a policy names; liveness that asks what readiness asks is not written.
  const hasPaths = deployment.ports.some(({ protocol }) => protocol === 'http');
  const asked = (probe: Probe | undefined): string =>
    hasPaths && probe?.path !== undefined ? JSON.stringify(probe.path.value) : '';
  const readiness = deployment.probes.find(({ kind }) => kind === 'readiness');
  for (const probe of deployment.probes) {
    if (probe.kind === 'liveness' && readiness !== undefined && asked(probe) === asked(readiness)) continue;
    const parts = [
      ...(asked(probe) === '' ? [] : [asked(probe)]),
      // Kubernetes' own times hold where none are stated.
      `every ${durationText(probe.every?.value ?? 10)}`,
      `failures ${probe.failures?.value ?? 3}`,
      `timeout ${durationText(probe.timeout?.value ?? 1)}`,
    ];
    add(`probe ${probe.kind}`, parts.join(' '), probe.source);
  }
  stated('grace', deployment.grace, durationText);
  stated('evicts', evictsAfter, durationText);
  const { scales, repeats } = deployment;
  if (scales !== undefined) {
    const at = scales.utilisation === undefined ? '' : ` at ${percentText(scales.utilisation.value)}`;
    add('scales', `to ${scales.max.value}${at}`, scales.source);
  }
  if (repeats !== undefined) {
    add('repeats', `every ${durationText(repeats.every.value)}`, repeats.source);
    add('repeats at', repeats.at, repeats.source);
  }
  const active = activePlacements(component);
  if (active[0] !== undefined) add('needs', String(requiredInstances(component).count), active[0].source);
  return facts;
}

/** Instances of a component in one region. */
export interface ComparedPresence {
  readonly count: number;
  readonly role: string;
  /** Zones by their own names, sorted; empty where the region has none. */
  readonly zones: readonly string[];
  readonly source: Source;
}

/** Where a component runs, by region; several placements in one region count together. */
export function comparedPresences(component: Component): ReadonlyMap<string, ComparedPresence> {
  const presences = new Map<string, ComparedPresence>();
  for (const { region, role, zones, source, count } of component.placements) {
    const known = presences.get(region);
    const own = zones.filter((zone) => zone !== region).map((zone) => zone.slice(region.length + 1));
    presences.set(region, {
      count: (known?.count ?? 0) + count.value,
      role: known === undefined || known.role === 'active' ? (known?.role ?? role) : role,
      zones: [...new Set([...(known?.zones ?? []), ...own])].sort(),
      source: known?.source ?? source,
    });
  }
  return presences;
}

/** How calls to one target are limited: the longest timeout and its retries. */
export interface ComparedCall {
  readonly timeout?: Fact<number>;
  readonly retries?: NonNullable<Edge['retries']>;
  readonly source: Source;
}

/** Calls of a component by target. Routes of a gateway are calls as well. */
export function comparedCalls(component: Component): ReadonlyMap<string, ComparedCall> {
  const calls = new Map<string, ComparedCall>();
  for (const edge of component.edges) {
    for (const { name } of edge.targets) {
      const known = calls.get(name);
      const isLonger = known === undefined || (edge.timeout?.value ?? 0) > (known.timeout?.value ?? 0);
      if (!isLonger) continue;
      const { timeout, retries, source } = edge;
      calls.set(name, { source, ...(timeout === undefined ? {} : { timeout }), ...(retries === undefined ? {} : { retries }) });
    }
  }
  for (const { target, source } of component.deployment.routes) if (!calls.has(target.name)) calls.set(target.name, { source });
  return calls;
}
