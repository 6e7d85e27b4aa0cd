import { type LangiumDocument, type LangiumDocuments, URI } from 'langium';
import type { CodeAction, CodeActionParams, Command } from 'vscode-languageserver';
import { changedText } from '../../../language/edit/apply.js';
import type { Refactoring } from '../../../language/refactor/refactoring.js';
import { refactoringsAt } from '../../../language/refactor/refactorings.js';
import { fileOf } from '../../../language/syntax/imports.js';
import type { ClientAbilities } from '../client-abilities.js';
import type { Figures } from '../figures.js';
import { refactorKinds } from './kinds.js';
import { positionIn, workspaceEdit } from './workspace-edits.js';

/** What the editor asked for: which kinds, and whether a person asked or the caret just moved. */
export interface Asked {
  readonly wants: (kind: string) => boolean;
  readonly byPerson: boolean;
}

/** Refactorings that fit the selection, with the edits that carry them out. */
export function refactorActions(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
  parts: { readonly figures: Figures; readonly client: ClientAbilities; readonly format: (text: string) => string },
  asked: Asked,
): readonly CodeAction[] {
  const file = fileOf(document);
  if (file === undefined) return [];
  const text = document.textDocument;
  const context = {
    documents,
    document,
    file,
    selection: { start: text.offsetAt(params.range.start), end: text.offsetAt(params.range.end) },
    models: parts.figures.modelsOf(document.uri.toString()).map(({ model }) => model),
    format: parts.format,
  };
  return refactoringsAt(context, (kind) => asked.wants(refactorKinds[kind]), asked.byPerson).flatMap((refactoring) =>
    actionOf(documents, refactoring, parts.client),
  );
}

function actionOf(documents: LangiumDocuments, refactoring: Refactoring, client: ClientAbilities): readonly CodeAction[] {
  const { title, changes, creates = [], refused } = refactoring;
  const kind = refactorKinds[refactoring.kind];
  if (refused !== undefined) return client.showsDisabled ? [{ title, kind, disabled: { reason: refused } }] : [];
  if (creates.length > 0 && !client.createsFiles) return [];
  const edit = workspaceEdit(documents, changes, creates);
  if (edit === undefined) return [];
  const command = client.has('drml.renameAfterEdit') ? renaming(documents, refactoring) : undefined;
  return [{ title, kind, edit, ...(command === undefined ? {} : { command }) }];
}

/** Lets the author choose the name that the refactoring has made up. */
function renaming(documents: LangiumDocuments, { rename, changes }: Refactoring): Command | undefined {
  const before = rename === undefined ? undefined : documents.getDocument(URI.parse(rename.uri))?.textDocument.getText();
  if (rename === undefined || before === undefined) return undefined;
  const after = changedText(
    before,
    changes.filter(({ uri }) => uri === rename.uri),
  );
  return {
    title: 'Rename',
    command: 'drml.renameAfterEdit',
    arguments: [rename.uri, positionIn(after, rename.offset)],
  };
}
