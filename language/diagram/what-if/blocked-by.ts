/** Whom something that is down waits for, in the words of its own statements. */
import type { Model } from '../../model/model.js';
import { componentsByName, hardEdges, subjectsByName } from '../../model/queries.js';

/**
 * The analysis names the nearest thing that fell, `required`. Where that is another than `name` states, because it requires something in the
 * same region, it is what `name` states and is down. Where a journey's requirement works for everybody else, it is the nearest thing below
 * that is down for them, too. Undefined where nothing below is down as a whole.
 */
export function blockedBy(model: Model, name: string, required: string, isUp: (name: string) => boolean): string | undefined {
  const components = componentsByName(model);
  const own = subjectsByName(model).get(name);
  const stated = own === undefined ? [] : hardEdges(own).flatMap(({ targets }) => targets.map((target) => target.name));
  if (!stated.includes(required)) return stated.find((each) => !isUp(each)) ?? (isUp(required) ? undefined : required);
  const seen = new Set([required]);
  for (const below of seen) {
    if (!isUp(below)) return below;
    const component = components.get(below);
    if (component === undefined) continue;
    for (const { journeys, targets } of hardEdges(component)) {
      if (journeys.length > 0 && !journeys.some((each) => each.name === name)) continue;
      for (const target of targets) seen.add(target.name);
    }
  }
  return undefined;
}
