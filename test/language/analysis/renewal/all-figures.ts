/** Everything that an analysis answers, as plain data, and the comparison of two answers. */
import type { Analysis } from '../../../../language/analysis/analysis.js';
import { explain } from '../../../../language/analysis/explanations.js';

/** All figures of an analysis with their terms, places and explanations. */
export function allFigures(analysis: Analysis): unknown {
  const { model } = analysis;
  const sites = model.regions.flatMap((region) => [region.name, ...region.zones.map((zone) => zone.path)]);
  const of = (name: string): unknown => {
    const availability = analysis.availability(name);
    const recovery = [...analysis.recovery(name).values()];
    return {
      availability,
      points: analysis.singlePoints(name),
      fate: analysis.sharedFate(name),
      outages: analysis.outages(name),
      contributions: analysis.contributions(name),
      cutSets: analysis.cutSets(name),
      recovery: recovery.map((each) => ({ ...each, perSite: each.perSite, caughtUp: each.caughtUp })),
      closure: [...analysis.hardClosure(name)],
      explained: Object.values(availability ?? {}).map((figure) => explain(figure)),
      explainedRecovery: recovery.flatMap(({ rto, rpo }) => [explain(rto), explain(rpo)]),
    };
  };
  return JSON.parse(
    JSON.stringify(
      {
        subjects: [...model.components, ...model.journeys, { name: 'nobody' }].map(({ name }) => [name, of(name)]),
        sites: sites.map((site) => [site, [...analysis.downWithout(site)]]),
        drills: analysis.drills(),
        report: analysis.report(),
      },
      (_, value: unknown) => {
        if (value instanceof Map) return [...value];
        return typeof value === 'bigint' || value === Number.POSITIVE_INFINITY ? String(value) : value;
      },
    ),
  );
}

/**
 * Where two answers differ, as a path with both values; undefined where they do not. Sums may be taken in another order: numbers count
 * as equal to 11 digits.
 */
export function difference(found: unknown, expected: unknown, path = ''): string | undefined {
  if (typeof found === 'number' && typeof expected === 'number') {
    const apart = Math.abs(found - expected);
    return apart <= 1e-11 * Math.max(Math.abs(found), Math.abs(expected)) ? undefined : `${path}: ${found} and ${expected}`;
  }
  if (typeof found !== 'object' || typeof expected !== 'object' || found === null || expected === null)
    return found === expected ? undefined : `${path}: ${JSON.stringify(found)} and ${JSON.stringify(expected)}`;
  const keys = new Set([...Object.keys(found), ...Object.keys(expected)]);
  for (const key of keys) {
    const apart = difference(Reflect.get(found, key), Reflect.get(expected, key), `${path}/${key}`);
    if (apart !== undefined) return apart;
  }
  return undefined;
}
