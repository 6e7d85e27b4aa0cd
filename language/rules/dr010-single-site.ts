import { demandOf } from '../analysis/capacity/demand.js';
import { instancesFor } from '../analysis/capacity/site-headroom.js';
import type { Component, DisruptionClass, Region } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { instanceCount, regionsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause, placeCause } from './causes.js';
import { type Claim, claims } from './objectives.js';
import { otherRegionFix } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { zoneSpreadFixes } from './zone-spread-fixes.js';

type SiteClass = Extract<DisruptionClass, 'zone-loss' | 'region-loss'>;

/** DR010: all instances stand in one site of a class that somebody promises to withstand. */
export const singleSite: Rule = {
  code: 'DR010',
  name: 'single-site',
  title: 'All instances in one place',
  severity: 'warning',
  subsumes: ['DR002', 'DR006', 'DR012', 'DR052'],
  docs: {
    what: 'All instances of a component stand in one zone, where an objective names zone-loss, or in one region, where one names region-loss: its own objective, or that of a journey or component whose hard closure holds it and which is down with that site off. An error then. On tier 0 or 1 one zone is a warning without any objective, and an error where two or more instances must stand, carry the load or agree, since the same loss of a part of them is one (DR012, DR015), or where a standby stands there as well (DR006); of a single instance DR001 speaks. Witnesses are no instances; a region without zones has no zone to lose.',
    why: 'Three replicas in one zone are one power supply, one network and one building. Sources: AWS Well-Architected REL10-BP01; Azure Proactive Resiliency Library (zones of AKS); the outages of Roblox in 2021 and NIRS in 2025.',
    how: 'Spread the instances over the zones of the region, or run some in a second region. Active instances in both regions need no `failover`.',
    bad: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north.a
  objective { zone-loss { rto 1m } }
}
`,
    good: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north
  objective { zone-loss { rto 1m } }
}
`,
  },
  check(context) {
    return [...oneZone(context), ...oneRegion(context)];
  },
};

const onlyZone = oncePer((component: Component): string | undefined => {
  const [site, second] = workingSites(component);
  return site?.includes('.') && second === undefined ? site : undefined;
});

const onlyRegion = oncePer((component: Component): string | undefined => {
  const [region, second] = regionsOf(workingSites(component));
  return second === undefined ? region : undefined;
});

function oneZone(context: RuleContext): readonly RawFinding[] {
  const { model, analysis } = context;
  const regions = regionsByName(model);
  const tiers = effectiveTiers(model);
  const zoned = model.components.flatMap((component) => {
    const site = onlyZone(component);
    return site === undefined ? [] : [{ component, site }];
  });
  const siteOf = new Map(zoned.map(({ component, site }) => [component.name, site]));
  const asked = askedFor(context, 'zone-loss', zoned, siteOf);
  return zoned.flatMap(({ component, site }) => {
    const claim = asked.get(component.name);
    const tier = tiers.get(component.name);
    // One instance without an objective is DR001's finding: more of them come first, and then they are spread.
    if (claim === undefined && (!isTopTier(tier) || instancesOf(component) === 1)) return [];
    const region = regions.get(regionsOf([site])[0] ?? '');
    return [
      finding(component, site, claim, tier, 'zone-loss', [...zoneFixes(component, region, context)], analysis.asOf, context),
    ];
  });
}

function oneRegion(context: RuleContext): readonly RawFinding[] {
  const { model, analysis } = context;
  const candidates = model.components.flatMap((component) => {
    const site = onlyRegion(component);
    return site === undefined ? [] : [{ component, site }];
  });
  const siteOf = new Map(candidates.map(({ component, site }) => [component.name, site]));
  const asked = askedFor(context, 'region-loss', candidates, siteOf);
  return candidates.flatMap(({ component, site }) => {
    const claim = asked.get(component.name);
    if (claim === undefined) return [];
    return [
      finding(component, site, claim, undefined, 'region-loss', regionFixes(component, site, context), analysis.asOf, context),
    ];
  });
}

function askedFor(
  { model, analysis }: RuleContext,
  disruption: SiteClass,
  candidates: readonly { readonly component: Component }[],
  siteOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, Claim> {
  const components = candidates.map(({ component }) => component);
  const down = new Map<string, ReadonlySet<string>>();
  return claims(model, analysis, disruption, components, (owner, component) => {
    const site = siteOf.get(component.name);
    if (site === undefined) return false;
    const off = down.get(site) ?? analysis.downWithout(site);
    down.set(site, off);
    return off.has(owner);
  });
}

function finding(
  component: Component,
  site: string,
  claim: Claim | undefined,
  tier: number | undefined,
  disruption: SiteClass,
  fixes: readonly Fix[],
  asOf: string,
  { model }: RuleContext,
): RawFinding {
  const first = component.placements.find((placement) => placement.role !== 'witness');
  const instances = instancesOf(component);
  const all =
    instances === 0
      ? component.name
      : `${instances === 1 ? 'The only instance' : instances === 2 ? 'Both instances' : `All ${instances} instances`} of ${component.name}`;
  const stands = instances > 1 ? 'stand' : 'stands';
  const asks =
    claim === undefined
      ? `it is tier ${tier}`
      : claim.owner === component.name
        ? `its objective names ${disruption}`
        : `${claim.owner}, which is down without it, names ${disruption}`;
  const remedy = disruption === 'zone-loss' ? 'Spread over a second zone' : 'Run some in a second region';
  return {
    severity: claim === undefined && !takesSeveral(component) ? 'warning' : 'error',
    message: `${all} ${stands} in ${site}, and ${asks}. ${remedy}.`,
    at: first?.source ?? component.hosts[0]?.at ?? component.nameSource,
    related: claim === undefined ? [] : [{ message: `${claim.owner} promises to withstand ${disruption}.`, at: claim.at }],
    fixes: [...fixes, acceptFix('DR010', component, model, asOf)],
    subject: component.name,
    causes: [componentCause(component.name), placeCause(component.name, site)],
  };
}

/** Whether one instance does not carry the load (or peak). What must stand beside that, and votes, DR012 sees. */
function takesSeveral(component: Component): boolean {
  const wanted = demandOf(component);
  const { capacity } = component.demand;
  if (wanted === undefined || capacity === undefined || capacity.value <= 0 || component.data.replication.length > 0)
    return false;
  return instancesFor(wanted.value, capacity.value) > 1;
}

/** Instances apart from witnesses; 0 for what has no `runs`. */
function instancesOf(component: Component): number {
  return instanceCount(component.placements.filter((placement) => placement.role !== 'witness'));
}

function zoneFixes(component: Component, region: Region | undefined, context: RuleContext): readonly Fix[] {
  const spread = zoneSpreadFixes(component, context.model);
  if (spread.length > 0) return spread;
  const [host] = component.hosts;
  if (component.placements.length === 0 && host !== undefined && region !== undefined && region.zones.length > 1) {
    return [
      {
        title: `Let ${component.name} stand in all of ${region.name}`,
        edits: [{ kind: 'replace', at: host.at, text: region.name }],
        safe: false,
      },
    ];
  }
  return region === undefined ? [] : regionFixes(component, region.name, context);
}

function regionFixes(component: Component, site: string, { model }: RuleContext): readonly Fix[] {
  const added = otherRegionFix(component, model, new Set([site]));
  return added === undefined ? [] : [added];
}
