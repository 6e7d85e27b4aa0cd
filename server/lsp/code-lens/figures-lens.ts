import type { Command } from 'vscode-languageserver';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { figureText, timeText } from '../../../language/analysis/figure-text.js';
import type { DisruptionClass } from '../../../language/model/model.js';
import { type LensContext, line } from './lens.js';

/** `99.9898% (53.7 min/yr) · 2 single points · region-loss RTO 90 s`; a click opens the picture. */
export function figuresLens({ models, subject, uri, client }: LensContext, several: boolean): Command | undefined {
  const [analysed] = models;
  const title =
    analysed === undefined ? undefined : (figuresTitle(analysed.analysis, subject) ?? scenarioTitle(analysed.analysis, subject));
  if (analysed === undefined || title === undefined) return undefined;
  return line(client, several ? `${analysed.model.name}: ${title}` : title, 'drml.openPreview', [uri]);
}

/** The figures of a component or journey in one line, or undefined where the model has no such name. */
export function figuresTitle(analysis: Analysis, subject: string): string | undefined {
  const figures = analysis.availability(subject);
  if (figures === undefined) return undefined;
  const points = analysis.singlePoints(subject).length;
  const parts = [figureText(figures.unavailability)];
  parts.push(points === 0 ? 'no single point' : points === 1 ? '1 single point' : `${points} single points`);
  const recovery = worstRecovery(analysis, subject);
  if (recovery !== undefined) parts.push(recovery);
  return parts.join(' \u00b7 ');
}

/** What a scenario takes and whether it is as expected: `2 down \u00b7 1 lost \u00b7 2 of 3 expectations met`. */
function scenarioTitle(analysis: Analysis, name: string): string | undefined {
  const scenario = analysis.scenario(name);
  if (scenario === undefined) return undefined;
  const { down, degraded, overCapacity, lost, expectations } = scenario;
  const counts = (
    [
      [down, 'down'],
      [degraded, 'degraded'],
      [overCapacity, 'over capacity'],
      [lost, 'lost'],
    ] as const
  ).flatMap(([subjects, word]) => (subjects.length === 0 ? [] : [`${subjects.length} ${word}`]));
  const parts = counts.length === 0 ? ['nothing down'] : counts;
  const met = expectations.filter((expectation) => expectation.met === true).length;
  if (expectations.length > 0) parts.push(`${met} of ${expectations.length} expectations met`);
  return parts.join(' \u00b7 ');
}

/** The RTO people ask for first: of a region's loss, else of a zone's. */
function worstRecovery(analysis: Analysis, subject: string): string | undefined {
  const recovery = analysis.recovery(subject);
  const asked: readonly DisruptionClass[] = ['region-loss', 'zone-loss'];
  for (const disruption of asked) {
    const figures = recovery.get(disruption);
    if (figures === undefined || figures.survives === undefined) continue;
    return `${disruption} RTO ${timeText(figures.rto)}`;
  }
  return undefined;
}
