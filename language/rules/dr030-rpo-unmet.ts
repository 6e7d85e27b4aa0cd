import type { ClassRecovery } from '../analysis/analysis.js';
import { durationText } from '../analysis/figure-text.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { ClassObjective, Component, Journey } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { promiseFixes } from './promise-fixes.js';
import { promisedTimes } from './promised-times.js';
import { lossCause, recoveryCause } from './recovery-cause.js';
import { rpoFixes } from './rpo-fixes.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { dominating, relatedTerms } from './term-words.js';
import { spokenList } from './wording.js';

/** DR030: more data is lost than the objective of a class allows. */
export const rpoUnmet: Rule = {
  code: 'DR030',
  name: 'rpo-unmet',
  title: 'More data lost than promised',
  severity: 'error',
  subsumes: ['DR052'],
  docs: {
    what: 'The estimated data loss of a disruption class is above its objective. Data that is lost for good, never comes back or has no limit is unmet too. Where the estimate is unknown, the finding is of severity info and says what is missing.',
    why: 'The worst loss is interval + duration + time of the copy, not the interval; and replicas count for nothing against corruption. Sources: AWS Well-Architected REL13; Google Cloud disaster recovery planning guide.',
    how: 'Back up more often, add a `log` series, copy to a place that survives, or replicate there. Or promise what is reached.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  backup nightly { full every 1d takes 1h  copies to vault takes 30m }
  objective { region-loss { rpo 15m } }
}
bucket vault in south { }
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  backup nightly { full every 1d takes 1h  log every 5m lags 1m  copies to vault takes 30m }
  objective { region-loss { rpo 15m } }
}
bucket vault in south { }
`,
  },
  check(context) {
    return promisedTimes(context, 'rpo').flatMap(
      ({ subject, promise, target, recovery }) => judge(subject, promise, target, recovery, context) ?? [],
    );
  },
};

function judge(
  subject: Component | Journey,
  promise: ClassObjective,
  target: Fact<number>,
  recovery: ClassRecovery,
  context: RuleContext,
): RawFinding | undefined {
  const loss = judgement(recovery, target.value);
  if (loss === undefined) return undefined;
  const at = sourceOf(target) ?? promise.source;
  const isSite = promise.disruption !== 'corruption' && recovery.scope !== undefined;
  const scope = isSite ? ` (${recovery.scope})` : '';
  const objective = `the objective of ${subject.name} is ${durationText(target.value)}`;
  const message = loss.unmet
    ? `${promise.disruption}${scope} loses ${loss.words}; ${objective}.${dominating(recovery.rpo.terms)}`
    : `Data loss of ${subject.name} in ${promise.disruption}${scope} cannot be compared with its objective of ${durationText(target.value)}: ${loss.words}.`;
  return {
    severity: loss.unmet ? 'error' : 'info',
    message,
    at,
    related: relatedTerms(recovery.rpo),
    fixes: loss.unmet
      ? [
          ...rpoFixes(subject, promise.disruption, recovery.scope, target.value, context),
          ...promiseFixes(subject, promise, 'rpo', target, loss.seconds),
          acceptFix('DR030', subject, context.model, context.analysis.asOf),
        ]
      : [],
    subject: subject.name,
    // What is lost for good does not come back either.
    causes: [
      lossCause(subject.name, promise.disruption),
      ...(loss.unmet && recovery.lost ? [recoveryCause(subject.name, promise.disruption)] : []),
    ],
  };
}

interface Judgement {
  readonly unmet: boolean;
  /** `25 h 30 min of data`, or what is missing. */
  readonly words: string;
  /** What can be promised instead. */
  readonly seconds?: number;
}

/** Undefined where the objective is met. */
function judgement({ rpo: figure, lost, disruption }: ClassRecovery, target: number): Judgement | undefined {
  if (lost && disruption === 'corruption') return { unmet: true, words: 'all data: no earlier point in time is kept' };
  if (lost)
    return { unmet: true, words: figure.status === 'never' ? `all data: ${figure.because}` : 'all data: no copy of it survives' };
  switch (figure.status) {
    case 'known':
      return figure.value > target
        ? { unmet: true, words: `${durationText(figure.value)} of data`, seconds: figure.value }
        : undefined;
    case 'bounded':
      if (figure.lower > target)
        return { unmet: true, words: `at least ${durationText(figure.lower)} of data`, seconds: figure.upper };
      return figure.upper > target
        ? { unmet: false, words: `it lies between ${durationText(figure.lower)} and ${durationText(figure.upper)}` }
        : undefined;
    case 'unknown':
      return { unmet: false, words: figure.missing.length === 0 ? 'it is unknown' : `${spokenList(figure.missing)} is missing` };
    case 'unbounded':
      return { unmet: true, words: `data without limit: ${figure.because}` };
    case 'never':
      return { unmet: true, words: `all data: ${figure.because}` };
  }
}
