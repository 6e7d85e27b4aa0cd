/** What many rules look up in one model, computed once a model and kept as long as the model lives. */
import type { Analysis } from '../analysis/analysis.js';
import type { Component, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { componentsByName } from '../model/queries.js';

interface ModelLookup {
  readonly components: ReadonlyMap<string, Component>;
  readonly buckets: readonly Component[];
  /** Names of regions, components and journeys, which share one name space. */
  readonly names: ReadonlySet<string>;
  /** Components with an edge to the component, in order of declaration. */
  readonly callers: ReadonlyMap<string, readonly Component[]>;
}

/** Names of what a component has edges to, each once. */
const calledBy = oncePer(
  ({ edges }: Component): ReadonlySet<string> => new Set(edges.flatMap((edge) => edge.targets.map((each) => each.name))),
);

const closures = new WeakMap<Analysis, Map<string, ReadonlySet<string>>>();

const callersIn = oncePer((model: Model): ModelLookup['callers'] => {
  const callers = new Map<string, Component[]>();
  for (const component of model.components) {
    for (const target of calledBy(component)) {
      const list = callers.get(target);
      if (list === undefined) callers.set(target, [component]);
      else list.push(component);
    }
  }
  return callers;
});

const namesIn = oncePer(
  (model: Model): ModelLookup['names'] =>
    new Set([...model.regions, ...model.components, ...model.journeys].map((named) => named.name)),
);

const bucketsIn = oncePer((model: Model): ModelLookup['buckets'] => model.components.filter(({ kind }) => kind === 'bucket'));

/** The lookup of a model. Most of it only fixes ask for. */
export const lookup = oncePer(
  (model: Model): ModelLookup => ({
    components: componentsByName(model),
    get buckets() {
      return bucketsIn(model);
    },
    get names() {
      return namesIn(model);
    },
    get callers() {
      return callersIn(model);
    },
  }),
);

/** {@link Analysis.hardClosure}, asked once a subject. */
export function closureOf(analysis: Analysis, subject: string): ReadonlySet<string> {
  let known = closures.get(analysis);
  if (known === undefined) {
    known = new Map();
    closures.set(analysis, known);
  }
  const before = known.get(subject);
  if (before !== undefined) return before;
  const closure = analysis.hardClosure(subject);
  known.set(subject, closure);
  return closure;
}
