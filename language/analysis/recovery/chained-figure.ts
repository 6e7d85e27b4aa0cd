/**
 * Figures at the end of long chains. A chain of ten thousand starts has ten thousand terms at its end, nine thousand and more of them
 * those of its neighbour: figures keep what they add and where they begin, and spell their terms out when somebody reads them.
 */
import type { Figure, Term } from '../figure.js';
import { withMissingLater, withTermsLater } from '../worked-out-later.js';

/** A figure without what is spelled out later. */
export type Head =
  | { readonly status: 'known'; readonly value: number }
  | { readonly status: 'bounded'; readonly lower: number; readonly upper: number }
  | { readonly status: 'unknown' }
  | { readonly status: 'unbounded' | 'never'; readonly because: string };

interface Tail {
  readonly start: Figure;
  readonly terms: readonly Term[];
  readonly missing: readonly string[];
}

const tails = new WeakMap<Figure, Tail>();
const totals = new WeakMap<Figure, number>();

/** `start`, then these terms. What is missing counts only where the head is unknown. */
export function chained(
  head: Head,
  start: Figure,
  terms: readonly Term[],
  missing: readonly string[],
  assumptions: readonly string[],
): Figure {
  const figure: Figure = spelledLater(
    head,
    assumptions,
    undefined,
    () => termsOfChain(figure),
    () => missingOfChain(figure),
  );
  tails.set(figure, { start, terms, missing });
  totals.set(figure, sumOf(terms, totalOf(start)));
  return figure;
}

/** The figure with its terms read through `change`, which keeps their times, its other sentences through `say`, and with this verdict. */
export function reworded(
  figure: Figure,
  verdict: Figure['verdict'],
  change: (terms: readonly Term[]) => readonly Term[] = (terms) => terms,
  say: (text: string) => string = (text) => text,
): Figure {
  const missing = (): readonly string[] => (figure.status === 'unknown' ? figure.missing.map(say) : []);
  const head: Head = 'because' in figure ? { status: figure.status, because: say(figure.because) } : figure;
  const result = spelledLater(head, figure.assumptions, verdict, () => change(unkept(figure)), missing);
  totals.set(result, totalOf(figure));
  return result;
}

/** Known terms of a figure taken together, in seconds. */
export function totalOf(figure: Figure): number {
  return totals.get(figure) ?? sumOf(figure.terms, 0);
}

/** The terms, of a chain without its keeping them. */
function unkept(figure: Figure): readonly Term[] {
  return tails.has(figure) ? termsOfChain(figure) : figure.terms;
}

function sumOf(terms: readonly Term[], before: number): number {
  return terms.reduce((sum, each) => sum + (each.seconds ?? 0), before);
}

function termsOfChain(figure: Figure): readonly Term[] {
  const parts: (readonly Term[])[] = [];
  let at = figure;
  for (let tail = tails.get(at); tail !== undefined; tail = tails.get(at)) {
    parts.push(tail.terms);
    at = tail.start;
  }
  parts.push(at.terms);
  return parts.reverse().flat();
}

function missingOfChain(figure: Figure): readonly string[] {
  const parts: (readonly string[])[] = [];
  let at = figure;
  for (let tail = tails.get(at); tail !== undefined && at.status === 'unknown'; tail = tails.get(at)) {
    parts.push(tail.missing);
    at = tail.start;
  }
  if (at.status === 'unknown') parts.push(at.missing);
  return [...new Set(parts.reverse().flat())];
}

/** A figure whose terms, and what is missing of it, are worked out when they are first read. */
function spelledLater(
  head: Head,
  assumptions: readonly string[],
  verdict: Figure['verdict'],
  terms: () => readonly Term[],
  missing: () => readonly string[],
): Figure {
  const unit = 'seconds';
  const rest = verdict === undefined ? ({ unit, assumptions } as const) : ({ unit, assumptions, verdict } as const);
  // A head may be a whole figure: each status carries what belongs to it, and no more.
  switch (head.status) {
    case 'known':
      return withTermsLater({ status: head.status, value: head.value, ...rest }, terms);
    case 'bounded':
      return withTermsLater({ status: head.status, lower: head.lower, upper: head.upper, ...rest }, terms);
    case 'unknown':
      return withTermsLater(withMissingLater({ status: head.status, ...rest }, missing), terms);
    case 'unbounded':
    case 'never':
      return withTermsLater({ status: head.status, because: head.because, ...rest }, terms);
  }
}
