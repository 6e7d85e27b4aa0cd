import { type AstNode, AstUtils, GrammarUtils, type LangiumDocument, type LangiumDocuments, URI, UriUtils } from 'langium';
import type { RenameFilesParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { isImport, isText } from '../../language/generated/ast.js';

/** A file or folder that is about to be moved. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * The edits that keep relative paths right when files or folders are renamed or moved: `import` in the moved files and in those that
 * import them, and `manifest` in the moved files. Paths that do not change are not touched.
 */
export function editsForRenamedFiles(documents: LangiumDocuments, { files }: RenameFilesParams): WorkspaceEdit | null {
  const moves = files.map(({ oldUri, newUri }): Move => ({ from: trimmed(oldUri), to: trimmed(newUri) }));
  const changes: Record<string, TextEdit[]> = {};
  for (const document of documents.all) {
    const edits = editsIn(document, moves);
    if (edits.length > 0) changes[document.uri.toString()] = edits;
  }
  return Object.keys(changes).length === 0 ? null : { changes };
}

function editsIn(document: LangiumDocument, moves: readonly Move[]): TextEdit[] {
  const [before, after] = [UriUtils.dirname(document.uri), UriUtils.dirname(moved(document.uri, moves))];
  const edits: TextEdit[] = [];
  for (const { node, property, path } of pathsIn(document.parseResult.value)) {
    const target = UriUtils.joinPath(before, path);
    const future = moved(target, moves);
    if (future.toString() === target.toString() && before.toString() === after.toString()) continue;
    const wanted = relativePath(after, future, path);
    const range = GrammarUtils.findNodeForProperty(node.$cstNode, property)?.range;
    if (wanted === path || range === undefined) continue;
    // The path stands between quotes, which stay: an editor then marks what really changes.
    const start = { line: range.start.line, character: range.start.character + 1 };
    edits.push({ range: { start, end: { line: range.end.line, character: range.end.character - 1 } }, newText: wanted });
  }
  return edits;
}

interface WrittenPath {
  readonly node: AstNode;
  readonly property: string;
  readonly path: string;
}

function pathsIn(root: AstNode): readonly WrittenPath[] {
  const found: WrittenPath[] = [];
  const add = (node: AstNode, property: string, path: string | undefined): void => {
    if (path !== undefined && path !== '' && path.isWellFormed() && !/^[/\\]|^[a-z]+:/i.test(path))
      found.push({ node, property, path });
  };
  for (const node of AstUtils.streamAst(root)) {
    if (isImport(node)) add(node, 'path', node.path);
    else if (isText(node) && node.key === 'manifest') add(node, 'value', node.value);
  }
  return found;
}

/** Where a file will be; the file itself where nothing moves it. */
function moved(uri: URI, moves: readonly Move[]): URI {
  const text = uri.toString();
  for (const { from, to } of moves) {
    if (text === from) return URI.parse(to);
    if (text.startsWith(`${from}/`)) return URI.parse(to + text.slice(from.length));
  }
  return uri;
}

/** A path as it is written in a file of `folder`; imports start with a dot, other paths only where they did before. */
function relativePath(folder: URI, target: URI, before: string): string {
  const path = UriUtils.relative(folder, target);
  return path.startsWith('../') || !before.startsWith('.') ? path : `./${path}`;
}

/** Editors spell the same file in several ways (`%3A` or `:`): the spelling of the server's own documents counts. */
function trimmed(uri: string): string {
  return UriUtils.normalize(uri).replace(/\/$/, '');
}
