import type { CallFigures } from '../analysis/call-budget/call-budget-figures.js';
import { durationText } from '../analysis/figure-text.js';
import type { Edit } from '../edit/edit.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { Component, Edge, Model } from '../model/model.js';
import { oncePer, onceWhile } from '../model/once-per.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import type { Fix, RawFinding, Rule } from './rule.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { writtenDuration } from './wording.js';

/** DR023: a caller gives up before its callee, or before its own retries, are through. */
export const timeoutInversion: Rule = {
  code: 'DR023',
  name: 'timeout-inversion',
  title: 'Timeout too short for what it covers',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'All tries of a call with the pauses between them take longer than its `timeout` (an error on tier 0 and 1, since the last try never ends); or the callee itself waits as long as one try of its caller, or longer, for its slowest call. What a callee without timeouts waits is not known, and not judged.',
    why: 'A caller that has given up leaves work behind that nobody waits for, and its retry adds more of it: the slower the callee, the more it gets to do. Sources: AWS Well-Architected REL05-BP05; Google, Site Reliability Engineering, chapter 22 (deadline propagation).',
    how: 'Let timeouts shrink on the way down: each call shorter than one try of the call above it.',
    bad: `region north { zones a, b, c }

service front { runs 3 in north  requires orders { timeout 300ms } }
service orders { runs 3 in north  requires stock { timeout 500ms } }
service stock { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service front { runs 3 in north  requires orders { timeout 600ms } }
service orders { runs 3 in north  requires stock { timeout 500ms } }
service stock { runs 3 in north }
`,
  },
  check(context) {
    const { model, analysis } = context;
    const { components } = lookup(model);
    const tiers = effectiveTiers(model);
    return model.components.flatMap((owner) => {
      if (!endsCalls(owner)) return [];
      // Most calls have time enough, and of those nothing is looked up.
      return (analysis.callBudget(owner.name)?.calls ?? [])
        .filter(isTooLong)
        .flatMap(
          (call) =>
            judged(call, owner, components.get(call.target), isTopTier(tiers.get(owner.name)), model.settings, analysis.asOf) ??
            [],
        );
    });
  },
};

const endsCalls = oncePer(({ edges }: Component): boolean => edges.some((edge) => edge.timeout !== undefined));

/** Whether its tries, or what is called, may take longer than it waits. */
function isTooLong({ spent, below }: CallFigures): boolean {
  return spent.verdict?.met === false || below.verdict?.met === false;
}

/** What is to be said of a call: again only when who calls, who is called or the figures of the call have changed. */
const judged = onceWhile(
  (
    call: CallFigures,
    owner: Component,
    callee: Component | undefined,
    topTier: boolean,
    settings: Model['settings'],
    asOf: string,
  ): RawFinding | undefined => {
    const edge = owner.edges.find(({ source }) => source === call.source);
    return edge === undefined ? undefined : judge({ owner, call, edge, callee, topTier }, { settings }, asOf);
  },
);

interface Caller {
  readonly owner: Component;
  readonly call: CallFigures;
  readonly edge: Edge;
  readonly callee: Component | undefined;
  readonly topTier: boolean;
}

function judge(caller: Caller, model: Pick<Model, 'settings'>, asOf: string): RawFinding | undefined {
  const { call } = caller;
  if (call.spent.verdict?.met === false && call.spent.status === 'known')
    return triesTooLong(caller, call.spent.value, model, asOf);
  if (call.below.verdict?.met !== false) return undefined;
  const least = call.below.status === 'known' ? call.below.value : call.below.status === 'bounded' ? call.below.lower : undefined;
  return least === undefined ? undefined : calleeTooLong(caller, least, model, asOf);
}

function triesTooLong(
  { owner, call, edge, topTier }: Caller,
  exact: number,
  model: Pick<Model, 'settings'>,
  asOf: string,
): RawFinding {
  // Whole milliseconds: sums of tenths are a hair off.
  const spent = Math.ceil(exact * 1000 - 1e-6) / 1000;
  const { timeout, retries } = edge;
  const allowed = timeout?.value ?? 0;
  const pause = (call.tries - 1) * (retries?.backoff?.value ?? 0);
  const shorter = Math.floor(((allowed - pause) / call.tries) * 1000) / 1000;
  return {
    severity: topTier ? 'error' : 'warning',
    message: `${owner.name} tries ${call.target} ${call.tries} times in ${durationText(spent)}, and its timeout is ${durationText(allowed)}: the last try never ends. Make the timeout longer, or the tries shorter.`,
    at: (timeout === undefined ? undefined : sourceOf(timeout)) ?? edge.source,
    related: retries === undefined ? [] : [{ message: `${call.tries} tries take ${durationText(spent)}.`, at: retries.source }],
    fixes: [
      ...durationFix(`Let ${owner.name} wait ${durationText(spent)} for ${call.target}`, timeout, 'timeout', spent),
      ...(shorter > 0
        ? durationFix(`Give each try of ${call.target} ${durationText(shorter)}`, retries?.each, 'each', shorter)
        : []),
      acceptFix('DR023', owner, model, asOf),
    ],
    subject: owner.name,
    causes: [`wait:${owner.name}:${call.target}`],
  };
}

