/** What a report is made of. */
import type { Analysis } from '../analysis/analysis.js';
import type { Model } from '../model/model.js';
import { daysBetween } from '../rules/restore-age.js';
import type { Finding } from '../rules/rule.js';

/** Where a model came from, so that a signed paper can be matched to it. The host computes the sums: there is no hashing in the language. */
export interface Origin {
  /** Of DRML. */
  readonly version: string;
  /** The files of the model by their paths from the root's folder. */
  readonly sources: readonly { readonly path: string; readonly sha256: string }[];
  /** SHA-256 of the list of sums, a line `SUM  PATH` for each file in order of the paths: what `sha256sum PATHS | sha256sum` prints. */
  readonly sha256: string;
}

/** One analysed root and where it came from. */
export interface ReportInput {
  readonly model: Model;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly origin: Origin;
}

/** How long ago a day was: `today`, `51 d ago`, `in 3 d`. */
export function ageText(date: string, asOf: string): string {
  const days = daysBetween(date, asOf);
  if (Number.isNaN(days)) return 'not a date';
  return days === 0 ? 'today' : days > 0 ? `${days} d ago` : `in ${-days} d`;
}

/** Order of names that is the same on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many names a list tells. */
const mostNames = 8;

/** Names in order, the first of them where there are many: `a, b and 4 more`. */
export function shortList(names: Iterable<string>): string {
  const sorted = [...names].sort(byText);
  const shown = sorted.slice(0, mostNames).join(', ');
  return sorted.length <= mostNames ? shown : `${shown} and ${sorted.length - mostNames} more`;
}
