/** What every emitter needs to know, worked out once per generation. */
import { type Source, sourceOf } from '../model/fact.js';
import type { GenerationProblem } from '../model/generation-problem.js';
import type { Component, Edge, Model } from '../model/model.js';
import { optional } from '../model/optional.js';
import { componentsByName, locate } from '../model/queries.js';
import { type EntryGap, type EntryPlan, type EntryPods, entryGap, entryPlan } from './entry/entry-plan.js';
import { type GateName, gates, hasGate } from './gates.js';
import { type Names, namesOf } from './names.js';
import { type Overlay, overlaysOf } from './overlays.js';
import { type OwnFiles, ownManifestFiles } from './own/own-files.js';
import { type OwnManifest, ownManifestOf } from './own/own-manifest.js';
import { type Workload, workloadOf } from './workload.js';

/** A component that gets a workload. */
export interface Deployed {
  readonly component: Component;
  readonly workload: Workload;
  /** Its name on the platform. */
  readonly name: string;
  /** Of a gateway with an entry: whose pods those are; absent of anything else. */
  readonly pods?: EntryPods;
  /** The user's own manifest of it, over which patches are laid; absent where DRML writes the whole workload. */
  readonly own?: OwnManifest;
}

/** A gateway's entry. */
export interface StatedEntry {
  readonly component: Component;
  readonly plan: EntryPlan;
  readonly gap: EntryGap | undefined;
}

/** An edge seen from its target. */
export interface Incoming {
  readonly from: Component;
  readonly edge: Edge;
}

export interface Context {
  readonly model: Model;
  readonly names: Names;
  /** Components with a workload, by the model's name, in the order of names. */
  readonly deployed: ReadonlyMap<string, Deployed>;
  readonly overlays: readonly Overlay[];
  /** Edges that point at a component, by its name, sorted by the name they come from. */
  readonly incoming: ReadonlyMap<string, readonly Incoming[]>;
  /** All components by name. */
  readonly components: ReadonlyMap<string, Component>;
  /** Names of the components a gateway routes to. */
  readonly routed: ReadonlySet<string>;
  /** Gateways with pods of their own, by the name of what they route to. */
  readonly routedFrom: ReadonlyMap<string, readonly Deployed[]>;
  /** Gateways with a stated entry, by name, and what keeps it from being written. */
  readonly entries: ReadonlyMap<string, StatedEntry>;
  /** Whether the model runs in an Istio mesh. */
  readonly istio: boolean;
  /** Whether the model runs in a Linkerd mesh. */
  readonly linkerd: boolean;
  /** Whether every stated version has the field. */
  has(gate: GateName): boolean;
  /** Notes something missing or left out; the same note twice is one. */
  report(problem: GenerationProblem): void;
  readonly problems: ReadonlyMap<string, GenerationProblem>;
}

/**
 * Works out what is deployed where. Order of declaration of components has no influence.
 * @param ownFiles what a host has found of the files that components name as their own manifests
 */
export function contextOf(model: Model, ownFiles: OwnFiles): Context {
  const problems = new Map<string, GenerationProblem>();
  const report = (problem: GenerationProblem): void => {
    problems.set(`${problem.component ?? ''}\0${problem.message}`, problem);
  };
  const names = namesOf(model);
  const own = new Map(ownManifestFiles(model).map((file) => [file.component, file] as const));
  const deployed = new Map<string, Deployed>();
  const entries = new Map<string, StatedEntry>();
  for (const [name, component] of [...componentsByName(model)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const plan = entryPlan(model, component);
    if (plan !== undefined) entries.set(name, { component, plan, gap: entryGap(model, component, plan) });
    const named = own.get(name);
    if (named !== undefined && component.placements.length > 0) {
      const manifest = ownManifestOf(component, names.component(name), named, ownFiles, report);
      if (manifest === undefined) continue;
      deployed.set(name, { component, workload: manifest.kind, name: names.component(name), own: manifest });
      continue;
    }
    const workload = workloadOf(component, report, plan?.pods);
    if (workload === undefined) continue;
    deployed.set(name, { component, workload, name: names.component(name), ...optional('pods', plan?.pods) });
  }
  reportRenamed(model, names, deployed, report);
  const incoming = new Map<string, Incoming[]>();
  const routed = new Set<string>();
  const routedFrom = new Map<string, readonly Deployed[]>();
  for (const [, from] of [...componentsByName(model)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const gateway = deployed.get(from.name);
    for (const { target } of from.deployment.routes) {
      if (!target.resolved) continue;
      routed.add(target.name);
      if (gateway !== undefined) routedFrom.set(target.name, [...(routedFrom.get(target.name) ?? []), gateway]);
    }
    for (const edge of from.edges) {
      for (const name of new Set(edge.targets.filter((target) => target.resolved).map((target) => target.name))) {
        const list = incoming.get(name);
        if (list === undefined) incoming.set(name, [{ from, edge }]);
        else list.push({ from, edge });
      }
    }
  }
  const { mesh } = model.settings;
  const gatesOpen = new Map((Object.keys(gates) as GateName[]).map((name) => [name, hasGate(model, name)]));
  return {
    model,
    names,
    deployed,
    components: componentsByName(model),
    incoming,
    routed,
    routedFrom,
    entries,
    overlays: overlaysOf(
      model,
      names,
      [...deployed.values()].map((entry) => entry.component),
      report,
    ),
    istio: mesh?.value.name === 'istio',
    linkerd: mesh?.value.name === 'linkerd',
    has: (gate) => gatesOpen.get(gate) ?? false,
    report,
    problems,
  };
}

/** A name the platform refuses is written otherwise; whoever looks for it there has to know. */
function reportRenamed(
  model: Model,
  names: Names,
  deployed: ReadonlyMap<string, Deployed>,
  report: (problem: GenerationProblem) => void,
): void {
  const stated = model.settings.namespace;
  if (stated !== undefined && stated.value !== names.namespace) {
    report({
      kind: 'missing',
      message: `"${stated.value}" is no name of a namespace; ${names.namespace} is written. Use up to 63 small letters, digits and hyphens.`,
      source: sourceOf(stated) ?? { uri: model.root, start: 0, end: 0 },
    });
  }
  for (const { component, name } of deployed.values()) {
    if (component.name === name) continue;
    report({
      kind: 'missing',
      component: component.name,
      message: `${component.name} is called ${name} on the platform, which takes up to 52 small letters, digits and hyphens.`,
      source: component.nameSource,
    });
  }
}

/** A place for people and annotations, relative to the root's folder so that it is the same on every machine: `shop.drml#L42`. */
export function sourceName(model: Model, source: Source): string {
  return `${relativeFile(model, source.uri)}#L${locate(model, source.uri, source.start).line + 1}`;
}

/** The file of a URI, relative to the folder of the model's root. */
export function relativeFile(model: Model, uri: string): string {
  const folder = model.root.split('/').slice(0, -1);
  const file = uri.split('/');
  let shared = 0;
  while (shared < folder.length && shared < file.length - 1 && folder[shared] === file[shared]) shared += 1;
  const path = [...folder.slice(shared).map(() => '..'), ...file.slice(shared)].join('/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
