/** How rules say the terms of a time: each with its length, and which of them is the largest. */
import type { Figure, Term } from '../analysis/figure.js';
import { durationText } from '../analysis/figure-text.js';
import type { RawFinding } from './rule.js';

/** ` Largest part: restore 4 h.`, with a space before; empty where no term takes time. */
export function dominating(terms: readonly Term[]): string {
  let top: Term | undefined;
  for (const term of terms) {
    if (term.seconds !== undefined && term.seconds > (top?.seconds ?? 0)) top = term;
  }
  return top === undefined ? '' : ` Largest part: ${termWords(top)}.`;
}

/** `detect 30 s`. */
export function termWords(term: Term): string {
  return term.seconds === undefined ? `${term.name}, unknown` : `${term.name} ${durationText(term.seconds)}`;
}

/** Each term that stands in the text, as related information. */
export function relatedTerms(figure: Figure): RawFinding['related'] {
  return figure.terms.flatMap((term) => (term.source === undefined ? [] : [{ message: `${termWords(term)}.`, at: term.source }]));
}
