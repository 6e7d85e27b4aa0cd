import { durationText } from '../analysis/figure-text.js';
import { instancesOf, syncGroups, votesOf } from '../analysis/structure/sides.js';
import type { Edit } from '../edit/edit.js';
import { sourceOf } from '../model/fact.js';
import { activePlacements, canSplit } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { closureOf } from './lookup.js';
import { promiseFixes } from './promise-fixes.js';
import { type PromisedTime, placeKey, promisedTimes } from './promised-times.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import {
  byBlock,
  componentsOf,
  movesByItself,
  placeOfWay,
  type StandbyWay,
  standbyRegionsOf,
  standbyWays,
} from './standby-ways.js';
import { spokenList, writtenDuration } from './wording.js';

/** How long a fault has to last, noticing included, before what keeps data should move, in seconds. */
const shortest = 60;

/** How many promises one fix may raise: more of them are a talk with the business, not a fix. */
const mostRaised = 3;

/** The least wait that a fix writes, in seconds: noticing may happen at the first look. */
const leastHold = 30;

/** DR032: a machine promotes a standby while the old primary may still be writing, or at the first blink. */
export const splitBrainFailover: Rule = {
  code: 'DR032',
  name: 'split-brain-failover',
  title: 'Failover that can leave two primaries',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A component that keeps data has a standby in another zone or region, and a machine decides to move there (`decide automatic`, or a `failover` that does not say who decides). An error unless the way is `fenced`, or every confirmed write needs a majority of those who vote on the promotion: the synchronous copies and witnesses, a quorum that shrinks counted as what it shrinks to. A witness alone is no help where writes do not wait for it. A warning where there is no `hold`, or `detect` and `hold` make less than 60 s together. What `rebuilds from` elsewhere, coordinators, and elections among active instances are not judged.',
    why: 'A cut link looks like a dead primary. Both sides then take writes, and no merge brings them together again; a wait would have seen the link come back. Source: the outage of GitHub in 2018, where 43 s without a link moved the primaries across the country and cost a day.',
    how: 'Fence the old primary (`fenced`: it loses its storage, its address or its credentials before the new one starts), or let each write wait for a majority of the votes. Wait with `hold` until a fault has lasted a minute.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

database ledger {
  runs 3 in north
  runs 3 in south as hot standby
  replicates async to south lag 5s
  failover { detect 10s  decide automatic  promote 30s  switch mesh }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

database ledger {
  runs 3 in north
  runs 3 in south as hot standby
  replicates async to south lag 5s
  failover { detect 10s  hold 50s  decide automatic  promote 30s  switch mesh  fenced }
}
`,
  },
  check(context) {
    const moving = standbyWays(context.model).filter(
      (way) => canSplit(way.component) && movesByItself(way) && movesElsewhere(way),
    );
    const open = moving.filter((way) => way.facts.fenced === undefined && !outvoted(way));
    const torn = new Set(open);
    const hasty = moving.filter((way) => !torn.has(way) && isHasty(way));
    const place = ({ block }: StandbyWay): string => placeKey(block.source);
    return [
      ...byBlock(open, place).flatMap((ways) => twoPrimaries(ways, context)),
      ...byBlock(hasty, place).flatMap((ways) => tooSoon(ways, context)),
    ];
  },
};

/** Whether a standby stands where no active instance does. */
function movesElsewhere({ component, standbys }: StandbyWay): boolean {
  const active = new Set(activePlacements(component).flatMap(({ zones }) => zones));
  return standbys.some(({ zones }) => zones.some((zone) => !active.has(zone)));
}

/** Whether no write is confirmed without a majority of the votes by which the standby is promoted, so that only one side confirms any. */
function outvoted({ component, region }: StandbyWay): boolean {
  const groups = syncGroups(component).filter(({ statement }) => statement.degradesAfter === undefined);
  const standsBy = (member: number): boolean => {
    const instance = instancesOf(component)[member];
    return instance?.region === region && instance.role !== 'active' && instance.role !== 'witness';
  };
  const voters = votesOf(component)?.members ?? groups.find(({ members }) => members.some(standsBy))?.members;
  if (voters === undefined) return false;
  const votes = new Set(voters);
  const majority = Math.floor(votes.size / 2) + 1;
  return groups.some(({ members, quorum = members.length }) => {
    const strangers = members.filter((member) => !votes.has(member)).length;
    return quorum - strangers >= majority;
  });
}

/** Whether it moves at the first sign; where nobody says how long noticing takes, a stated wait is not judged. */
function isHasty({ facts: { hold, detect } }: StandbyWay): boolean {
  if (hold === undefined) return true;
  return detect !== undefined && detect.value + hold.value < shortest;
}

function twoPrimaries(ways: readonly StandbyWay[], context: RuleContext): readonly RawFinding[] {
  const [first] = ways;
  if (first === undefined) return [];
  const waited = waitedOf(ways);
  const cut = waited === undefined ? 'A cut link' : `A link cut for ${durationText(waited)}`;
  return [
    {
      message: `${cut} promotes ${namesOf(ways)} in ${regionsOf(ways)} while the old primary may still write: two take writes, and no merge brings them together. Fence the old one, or let each write wait for a majority of the votes.`,
      ...common(ways, first),
      fixes: [...fenceFix(ways, first, context), acceptFix('DR032', first.component, context.model, context.analysis.asOf)],
      causes: ways.map(({ component, region }) => `split-brain:${component.name}@${region}`),
    },
  ];
}

function tooSoon(ways: readonly StandbyWay[], context: RuleContext): readonly RawFinding[] {
  const [first] = ways;
  if (first === undefined) return [];
  const waited = waitedOf(ways);
  const after = waited === undefined ? 'at the first sign of a fault' : `${durationText(waited)} after a fault`;
  const fix = holdFix(ways, first, context);
  const wait = writtenDuration(holdOf(ways));
  return [
    {
      severity: 'warning',
      message: `The failover of ${namesOf(ways)} to ${regionsOf(ways)} begins ${after}: what would have come back by itself within ${durationText(shortest)} moves it. Write \`hold ${wait}\`.`,
      ...common(ways, first),
      fixes: [...fix, acceptFix('DR032', first.component, context.model, context.analysis.asOf)],
      causes: ways.map(({ component, region }) => `hold:${component.name}@${region}`),
    },
  ];
}

