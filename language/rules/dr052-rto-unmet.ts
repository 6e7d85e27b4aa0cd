import type { ClassRecovery } from '../analysis/analysis.js';
import type { Figure } from '../analysis/figure.js';
import { durationText } from '../analysis/figure-text.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { ClassObjective, Component, Journey } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { placeCause } from './causes.js';
import { closureOf, lookup } from './lookup.js';
import { promiseFixes } from './promise-fixes.js';
import { promisedTimes } from './promised-times.js';
import { recoveryCause } from './recovery-cause.js';
import { rtoFixes } from './rto-fixes.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { dominating, relatedTerms } from './term-words.js';
import { spokenList } from './wording.js';

/** DR052: recovery takes longer than the objective of a class allows. */
export const rtoUnmet: Rule = {
  code: 'DR052',
  name: 'rto-unmet',
  title: 'Slower to recover than promised',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'The estimated recovery time of a disruption class, the longest chain of steps through all that is required, is above its objective. What never comes back, or has no limit, is unmet too. Where the known steps do not settle it, the finding is of severity info and says what is missing.',
    why: 'Recovery is detection, decision, promotion or restore, start and switch of everything on the way, one after the other; the objective is of all of it. Sources: AWS Well-Architected REL13; NIST SP 800-34r1 (the recovery time and the work after it lie within the tolerable downtime).',
    how: 'Shorten the largest step: detect sooner, decide automatically, lower the time to live, keep a warmer standby. Or promise what is reached.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide manual 20m  switch dns ttl 60s }
  objective { region-loss { rto 15m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide automatic  switch dns ttl 60s }
  objective { region-loss { rto 15m } }
}
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
  recovery: ClassRecovery,
  context: RuleContext,
): RawFinding | undefined {
  const { rto, scope } = recovery;
  const met = rto.verdict?.met;
  if (met === true) return undefined;
  const { disruption } = promise;
  const where = disruption === 'corruption' || scope === undefined ? disruption : `${disruption} (${scope})`;
  const wanted = durationText(target.value);
  const unmet = met === false;
  const message = unmet
    ? `After ${where}, ${subject.name} ${takes(rto)}; its objective is ${wanted}.${dominating(rto.terms)}`
    : `Recovery time of ${subject.name} in ${where} cannot be compared with its objective of ${wanted}: ${open(rto)}.`;
  return {
    severity: unmet ? 'error' : 'info',
    message,
    at: sourceOf(target) ?? promise.source,
    related: relatedTerms(rto),
    fixes: unmet
      ? [
          ...rtoFixes(subject, disruption, scope, rto, target.value, context),
          ...promiseFixes(subject, promise, 'rto', target, reached(rto)),
          acceptFix('DR052', subject, context.model, context.analysis.asOf),
        ]
      : [],
    subject: subject.name,
    causes: [recoveryCause(subject.name, disruption), ...(rto.status === 'never' ? boundPlaces(subject, recovery, context) : [])],
  };
}

/** `is back after 21 min 30 s`. */
function takes(rto: Figure): string {
  switch (rto.status) {
    case 'known':
      return `is back after ${durationText(rto.value)}`;
    case 'bounded':
      return `is back after ${durationText(rto.lower)} at best`;
    case 'unknown':
      return `is back after more than ${durationText(rto.terms.reduce((sum, term) => sum + (term.seconds ?? 0), 0))}`;
    case 'unbounded':
      return `is back after a time without limit (${rto.because})`;
    case 'never':
      return `never comes back: ${rto.because}`;
  }
}

/** What keeps the time from being told. */
function open(rto: Figure): string {
  if (rto.status === 'bounded') return `it lies between ${durationText(rto.lower)} and ${durationText(rto.upper)}`;
  const missing = rto.status === 'unknown' ? rto.missing : [];
  return missing.length === 0 ? 'it is unknown' : `${spokenList(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`;
}

/** The time, in seconds, that can be promised. */
function reached(rto: Figure): number | undefined {
  if (rto.status === 'known') return rto.value;
  return rto.status === 'bounded' ? rto.upper : undefined;
}

/** The places of what comes back nowhere because all of it stands in the lost site. */
function boundPlaces(
  subject: Component | Journey,
  { disruption, scope }: ClassRecovery,
  { model, analysis }: RuleContext,
): readonly string[] {
  if (scope === undefined || (disruption !== 'zone-loss' && disruption !== 'region-loss')) return [];
  const { components } = lookup(model);
  return [...new Set([subject.name, ...closureOf(analysis, subject.name)])].flatMap((name) => {
    const component = components.get(name);
    const sites = component === undefined ? [] : workingSites(component);
    const places = disruption === 'region-loss' ? regionsOf(sites) : sites;
    const [only] = places;
    return only !== undefined && places.length === 1 ? [placeCause(name, only)] : [];
  });
}
