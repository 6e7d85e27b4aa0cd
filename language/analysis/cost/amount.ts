/** Arithmetic of amounts of money that may be bounded, unknown or without limit. */
import type { Figure } from '../figure.js';

/** An amount between `lower` and `upper`; not known where something is missing, without limit where `because` says why. */
export interface Amount {
  readonly lower: number;
  readonly upper: number;
  readonly missing: readonly string[];
  readonly because: string | undefined;
  readonly assumptions: readonly string[];
}

/** A known amount. */
export function amountOf(value: number): Amount {
  return { lower: value, upper: value, missing: [], because: undefined, assumptions: [] };
}

/** Between two known amounts. */
export function between(lower: number, upper: number): Amount {
  return { ...amountOf(lower), upper };
}

/** An amount nobody can know before these are stated. */
export function missingAmount(...missing: readonly string[]): Amount {
  return { ...amountOf(0), missing };
}

/** The value of a figure, whatever its unit. What never comes back has no limit. */
export function amountOfFigure(figure: Figure): Amount {
  const { assumptions } = figure;
  switch (figure.status) {
    case 'known':
      return { ...amountOf(figure.value), assumptions };
    case 'bounded':
      return { ...between(figure.lower, figure.upper), assumptions };
    case 'unknown':
      return { ...missingAmount(...figure.missing), assumptions };
    case 'unbounded':
    case 'never':
      return { ...amountOf(0), because: figure.because, assumptions };
  }
}

/** At most this. */
export function upTo(amount: Amount): Amount {
  return isNothing(amount) ? amount : { ...amount, lower: 0 };
}

/** Whether the amount is nothing, for certain. */
export function isNothing(amount: Amount): boolean {
  return amount.upper === 0 && amount.missing.length === 0 && amount.because === undefined;
}

/** The sum; unknown where a part is. */
export function sum(amounts: readonly Amount[]): Amount {
  let lower = 0;
  let upper = 0;
  let because: string | undefined;
  const missing = new Set<string>();
  const assumptions = new Set<string>();
  for (const each of amounts) {
    lower += each.lower;
    upper += each.upper;
    because ??= each.because;
    for (const what of each.missing) missing.add(what);
    for (const sentence of each.assumptions) assumptions.add(sentence);
  }
  return { lower, upper, missing: sorted(missing), because, assumptions: sorted(assumptions) };
}

/** The product of two amounts of 0 or more; nothing where one of them is nothing, however little is known of the other. */
export function product(a: Amount, b: Amount): Amount {
  if (isNothing(a) || isNothing(b)) return amountOf(0);
  return {
    lower: a.lower * b.lower,
    upper: a.upper * b.upper,
    missing: unique(a.missing, b.missing),
    because: a.because ?? b.because,
    assumptions: unique(a.assumptions, b.assumptions),
  };
}

/** As a figure. What has no limit has none, even where a part is unknown. */
export function figureOf(amount: Amount, unit: Figure['unit']): Figure {
  const rest = { unit, terms: [], assumptions: amount.assumptions } as const;
  if (amount.because !== undefined) return { status: 'unbounded', because: amount.because, ...rest };
  if (amount.missing.length > 0) return { status: 'unknown', missing: amount.missing, ...rest };
  if (amount.lower === amount.upper) return { status: 'known', value: amount.lower, ...rest };
  return { status: 'bounded', lower: amount.lower, upper: amount.upper, ...rest };
}

/** Each once and in alphabetical order, so that the order of declaration changes nothing. */
function unique(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0) return a;
  return a.length === 0 ? b : sorted(new Set([...a, ...b]));
}

function sorted(values: ReadonlySet<string>): readonly string[] {
  return [...values].sort();
}
