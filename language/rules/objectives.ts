import type { Analysis } from '../analysis/analysis.js';
import type { Source } from '../model/fact.js';
import type { Component, DisruptionClass, Journey, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { closureOf } from './lookup.js';

/** Who promises to withstand a class of disruption, and where that is written. */
export interface Claim {
  readonly owner: string;
  readonly at: Source;
}

/** Everything that can carry an objective, in order of declaration: journeys last. */
export const subjects = oncePer((model: Model): readonly (Component | Journey)[] => [...model.components, ...model.journeys]);

/** Those of the {@link subjects} that promise to withstand some class. */
export const promising = oncePer((model: Model): readonly (Component | Journey)[] =>
  subjects(model).filter(({ objective }) => objective !== undefined && objective.classes.length > 0),
);

/** Whether an objective of the subject names the class. */
export function ownClaim(subject: Component | Journey, disruption: DisruptionClass): Claim | undefined {
  const found = subject.objective?.classes.find((promise) => promise.disruption === disruption);
  return found === undefined ? undefined : { owner: subject.name, at: found.source };
}

/** Classes that any objective of the model names. */
export const namedClasses = oncePer(
  (model: Model): ReadonlySet<DisruptionClass> =>
    new Set(promising(model).flatMap((subject) => subject.objective?.classes.map((promise) => promise.disruption) ?? [])),
);

/**
 * For each of the components, who asks that it withstands the class: itself, else the first subject whose hard closure holds it
 * and that `concerned` agrees to (for example because it is down with the component's site off). Components nobody asks for are absent.
 */
export function claims(
  model: Model,
  analysis: Analysis,
  disruption: DisruptionClass,
  components: readonly Component[],
  concerned: (owner: string, component: Component) => boolean,
): ReadonlyMap<string, Claim> {
  const found = new Map<string, Claim>();
  if (!namedClasses(model).has(disruption)) return found;
  const open = new Map<string, Component>();
  for (const component of components) {
    const own = ownClaim(component, disruption);
    if (own !== undefined) found.set(component.name, own);
    else open.set(component.name, component);
  }
  for (const owner of promising(model)) {
    if (open.size === 0) break;
    const claim = ownClaim(owner, disruption);
    if (claim === undefined) continue;
    const closure = closureOf(analysis, owner.name);
    const [outer, has] = closure.size < open.size ? [closure, open] : [new Set(open.keys()), closure];
    for (const name of outer) {
      const component = open.get(name);
      if (component === undefined || !has.has(name) || name === owner.name || !concerned(owner.name, component)) continue;
      found.set(name, claim);
      open.delete(name);
    }
  }
  return found;
}
