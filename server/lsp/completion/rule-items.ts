import { CompletionItemKind } from 'vscode-languageserver';
import { describedRules } from '../../../language/rules/registry.js';
import type { CursorPlace } from '../../../language/syntax/completion/place.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import type { ItemList } from './item-list.js';

/** Adds the codes of rules after `accepts`: those that find something in this declaration first. */
export function addRules(models: readonly AnalysedModel[], uri: string, at: CursorPlace, list: ItemList): void {
  const owner = at.owner.find(({ as }) => as.property === 'name')?.token.image;
  const found = new Set<string>();
  const elsewhere = new Set<string>();
  for (const { findings } of models) {
    for (const { code, subject, accepted, at: place } of findings) {
      if (accepted !== undefined) continue;
      if (subject === owner || subject.startsWith(`${owner}.`)) found.add(code);
      else if (place.uri === uri) elsewhere.add(code);
    }
  }
  describedRules.forEach(({ code, title, docs }, order) => {
    const here = found.has(code);
    list.add({
      label: code,
      kind: CompletionItemKind.EnumMember,
      group: 'needed',
      order: (here ? 0 : elsewhere.has(code) ? 100 : 200) + order,
      detail: here ? `${title} \u00b7 found here` : title,
      documentation: docs.what,
    });
  });
}
