/** Losses of sites that are to be withstood and leave too little capacity: what DR015, DR016 and DR018 judge, each its own part. */
import type { Analysis } from '../analysis/analysis.js';
import type { CapacityLoss, ComponentCapacity } from '../analysis/capacity/capacity-figures.js';
import { demandOf } from '../analysis/capacity/demand.js';
import { instancesFor } from '../analysis/capacity/site-headroom.js';
import { quantityText } from '../analysis/figure-text.js';
import { instancesOf, liesIn } from '../analysis/structure/sides.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { Component, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { capacityFixes } from './capacity-fixes.js';
import { placeCause, spareCause } from './causes.js';
import { type Claim, claims, namedClasses } from './objectives.js';
import type { Fix, RawFinding, RuleContext } from './rule.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { spokenList } from './wording.js';

/** A component that asked-for losses of sites overload. */
export interface Overloaded {
  readonly component: Component;
  /** Instances that the peak (or load) takes. */
  readonly needed: number;
  readonly demand: Fact<number>;
  readonly capacity: Fact<number>;
  readonly losses: readonly AskedLoss[];
  /** What it is part of: where further instances would stand. */
  readonly model: Model;
}

/** One such loss: somebody is left, and the survivors as placed do not carry the load. */
export interface AskedLoss extends CapacityLoss {
  readonly site: string;
  /** Who asks, where it is an objective; else it is the tier. */
  readonly claim: Claim | undefined;
  /** Automatic scaling carries the load in the end. */
  readonly scalingReaches: boolean;
}

const kept = new WeakMap<Analysis, readonly Overloaded[]>();

/**
 * Components that a site's loss overloads, in order of declaration. A zone's loss counts where an objective names zone-loss or the tier is
 * 0 or 1, a region's where an objective names region-loss. Where nobody is left, or nothing that carried load is lost, others speak.
 */
export function overloaded(context: RuleContext): readonly Overloaded[] {
  const known = kept.get(context.analysis);
  if (known !== undefined) return known;
  const found = judged(context);
  kept.set(context.analysis, found);
  return found;
}

const lossesLeavingTooFew = oncePer(({ losses, serving }: ComponentCapacity): readonly CapacityLoss[] =>
  losses.filter(
    ({ kind, survivors, carriedBy, utilisation }) =>
      (kind === 'zone' || kind === 'region') &&
      survivors > 0 &&
      (survivors < serving || carriedBy !== 'active') &&
      utilisation.verdict?.met === false,
  ),
);

function judged({ model, analysis }: RuleContext): readonly Overloaded[] {
  const classes = namedClasses(model);
  const named = classes.has('zone-loss') || classes.has('region-loss');
  const tiers = effectiveTiers(model);
  const all = model.components.flatMap((component) => {
    const topTier = isTopTier(tiers.get(component.name));
    const demand = demandOf(component);
    const { capacity } = component.demand;
    if (!(topTier || named) || component.kind === 'job' || demand === undefined || capacity === undefined) return [];
    if (capacity.value <= 0 || component.data.replication.length > 0) return [];
    if (isSurelyEnough(component)) return [];
    const figures = analysis.capacity(component.name);
    if (figures?.kind !== 'component') return [];
    const losses = lossesLeavingTooFew(figures);
    return losses.length === 0 ? [] : [{ component, topTier, demand, capacity, losses }];
  });
  if (all.length === 0) return [];
  const components = all.map(({ component }) => component);
  const asking = {
    zone: claims(model, analysis, 'zone-loss', components, () => true),
    region: claims(model, analysis, 'region-loss', components, () => true),
  };
  return all.flatMap(({ component, topTier, demand, capacity, losses }) => {
    const asked = losses.flatMap((loss): readonly AskedLoss[] => {
      if (loss.site === undefined || (loss.kind !== 'zone' && loss.kind !== 'region')) return [];
      const claim = asking[loss.kind].get(component.name);
      if (claim === undefined && !(topTier && loss.kind === 'zone')) return [];
      return [{ ...loss, site: loss.site, claim, scalingReaches: loss.scaledUtilisation?.verdict?.met === true }];
    });
    if (asked.length === 0) return [];
    return [{ component, needed: instancesFor(demand.value, capacity.value), demand, capacity, losses: asked, model }];
  });
}

