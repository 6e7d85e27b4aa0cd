import { percentText } from '../analysis/figure-text.js';
import { instancesOf } from '../analysis/structure/sides.js';
import { missedMajority, standingSide } from '../analysis/structure/standing.js';
import { sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { activePlacements, instanceCount, requiredInstances } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { placeCause, spareCause } from './causes.js';
import { type Claim, claims } from './objectives.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { workingSites, zoneAt } from './sites.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { counted, spokenList } from './wording.js';
import { sharedBuildings, type ZoneLoss, zoneLossesOf } from './zone-losses.js';
import { zoneSpreadFixes } from './zone-spread-fixes.js';

/** Promised availability from which a zone that takes the component down is an error whatever the tier. */
const strictAvailability = 0.999;

/** DR012: several instances in several zones, and one zone takes more of them than can be spared. */
export const zoneLossBelowK: Rule = {
  code: 'DR012',
  name: 'zone-loss-below-k',
  title: 'One zone takes too many instances',
  severity: 'warning',
  subsumes: ['DR002', 'DR003'],
  docs: {
    what: 'A component runs two or more instances, standbys included, and there is a zone, or a building with several zones, with which off neither its active side nor a standby has as many instances as must stand (`needs`, load over capacity, quorums and votes). An error where an objective names zone-loss (its own, or that of a journey or component whose hard closure holds it and which is down with that zone off), with an availability objective of its own of 99.9 % or more, and on tier 0 or 1; else a warning. Where one instance more or less decides, and nobody asks for more, DR003 speaks; where all stand in one zone and one of them would do, DR010. Jobs are left out.',
    why: 'Two of three over two zones are worse than two of three in one: the zone with two instances is a single point of failure, and the other zone can take nothing over. Sources: the arithmetic of k of n over shared sites; AWS Well-Architected REL10-BP01 and REL11-BP05.',
    how: 'Spread the instances evenly over one zone more, or run so many that any zone may go.',
    bad: `region north { zones a, b }

service orders tier 1 {
  runs 3 in north
  needs 2
}
`,
    good: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north
  needs 2
}
`,
  },
  check(context) {
    const found = context.model.components.flatMap((component) => fellBy(component, context) ?? []);
    if (found.length === 0) return [];
    const asked = askedFor(found, context);
    return found.flatMap((fall) => finding(fall, asked.get(fall.component.name), context) ?? []);
  },
};

/** A component with the losses that take it down. */
interface Fall {
  readonly component: Component;
  readonly losses: readonly ZoneLoss[];
}

function fellBy(component: Component, { model }: RuleContext): Fall | undefined {
  const working = component.placements.filter((placement) => placement.role !== 'witness');
  if (component.kind === 'job' || instanceCount(working) < 2) return undefined;
  const { count } = requiredInstances(component);
  const simple = component.kind !== 'coordinator' && component.data.replication.length === 0;
  const sites = workingSites(component);
  if (count === 1 && simple && (sites.length === 1 || sharedBuildings(model).length === 0)) return undefined;
  if (standingSide(component, () => false) === undefined) return undefined;
  const losses = zoneLossesOf(component, model).filter(
    ({ zones }) => standingSide(component, ({ zone }) => zones.has(zone)) === undefined,
  );
  // A building adds nothing where one of its zones alone takes the component down.
  const told = losses.filter(
    (loss) => loss.zones.size === 1 || !losses.some((other) => other.zones.size === 1 && contains(loss, other)),
  );
  const oneOfOne = sites.length === 1 && count === 1;
  return told.length === 0 || oneOfOne ? undefined : { component, losses: told };
}

function contains(loss: ZoneLoss, other: ZoneLoss): boolean {
  return [...other.zones].every((zone) => loss.zones.has(zone));
}

/** Who asks that the component survives the loss of a zone. */
function askedFor(found: readonly Fall[], { model, analysis }: RuleContext): ReadonlyMap<string, Claim> {
  const lossesOf = new Map(found.map(({ component, losses }) => [component.name, losses]));
  const down = new Map<string, ReadonlySet<string>>();
  const isDown = (owner: string, { name, zones }: ZoneLoss): boolean => {
    if (zones.size > 1) return analysis.recovery(owner).get('zone-loss')?.perSite.get(name)?.survives === false;
    const off = down.get(name) ?? analysis.downWithout(name);
    down.set(name, off);
    return off.has(owner);
  };
  const components = found.map(({ component }) => component);
  return claims(model, analysis, 'zone-loss', components, (owner, component) =>
    (lossesOf.get(component.name) ?? []).some((loss) => isDown(owner, loss)),
  );
}

function finding({ component, losses }: Fall, claim: Claim | undefined, context: RuleContext): RawFinding | undefined {
  const { model, analysis } = context;
  const [worst] = losses;
  const [place] = activePlacements(component);
  if (worst === undefined || place === undefined) return undefined;
  const reason = reasonOf(component, claim, context);
  // Where any one instance is too many to lose, that is the cause, and DR003 tells it; a promise about zones asks for more.
  if (reason === undefined && spareless(component)) return undefined;
  const fixes = zoneSpreadFixes(component, model);
  const named = spokenList(losses.map(({ name }) => name));
  return {
    severity: reason === undefined ? 'warning' : 'error',
    message: `With ${worst.name} off, ${shortage(component, worst)}${reason === undefined ? '' : `, and ${reason}`}.${
      losses.length > 1 ? ` So it is with each of ${named}.` : ''
    } Spread over another zone, or run more.`,
    at: place.source,
    related: relatedFacts(component, losses, claim, context),
    fixes: [...fixes, acceptFix('DR012', component, model, analysis.asOf)],
    subject: component.name,
    causes: [
      ...losses.map(({ name }) => placeCause(component.name, name)),
      ...(spareless(component) ? [spareCause(component.name)] : []),
    ],
  };
}

function reasonOf(component: Component, claim: Claim | undefined, { model }: RuleContext): string | undefined {
  if (claim !== undefined)
    return claim.owner === component.name
      ? 'its objective names zone-loss'
      : `${claim.owner}, which is down without it, names zone-loss`;
  const promised = component.objective?.availability;
  if (promised !== undefined && promised.value >= strictAvailability - 1e-12)
    return `its objective is ${percentText(promised.value)}`;
  const tier = effectiveTiers(model).get(component.name);
  return isTopTier(tier) ? `it is tier ${tier}` : undefined;
}

/** Whether the loss of some one active instance takes the component down already. */
function spareless(component: Component): boolean {
  return instancesOf(component).some(
    (lost) => lost.role === 'active' && standingSide(component, (instance) => instance === lost) === undefined,
  );
}

/** `1 of 3 instances of orders is left and 2 must stand`. */
function shortage(component: Component, { zones }: ZoneLoss): string {
  const missed = missedMajority(component, ({ zone }) => zones.has(zone));
  const all = instanceCount(activePlacements(component));
  if (missed === undefined) return `too little of ${component.name} is left`;
  const { left, majority, ofItself } = missed;
  const stands = left === 1 ? 'is' : 'are';
  if (ofItself)
    return `${left} of ${counted(all, 'instance')} of ${component.name} ${stands} left and ${majority.need} must stand`;
  return `${left} of ${counted(majority.members.length, 'vote')} of ${component.name} ${stands} left and ${majority.need} must agree`;
}

function relatedFacts(
  component: Component,
  losses: readonly ZoneLoss[],
  claim: Claim | undefined,
  { model }: RuleContext,
): RawFinding['related'] {
  const needsAt = component.needs === undefined ? undefined : sourceOf(component.needs);
  const zones = [...new Set(losses.flatMap((loss) => [...loss.zones]))].flatMap((path) => zoneAt(model, path) ?? []);
  return [
    ...(claim === undefined ? [] : [{ message: `${claim.owner} promises to withstand zone-loss.`, at: claim.at }]),
    ...(component.needs === undefined || needsAt === undefined
      ? []
      : [{ message: `${component.needs.value} must stand.`, at: needsAt }]),
    ...zones.slice(0, 4).map((zone) => ({ message: `${zone.path} is one failure domain.`, at: zone.nameSource })),
  ];
}
