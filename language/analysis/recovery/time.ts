/** Arithmetic of times that may be unknown, unbounded or never: sums of named terms, the worst, the k-th best. */
import { assumptions } from '../../model/assumptions.js';
import type { Fact, Source } from '../../model/fact.js';
import { sourceOf } from '../../model/fact.js';
import type { Figure, Term, Verdict } from '../figure.js';
import { chained, type Head, reworded, totalOf } from './chained-figure.js';

/** Named steps of a chain, and what is missing to know its length. */
export interface Steps {
  readonly terms: readonly Term[];
  readonly missing: readonly string[];
  readonly assumptions: readonly string[];
}

/** No time at all. */
export const noSteps: Steps = { terms: [], missing: [], assumptions: [] };

/** A step whose time is known. */
export function step(name: string, seconds: number, source?: Source, note?: string): Steps {
  return { terms: [term(name, seconds, source, note)], missing: [], assumptions: [] };
}

/** A step of a fact. Where it is not stated: `missing` says what to write; without `missing` the step is taken to take no time. */
export function factStep(name: string, fact: Fact<number> | undefined, missing?: string): Steps {
  if (fact !== undefined) return step(name, fact.value, sourceOf(fact));
  return missing === undefined ? assuming(noSteps, assumptions['no-time-stated'].sentence) : missingStep(name, missing);
}

/** A step nobody stated. */
export function missingStep(name: string, missing: string, source?: Source): Steps {
  return { terms: [term(name, undefined, source)], missing: [missing], assumptions: [] };
}

/** One after the other. */
export function inSequence(...parts: readonly Steps[]): Steps {
  return {
    terms: joined(parts, 'terms'),
    missing: unique(joined(parts, 'missing')),
    assumptions: unique(joined(parts, 'assumptions')),
  };
}

/** All of one list of the parts; mostly one part has any, and its own list is taken. */
function joined<K extends keyof Steps>(parts: readonly Steps[], list: K): Steps[K];
function joined(parts: readonly Steps[], list: keyof Steps): readonly unknown[] {
  let found: readonly unknown[] = nothing;
  for (const part of parts) {
    const own = part[list];
    if (own.length > 0) found = found.length === 0 ? own : [...found, ...own];
  }
  return found;
}

const nothing: readonly unknown[] = [];

/** The same steps resting on one more assumption. */
export function assuming(steps: Steps, sentence: string): Steps {
  return { ...steps, assumptions: unique([...steps.assumptions, sentence]) };
}

/** How long the steps take: their sum, or unknown where one is missing. */
export function timeOf(steps: Steps): Figure {
  const rest = { unit: 'seconds', terms: steps.terms, assumptions: steps.assumptions } as const;
  if (steps.missing.length > 0) return { status: 'unknown', missing: steps.missing, ...rest };
  return { status: 'known', value: total(steps.terms), ...rest };
}

/** No time, and why. */
export function noTime(because: string, source?: Source): Figure {
  return timeOf(step(because, 0, source));
}

/** It does not come back. */
export function never(because: string): Figure {
  return { status: 'never', because, unit: 'seconds', terms: [], assumptions: [] };
}

/** No limit can be given. */
export function unbounded(because: string, terms: readonly Term[] = []): Figure {
  return { status: 'unbounded', because, unit: 'seconds', terms, assumptions: [] };
}

/** Steps that begin when `start` is over. */
export function after(start: Figure, steps: Steps): Figure {
  if (steps.terms.length === 0 && steps.missing.length === 0) return resting(start, steps.assumptions);
  // What begins at once begins with these steps.
  if (start.status === 'known' && start.value === 0) {
    return timeOf({ ...steps, assumptions: united(start.assumptions, steps.assumptions) });
  }
  const chain = (head: Head): Figure =>
    chained(head, start, steps.terms, steps.missing, united(start.assumptions, steps.assumptions));
  switch (start.status) {
    case 'never':
    case 'unbounded':
      return start;
    case 'unknown':
      return chain({ status: 'unknown' });
    case 'known':
    case 'bounded': {
      if (steps.missing.length > 0) return chain({ status: 'unknown' });
      const added = total(steps.terms);
      if (start.status === 'known') return chain({ status: 'known', value: start.value + added });
      return chain({ status: 'bounded', lower: start.lower + added, upper: start.upper + added });
    }
  }
}

