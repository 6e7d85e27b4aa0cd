import { durationText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import { type ClassObjective, type Component, disruptionClasses, type Journey } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { hardEdges } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import { promising } from './objectives.js';
import { promiseFixes } from './promise-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { writtenDuration } from './wording.js';

type Subject = Component | Journey;

interface Promised {
  readonly subject: Subject;
  readonly promise: ClassObjective;
  readonly seconds: number;
}

/** How many promises one fix may change. */
const mostRaised = 8;

/** DR062: what is required promises to be back later than who requires it. */
export const recoveryOrder: Rule = {
  code: 'DR062',
  name: 'recovery-order',
  title: 'Promised back later than what requires it',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A component promises a longer `rto` for a class than something that requires it, directly or through others, over hard edges without an alternative (`any of`) and not `for` single journeys.',
    why: 'Nobody is back before what it cannot do without: either the shorter promise cannot be kept, or the longer one is not what is meant. Sources: AWS Well-Architected (recovery objectives follow the dependencies); the outage of Roblox in 2021, where what was underneath was up last.',
    how: 'Promise the requirement at least as soon, let the requirer do without it (`wants`), or promise the requirer later.',
    bad: `region north { zones a, b, c }

database ledger {
  runs 3 in north
  objective { zone-loss { rto 30m } }
}
service orders {
  runs 3 in north
  requires ledger
  objective { zone-loss { rto 5m } }
}
`,
    good: `region north { zones a, b, c }

database ledger {
  runs 3 in north
  objective { zone-loss { rto 5m } }
}
service orders {
  runs 3 in north
  requires ledger
  objective { zone-loss { rto 5m } }
}
`,
  },
  check(context) {
    return disruptionClasses.flatMap((disruption) => {
      const promised = promising(context.model).flatMap((subject) => {
        const promise = subject.objective?.classes.find((each) => each.disruption === disruption);
        return promise?.rto === undefined ? [] : [{ subject, promise, seconds: promise.rto.value }];
      });
      return judge(promised, context);
    });
  },
};

/** The findings of one class of disruption. */
function judge(promised: readonly Promised[], context: RuleContext): readonly RawFinding[] {
  // Only components are required, and only a stricter promise than theirs is broken.
  const soonest = promised.reduce((least, { seconds }) => Math.min(least, seconds), Number.POSITIVE_INFINITY);
  if (promised.every(({ subject, seconds }) => !('placements' in subject) || seconds <= soonest)) return [];
  const strictest = strictestRequirers(promised, context);
  return promised.flatMap((own) => {
    const first = strictest.get(own.subject.name);
    return first === undefined || first.seconds >= own.seconds ? [] : [finding(own, first, promised, context)];
  });
}

/** For each component, the strictest promise of whoever requires it, itself included: strictest first, so that each is visited once. */
function strictestRequirers(promised: readonly Promised[], { model }: RuleContext): ReadonlyMap<string, Promised> {
  const { components } = lookup(model);
  const found = new Map<string, Promised>();
  for (const start of [...promised].sort((a, b) => a.seconds - b.seconds || (a.subject.name < b.subject.name ? -1 : 1))) {
    const open: Subject[] = [start.subject];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next.name)) continue;
      found.set(next.name, start);
      for (const name of required(next)) {
        const target = components.get(name);
        if (target !== undefined && !found.has(name)) open.push(target);
      }
    }
  }
  return found;
}

const required = oncePer((subject: Subject): readonly string[] =>
  hardEdges(subject).flatMap((edge) =>
    edge.quantifier.kind === 'all' && edge.journeys.length === 0 ? edge.targets.map(({ name }) => name) : [],
  ),
);

function finding(own: Promised, first: Promised, promised: readonly Promised[], context: RuleContext): RawFinding {
  const { subject, promise, seconds } = own;
  const { disruption } = promise;
  const later = durationText(seconds);
  const sooner = durationText(first.seconds);
  return {
    message: `${subject.name} promises to be back from ${disruption} in ${later}, but ${first.subject.name}, which requires it, in ${sooner}. Promise ${subject.name} within ${sooner}, or ${first.subject.name} later.`,
    at: (promise.rto === undefined ? undefined : sourceOf(promise.rto)) ?? promise.source,
    related: [{ message: `${first.subject.name} promises ${sooner}.`, at: first.promise.source }],
    fixes: [
      ...lowered(own, first.seconds, context),
      ...raised(own, promised, context),
      acceptFix('DR062', subject, context.model, context.analysis.asOf),
    ],
    subject: subject.name,
    causes: [`order:${subject.name}@${disruption}`],
  };
}

/** Promises the requirement as soon as it is needed, where nothing says that it cannot be. */
function lowered({ subject, promise }: Promised, seconds: number, { analysis }: RuleContext): readonly Fix[] {
  const reached = analysis.recovery(subject.name).get(promise.disruption)?.rto;
  const tooSlow = reached?.status !== 'unknown' && !(reached?.status === 'known' && reached.value <= seconds);
  if (promise.rto === undefined || tooSlow) return [];
  const { origin } = promise.rto;
  if (origin.kind !== 'stated') return [];
  const text = writtenDuration(seconds);
  const title = `Promise rto ${text} for ${promise.disruption} of ${subject.name}`;
  return [{ title, edits: [{ kind: 'set-value', at: origin.at, after: 'rto', text }], safe: false }];
}

/** Promises everybody who requires it, and is stricter, as late. */
function raised({ subject, seconds }: Promised, promised: readonly Promised[], context: RuleContext): readonly Fix[] {
  const { callers } = lookup(context.model);
  const requirers = new Set([subject.name]);
  for (const name of requirers) {
    for (const caller of callers.get(name) ?? []) if (required(caller).includes(name)) requirers.add(caller.name);
  }
  for (const journey of context.model.journeys) {
    if (required(journey).some((name) => requirers.has(name))) requirers.add(journey.name);
  }
  const strict = promised.filter((each) => each.seconds < seconds && requirers.has(each.subject.name));
  const fixes = strict.flatMap((each) =>
    each.promise.rto === undefined ? [] : promiseFixes(each.subject, each.promise, 'rto', each.promise.rto, seconds),
  );
  if (fixes.length === 0 || fixes.length < strict.length || fixes.length > mostRaised) return [];
  return [{ title: fixes.map((fix) => fix.title).join('; '), edits: fixes.flatMap((fix) => fix.edits), safe: false }];
}
