import type { Command } from 'vscode-languageserver';
import { hostedIn, ownerCount } from '../../../language/model/usage.js';
import { type LensContext, leadingTo, placesOf } from './lens.js';

/** `hosts 5 components · 2 go down with it`, above a region; a click shows where they are placed. */
export function sitesLens(context: LensContext): Command | undefined {
  const { models, subject } = context;
  if (models.length === 0) return undefined;
  const count = ownerCount(models.flatMap(({ model }) => hostedIn(model, subject)));
  const down = new Set(models.flatMap(({ analysis }) => [...analysis.downWithout(subject)])).size;
  const hosts = count === 0 ? 'hosts nothing' : `hosts ${count === 1 ? '1 component' : `${count} components`}`;
  const title =
    count === 0
      ? hosts
      : `${hosts} \u00b7 ${down === 0 ? 'all stay up without it' : `without it ${down} ${down === 1 ? 'is' : 'are'} down`}`;
  return leadingTo(
    context,
    title,
    placesOf(models, ({ model }) => hostedIn(model, subject)),
  );
}
