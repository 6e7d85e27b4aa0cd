import type { Command } from 'vscode-languageserver';
import { ownerCount, usesOf } from '../../../language/model/usage.js';
import { type LensContext, leadingTo, placesOf } from './lens.js';

/** `3 require this · 1 wants it`, over all models of the file; a click shows where. */
export function referencesLens(context: LensContext): Command | undefined {
  const { models, subject } = context;
  if (models.length === 0) return undefined;
  const uses = models.map(({ model }) => usesOf(model, subject));
  const hard = ownerCount(uses.flatMap((each) => each.hard));
  const soft = ownerCount(uses.flatMap((each) => each.soft));
  const parts = [hard === 0 ? 'nobody requires this' : hard === 1 ? '1 requires this' : `${hard} require this`];
  if (soft > 0) parts.push(soft === 1 ? '1 wants it' : `${soft} want it`);
  const places = placesOf(models, ({ model }) => {
    const { hard: requiring, soft: wanting } = usesOf(model, subject);
    return [...requiring, ...wanting];
  });
  return leadingTo(context, parts.join(' \u00b7 '), places);
}
