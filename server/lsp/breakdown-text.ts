import { type ExplanationLine, explanationLines } from '../../language/analysis/explanation-lines.js';
import type { Explanation } from '../../language/analysis/figure.js';
import type { Model } from '../../language/model/model.js';

/** Lines of a breakdown that a hover shows unless it says otherwise; the command line prints the whole tree. */
const breakdownLines = 24;

/** How much of a tree is shown. */
export interface BreakdownChoice {
  /** What `--explain` calls the figure, for what does not fit. */
  readonly path: string;
  readonly most?: number;
  /** Lines deeper than this are left to the command line; 0 is the figure itself. */
  readonly deepest?: number;
  /** Labels whose lines stand elsewhere. */
  readonly without?: ReadonlySet<string>;
}

/** A breakdown as a nested list, the same lines as on the command line, each with a link to where its fact stands; what does not fit is counted. */
export function breakdownText(
  tree: Explanation,
  model: Model,
  { path, most = breakdownLines, deepest = Number.POSITIVE_INFINITY, without }: BreakdownChoice,
): string {
  const all = explanationLines(tree, model, without);
  const near = all.filter(({ depth }) => depth <= deepest);
  // One line over is shown: the line that counts would be as long.
  const shown = near.length - most === 1 ? near : near.slice(0, most);
  const more = all.length - shown.length;
  const rest = `- and ${more} more terms: \`drml analyze --explain ${path.replaceAll('`', "'")}\``;
  return [...shown.map(bullet), ...(more === 0 ? [] : [rest])].join('\n');
}

function bullet(line: ExplanationLine): string {
  const formula = line.formula === undefined ? '' : `: \`${line.formula.replaceAll('`', "'")}\``;
  const value = line.value === '' ? '' : ` ${escaped(line.value)}`;
  return `${'  '.repeat(line.depth)}- ${escaped(line.label)}${value}${formula}${where(line)}`;
}

function where({ at, origin }: ExplanationLine): string {
  const parts = [
    ...(at === undefined
      ? []
      : [`[${escaped(at.file)}:${at.line}](${encodeURI(at.uri).replace(/[()]/g, encodeURIComponent)}#L${at.line})`]),
    ...(origin === undefined ? [] : [escaped(origin)]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Text of the user's as Markdown that says the same: no markup, no HTML, no table cells of its own. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&').replace(/\s+/g, ' ');
}
