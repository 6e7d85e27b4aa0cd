/** What two models of the same design differ in, found by identity: what says the same is the same object in both. */
import type { Component, Edge, Journey, Model } from '../../model/model.js';

/**
 * Names of the components and journeys of which a figure may have changed at the root: added, removed, changed, or called otherwise.
 * Undefined where the difference is one that any figure may depend on: sites, links, settings, the order of declaration.
 */
export function changedBetween(before: Model, after: Model): ReadonlySet<string> | undefined {
  if (before.settings !== after.settings || !sameItems(before.regions, after.regions) || !sameItems(before.links, after.links))
    return undefined;
  if (statesProviders(before) !== statesProviders(after) || servesByRegion(before) !== servesByRegion(after)) return undefined;
  const changed = new Set<string>();
  const note = (name: string, one: Component | Journey | undefined, other: Component | Journey | undefined): void => {
    changed.add(name);
    for (const edge of differing(one?.edges ?? [], other?.edges ?? []))
      for (const target of edge.targets) changed.add(target.name);
  };
  for (const [old, now] of [
    [before.components, after.components],
    [before.journeys, after.journeys],
  ] as const) {
    if (sameItems(old, now)) continue;
    if (sameNames(old, now)) {
      for (const [index, one] of old.entries()) {
        const other = now[index];
        if (other !== undefined && one !== other) note(one.name, one, other);
      }
      continue;
    }
    const former = new Map<string, Component | Journey>(old.map((subject) => [subject.name, subject]));
    const present = new Map<string, Component | Journey>(now.map((subject) => [subject.name, subject]));
    const stayed = old.filter(({ name }) => present.has(name));
    const staying = now.filter(({ name }) => former.has(name));
    if (stayed.some(({ name }, index) => staying[index]?.name !== name)) return undefined;
    for (const name of new Set([...former.keys(), ...present.keys()])) {
      const [one, other] = [former.get(name), present.get(name)];
      if (one !== other) note(name, one, other);
    }
  }
  return changed;
}

/** Of these names those of which calls may go otherwise: another kind, place, promise or edge. What they carry and how they fail is no matter. */
export function calledOtherwise(names: Iterable<string>, before: Subjects, after: Subjects): readonly string[] {
  return [...names].filter((name) => {
    const [one, other] = [before.get(name), after.get(name)];
    if (one === other) return false;
    if (one === undefined || other === undefined || one.objective !== other.objective) return true;
    if (differing(one.edges, other.edges).length > 0 || one.edges.length !== other.edges.length) return true;
    if (!('kind' in one) || !('kind' in other)) return true;
    return one.kind !== other.kind || one.placements !== other.placements || one.hosts !== other.hosts;
  });
}

type Subjects = ReadonlyMap<string, Component | Journey>;

/** Edges that only one of two lists has. */
function differing(before: readonly Edge[], after: readonly Edge[]): readonly Edge[] {
  return [...before.filter((edge) => !after.includes(edge)), ...after.filter((edge) => !before.includes(edge))];
}

/** Whether any provider is stated at all: where none is, nobody can know what the loss of one takes. */
export function statesProviders(model: Pick<Model, 'regions' | 'components'>): boolean {
  return (
    model.regions.some(
      ({ fate, zones }) => fate.provider !== undefined || zones.some((zone) => zone.fate.provider !== undefined),
    ) || model.components.some((component) => component.fate.provider !== undefined)
  );
}

/** Whether anything is required in the same region: then losses travel by region. */
export function servesByRegion(model: Pick<Model, 'components'>): boolean {
  return model.components.some((component) => component.edges.some((edge) => edge.sameRegion));
}

/** The same names in the same order. */
export function sameNames(before: readonly { readonly name: string }[], after: readonly { readonly name: string }[]): boolean {
  return before.length === after.length && before.every(({ name }, index) => name === after[index]?.name);
}

function sameItems(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}