const ranks: Readonly<Record<Figure['status'], number>> = { known: 0, bounded: 0, unknown: 1, unbounded: 2, never: 3 };

/** What the time is at least, in seconds: the known terms of an unknown one; infinite for unbounded and never. */
export function atLeast(figure: Figure): number {
  switch (figure.status) {
    case 'known':
      return figure.value;
    case 'bounded':
      return figure.lower;
    case 'unknown':
      return totalOf(figure);
    case 'unbounded':
    case 'never':
      return Number.POSITIVE_INFINITY;
  }
}

/** Order from best to worst: known by value, then unknown, unbounded, never. Negative where `a` is better. */
export function compareTimes(a: Figure, b: Figure): number {
  const rank = ranks[a.status] - ranks[b.status];
  if (rank !== 0) return rank;
  const left = atLeast(a);
  const right = atLeast(b);
  return left === right ? 0 : left - right;
}

/** The worse of two; the first where they tie. Which of them it is rests on what both assume. */
export function worse(a: Figure, b: Figure): Figure {
  return compareTimes(b, a) > 0 ? resting(b, a.assumptions) : resting(a, b.assumptions);
}

/** When `need` of the alternatives are there: the k-th best. Undefined for none. */
export function kthBest(figures: readonly Figure[], need: number): Figure | undefined {
  if (figures.length === need && need === 1) return figures[0];
  const found = [...figures].sort(compareTimes)[Math.min(need, figures.length) - 1];
  return found === undefined
    ? undefined
    : resting(
        found,
        figures.flatMap(({ assumptions: sentences }) => sentences),
      );
}

/** The figure, resting on these assumptions as well. What is never over, or has no limit, is so whatever is assumed. */
export function resting(figure: Figure, sentences: readonly string[]): Figure {
  const all = united(figure.assumptions, sentences);
  if (all.length === figure.assumptions.length || figure.status === 'never' || figure.status === 'unbounded') return figure;
  return chained(figure, figure, [], [], all);
}

/** The figure beside what was promised. Terms that are known may settle it even where the whole is not. */
export function judged(figure: Figure, target: Fact<number> | undefined): Figure {
  if (target === undefined) return figure;
  const source = sourceOf(target);
  const verdict: Verdict = {
    target: target.value,
    met: isMet(figure, target.value),
    ...(source === undefined ? {} : { source }),
  };
  return reworded(figure, verdict);
}

/** Terms that say whose they are: in the figure of whoever depends on them it matters. */
export function termsOf(owner: string, terms: readonly Term[]): readonly Term[] {
  return terms.map((each) => ({ ...each, note: each.note === undefined ? owner : `${owner}: ${each.note}` }));
}

/** The figure as its owner shows it: what is its own needs no name. */
export function withoutOwner(figure: Figure, owner: string): Figure {
  return reworded(figure, figure.verdict, (terms) =>
    terms.map((each): Term => {
      const { note, ...rest } = each;
      if (note === undefined || note === owner) return rest;
      return note.startsWith(`${owner}: `) ? { ...rest, note: note.slice(owner.length + 2) } : each;
    }),
  );
}

function isMet(figure: Figure, target: number): boolean | undefined {
  switch (figure.status) {
    case 'known':
      return figure.value <= target;
    case 'bounded':
      if (figure.upper <= target) return true;
      return figure.lower > target ? false : undefined;
    case 'unknown':
      return atLeast(figure) > target ? false : undefined;
    case 'unbounded':
    case 'never':
      return false;
  }
}

function term(name: string, seconds: number | undefined, source?: Source, note?: string): Term {
  return { name, seconds, ...(source === undefined ? {} : { source }), ...(note === undefined ? {} : { note }) };
}

function total(terms: readonly Term[]): number {
  return terms.reduce((sum, each) => sum + (each.seconds ?? 0), 0);
}

/** Both, each once; the first as it is where the second adds nothing. */
function united(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.every((each) => a.includes(each)) ? a : unique([...a, ...b]);
}

function unique(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...new Set(values)];
}
