/** What is switched off, as a scenario that the analysis can answer. */
import type { Source } from '../../model/fact.js';
import type { Component, Edge, Journey, Model, Scenario } from '../../model/model.js';
import type { FailedTarget } from '../../model/scenario.js';
import type { Switch, Switches } from './switches.js';

/** A model and what fails in it. */
export interface TriedScenario {
  /** The model itself; where a dependency is cut, one in which each cut is a thing of its own that can be off. */
  readonly model: Model;
  readonly scenario: Scenario;
  /** What is only imagined, by name: whom it stands for. */
  readonly cuts: ReadonlyMap<string, { readonly from: string; readonly to: string }>;
  /** What of the wish the model has. */
  readonly switches: Switches;
}

const nowhere: Source = { uri: '', start: 0, end: 0 };

/** What the model does not have (any more) is left out, so that a what-if outlives edits of the text. */
export function triedScenario(model: Model, wish: Switches): TriedScenario {
  const known = wish.off.filter((each) => isKnown(model, each));
  const base = wish.scenario === undefined ? undefined : model.scenarios.find((each) => each.name === wish.scenario);
  const cuts = new Map<string, { readonly from: string; readonly to: string }>();
  for (const each of known) {
    // The arrow cannot be part of a name that is written.
    if (each.kind === 'dependency') cuts.set(switchedDependency(each), { from: each.from, to: each.to });
  }
  const targets: readonly FailedTarget[] = known.map((each) => targetOf(each));
  const own = targets.length === 0 ? [] : [{ targets, source: nowhere }];
  const scenario: Scenario = {
    ...(base ?? {
      name: '',
      source: nowhere,
      nameSource: nowhere,
      fails: [],
      corrupts: [],
      deletes: [],
      expects: [],
      accepts: [],
    }),
    fails: [...(base?.fails ?? []), ...own],
  };
  return {
    model: cuts.size === 0 ? model : withCuts(model, cuts),
    scenario,
    cuts,
    switches: { ...(base === undefined ? {} : { scenario: base.name }), off: known },
  };
}

function isKnown(model: Model, each: Switch): boolean {
  const component = (name: string): Component | undefined => model.components.find((one) => one.name === name);
  switch (each.kind) {
    case 'site':
      return model.regions.some((region) => region.name === each.site || region.zones.some((zone) => zone.path === each.site));
    case 'component':
      return component(each.component) !== undefined;
    case 'replica':
      return component(each.component)?.placements.some((placement) => placement.zones.includes(each.site)) === true;
    case 'dependency': {
      const owner = component(each.from) ?? model.journeys.find((journey) => journey.name === each.from);
      return owner?.edges.some((edge) => edge.targets.some((target) => target.name === each.to)) === true;
    }
  }
}

function targetOf(each: Switch): FailedTarget {
  switch (each.kind) {
    case 'site':
      return { kind: 'site', site: each.site, source: nowhere };
    case 'component':
      return { kind: 'component', component: each.component, source: nowhere };
    case 'replica':
      return {
        kind: 'component',
        component: each.component,
        site: each.site,
        count: { value: each.count, origin: { kind: 'stated', at: nowhere } },
        source: nowhere,
      };
    case 'dependency':
      return { kind: 'component', component: switchedDependency(each), source: nowhere };
  }
}

function switchedDependency({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} → ${to}`;
}

/** The model with a thing of its own between each pair that is cut: it requires the callee, and the caller depends on it. */
function withCuts(model: Model, cuts: TriedScenario['cuts']): Model {
  const rewired = (owner: Component | Journey): readonly Edge[] =>
    owner.edges.map((edge) => ({
      ...edge,
      targets: edge.targets.map((target) => {
        const name = switchedDependency({ from: owner.name, to: target.name });
        return cuts.has(name) ? { ...target, name } : target;
      }),
    }));
  const between = [...cuts].map(([name, { to }]): Component => imagined(name, to));
  return {
    ...model,
    components: [...model.components.map((component) => ({ ...component, edges: rewired(component) })), ...between],
    journeys: model.journeys.map((journey) => ({ ...journey, edges: rewired(journey) })),
  };
}

function imagined(name: string, to: string): Component {
  const all: Edge['quantifier'] = { kind: 'all' };
  return {
    kind: 'external',
    name,
    source: nowhere,
    nameSource: nowhere,
    placements: [],
    hosts: [],
    failure: { unavailability: { value: 0, origin: { kind: 'stated', at: nowhere } } },
    commonCause: { value: 0, origin: { kind: 'stated', at: nowhere } },
    needsIn: [],
    edges: [
      {
        kind: 'requires',
        quantifier: all,
        targets: [{ name: to, at: nowhere, resolved: true }],
        source: nowhere,
        journeys: [],
        sameRegion: false,
        bestEffort: false,
      },
    ],
    recoversAfter: [],
    agreesWith: [],
    provides: [],
    demand: {},
    deployment: { ports: [], routes: [], probes: [], mounts: [] },
    data: { replication: [], residency: [], backups: [] },
    failovers: [],
    fate: { buildings: [] },
    costs: [],
    accepts: [],
    follows: [],
  };
}
