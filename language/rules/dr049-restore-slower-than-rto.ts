import type { ClassRecovery } from '../analysis/analysis.js';
import type { Figure } from '../analysis/figure.js';
import { durationText } from '../analysis/figure-text.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { ClassObjective, Component, Journey } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { promiseFixes } from './promise-fixes.js';
import { promisedTimes } from './promised-times.js';
import { recoveryCause } from './recovery-cause.js';
import { rtoFixes } from './rto-fixes.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { relatedTerms } from './term-words.js';

/** The steps that bring data back from a backup. */
const restoreTerms: ReadonlySet<string> = new Set(['restore', 'increments', 'replay']);

/** DR049: bringing the data back takes longer than the whole recovery may. */
export const restoreSlowerThanRto: Rule = {
  code: 'DR049',
  name: 'restore-slower-than-rto',
  title: 'Restore slower than the objective',
  severity: 'error',
  subsumes: ['DR052'],
  docs: {
    what: 'What is on the way back from a disruption class includes a restore, and its known parts (the full, the increments since, the replay of logs) alone take longer than the recovery time that the objective of the class allows. Parts that nobody knows count as nothing.',
    why: 'Reading terabytes takes hours whatever else is fast, so no quicker detection or decision keeps the promise. Sources: GitHub on 21 October 2018, where restores of some stores took most of a day; GitLab on 31 January 2017; AWS Well-Architected REL13-BP02.',
    how: 'Keep a copy that runs (against bad data it is as bad), restore faster or in parts, or promise what is reached.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  size 1TiB
  corruption found within 5m
  failover { detect 30s  decide manual 5m  promote 1m  switch mesh }
  backup nightly { full every 1d takes 1h  copies to vault  restores at 100MiB/s }
  objective { corruption { rto 1h } }
}
bucket vault in south { }
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  size 1TiB
  corruption found within 5m
  failover { detect 30s  decide manual 5m  promote 1m  switch mesh }
  backup nightly { full every 1d takes 1h  copies to vault  restores at 100MiB/s }
  objective { corruption { rto 4h } }
}
bucket vault in south { }
`,
  },
  check(context) {
    return promisedTimes(context).flatMap(
      ({ subject, promise, target, recovery }) => judge(subject, promise, target, recovery, context) ?? [],
    );
  },
};

function judge(
  subject: Component | Journey,
  promise: ClassObjective,
  target: Fact<number>,
  { rto, scope, disruption }: ClassRecovery,
  context: RuleContext,
): RawFinding | undefined {
  const seconds = restoreSeconds(rto);
  if (rto.status === 'never' || seconds <= target.value) return undefined;
  const where = disruption === 'corruption' || scope === undefined ? disruption : `${disruption} (${scope})`;
  // Where parts are not known, what is known of it is the least that can be promised.
  const reached = rto.status === 'known' ? rto.value : rto.status === 'bounded' ? rto.upper : totalOf(rto);
  return {
    message: `After ${where}, the restore alone keeps ${subject.name} down for ${durationText(seconds)}; its objective is ${durationText(target.value)}. ${disruption === 'corruption' ? 'Restore faster' : 'Keep a copy that runs, restore faster'}, or promise more time.`,
    at: sourceOf(target) ?? promise.source,
    related: relatedTerms(rto),
    // Against bad data no copy that runs is of any help: it is as bad. What is left is to promise more.
    fixes: [
      ...rtoFixes(subject, disruption, scope, rto, target.value, context),
      ...promiseFixes(subject, promise, 'rto', target, reached),
      acceptFix('DR049', subject, context.model, context.analysis.asOf),
    ],
    subject: subject.name,
    causes: [recoveryCause(subject.name, disruption)],
  };
}

function totalOf({ terms }: Figure): number {
  return terms.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
}

/** What is known of the restores on the way back, in seconds. */
function restoreSeconds({ terms }: Figure): number {
  return terms.reduce((sum, { name, seconds }) => sum + (restoreTerms.has(name) ? (seconds ?? 0) : 0), 0);
}
