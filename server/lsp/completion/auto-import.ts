import type { AstNodeDescription, LangiumDocument, URI } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { Position, TextEdit } from 'vscode-languageserver';
import { isImport, isModelBlock } from '../../../language/generated/ast.js';
import { pathBetween } from '../../../language/refactor/import-lines.js';
import { fileOf, importsOf } from '../../../language/syntax/imports.js';
import { type NameSpace, workspaceNames } from '../../../language/syntax/workspace-names.js';

/** A name of another file, with the import that makes it visible. */
export interface ImportableName {
  readonly description: AstNodeDescription;
  /** The path of the import. */
  readonly path: string;
  readonly edit: TextEdit;
}

/**
 * Names of files of the workspace that this file does not see. Files of other models are left out: those with a `model` block, and those
 * that declare a name which means something else here.
 */
export function importableNames(
  services: LangiumServices,
  document: LangiumDocument,
  space: NameSpace,
  suits: (description: AstNodeDescription) => boolean,
): readonly ImportableName[] {
  const { graph, spaces } = workspaceNames(services.shared, document);
  const isSeen = (file: LangiumDocument): boolean => file === document || graph.reaches(document, file);
  const suiting = new Map<LangiumDocument, AstNodeDescription[]>();
  const others = new Set<LangiumDocument>();
  for (const declarations of spaces[space].values()) {
    const unseen = declarations.filter((declared) => !isSeen(declared.document));
    const isKnown = unseen.length < declarations.length;
    for (const { document: file, description } of unseen) {
      if (isKnown) others.add(file);
      else if (suits(description)) {
        const known = suiting.get(file);
        if (known === undefined) suiting.set(file, [description]);
        else known.push(description);
      }
    }
  }
  const found: ImportableName[] = [];
  for (const [file, descriptions] of suiting) {
    const added = others.has(file) || isModel(file) ? undefined : importOf(document, file.uri);
    if (added !== undefined) found.push(...descriptions.map((description) => ({ description, ...added })));
  }
  return found;
}

/** Files of the workspace that may be imported and are not yet, as paths that an import takes. */
export function importablePaths(services: LangiumServices, document: LangiumDocument): readonly string[] {
  const known = new Set(importsOf(document).map(({ uri }) => uri?.toString()));
  return services.shared.workspace.LangiumDocuments.all
    .filter(({ uri }) => uri.toString() !== document.uri.toString() && !known.has(uri.toString()))
    .map(({ uri }) => importPath(document.uri, uri))
    .nonNullable()
    .toArray()
    .sort((a, b) => steps(a) - steps(b) || (a < b ? -1 : 1));
}

function steps(path: string): number {
  return path.split('/').length + (path.startsWith('../') ? 10 : 0);
}

function isModel(document: LangiumDocument): boolean {
  return fileOf(document)?.elements.some(isModelBlock) === true;
}

/** The relative path of an import; undefined where there is none, as between two drives or schemes. */
function importPath(from: URI, to: URI): string | undefined {
  if (from.scheme !== to.scheme || from.authority !== to.authority) return undefined;
  const path = pathBetween(from, to);
  return /["\\]/.test(path) ? undefined : path;
}

function importOf(document: LangiumDocument, target: URI): { readonly path: string; readonly edit: TextEdit } | undefined {
  const path = importPath(document.uri, target);
  if (path === undefined) return undefined;
  return { path, edit: importEdit(document, path) };
}

/** Puts the import where its path sorts among those that are there, else above the first declaration and its comment. */
export function importEdit(document: LangiumDocument, path: string): TextEdit {
  const text = document.textDocument;
  const eol = text.getText().includes('\r\n') ? '\r\n' : '\n';
  const imports = (fileOf(document)?.elements ?? []).filter(isImport).filter(({ $cstNode }) => $cstNode !== undefined);
  const before = imports.findLast((each) => (each.path ?? '') < path);
  if (before?.$cstNode !== undefined) {
    const { end } = before.$cstNode;
    // A comment behind the import stays with it.
    const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.getText().slice(end))?.[0] ?? '';
    return TextEdit.insert(text.positionAt(end + comment.length), `${eol}import "${path}"`);
  }
  const [first] = imports;
  if (first?.$cstNode !== undefined) return TextEdit.insert(first.$cstNode.range.start, `import "${path}"${eol}`);
  const line = lineAboveComment(document);
  const column = line === 0 && text.getText().startsWith('\uFEFF') ? 1 : 0;
  return TextEdit.insert(Position.create(line, column), `import "${path}"${eol}${eol}`);
}

/** The line of the first declaration, or of the comment that stands right above it; a comment apart from it is the file's own. */
function lineAboveComment(document: LangiumDocument): number {
  const start = fileOf(document)?.elements.find(({ $cstNode }) => $cstNode !== undefined)?.$cstNode?.range.start.line ?? 0;
  const lines = document.textDocument.getText().split(/\r?\n/, start);
  let line = start;
  while (line > 0 && /^\s*(\/\/|\/?\*)/.test(lines[line - 1] ?? '')) line--;
  return line;
}
