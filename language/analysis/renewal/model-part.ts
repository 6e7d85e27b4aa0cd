/** A part of a model that holds all that the figures of some subjects depend on: for them it is as good as the whole. */
import type { Component, Model } from '../../model/model.js';
import { servesByRegion, statesProviders } from './difference.js';

/** The model cut down to the components and journeys of these names. */
export function partOf(model: Model, needed: ReadonlySet<string>): Model {
  const inside = { ...model, components: model.components.filter(({ name }) => needed.has(name)) };
  // Two things are judged by whether anything in the model states them, wherever it stands.
  const witnesses = new Set<Component>([...witness(model, inside, statesProviders), ...witness(model, inside, servesByRegion)]);
  return {
    ...model,
    components:
      witnesses.size === 0
        ? inside.components
        : model.components.filter((component) => needed.has(component.name) || witnesses.has(component)),
    journeys: model.journeys.filter(({ name }) => needed.has(name)),
    scenarios: [],
    drills: [],
  };
}

/** A component that makes something true of the whole model which is not true of the part. */
function witness(
  whole: Model,
  part: Model,
  holds: (model: Pick<Model, 'regions' | 'components'>) => boolean,
): readonly Component[] {
  if (holds(part) || !holds(whole)) return [];
  const found = whole.components.find((component) => holds({ regions: [], components: [component] }));
  return found === undefined ? [] : [found];
}
