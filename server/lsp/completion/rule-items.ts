import { CompletionItemKind } from 'vscode-languageserver';
import { laterDate } from '../../../language/rules/accept-fix.js';
import { describedRules } from '../../../language/rules/registry.js';
import type { CursorPlace } from '../../../language/syntax/completion/place.js';
import type { AnalysedModel } from '../../../language/workspace.js';
import type { ItemList } from './item-list.js';
import type { Snippet } from './snippet.js';
import { acceptance } from './snippets.js';

/** How long an acceptance that is offered holds: as long as one that a quick fix writes. */
const acceptedDays = 180;
/** More acceptances at once are a reason to read the findings instead. */
const mostAcceptances = 3;

/** Adds the codes of rules after `accepts`: those that find something in this declaration first. */
export function addRules(models: readonly AnalysedModel[], uri: string, at: CursorPlace, list: ItemList): void {
  const { here, elsewhere } = firing(models, uri, at);
  describedRules.forEach(({ code, title, docs }, order) => {
    const isHere = here.has(code);
    list.add({
      label: code,
      kind: CompletionItemKind.EnumMember,
      group: 'needed',
      order: (isHere ? 0 : elsewhere.has(code) ? 100 : 200) + order,
      detail: isHere ? `${title} \u00b7 found here` : title,
      documentation: docs.what,
    });
  });
}

/** Whole acceptances of what the rules find in this declaration. */
export function acceptances(models: readonly AnalysedModel[], uri: string, at: CursorPlace): readonly Snippet[] {
  const { here } = firing(models, uri, at);
  const [model] = models;
  if (model === undefined || here.size === 0) return [];
  const until = laterDate(model.analysis.asOf, acceptedDays);
  const owner = model.model.settings.owner?.value ?? 'owner';
  return describedRules
    .filter(({ code }) => here.has(code))
    .slice(0, mostAcceptances)
    .map(({ code, title }) => acceptance(code, title, until, owner));
}

/** The codes of findings that nobody has accepted: of the declaration around the cursor, and of the rest of the file. */
function firing(models: readonly AnalysedModel[], uri: string, at: CursorPlace) {
  const owner = at.owner.find(({ as }) => as.property === 'name')?.token.image;
  const here = new Set<string>();
  const elsewhere = new Set<string>();
  for (const { findings } of models) {
    for (const { code, subject, accepted, at: place } of findings) {
      if (accepted !== undefined) continue;
      if (owner !== undefined && (subject === owner || subject.startsWith(`${owner}.`))) here.add(code);
      else if (place.uri === uri) elsewhere.add(code);
    }
  }
  return { here, elsewhere };
}
