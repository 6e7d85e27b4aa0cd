import type { Analysis, SinglePoint } from '../analysis/analysis.js';
import { downtimeText } from '../analysis/figure-text.js';
import type { Journey, Model } from '../model/model.js';
import { isAccepted } from './acceptance.js';
import { componentCause, placeCause, siteCause, soleCause } from './causes.js';
import { type DomainPoint, domainPoints } from './domain-points.js';
import { closureOf, lookup } from './lookup.js';
import { ownClaim } from './objectives.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { boundTo, type PointKind, type PointOfFailure, spofFixes } from './spof-fixes.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { spokenList, spokenShare } from './wording.js';

/** DR002: one event alone takes a journey down. */
export const spofCutSet: Rule = {
  code: 'DR002',
  name: 'spof-cut-set',
  title: 'Single point of failure',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A minimal cut of order one of a journey: one component (or one instance of it), zone, region, provider or account whose loss alone takes the journey down. Shared fate, such as a common cause, is listed with the figures and is none. An error for a component or zone on a journey of tier 0 or 1, and for a region, provider or account where an objective of the journey or of its closure names that class; else a warning. A provider or account is judged where it is stated, and stays silent where a region of it, or an account of the provider, is a single point already; so does a region whose only zone is one, and a region, provider or account from whose loss the journey promises to be back in time and is. Where an objective names its class it is told all the same. Where rules about placement speak of every component that a site takes down, they say it, and DR007 where it speaks of a provider or account whose loss no objective names.',
    why: 'The journey is never more available than this one thing, and one maintenance window of it is an outage. Sources: AWS Well-Architected REL10 and REL11; fault tree analysis; the outage of Roblox in 2021.',
    how: 'Run more instances in other zones, require `any of` two, make the edge soft (`wants`), or write that the risk is taken.',
    bad: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires search
}
external search { availability 99.9% }

journey buy tier 1 { requires orders }
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south
  wants search
}
external search { availability 99.9% }

