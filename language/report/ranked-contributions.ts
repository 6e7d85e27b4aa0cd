import type { Analysis, Contribution } from '../analysis/analysis.js';
import { eventName } from '../analysis/explain.js';
import { byText } from './report-input.js';

/**
 * What each event costs a subject, the largest gain first. Gains that differ by rounding alone count as equal, so that names decide,
 * and the order of declaration does not.
 */
export function rankedContributions(analysis: Analysis, subject: string): readonly Contribution[] {
  const rounded = ({ gain }: Contribution): number => Number(gain.toPrecision(9));
  return [...analysis.contributions(subject)].sort(
    (a, b) => rounded(b) - rounded(a) || byText(eventName(a.event), eventName(b.event)),
  );
}
