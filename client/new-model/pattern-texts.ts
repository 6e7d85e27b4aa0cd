import { l10n } from 'vscode';
import type { StarterPatternId } from '../../language/starter/starter.js';

/** How a pattern is offered, in the user's language. */
export function patternTexts(pattern: StarterPatternId): { readonly label: string; readonly detail: string } {
  switch (pattern) {
    case 'single-region':
      return {
        label: l10n.t('Single region'),
        detail: l10n.t(
          'Three zones of one region. Survives the loss of a zone; the loss of the region means a restore from backups.',
        ),
      };
    case 'active-passive':
      return {
        label: l10n.t('Active-passive'),
        detail: l10n.t('One region serves, a second one stands by and takes over. Survives the loss of a region in minutes.'),
      };
    case 'active-active':
      return {
        label: l10n.t('Active-active'),
        detail: l10n.t(
          'Two regions serve and each can carry all; the store writes in one of them. Survives the loss of a region in minutes.',
        ),
      };
    case 'multi-active':
      return {
        label: l10n.t('Multi-active'),
        detail: l10n.t(
          'Three regions serve and agree on every write by majority. Survives the loss of a region without losing data; writes cost a round trip.',
        ),
      };
    case 'two-cities-three-centres':
      return {
        label: l10n.t('Two cities, three centres'),
        detail: l10n.t(
          'Two data centres of one city share every write; a third one in another city follows. Survives the loss of a centre at once, of the city in minutes.',
        ),
      };
  }
}
