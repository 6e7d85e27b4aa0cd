import { availabilityText, percentText } from '../analysis/figure-text.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { Component, Edge, Journey } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { isHard } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { wantInsteadFixes } from './edge-fixes.js';
import { closureOf, lookup } from './lookup.js';
import { subjects } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

type Subject = Component | Journey;

/** An availability that somebody promises, and the share of time that it leaves out. */
interface Promised {
  readonly subject: Subject;
  readonly fact: Fact<number>;
  readonly missing: number;
}

/** Above so many hard requirements each of them needs one nine more than what leans on them. */
const mostWithoutNine = 3;

/** How many promises one fix may change. */
const mostChanged = 8;

/** DR022: what is required promises less availability than who requires it. */
export const dependencySloTooLow: Rule = {
  code: 'DR022',
  name: 'dependency-slo-too-low',
  title: 'Promises less than what depends on it',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A component promises less availability than a component or journey that cannot do without it, directly or through others; of `any of` and `N of`, what all members together promise if they fail independently, an external counting with its `availability`. A warning where something has more than 3 hard requirements, and one of them promises no more than it promises itself, or less than one nine more; silent where DR004 says that it does not reach its objective. What promises nothing is judged by its figures alone (DR004).',
    why: 'Nobody is more available than what they cannot do without, and several such things add up: each has to be ten times better than the whole. Source: the rule of the extra 9 (Treynor, Dahlin, Rau, Beyer: The Calculus of Service Availability, ACM Queue 2017).',
    how: 'Promise more of what is required, and see with DR004 that it is reached; do without it (`wants`, with a fallback); add a second one (`any of`); or promise less.',
    bad: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires stock
  objective { availability 99.9% }
}
service stock {
  runs 3 in north
  objective { availability 99.5% }
}
`,
    good: `region north { zones a, b, c }

