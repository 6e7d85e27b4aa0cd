import type { LangiumDocument, LangiumDocuments } from 'langium';
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { organizedImports } from '../../../language/refactor/organize-imports.js';
import { joined } from '../../../language/refactor/safe-fixes.js';
import type { Figures } from '../figures.js';
import { fixAllKind } from './kinds.js';
import { safeLanguageChanges } from './language-fixes.js';
import { safeRuleChanges } from './rule-fixes.js';
import { workspaceEdit } from './workspace-edits.js';

/** All fixes of a file that may be made without asking, in one edit. */
export function fixAllActions(documents: LangiumDocuments, document: LangiumDocument, figures: Figures): readonly CodeAction[] {
  const uri = document.uri.toString();
  const changes = joined([...safeLanguageChanges(document), ...safeRuleChanges(documents, uri, figures)]);
  const edit = workspaceEdit(documents, changes);
  return edit === undefined ? [] : [{ title: 'Fix all safe problems', kind: fixAllKind, edit }];
}

/** Sorts the imports of a file and drops those that bring nothing. */
export function organizeImportsActions(
  documents: LangiumDocuments,
  document: LangiumDocument,
  figures: Figures,
): readonly CodeAction[] {
  const models = figures.modelsOf(document.uri.toString()).map(({ model }) => model);
  const edit = workspaceEdit(documents, organizedImports(documents, document, models));
  return edit === undefined ? [] : [{ title: 'Organize imports', kind: CodeActionKind.SourceOrganizeImports, edit }];
}
