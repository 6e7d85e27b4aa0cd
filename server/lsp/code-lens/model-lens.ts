import type { Command } from 'vscode-languageserver';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { figureText } from '../../../language/analysis/figure-text.js';
import type { Severity } from '../../../language/rules/rule.js';
import { type LensContext, line } from './lens.js';

/** `2 errors, 1 warning · worst journey place-order 99.91% (7.9 h/yr)`, above the model; a click opens the picture. */
export function modelLens({ models, uri, client }: LensContext): Command | undefined {
  const [analysed] = models;
  if (analysed === undefined) return undefined;
  const count = (severity: Severity): number =>
    analysed.findings.filter((finding) => finding.severity === severity && finding.accepted === undefined).length;
  const parts = [`${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`];
  const worst = worstJourney(analysed.analysis);
  if (worst !== undefined) parts.push(worst);
  if (client.has('drml.openPreview')) parts.push('show picture');
  return line(client, parts.join(' \u00b7 '), 'drml.openPreview', [uri]);
}

/** The journey that is down most, with its figure; undefined without journeys. */
function worstJourney(analysis: Analysis): string | undefined {
  let worst: { readonly name: string; readonly down: number; readonly text: string } | undefined;
  for (const { name } of analysis.model.journeys) {
    const figure = analysis.availability(name)?.unavailability;
    if (figure === undefined) continue;
    const down = figure.status === 'known' ? figure.value : figure.status === 'bounded' ? figure.upper : 0;
    if (worst === undefined || down > worst.down) worst = { name, down, text: figureText(figure) };
  }
  return worst === undefined ? undefined : `worst journey ${worst.name} ${worst.text}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
