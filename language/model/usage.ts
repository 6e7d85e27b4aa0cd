/** Who uses what: callers of a component, what stands in a region, the last drill of a scenario. */
import type { Source } from './fact.js';
import type { Edge, Model } from './model.js';
import { isHard, regionOf } from './queries.js';

/** A use of a name: who uses it, and where that is written. */
export interface Use {
  readonly owner: string;
  readonly at: Source;
}

/** Components and journeys with an edge to a component or journey: those that are down without it, and those that are degraded. */
export function usesOf(model: Model, name: string): { readonly hard: readonly Use[]; readonly soft: readonly Use[] } {
  const hard: Use[] = [];
  const soft: Use[] = [];
  const look = (owner: string, edges: readonly Edge[]): void => {
    for (const edge of edges) {
      const target = edge.targets.find((each) => each.name === name);
      if (target !== undefined) (isHard(edge) ? hard : soft).push({ owner, at: target.at });
    }
  };
  for (const component of model.components) look(component.name, component.edges);
  for (const journey of model.journeys) look(journey.name, journey.edges);
  return { hard, soft };
}

/** Components with instances in a region, or that stand there without instances; where that is written. */
export function hostedIn(model: Model, region: string): readonly Use[] {
  return model.components.flatMap((component) => {
    const placement = component.placements.find((each) => each.region === region);
    const at = placement?.source ?? component.hosts.find((host) => regionOf(host.name) === region)?.at;
    return at === undefined ? [] : [{ owner: component.name, at }];
  });
}

/** The latest drill of a scenario, `YYYY-MM-DD`; undefined where there is none. */
export function lastDrillOf(model: Model, scenario: string): { readonly date: string; readonly at: Source } | undefined {
  let last: { readonly date: string; readonly at: Source } | undefined;
  for (const drill of model.drills) {
    if (drill.scenario === scenario && drill.date > (last?.date ?? '')) last = { date: drill.date, at: drill.source };
  }
  return last;
}

/** How many different owners are among uses. */
export function ownerCount(uses: readonly Use[]): number {
  return new Set(uses.map(({ owner }) => owner)).size;
}
