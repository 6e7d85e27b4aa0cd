import type { Term } from '../analysis/figure.js';
import { durationText } from '../analysis/figure-text.js';
import { type Fact, type Source, sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { acceptFix, statementFix } from './accept-fix.js';
import { commonInterval } from './backup-fixes.js';
import { ownerOf, type PromisedTime, placeKey, promisedTimes, raiseFix, strictestFirst } from './promised-times.js';
import { recoveryCause } from './recovery-cause.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenShare, writtenDuration } from './wording.js';

/** The share of a recovery time that may pass before anybody knows. */
const mostShare = 0.25;

/** Terms that are the time until a fault is noticed, with the word that stands before their time. */
const detection: ReadonlyMap<string, string | undefined> = new Map([
  ['detect', 'detect'],
  ['found within', 'within'],
  ['readiness probe', undefined],
]);

/** DR053: noticing the fault takes more than a quarter of the time there is, or nobody says how long it takes. */
export const detectionTooSlow: Rule = {
  code: 'DR053',
  name: 'detection-too-slow',
  title: 'Failure noticed too late',
  severity: 'warning',
  subsumes: ['DR052'],
  docs: {
    what: 'On the recovery chain of an objective, the time until the fault is noticed (`detect`, the readiness probe, `corruption found within`) is more than 25% of the `rto`; or nothing says how long it takes. Silent where DR052 says of the same objective that this is the largest part. A missing detection is said instead of DR052 where it is all that is missing.',
    why: 'What nobody has noticed nobody recovers; and detection is the part that costs least to shorten. Source: AWS Well-Architected REL11-BP01 (monitor all components to detect failures).',
    how: 'Probe more often, with fewer failures before it counts; write `detect` in the `failover`.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 5m  decide automatic  switch mesh }
  objective { region-loss { rto 15m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 1m  decide automatic  switch mesh }
  objective { region-loss { rto 15m } }
}
`,
  },
  check(context) {
    const late = new Map<string, { readonly term: Term; readonly at: Source; readonly times: PromisedTime[] }>();
    const missing: RawFinding[] = [];
    for (const time of promisedTimes(context)) {
      for (const term of time.recovery.rto.terms) {
        if (!detection.has(term.name)) continue;
        const { seconds, source } = term;
        if (seconds === undefined) missing.push(unstated(term, time, context));
        else if (source !== undefined && seconds > mostShare * time.target.value && !isSaid(time, seconds)) {
          const known = late.get(placeKey(source));
          if (known === undefined) late.set(placeKey(source), { term, at: source, times: [time] });
          else known.times.push(time);
        }
      }
    }
    return [
      ...[...late.values()].map(({ term, at, times }) => tooLate(term, at, strictestFirst(times), context)),
      ...once(missing),
    ];
  },
};

/** Whether DR052 says that the objective is unmet, mostly for this. */
function isSaid({ recovery }: PromisedTime, seconds: number): boolean {
  return recovery.rto.verdict?.met === false && recovery.rto.terms.every((term) => (term.seconds ?? 0) <= seconds);
}

function tooLate(term: Term, at: Source, times: readonly PromisedTime[], context: RuleContext): RawFinding {
  const { model, analysis } = context;
  const [strictest] = times;
  const seconds = term.seconds ?? 0;
  const target = strictest?.target.value ?? 0;
  const owner = strictest === undefined ? undefined : ownerOf(term, strictest, context);
  const holder = owner ?? strictest?.subject;
  const limit = target * mostShare;
  const share = target > 0 ? `${spokenShare(seconds / target)} of` : 'with';
  return {
    message: `A fault of ${holder?.name} is noticed after ${durationText(seconds)}, ${share} the ${durationText(target)} that ${strictest?.subject.name} promises for ${strictest?.promise.disruption}. Notice it within ${durationText(limit)}.`,
    at,
    related: times.map((time) => ({
      message: `${time.subject.name} promises ${durationText(time.target.value)} for ${time.promise.disruption}.`,
      at: sourceOf(time.target) ?? time.promise.source,
    })),
    fixes: [
      ...sooner(term, at, owner, limit),
      ...raiseFix(times, seconds / mostShare),
      ...(holder === undefined ? [] : [acceptFix('DR053', holder, model, analysis.asOf)]),
    ],
    subject: holder?.name ?? '',
    causes: [],
  };
}

function sooner(term: Term, at: Source, owner: Component | undefined, limit: number): readonly Fix[] {
  const word = detection.get(term.name);
  const every = commonInterval(limit);
  if (word === undefined || every === undefined || owner === undefined) return [];
  const facts: readonly (Fact<number> | undefined)[] = [
    ...owner.failovers.map((failover) => failover.detect),
    owner.data.corruptionFoundWithin,
  ];
  const written = facts.some((fact) => {
    const source = fact === undefined ? undefined : sourceOf(fact);
    return source !== undefined && placeKey(source) === placeKey(at);
  });
  if (!written) return [];
  const text = writtenDuration(every);
  const edit = { kind: 'set-value', at, after: word, text } as const;
  return [{ title: `Notice a fault of ${owner.name} within ${text}`, edits: [edit], safe: false }];
}

function unstated(term: Term, time: PromisedTime, context: RuleContext): RawFinding {
  const { subject, promise, target, recovery } = time;
  const { rto } = recovery;
  const owner = ownerOf(term, time, context) ?? subject;
  const alone = rto.status === 'unknown' && rto.missing.length === 1 && rto.verdict?.met === undefined;
  const what = rto.status === 'unknown' ? (rto.missing.find((each) => each.includes(owner.name)) ?? rto.missing[0]) : undefined;
  return {
    message: `Nothing says when a fault of ${owner.name} is noticed, and ${subject.name} promises to be back from ${promise.disruption} in ${durationText(target.value)}. Write ${what ?? 'detect'}.`,
    at: sourceOf(target) ?? promise.source,
    related: [{ message: `${owner.name} says nothing of detection.`, at: owner.nameSource }],
    fixes: [...detectFixes(term, owner, target.value), acceptFix('DR053', subject, context.model, context.analysis.asOf)],
    subject: subject.name,
    causes: [`detection:${owner.name}`, ...(alone ? [recoveryCause(subject.name, promise.disruption)] : [])],
  };
}

/** States the time in the component's own failover block, or in a new one; how soon bad data is found stands beside it. */
function detectFixes(term: Term, owner: PromisedTime['subject'], target: number): readonly Fix[] {
  const every = commonInterval(target * mostShare);
  if (every === undefined || !('failovers' in owner)) return [];
  const text = writtenDuration(every);
  const title = `Notice a fault of ${owner.name} within ${text}`;
  if (term.name === 'found within') return [statementFix(title, owner.source, `corruption found within ${text}`)];
  const [only, ...more] = owner.failovers;
  if (only === undefined) return [statementFix(title, owner.source, `failover { detect ${text} }`)];
  const own = more.length === 0 && only.from === undefined && only.detect === undefined;
  return own ? [statementFix(title, only.source, `detect ${text}`)] : [];
}

/** One finding for what one promise misses of one component. */
function once(found: readonly RawFinding[]): readonly RawFinding[] {
  return [...new Map(found.map((each) => [`${placeKey(each.at)} ${each.causes[0]}`, each])).values()];
}