function calleeTooLong(caller: Caller, below: number, model: Pick<Model, 'settings'>, asOf: string): RawFinding {
  const { owner, call, edge, callee } = caller;
  const limit = edge.retries?.each ?? edge.timeout;
  const given = limit?.value ?? 0;
  const try_ = call.tries > 1 && edge.retries?.each !== undefined ? 'one try' : 'the call';
  const slow =
    callee?.edges.filter((inner) => inner.timeout !== undefined && inner.timeout.value >= given && inner.kind !== 'consumes') ??
    [];
  return {
    message: `${owner.name} gives ${try_} of ${call.target} ${durationText(given)}, and ${call.target} itself waits ${durationText(below)} for what it calls. Give it longer, or let ${call.target} wait less.`,
    at: (limit === undefined ? undefined : sourceOf(limit)) ?? edge.source,
    related: slow.flatMap((inner) => {
      const at = inner.timeout === undefined ? undefined : sourceOf(inner.timeout);
      return at === undefined ? [] : [{ message: `${call.target} waits ${durationText(inner.timeout?.value ?? 0)}.`, at }];
    }),
    fixes: [...longerFix(caller, below), ...shorterFix(call.target, slow, given), acceptFix('DR023', owner, model, asOf)],
    subject: owner.name,
    causes: [`wait:${owner.name}:${call.target}`],
  };
}

/** One try a fifth longer than what the callee waits, and the timeout long enough for all of them. */
function longerFix({ owner, call, edge }: Caller, below: number): readonly Fix[] {
  const one = Math.ceil(below * 1.2 * 1000) / 1000;
  const { timeout, retries } = edge;
  const title = `Give ${call.target} ${durationText(one)} in ${owner.name}`;
  if (retries?.each === undefined) return durationFix(title, timeout, 'timeout', one);
  const all = call.tries * one + (call.tries - 1) * (retries.backoff?.value ?? 0);
  const edits = [
    ...durationEdits(retries.each, 'each', one),
    ...(timeout === undefined || timeout.value >= all ? [] : durationEdits(timeout, 'timeout', Math.ceil(all * 1000) / 1000)),
  ];
  const wanted = timeout === undefined || timeout.value >= all ? 1 : 2;
  return edits.length < wanted ? [] : [{ title, edits, safe: false }];
}

/** The slow calls of the callee at four fifths of what its caller gives it. */
function shorterFix(callee: string, slow: readonly Edge[], given: number): readonly Fix[] {
  const shorter = Math.floor(given * 0.8 * 1000) / 1000;
  const edits = slow.flatMap(({ timeout, retries }) => [
    ...(timeout === undefined ? [] : durationEdits(timeout, 'timeout', shorter)),
    // A try that is longer than the call would be the next thing to mend.
    ...(retries?.each === undefined ? [] : durationEdits(retries.each, 'each', shorter / (1 + retries.count.value) / 1.2)),
  ]);
  if (shorter <= 0 || slow.length === 0 || edits.length < slow.length) return [];
  return [{ title: `Let ${callee} wait ${durationText(shorter)} at most`, edits, safe: false }];
}

function durationFix(title: string, fact: Fact<number> | undefined, after: string, seconds: number): readonly Fix[] {
  const edits = fact === undefined ? [] : durationEdits(fact, after, seconds);
  return edits.length === 0 ? [] : [{ title, edits, safe: false }];
}

function durationEdits({ origin }: Fact<number>, after: string, seconds: number): readonly Edit[] {
  const text = writtenDuration(Math.max(0.001, Math.round(seconds * 1000) / 1000));
  return origin.kind === 'stated' ? [{ kind: 'set-value', at: origin.at, after, text }] : [];
}
