/** Makes figures together with their explanation: what hover, command line and documents print of them. */
import type { Fact, Source } from '../model/fact.js';
import { register } from './explanations.js';
import type { Explanation, Figure, Term, Verdict } from './figure.js';
import { amountText, quantityText } from './figure-text.js';
import { withTermsEachTime } from './worked-out-later.js';

/** What the explanation of a figure says beside its value. */
export interface Reasons {
  readonly label: string;
  readonly formula?: string | (() => string);
  /** Made when asked for where it is a function: paths may be as long as the model. */
  readonly children?: readonly Explanation[] | (() => readonly Explanation[]);
  readonly verdict?: Verdict;
  readonly terms?: readonly Term[] | (() => readonly Term[]);
  readonly assumptions?: readonly string[];
}

/** A figure before it has its explanation. */
export type Outcome =
  | { readonly status: 'known'; readonly value: number }
  | { readonly status: 'bounded'; readonly lower: number; readonly upper: number }
  | { readonly status: 'unknown'; readonly missing: readonly string[] }
  | { readonly status: 'unbounded'; readonly because: string }
  | { readonly status: 'never'; readonly because: string };

/** What most figures have of terms and assumptions. */
const none: readonly never[] = [];

/** A figure that explains itself by its terms, its sources, what is missing, and what it assumes. */
export function explained(unit: Figure['unit'], outcome: Outcome, reasons: Reasons): Figure {
  const { terms = none, assumptions = none, verdict } = reasons;
  const plain = verdict === undefined ? { ...outcome, unit, assumptions } : { ...outcome, unit, assumptions, verdict };
  const figure: Figure = typeof terms === 'function' ? withTermsEachTime(plain, terms) : { ...plain, terms };
  register(figure, () => ({
    label: reasons.label,
    value: amountText(figure),
    ...(reasons.formula === undefined ? {} : { formula: given(reasons.formula) }),
    children: [
      ...(given(reasons.children) ?? []),
      ...(figure.status === 'unknown' ? figure.missing.map((what) => reason('missing', what)) : []),
      ...(figure.status === 'unbounded' || figure.status === 'never' ? [reason('because', figure.because)] : []),
      ...figure.assumptions.map((sentence) => reason('assumed', sentence)),
    ],
  }));
  return figure;
}

function given<T extends string | readonly unknown[] | undefined>(value: T | (() => T)): T {
  return typeof value === 'function' ? value() : value;
}

/** A known figure that explains itself. */
export function knownFigure(unit: Figure['unit'], value: number, reasons: Reasons): Figure {
  return explained(unit, { status: 'known', value }, reasons);
}

/** A figure that cannot be known, and what would make it known. */
export function unknownFigure(unit: Figure['unit'], missing: readonly string[], reasons: Reasons): Figure {
  return explained(unit, { status: 'unknown', missing }, reasons);
}

/** One line of an explanation. */
export function reason(label: string, value: string, source?: Source): Explanation {
  return { label, value, ...(source === undefined ? {} : { source }), children: [] };
}

/** A fact as a line of an explanation, with the place where it is written. */
export function factReason(label: string, fact: Fact<number>, unit: Figure['unit']): Explanation {
  return { ...reason(label, quantityText(fact.value, unit)), ...provenance(fact) };
}

/** Where a fact stands, and what lent it where it does not stand in the block itself. */
export function provenance({ origin }: Fact<unknown>): Pick<Explanation, 'source' | 'origin'> {
  switch (origin.kind) {
    case 'stated':
    case 'derived':
      return { source: origin.at };
    case 'inherited':
      return { source: origin.at, origin: origin.from };
    case 'assumed':
      return { origin: 'assumed' };
  }
}