journey buy tier 1 { requires orders }
`,
  },
  check(context) {
    const points = new Map<string, Found>();
    for (const journey of context.model.journeys) {
      for (const point of smallestOf(
        [...context.analysis.singlePoints(journey.name), ...domainPoints(journey, context)],
        journey,
        context,
      ))
        collect(points, journey, point, context);
    }
    return [...points.values()].map((found) => finding(found, context));
  },
};

/**
 * Leaves out what is a single point only because something in it is: a region with one zone, the provider of an account. Where an
 * objective names the class, it is told all the same.
 */
function smallestOf(
  points: readonly (SinglePoint | DomainPoint)[],
  journey: Journey,
  context: RuleContext,
): readonly (SinglePoint | DomainPoint)[] {
  const zones = new Set(points.flatMap(({ event }) => (event.kind === 'zone' ? [event.name] : [])));
  const hasAccount = points.some(({ event }) => event.kind === 'account');
  return points.filter(({ event }) => {
    if (
      event.kind !== 'component' &&
      event.kind !== 'shared-fate' &&
      event.kind !== 'zone' &&
      isPromised(event.kind, journey, context)
    )
      return false;
    if (event.kind === 'provider') return !hasAccount || isNamed('provider-loss', journey, context);
    if (event.kind !== 'region') return true;
    const inside = context.model.regions.find(({ name }) => name === event.name)?.zones ?? [];
    const [only, second] = inside;
    const isOneZone = only !== undefined && second === undefined && zones.has(only.path);
    return !isOneZone || isNamed('region-loss', journey, context);
  });
}

/** Whether the journey promises when it is back from the loss, and is: being down so long is what was agreed. */
function isPromised(kind: 'region' | 'provider' | 'account', journey: Journey, { analysis }: RuleContext): boolean {
  if (ownClaim(journey, `${kind}-loss`) === undefined) return false;
  return analysis.recovery(journey.name).get(`${kind}-loss`)?.rto.verdict?.met === true;
}

interface Found {
  readonly point: PointOfFailure;
  readonly journeys: Journey[];
  /** Unavailability and its share of the journey's, by instance; one entry for what has no instances. */
  readonly costs: Map<string, { readonly unavailability: number; readonly share: number }>;
}

/** Gathers the events of all journeys: one event is one finding, apart for each journey that takes the risk on purpose. */
function collect(
  points: Map<string, Found>,
  journey: Journey,
  { event, unavailability, share }: SinglePoint | DomainPoint,
  { analysis }: RuleContext,
): void {
  if (event.kind === 'shared-fate') return;
  const accepting = isAccepted('DR002', journey.accepts, analysis.asOf) ? journey : undefined;
  const key = `${event.kind} ${event.name} ${accepting?.name ?? ''}`;
  const point: PointOfFailure = { kind: event.kind, name: event.name, source: event.source, accepting };
  const found: Found = points.get(key) ?? { point, journeys: [], costs: new Map() };
  points.set(key, found);
  if (!found.journeys.includes(journey)) found.journeys.push(journey);
  const instance = event.kind === 'component' ? (event.instance ?? '') : '';
  const before = found.costs.get(instance);
  found.costs.set(instance, {
    unavailability: Math.max(before?.unavailability ?? 0, unavailability),
    share: Math.max(before?.share ?? 0, share ?? 0),
  });
}

function finding(found: Found, context: RuleContext): RawFinding {
  const { point } = found;
  // By name, so that nothing depends on the order of declaration.
  const journeys = [...found.journeys].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = spokenList(journeys.map((journey) => journey.name));
  const domain = point.kind === 'provider' || point.kind === 'account' ? `The ${point.kind} ${point.name}` : point.name;
  const subject = found.costs.size > 1 ? `Each of ${found.costs.size} instances of ${point.name}` : domain;
  return {
    severity: severityOf(point.kind, journeys, context),
    message: `${subject} is a single point of failure of ${names}.${cost(found)}${boundThere(found, context)} ${remedy(point, context.model)}`,
    at: placeOf(point, context.model),
    related: journeys
      .slice(0, 8)
      .map((journey) => ({ message: `${journey.name} is down without ${point.name}.`, at: journey.nameSource })),
    fixes: spofFixes(point, journeys, context),
    subject: point.accepting?.name ?? point.name,
    ...causesOf(found, context),
  };
}

/** What the event takes, of the journey it takes most from. */
function cost(found: Found): string {
  const costs = [...found.costs.values()];
  const unavailability = costs.reduce((sum, each) => sum + each.unavailability, 0);
  const share = Math.min(
    1,
    costs.reduce((sum, each) => sum + each.share, 0),
  );
  if (unavailability <= 0) return '';
  return ` It costs ${downtimeText(unavailability)}${share > 0 ? `, ${spokenShare(share)} of the downtime` : ''}.`;
}

/** For a site: what stands there and not enough elsewhere. */
function boundThere({ point, journeys }: Found, { model, analysis }: RuleContext): string {
  if (point.kind !== 'zone' && point.kind !== 'region') return '';
  const bound = boundThroughout(point.name, journeys, model, analysis);
  return bound.length === 0 ? '' : ` Without it too little is left of ${spokenList(bound)}.`;
}

/** Names of the components of the journeys of which too little stands outside the site. */
function boundThroughout(site: string, journeys: readonly Journey[], model: Model, analysis: Analysis): readonly string[] {
  const closure = new Set(journeys.flatMap((journey) => [...closureOf(analysis, journey.name)]));
  return model.components
    .filter((component) => closure.has(component.name) && boundTo(component, site))
    .map((component) => component.name)
    .sort();
}

/** The event itself; of a site also what it takes of each component that is bound to it, which other rules speak of at its line. */
function causesOf({ point, journeys }: Found, context: RuleContext): Pick<RawFinding, 'causes' | 'parts'> {
  switch (point.kind) {
    case 'component':
      return { causes: [componentCause(point.name)] };
    case 'zone':
    case 'region': {
      const bound = boundThroughout(point.name, journeys, context.model, context.analysis);
      return { causes: [siteCause(point.name)], parts: bound.map((name) => placeCause(name, point.name)) };
    }
    case 'provider':
    case 'account': {
      const kind: 'provider' | 'account' = point.kind;
      const isPromised = journeys.some((journey) => isNamed(`${kind}-loss`, journey, context));
      return { causes: [siteCause(point.name), ...(isPromised ? [] : [soleCause(kind, point.name)])] };
    }
  }
}

function severityOf(kind: PointKind, journeys: readonly Journey[], context: RuleContext): 'error' | 'warning' {
  switch (kind) {
    case 'component':
    case 'zone': {
      const tiers = effectiveTiers(context.model);
      return journeys.some((journey) => isTopTier(tiers.get(journey.name))) ? 'error' : 'warning';
    }
    case 'region':
    case 'provider':
    case 'account':
      return journeys.some((journey) => isNamed(`${kind}-loss`, journey, context)) ? 'error' : 'warning';
  }
}

/** Whether an objective of the journey, or of what it cannot do without, names the class. */
function isNamed(
  disruption: 'region-loss' | 'provider-loss' | 'account-loss',
  journey: Journey,
  { model, analysis }: RuleContext,
): boolean {
  if (ownClaim(journey, disruption) !== undefined) return true;
  const { components } = lookup(model);
  for (const name of closureOf(analysis, journey.name)) {
    const component = components.get(name);
    if (component !== undefined && ownClaim(component, disruption) !== undefined) return true;
  }
  return false;
}

function remedy({ kind, name }: PointOfFailure, model: Model): string {
  switch (kind) {
    case 'component': {
      const runs = (lookup(model).components.get(name)?.placements.length ?? 0) > 0;
      return `Add ${runs ? 'an instance or an alternative' : 'an alternative'}, make its edges soft (\`wants\`), or accept the risk.`;
    }
    case 'zone':
      return 'Spread what stands in it, or accept the risk.';
    case 'region':
      return 'Run in a second region, or accept the risk.';
    case 'provider':
    case 'account':
      return `Run under a second ${kind}, or accept the risk.`;
  }
}

/** The name of the thing: the smallest range that tells. */
function placeOf(point: PointOfFailure, model: Model): RawFinding['at'] {
  switch (point.kind) {
    case 'component':
      return lookup(model).components.get(point.name)?.nameSource ?? point.source;
    case 'region':
      return model.regions.find((region) => region.name === point.name)?.nameSource ?? point.source;
    case 'zone':
      return model.regions.flatMap((region) => region.zones).find((zone) => zone.path === point.name)?.nameSource ?? point.source;
    case 'provider':
    case 'account':
      return point.source;
  }
}
