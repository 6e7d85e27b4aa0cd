import type { Command } from 'vscode-languageserver';
import { lastDrillOf } from '../../../language/model/usage.js';
import { type LensContext, leadingTo, placesOf } from './lens.js';

/** `last drill 2026-09-14`, above a scenario; a click shows it. */
export function drillsLens(context: LensContext): Command | undefined {
  const { models, subject } = context;
  if (models.length === 0) return undefined;
  const dates = models.flatMap(({ model }) => lastDrillOf(model, subject)?.date ?? []).sort();
  const last = dates.at(-1);
  const places = placesOf(models, ({ model }) => {
    const drill = lastDrillOf(model, subject);
    return drill === undefined ? [] : [{ owner: subject, at: drill.at }];
  });
  return leadingTo(context, last === undefined ? 'never drilled' : `last drill ${last}`, places);
}
