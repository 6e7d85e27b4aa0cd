import { instancesOf } from '../analysis/structure/sides.js';
import type { Component } from '../model/model.js';
import { instanceCount } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause, placeCause, spareCause } from './causes.js';
import { type Claim, claims, namedClasses } from './objectives.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { standsRegionLoss, voteFixes } from './vote-fixes.js';
import { type VoteGroup, voteGroups } from './vote-groups.js';
import { counted, spokenList } from './wording.js';

/** DR031: votes that decide nothing, or that a region takes with it. */
export const badQuorum: Rule = {
  code: 'DR031',
  name: 'bad-quorum',
  title: 'Too few votes, or badly placed ones',
  severity: 'error',
  subsumes: ['DR003'],
  docs: {
    what: 'In a coordinator, a store with witnesses, or a `replicates sync … quorum N` of more than half of its copies, a majority decides. An error where it has two votes (one instance alone is judged by DR001); where its votes stand in several regions, one of them takes the majority with it and no standby can serve, and an objective names region-loss (its own, or that of whoever leans on it and is down with that region off). A warning where the number of votes is even. Witnesses are votes. Votes that all stand in one region are judged by DR010, zones by DR012.',
    why: 'Two votes stand the loss of none, four the loss of one as three do, and two halves of an even group can each wait for the other. Votes in two regions always leave one region without which nothing is decided. Sources: the etcd and ZooKeeper administration guides (cluster sizes); Kafka KRaft controller quorums.',
    how: 'Three or five votes in three domains; with two regions for the data, a witness in a third.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }
region east { zones a, b, c }

coordinator locks {
  runs 2 in north
  runs 1 in south
  objective { region-loss { rto 1m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }
region east { zones a, b, c }

coordinator locks {
  runs 2 in north
  runs 2 in south
  runs 1 in east as witness
  objective { region-loss { rto 1m } }
}
`,
  },
  check(context) {
    const groups = context.model.components.filter(
      (component) => voteGroups(component).length > 0 && workingInstances(component) > 1,
    );
    const bound = namedClasses(context.model).has('region-loss') ? boundToRegions(groups) : new Map<string, readonly string[]>();
    const asked = claims(
      context.model,
      context.analysis,
      'region-loss',
      groups.filter(({ name }) => bound.has(name)),
      (owner, component) => (bound.get(component.name) ?? []).some((region) => context.analysis.downWithout(region).has(owner)),
    );
    return groups.flatMap((component) => {
      const regions = bound.get(component.name) ?? [];
      const claim = asked.get(component.name);
      return tooFew(component, context) ?? regionTakes(component, regions, claim, context) ?? even(component, context) ?? [];
    });
  },
};

/** One instance alone is judged as such. */
function workingInstances({ placements }: Component): number {
  return instanceCount(placements.filter(({ role }) => role !== 'witness'));
}

/** For components with votes in several regions, those of them that take the majority with them while no standby can serve. */
function boundToRegions(components: readonly Component[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    components.flatMap((component) => {
      const instances = instancesOf(component);
      const votes = voteGroups(component).flatMap(({ members }) => members);
      const regions = [...new Set(votes.flatMap((member) => instances[member]?.region ?? []))];
      // Standbys that come from a backup are no votes, and how long they take is judged by their recovery time.
      const comesBack = component.placements.some(({ role }) => role === 'cold-standby' || role === 'pilot-light');
      if (regions.length < 2 || comesBack) return [];
      const taking = regions.filter((region) => !standsRegionLoss(component, region) && takesMajority(component, region)).sort();
      return taking.length === 0 ? [] : [[component.name, taking] as const];
    }),
  );
}

function takesMajority(component: Component, region: string): boolean {
  return voteGroups(component).some((group) => votesLeft(component, group, region) < group.need);
}

/** Votes of the group outside a region. */
function votesLeft(component: Component, { members }: VoteGroup, region: string): number {
  const instances = instancesOf(component);
  return members.filter((member) => instances[member]?.region !== region).length;
}

function tooFew(component: Component, context: RuleContext): RawFinding | undefined {
  const group = voteGroups(component).find(({ members }) => members.length < 3);
  if (group === undefined) return undefined;
  return {
    ...common(component, false, context),
    message: `${component.name} decides by ${spoken(group)}: the loss of either stops it. Three survive the loss of one.`,
    related: facts(component, group),
    causes: [componentCause(component.name), spareCause(component.name)],
  };
}

function even(component: Component, context: RuleContext): RawFinding | undefined {
  const group = voteGroups(component).find(({ members }) => members.length % 2 === 0);
  if (group === undefined) return undefined;
  const count = group.members.length;
  return {
    ...common(component, false, context),
    severity: 'warning',
    message: `${component.name} decides by ${spoken(group)}: they survive the loss of ${count / 2 - 1}, as ${count - 1} do, and two halves decide nothing. Make it ${count - 1} or ${count + 1}.`,
    related: facts(component, group),
    causes: [`votes:${component.name}`],
  };
}

function regionTakes(
  component: Component,
  regions: readonly string[],
  claim: Claim | undefined,
  context: RuleContext,
): RawFinding | undefined {
  const [region] = regions;
  if (region === undefined || claim === undefined) return undefined;
  const group = voteGroups(component).find((each) => votesLeft(component, each, region) < each.need);
  if (group === undefined) return undefined;
  const left = votesLeft(component, group, region);
  const who = claim.owner === component.name ? 'its objective' : `${claim.owner}, which is down without it,`;
  const stand = left === 1 ? 'is' : 'are';
  const each = regions.length > 1 ? ` The same holds for each of ${spokenList(regions)}.` : '';
  return {
    ...common(component, true, context),
    message: `With ${region} off, ${left} of ${spoken(group)} of ${component.name} ${stand} left and ${group.need} must agree, and ${who} names region-loss.${each} Put the votes into three regions.`,
    related: [{ message: `${claim.owner} promises to withstand region-loss.`, at: claim.at }, ...facts(component, group)],
    causes: regions.map((each) => placeCause(component.name, each)),
  };
}

function common(component: Component, overRegions: boolean, { model, analysis }: RuleContext) {
  const [first] = component.placements;
  return {
    at: first?.source ?? component.nameSource,
    fixes: [...voteFixes(component, overRegions, model), acceptFix('DR031', component, model, analysis.asOf)],
    subject: component.name,
  };
}

/** `4 votes`, `2 copies`. */
function spoken(group: VoteGroup): string {
  const count = group.members.length;
  return group.of === 'votes' ? counted(count, 'vote') : counted(count, 'copy', 'copies');
}

/** Where the votes stand. */
function facts(component: Component, { members }: VoteGroup): RawFinding['related'] {
  const instances = instancesOf(component);
  const placements = [...new Set(members.flatMap((member) => instances[member]?.placement ?? []))];
  return placements.map((placement) => {
    const count = members.filter((member) => instances[member]?.placement === placement).length;
    return { message: `${counted(count, 'vote')} in ${placement.region}.`, at: placement.source };
  });
}
