import { quantityText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, instanceCount, requiredInstances } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause, spareCause } from './causes.js';
import { countFix } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { counted } from './wording.js';

/** DR003: as many instances as must stand, so that each of them is needed. */
export const noSpare: Rule = {
  code: 'DR003',
  name: 'no-spare',
  title: 'No instance to spare',
  severity: 'warning',
  subsumes: ['DR002', 'DR061'],
  docs: {
    what: 'Two or more active instances serve, and all of them must stand: as many as `needs` says, as the peak (or load) takes at the capacity of one, or as the quorum of a store asks for. Jobs and coordinators are left out (a majority is judged by DR031), and so is a quorum that shrinks. Where a promise or tier 0 or 1 asks that a zone may be lost, DR012 says it.',
    why: 'Instances that are all needed are a chain: two of which both must stand fail twice as often as one. Sources: the arithmetic of k of n; AWS Well-Architected REL11-BP05 (static stability).',
    how: 'Run one more than must stand. Where the load decides, make one instance carry more.',
    bad: `region north { zones a, b, c }

service orders {
  runs 3 in north
  needs 3
}
`,
    good: `region north { zones a, b, c }

service orders {
  runs 4 in north
  needs 3
}
`,
  },
  check(context) {
    return context.model.components.flatMap((component) => judge(component, context) ?? []);
  },
};

interface Need {
  readonly count: number;
  /** For people: `load 900 rps at 300 rps each`. */
  readonly because: string;
  readonly related: RawFinding['related'];
}

/** What asks for every active instance of a component that has several; undefined where one can be spared. */
const needOfAll = oncePer((component: Component): Need | undefined => {
  if (component.kind === 'job' || component.kind === 'coordinator') return undefined;
  const stated = instanceCount(activePlacements(component));
  return stated < 2 ? undefined : [needed(component), quorum(component)].find((each) => each?.count === stated);
});

function judge(component: Component, { model, analysis }: RuleContext): RawFinding | undefined {
  const need = needOfAll(component);
  const [first] = need === undefined ? [] : activePlacements(component);
  if (need === undefined || first === undefined) return undefined;
  const stated = need.count;
  const fix = moreFix(component, stated);
  return {
    message: `${component.name} runs ${counted(stated, 'instance')} and needs all of them (${need.because}): the loss of any is an outage. Run ${stated + 1}.`,
    at: first.source,
    related: need.related,
    fixes: [...(fix === undefined ? [] : [fix]), acceptFix('DR003', component, model, analysis.asOf)],
    subject: component.name,
    causes: [componentCause(component.name), spareCause(component.name)],
  };
}

function needed(component: Component): Need | undefined {
  const { count, from } = requiredInstances(component);
  const { load, peak, capacity } = component.demand;
  switch (from) {
    case 'needs': {
      const at = component.needs === undefined ? undefined : sourceOf(component.needs);
      return { count, because: `needs ${count}`, related: at === undefined ? [] : [{ message: `${count} must stand.`, at }] };
    }
    case 'load': {
      const demand = peak ?? load;
      if (demand === undefined || capacity === undefined) return undefined;
      const rate = (value: number): string => quantityText(value, 'per-second');
      const word = peak === undefined ? 'load' : 'peak';
      const facts = [
        { message: `The ${word} is ${rate(demand.value)}.`, at: sourceOf(demand) },
        { message: `One instance carries ${rate(capacity.value)}.`, at: sourceOf(capacity) },
      ];
      return {
        count,
        because: `${word} ${rate(demand.value)}, ${rate(capacity.value)} each`,
        related: facts.flatMap(({ message, at }) => (at === undefined ? [] : [{ message, at }])),
      };
    }
    case 'one':
      return undefined;
  }
}

/** A quorum that asks for every copy, and does not shrink when one is lost. */
function quorum(component: Component): Need | undefined {
  for (const { quorum: asked, shrinksTo, source } of component.data.replication) {
    if (asked === undefined || shrinksTo !== undefined) continue;
    return {
      count: asked.value,
      because: `quorum ${asked.value}`,
      related: [{ message: `Each write waits for ${counted(asked.value, 'copy', 'copies')}.`, at: sourceOf(asked) ?? source }],
    };
  }
  return undefined;
}

/** One instance more where the first active ones are placed. */
function moreFix(component: Component, stated: number): Fix | undefined {
  const [first] = activePlacements(component);
  return first === undefined
    ? undefined
    : countFix(component, first, first.zones.length + 1, `: ${stated} of ${stated + 1} must then stand`);
}
