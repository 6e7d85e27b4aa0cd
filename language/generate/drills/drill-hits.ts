/** What a scenario takes of each cluster: the pods of a cluster, of a zone, or of one component. */
import type { Source } from '../../model/fact.js';
import type { FailedTarget, Scenario } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';
import type { Overlay } from '../overlays.js';
import { outsideFaults } from './fault-route.js';
import { cutLink } from './network-chaos.js';

/** Pods that a drill takes in one cluster. */
export interface Hit {
  readonly overlay: Overlay;
  /** Absent: in every zone. */
  readonly zone?: { readonly path: string; readonly platformId: string };
  /** Absent: of every component. */
  readonly store?: Deployed;
  /** So many of them; absent: all. */
  readonly count?: number;
  /** Seconds; absent: the scenario does not say. */
  readonly duration: number | undefined;
  readonly source: Source;
}

/** The hits of a scenario, in its order. What no experiment can take is reported. */
export function drillHits(context: Context, scenario: Scenario): readonly Hit[] {
  return scenario.fails.flatMap((failing) =>
    failing.targets.flatMap((target) =>
      hitsOf(context, scenario, target).map((hit) => ({ ...hit, duration: failing.duration?.value })),
    ),
  );
}

function hitsOf(context: Context, scenario: Scenario, target: FailedTarget): readonly Omit<Hit, 'duration'>[] {
  const { model } = context;
  switch (target.kind) {
    case 'site':
      return siteHits(context, target.site, target.source);
    case 'component':
      return componentHits(context, scenario, target);
    case 'provider':
    case 'account': {
      const { kind, name, source } = target;
      return model.regions
        .filter(({ fate }) => fate[kind]?.value === name)
        .flatMap((region) => siteHits(context, region.name, source));
    }
    case 'building': {
      const { name, source } = target;
      const sites = model.regions.flatMap((region) => [
        ...(region.fate.buildings.some(({ value }) => value === name) ? [region.name] : []),
        ...region.zones.filter(({ fate }) => fate.buildings.some(({ value }) => value === name)).map(({ path }) => path),
      ]);
      return sites.flatMap((site) => siteHits(context, site, source));
    }
    case 'link':
      if (cutLink(context, target) !== undefined) return [];
      context.report({
        kind: 'left-out',
        message: `Scenario ${scenario.name}: no experiment cuts the link ${target.a} to ${target.b}; do it in the network.`,
        source: target.source,
      });
      return [];
  }
}

/** All pods of a region's clusters, or those on the nodes of a zone. */
function siteHits(context: Context, site: string, source: Source): readonly Omit<Hit, 'duration'>[] {
  return context.overlays.flatMap((overlay): readonly Omit<Hit, 'duration'>[] => {
    if (overlay.region.name === site) return [{ overlay, source }];
    const zone = overlay.zones.find(({ path }) => path === site);
    if (zone === undefined) return [];
    if (zone.platformId === undefined) {
      context.report({
        kind: 'missing',
        message: `A drill cannot find the nodes of ${site}, since the zone has no platform name. Write \`id "…"\` in the zone.`,
        source: zone.nameSource,
      });
      return [];
    }
    return [{ overlay, zone: { path: site, platformId: zone.platformId.value }, source }];
  });
}

function componentHits(
  context: Context,
  scenario: Scenario,
  { component, count, site, source }: Extract<FailedTarget, { kind: 'component' }>,
): readonly Omit<Hit, 'duration'>[] {
  const store = context.deployed.get(component);
  if (store === undefined) {
    const outside = context.components.get(component);
    // What somebody else runs fails for its callers, by their routes.
    if (outside !== undefined && outsideFaults(context, outside, scenario.name).length > 0) return [];
    context.report({
      kind: 'left-out',
      component,
      message: `Scenario ${scenario.name}: the pods of ${component} are not generated, so no experiment takes them.`,
      source,
    });
    return [];
  }
  const places = site === undefined ? context.overlays.map((overlay) => ({ overlay, source })) : siteHits(context, site, source);
  return places
    .filter(({ overlay }) => overlay.residents.has(component))
    .map((place) => ({ ...place, store, ...(count === undefined ? {} : { count: count.value }) }));
}
