import { missedMajority } from '../analysis/structure/standing.js';
import { sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { activePlacements, instanceCount } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { placeCause, spareCause } from './causes.js';
import type { Claim } from './objectives.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { zoneAt } from './sites.js';
import { counted, spokenList } from './wording.js';
import { askedFor, type Fall, fallsOf, reasonOf, spareless } from './zone-falls.js';
import type { ZoneLoss } from './zone-losses.js';
import { zoneSpreadFixes } from './zone-spread-fixes.js';

/** DR012: several instances in several zones, and one zone takes more of them than can be spared. */
export const zoneLossBelowK: Rule = {
  code: 'DR012',
  name: 'zone-loss-below-k',
  title: 'Loss of one zone takes too many instances',
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
    const found = fallsOf(context.model);
    if (found.length === 0) return [];
    const asked = askedFor(found, context);
    return found.flatMap((fall) => {
      // Buildings apart: where zones are counted as separate and are not, DR011 says it at the zone.
      const parts = [fall.losses.filter(({ zones }) => zones.size === 1), fall.losses.filter(({ zones }) => zones.size > 1)];
      return parts.flatMap((losses) => finding({ ...fall, losses }, asked.get(fall.component.name), context) ?? []);
    });
  },
};

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
      losses.length > 1 ? ` The same holds for each of ${named}.` : ''
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
