import { durationText } from '../analysis/figure-text.js';
import { type Source, sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { canSplit } from '../model/queries.js';
import { acceptFix, statementFix } from './accept-fix.js';
import { ownerCause } from './causes.js';
import { decidesAlone, type PromisedTime, placeKey, promisedTimes, raiseFix, strictestFirst } from './promised-times.js';
import { recoveryCause } from './recovery-cause.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';

/** Recovery times below which a person in the chain is a risk, and an error, in seconds. */
const risky = 15 * 60;
const hopeless = 5 * 60;

interface ManualStep {
  readonly at: Source;
  /** The first by name that has it: several follow one policy. */
  component: Component;
  readonly delay: number | undefined;
  /** Whether nobody is named who decides. */
  ownerless: boolean;
  /** Whether something moves by it that a machine must not promote while the old primary may still write. */
  unfenced: boolean;
  readonly fast: PromisedTime[];
}

/** DR055: a person decides where there is no time for it, or nobody is named who does. */
export const manualStepInFastPath: Rule = {
  code: 'DR055',
  name: 'manual-step-in-fast-path',
  title: 'Manual decision with too little time',
  severity: 'warning',
  subsumes: ['DR052'],
  docs: {
    what: 'A `decide manual` lies on the recovery chain of an objective whose `rto` is below 15 min; below 5 min it is an error. Or a component has a `decide manual`, and neither it nor the `model` names an `owner`. It is said instead of DR052 where the objective would be met without this step.',
    why: 'The page has to be seen, the laptop opened, the situation understood and a decision taken that nobody likes to take: minutes at best, an hour at night. Sources: Google Cloud disaster recovery planning guide; Azure Well-Architected RE:09; the outages of AWS, where people waited for each other.',
    how: 'Decide automatically, with fencing where two primaries would hurt; or promise 15 min or more. Name the `owner` who decides.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  owner "team-orders"
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide manual 5m  switch mesh }
  objective { region-loss { rto 10m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c }

service orders {
  owner "team-orders"
  runs 3 in north
  runs 3 in south as hot standby
  failover { detect 30s  decide automatic  switch mesh }
  objective { region-loss { rto 10m } }
}
`,
  },
  check(context) {
    const steps = manualSteps(context);
    if (steps.size === 0) return [];
    for (const time of promisedTimes(context)) {
      if (time.target.value >= risky) continue;
      for (const term of time.recovery.rto.terms) {
        if (term.name === 'decide' && term.source !== undefined) steps.get(placeKey(term.source))?.fast.push(time);
      }
    }
    return [...steps.values()].flatMap((step) => judge(step, context));
  },
};

function manualSteps({ model }: RuleContext): Map<string, ManualStep> {
  const steps = new Map<string, ManualStep>();
  for (const component of model.components) {
    const ownerless = component.owner === undefined && model.settings.owner === undefined;
    for (const { decide, fenced } of component.failovers) {
      const at = decide?.value.mode === 'manual' ? sourceOf(decide) : undefined;
      if (at === undefined || decide === undefined) continue;
      const known = steps.get(placeKey(at));
      const unfenced = fenced === undefined && canSplit(component);
      if (known === undefined)
        steps.set(placeKey(at), { at, component, delay: decide.value.delay, ownerless, unfenced, fast: [] });
      else {
        known.ownerless ||= ownerless;
        known.unfenced ||= unfenced;
        if (component.name < known.component.name) known.component = component;
      }
    }
  }
  return steps;
}

function judge({ at, component, delay, ownerless, unfenced, fast }: ManualStep, context: RuleContext): readonly RawFinding[] {
  const { model, analysis } = context;
  const ordered = strictestFirst(fast);
  const [strictest] = ordered;
  const accept = acceptFix('DR055', component, model, analysis.asOf);
  if (strictest === undefined) {
    if (!ownerless) return [];
    return [
      {
        message: `A person decides on the failover of ${component.name}, and no owner says who. Name the owner, or decide automatically.`,
        at,
        related: [],
        fixes: [
          automatic(component, at, unfenced),
          statementFix(`Name the owner of ${component.name}`, component.source, 'owner "say here who decides"'),
          accept,
        ],
        subject: component.name,
        causes: [ownerCause(component.name)],
      },
    ];
  }
  const { subject, promise, target } = strictest;
  const takes = delay === undefined ? '' : ` within ${durationText(delay)}`;
  const nobody = ownerless ? ' Nobody is named who decides.' : '';
  return [
    {
      severity: target.value < hopeless ? 'error' : 'warning',
      message: `A person decides on the failover of ${component.name}${takes}, and ${subject.name} promises to be back from ${promise.disruption} in ${durationText(target.value)}.${nobody} Decide automatically, or promise 15 min or more.`,
      at,
      related: ordered.map((time) => ({
        message: `${time.subject.name} promises ${durationText(time.target.value)} for ${time.promise.disruption}.`,
        at: sourceOf(time.target) ?? time.promise.source,
      })),
      fixes: [automatic(component, at, unfenced), ...(ownerless ? [] : raiseFix(ordered, risky)), accept],
      subject: component.name,
      causes: fast.flatMap((time) =>
        decidesAlone(time, stepsAt(time, at)) ? [recoveryCause(time.subject.name, time.promise.disruption)] : [],
      ),
    },
  ];
}

function automatic(component: Component, at: Source, unfenced: boolean): RawFinding['fixes'][number] {
  return {
    title: `Decide automatically on the failover of ${component.name}${unfenced ? ', and fence it' : ''}`,
    edits: [{ kind: 'replace', at, text: unfenced ? 'decide automatic  fenced' : 'decide automatic' }],
    safe: false,
  };
}

/** Seconds of the chain that are decisions of this place. */
function stepsAt({ recovery }: PromisedTime, at: Source): number {
  return recovery.rto.terms.reduce(
    (sum, term) =>
      sum +
      (term.source !== undefined && placeKey(term.source) === placeKey(at) && term.name === 'decide' ? (term.seconds ?? 0) : 0),
    0,
  );
}