service orders {
  runs 3 in north
  requires stock
  objective { availability 99.9% }
}
service stock {
  runs 3 in north
  objective { availability 99.95% }
}
`,
  },
  check(context) {
    const promised = subjects(context.model).flatMap((subject) => {
      const fact = subject.objective?.availability;
      return fact === undefined ? [] : [{ subject, fact, missing: 1 - fact.value }];
    });
    if (promised.length === 0) return [];
    return [...weaker(promised, context), ...weakChoices(promised, context), ...withoutNine(promised, context)];
  },
};

/** Whether one leaves out more of the time than the other, rounding apart. */
function isMore(missing: number, than: number): boolean {
  return missing > than * (1 + 1e-9) + 1e-15;
}

function strictestFirst(found: readonly Promised[]): readonly Promised[] {
  return [...found].sort((a, b) => a.missing - b.missing || (a.subject.name < b.subject.name ? -1 : 1));
}

/** Components that promise less than somebody in whose hard closure they are: one finding each. */
function weaker(promised: readonly Promised[], context: RuleContext): readonly RawFinding[] {
  const found = new Map<Promised, Promised[]>();
  const weakestFirst = promised.filter(({ subject }) => 'placements' in subject).sort((a, b) => b.missing - a.missing);
  for (const first of promised) {
    for (const own of weakestFirst) {
      if (!isMore(own.missing, first.missing)) break;
      if (!closureOf(context.analysis, first.subject.name).has(own.subject.name)) continue;
      const known = found.get(own);
      if (known === undefined) found.set(own, [first]);
      else known.push(first);
    }
  }
  return [...found].map(([own, stricter]) => weakFinding(own, strictestFirst(stricter), context));
}

function weakFinding(own: Promised, stricter: readonly Promised[], context: RuleContext): RawFinding {
  const { subject, fact } = own;
  const strictest = stricter[0] ?? own;
  return {
    message: `${subject.name} promises ${availabilityText(own.missing)}, but ${strictest.subject.name}, which cannot do without it, promises ${availabilityText(strictest.missing)}. Promise more of ${subject.name}, or less of what leans on it.`,
    at: sourceOf(fact) ?? subject.nameSource,
    related: relatedOf(stricter),
    fixes: [
      ...raiseFixes([own], strictest.missing, context),
      ...lowerFixes(stricter, own.missing),
      ...wantInsteadFixes(subject.name, usesBehind(subject.name, stricter, context)),
      acceptFix('DR022', subject, context.model, context.analysis.asOf),
    ],
    subject: subject.name,
    causes: [`promise:${subject.name}`],
  };
}

function relatedOf(found: readonly Promised[]): RawFinding['related'] {
  return found.slice(0, 8).map(({ subject, fact }) => ({
    message: `${subject.name} promises ${percentText(fact.value)}.`,
    at: sourceOf(fact) ?? subject.nameSource,
  }));
}

/** Hard edges to a component of those who promise more, and of what is between them and it. */
function usesBehind(target: string, stricter: readonly Promised[], { model, analysis }: RuleContext) {
  const involved = new Set(stricter.flatMap(({ subject }) => [subject.name, ...closureOf(analysis, subject.name)]));
  return subjects(model).flatMap((owner) =>
    owner.edges.flatMap((edge) =>
      involved.has(owner.name) && isHard(edge) && edge.targets.some(({ name }) => name === target) ? [{ owner, edge }] : [],
    ),
  );
}

const choicesOf = oncePer(({ edges }: Subject): readonly Edge[] =>
  edges.filter((edge) => isHard(edge) && edge.quantifier.kind !== 'all'),
);

/** Choices that promise less together than somebody who cannot do without one of their members. */
function weakChoices(promised: readonly Promised[], context: RuleContext): readonly RawFinding[] {
  return subjects(context.model).flatMap((owner) =>
    choicesOf(owner).flatMap((edge) => {
      const missing = missingOfChoice(edge, context);
      if (missing === undefined) return [];
      const stricter = promised.filter(
        (each) =>
          isMore(missing, each.missing) &&
          (edge.journeys.length === 0 || edge.journeys.some(({ name }) => name === each.subject.name)) &&
          (each.subject.name === owner.name || closureOf(context.analysis, each.subject.name).has(owner.name)),
      );
      return stricter.length === 0 ? [] : [choiceFinding(owner, edge, missing, strictestFirst(stricter), context)];
    }),
  );
}

/** Share of time in which too few members of a choice keep their promise; undefined where one promises nothing, or no component is among them. */
function missingOfChoice({ quantifier, targets }: Edge, { model }: RuleContext): number | undefined {
  if (quantifier.kind === 'all') return undefined;
  const { components } = lookup(model);
  const members = targets.map(({ name }) => components.get(name));
  if (members.every((member) => member?.objective?.availability === undefined)) return undefined;
  // Probability of each number of members that keep their promise.
  let up: readonly number[] = [1];
  for (const member of members) {
    const kept = member === undefined ? undefined : keptBy(member);
    if (kept === undefined) return undefined;
    up = [...up, 0].map((share, count) => share * (1 - kept) + (up[count - 1] ?? 0) * kept);
  }
  const needed = quantifier.kind === 'any' ? 1 : quantifier.count;
  return up.slice(0, needed).reduce((sum, share) => sum + share, 0);
}

/** What a component promises: its objective, or what is said of an external. */
function keptBy({ kind, objective, failure }: Component): number | undefined {
  if (objective?.availability !== undefined) return objective.availability.value;
  return kind === 'external' && failure.unavailability.origin.kind !== 'assumed' ? 1 - failure.unavailability.value : undefined;
}

function choiceFinding(
  owner: Subject,
  edge: Edge,
  missing: number,
  stricter: readonly Promised[],
  { model, analysis }: RuleContext,
): RawFinding {
  const members = edge.targets.map(({ name }) => name);
  const strictest = stricter[0];
  const often = edge.quantifier.kind === 'at-least' ? `${edge.quantifier.count} of ` : 'any of ';
  return {
    message: `${often}${members.join(', ')} promises ${availabilityText(missing)}, but ${strictest?.subject.name}, which cannot do without them, promises ${availabilityText(strictest?.missing ?? 0)}. Add another, or promise less of what leans on it.`,
    at: edge.source,
    related: relatedOf(stricter),
    fixes: [...lowerFixes(stricter, missing), acceptFix('DR022', owner, model, analysis.asOf)],
    subject: owner.name,
    causes: [`promise:${owner.name}>${members.join(',')}`],
  };
}

/** Who has many hard requirements that promise less than one nine more than itself: one finding each. */
function withoutNine(promised: readonly Promised[], context: RuleContext): readonly RawFinding[] {
  const own = new Map(promised.map((each) => [each.subject.name, each]));
  return promised.flatMap((first) => {
    const edges = first.subject.edges.filter((edge) => isHard(edge) && edge.journeys.length === 0);
    const required = new Set(
      edges.flatMap(({ quantifier, targets }) => (quantifier.kind === 'all' ? targets.map(({ name }) => name) : [])),
    );
    const count = required.size + edges.filter(({ quantifier }) => quantifier.kind !== 'all').length;
    if (count <= mostWithoutNine) return [];
    const weak = [...required].flatMap((name) => {
      const each = own.get(name);
      const isWeak = each !== undefined && isMore(each.missing, first.missing / 10) && !isMore(each.missing, first.missing);
      return isWeak ? [each] : [];
    });
    const reached = context.analysis.availability(first.subject.name)?.unavailability.verdict?.met;
    return weak.length === 0 || reached === false ? [] : [nineFinding(first, weak, count, context)];
  });
}

function nineFinding(first: Promised, weak: readonly Promised[], count: number, context: RuleContext): RawFinding {
  const { subject } = first;
  const names = [...weak].map((each) => each.subject.name).sort();
  const weakest = Math.max(...weak.map(({ missing }) => missing));
  return {
    severity: 'warning',
    message: `${subject.name} promises ${percentText(1 - first.missing)} and cannot do without ${count} others: each should promise ${percentText(1 - first.missing / 10)}, but ${spokenList(names)} ${names.length === 1 ? 'promises' : 'promise'} ${percentText(1 - weakest)}${names.length === 1 ? '' : ' at worst'}. Promise more of them, or require fewer.`,
    at: sourceOf(first.fact) ?? subject.nameSource,
    related: relatedOf(strictestFirst(weak)),
    fixes: [
      ...raiseFixes(strictestFirst(weak), first.missing / 10, context),
      ...lowerFixes([first], weakest * 10),
      acceptFix('DR022', subject, context.model, context.analysis.asOf),
    ],
    subject: subject.name,
    causes: [`nine:${subject.name}`],
  };
}

/** Promises more where the figures surely keep it. */
function raiseFixes(weak: readonly Promised[], missing: number, { analysis }: RuleContext): readonly Fix[] {
  const reached = weak.every(({ subject }) => {
    const figure = analysis.availability(subject.name)?.unavailability;
    const most = figure?.status === 'known' ? figure.value : figure?.status === 'bounded' ? figure.upper : 1;
    return !isMore(most, missing);
  });
  return reached ? promiseFix(weak, missing) : [];
}

function lowerFixes(strict: readonly Promised[], missing: number): readonly Fix[] {
  return missing < 1 ? promiseFix(strict, missing) : [];
}

/** Every one of them promises as much; nothing where one is promised by a policy that others follow too. */
function promiseFix(changed: readonly Promised[], missing: number): readonly Fix[] {
  const text = percentText(1 - missing);
  const edits = changed.flatMap(({ fact: { origin } }) =>
    origin.kind === 'stated' ? [{ kind: 'set-value', at: origin.at, after: 'availability', text } as const] : [],
  );
  if (edits.length < changed.length || edits.length > mostChanged) return [];
  return [{ title: `Promise ${text} for ${spokenList(changed.map(({ subject }) => subject.name))}`, edits, safe: false }];
}
