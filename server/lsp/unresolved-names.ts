import type { LangiumDocument, LangiumDocuments, ReferenceInfo } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import { missingDeclarations } from '../../language/refactor/missing-declaration.js';
import { editDistance } from '../../language/syntax/nearest.js';
import { workspaceEdit } from './code-actions/workspace-edits.js';
import { touchesLines } from './positions.js';

/** Names that may stand where a reference stands. */
export type VisibleNames = (reference: ReferenceInfo) => readonly string[];

/** For names that do not resolve: the names that were probably meant, and the declaration that is missing. */
export function unresolvedNameActions(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
  visible: VisibleNames,
): CodeAction[] {
  const actions: CodeAction[] = [];
  for (const reference of document.references) {
    const node = 'ref' in reference ? reference.$refNode : undefined;
    const info = reference.error?.info;
    if (node === undefined || info === undefined) continue;
    if (!touchesLines(node.range, params.range.start.line, params.range.end.line)) continue;
    const { start } = node.range;
    const diagnostics = params.context.diagnostics.filter(
      ({ range }) => range.start.line === start.line && range.start.character === start.character,
    );
    const meant = nearestNames(reference.$refText, visible(info));
    meant.forEach((name, index) => {
      const edit: TextEdit = { range: node.range, newText: name };
      actions.push({
        title: `Change to "${name}"`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: index === 0 && meant.length === 1,
        edit: { changes: { [document.uri.toString()]: [edit] } },
      });
    });
    for (const { title, changes } of missingDeclarations(documents, document, info)) {
      const edit = workspaceEdit(documents, changes);
      if (edit !== undefined) actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics, edit });
    }
  }
  return actions;
}

/** At most three names that are a slip away: one edit in four letters, the nearest first. */
export function nearestNames(name: string, candidates: readonly string[]): readonly string[] {
  const most = Math.max(1, Math.floor(name.length / 4));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate, most) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