/** The shortest of the times, in seconds, from a fault to what is done about it; undefined where none is stated. */
function waitedOf(ways: readonly StandbyWay[]): number | undefined {
  const known = ways.flatMap(({ facts: { detect, hold } }) => (detect === undefined ? [] : [detect.value + (hold?.value ?? 0)]));
  return known.length === 0 ? undefined : Math.min(...known);
}

function common(ways: readonly StandbyWay[], first: StandbyWay) {
  return {
    at: placeOfWay(first),
    related: ways.flatMap(({ component, standbys }) => [
      ...component.data.replication
        .filter(({ mode }) => mode === 'async')
        .slice(0, 1)
        .map(({ source }) => ({ message: `${component.name} confirms writes before they are on its standby.`, at: source })),
      ...standbys.slice(0, 1).map(({ source }) => ({ message: `${component.name} stands by here.`, at: source })),
    ]),
    subject: first.component.name,
  };
}

/** One mark in the block that speaks of all these ways, with the wait where it lacks and no promise is broken by it. */
function fenceFix(ways: readonly StandbyWay[], { block }: StandbyWay, context: RuleContext): readonly Fix[] {
  const hold =
    ways.every(({ facts }) => facts.hold === undefined) && canWait(ways, holdOf(ways), context) ? holdOf(ways) : undefined;
  const wait = hold === undefined ? '' : `, and wait ${writtenDuration(hold)} before it`;
  return [
    {
      title: `Fence the failover of ${namesOf(ways)}${wait}`,
      edits: [...(hold === undefined ? [] : [added(block, `hold ${writtenDuration(hold)}`)]), added(block, 'fenced')],
      safe: false,
    },
  ];
}

/** Waits a minute, and promises as much more where a promise that is kept would be broken by it. */
function holdFix(ways: readonly StandbyWay[], { block, facts }: StandbyWay, context: RuleContext): readonly Fix[] {
  const seconds = holdOf(ways);
  const longer = seconds - (facts.hold?.value ?? 0);
  const broken = brokenBy(ways, longer, context);
  const raised = broken.flatMap(({ subject, promise, target, recovery: { rto } }) =>
    promiseFixes(subject, promise, 'rto', target, rto.status === 'known' ? rto.value + longer : undefined),
  );
  if (raised.length < broken.length || broken.length > mostRaised) return [];
  const text = writtenDuration(seconds);
  const stated = facts.hold === undefined ? undefined : sourceOf(facts.hold);
  const edit: Edit = stated === undefined ? added(block, `hold ${text}`) : { kind: 'set-value', at: stated, after: 'hold', text };
  const promises = raised.map(({ title }) => `, and ${title.charAt(0).toLowerCase()}${title.slice(1)}`).join('');
  const title = `Wait ${text} before the failover of ${namesOf(ways)}${promises}`;
  return [{ title, edits: [edit, ...raised.flatMap(({ edits }) => edits)], safe: false }];
}

function added(block: StandbyWay['block'], text: string): Edit {
  return { kind: 'add-statement', block: block.source, text };
}

/** Seconds to wait so that noticing and waiting make a minute on each of these ways. */
function holdOf(ways: readonly StandbyWay[]): number {
  return Math.max(...ways.map(({ facts }) => Math.max(leastHold, shortest - (facts.detect?.value ?? 0))));
}

/** Whether every recovery time that is promised and kept is still kept when these components wait so much longer. */
function canWait(ways: readonly StandbyWay[], seconds: number, context: RuleContext): boolean {
  return brokenBy(ways, seconds, context).length === 0;
}

/** The recovery times that are promised and kept, and would not be kept when these components wait so much longer. */
function brokenBy(ways: readonly StandbyWay[], seconds: number, context: RuleContext): readonly PromisedTime[] {
  return promisedTimes(context).filter(({ subject, target, recovery: { rto } }) => {
    if (rto.status !== 'known' || rto.value > target.value || rto.value + seconds <= target.value) return false;
    const closure = closureOf(context.analysis, subject.name);
    return ways.some(({ component }) => component.name === subject.name || closure.has(component.name));
  });
}

function namesOf(ways: readonly StandbyWay[]): string {
  return spokenList(componentsOf(ways));
}

function regionsOf(ways: readonly StandbyWay[]): string {
  return spokenList(standbyRegionsOf(ways));
}
