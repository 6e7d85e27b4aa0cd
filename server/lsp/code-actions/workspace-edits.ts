import { TextDocument, URI } from 'langium';
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextChange } from '../../../language/edit/edit.js';

/** A file that an edit makes. */
export interface NewFile {
  readonly uri: string;
  readonly text: string;
}

/** Where texts are found that edits are for. */
export interface EditedTexts {
  getDocument(uri: URI): { readonly textDocument: TextDocument } | undefined;
}

/**
 * Changes of texts as the protocol says them, and new files before them; undefined where there is nothing to do. New files need a
 * client that makes them.
 */
export function workspaceEdit(
  documents: EditedTexts,
  changes: readonly TextChange[],
  files: readonly NewFile[] = [],
): WorkspaceEdit | undefined {
  const edits = new Map<string, TextEdit[]>();
  for (const change of changes) {
    const text = documents.getDocument(URI.parse(change.uri))?.textDocument;
    if (text === undefined) continue;
    const edit = { range: { start: text.positionAt(change.start), end: text.positionAt(change.end) }, newText: change.text };
    const list = edits.get(change.uri);
    if (list === undefined) edits.set(change.uri, [edit]);
    else list.push(edit);
  }
  if (files.length === 0) return edits.size === 0 ? undefined : { changes: Object.fromEntries(edits) };
  const start = { line: 0, character: 0 };
  const written = files.map(
    ({ uri, text }): TextDocumentEdit => ({
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    }),
  );
  const changed = [...edits].map(([uri, list]): TextDocumentEdit => ({ textDocument: { uri, version: null }, edits: list }));
  return {
    documentChanges: [
      ...files.map(({ uri }) => ({ kind: 'create' as const, uri, options: { overwrite: false } })),
      ...written,
      ...changed,
    ],
  };
}

/** Line and character of an offset in a text that no document holds. */
export function positionIn(text: string, offset: number): { line: number; character: number } {
  return TextDocument.create('', 'drml', 0, text).positionAt(offset);
}