/**
 * Whether the instances alone show that no zone and no region leaves some, but too few: nothing stands by, and none waits for its own
 * region's. It spares the figures of most components.
 */
const isSurelyEnough = oncePer((component: Component): boolean => {
  const demand = demandOf(component);
  const { capacity } = component.demand;
  if (demand === undefined || capacity === undefined) return false;
  const needed = instancesFor(demand.value, capacity.value);
  if (component.edges.some(({ sameRegion }) => sameRegion)) return false;
  if (component.placements.some(({ role }) => role !== 'active')) return false;
  const instances = instancesOf(component);
  const sites = new Set(instances.flatMap(({ zone, region }) => [zone, region]));
  return [...sites].every((site) => {
    const left = instances.filter(({ zone }) => !liesIn(zone, site)).length;
    return left === 0 || left >= needed;
  });
});

/** `2 of the 4 instances of orders are left and carry 200/s of the peak of 400/s`, of one loss. */
export function shortfall({ component, needed, demand, capacity }: Overloaded, { survivors }: AskedLoss): string {
  const word = demand === component.demand.peak ? 'peak' : 'load';
  const are = survivors === 1 ? 'is' : 'are';
  return `${survivors} of the ${needed} instances that ${component.name} needs ${are} left and ${
    survivors === 1 ? 'carries' : 'carry'
  } ${quantityText(survivors * capacity.value, 'per-second')} of the ${word} of ${quantityText(demand.value, 'per-second')}`;
}

/** Why the loss is to be withstood: `orders is tier 1`, `checkout names zone-loss`. */
export function askedBy({ component }: Overloaded, { kind, claim }: AskedLoss, { model }: RuleContext): string {
  if (claim !== undefined) return `${claim.owner} names ${kind}-loss`;
  return `${component.name} is tier ${effectiveTiers(model).get(component.name) ?? 0}`;
}

/** ` The same holds for each of a and b.`, where there are several. */
export function alike(losses: readonly AskedLoss[]): string {
  return losses.length < 2 ? '' : ` The same holds for each of ${spokenList(losses.map(({ site }) => site))}.`;
}

/** What a finding about some losses of a component has, whichever rule tells it. */
export function capacityFinding(
  overload: Overloaded,
  losses: readonly AskedLoss[],
  fixes: readonly Fix[],
): Omit<RawFinding, 'message'> | undefined {
  const { component, demand, capacity } = overload;
  const [first] = component.placements.filter((placement) => placement.role === 'active');
  if (first === undefined) return undefined;
  const word = demand === component.demand.peak ? 'peak' : 'load';
  const { scales } = component.deployment;
  const promised = [
    ...new Map(losses.flatMap(({ claim, kind }) => (claim === undefined ? [] : ([[kind, claim]] as const)))).entries(),
  ];
  const facts = [
    { message: `The ${word} is ${quantityText(demand.value, 'per-second')}.`, at: sourceOf(demand) },
    { message: `One instance carries ${quantityText(capacity.value, 'per-second')}.`, at: sourceOf(capacity) },
    { message: `It scales to ${scales?.max.value} at each site.`, at: scales?.source },
    ...promised.map(([kind, claim]) => ({ message: `${claim.owner} promises to withstand ${kind}-loss.`, at: claim.at })),
  ];
  return {
    at: first.source,
    related: facts.flatMap(({ message, at }) => (at === undefined ? [] : [{ message, at }])),
    fixes: [...capacityFixes(overload), ...fixes],
    subject: component.name,
    causes: [
      ...losses.map(({ site }) => placeCause(component.name, site)),
      ...(losses.some(({ kind }) => kind === 'zone') ? [spareCause(component.name)] : []),
    ],
  };
}
