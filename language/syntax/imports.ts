/** Imports: which files a file sees, in which order, and how missing ones are read. */
import type { AstNode, LangiumDocument, LangiumDocuments, URI } from 'langium';
import { UriUtils } from 'langium';
import { type DrmlFile, type Import, isDrmlFile, isImport } from '../generated/ast.js';

/** One import statement and the file it means; `uri` is undefined where the path cannot be one. */
export interface ResolvedImport {
  readonly node: Import;
  readonly uri: URI | undefined;
}

/** The file's tree, or undefined where the document is of another language. */
export function fileOf(document: LangiumDocument): DrmlFile | undefined {
  const root: AstNode = document.parseResult.value;
  return isDrmlFile(root) ? root : undefined;
}

/** The import statements of a file, resolved against its folder. Only relative paths to `.drml` files are imports. */
export function importsOf(document: LangiumDocument): readonly ResolvedImport[] {
  const file = fileOf(document);
  if (file === undefined) return [];
  return file.elements.filter(isImport).map((node) => ({ node, uri: resolveImport(document.uri, node.path) }));
}

/** The file that `path` means when written in `from`, or undefined where it is no relative path to a `.drml` file. */
export function resolveImport(from: URI, path: string | undefined): URI | undefined {
  if (path === undefined || !isImportPath(path)) return undefined;
  const folder = folderOf(from);
  return folder === undefined ? undefined : UriUtils.joinPath(folder, path);
}

/** Whether a path can be imported by its form: relative, to a `.drml` file. */
export function isImportPath(path: string): boolean {
  // Half a character cannot be written in a URI: the attempt would throw wherever the URI is first shown.
  return /^\.{1,2}\//.test(path) && path.endsWith('.drml') && path.isWellFormed();
}

/**
 * The folder that imports of a file are looked for in. A document that was never saved has one where its editor knows already where it is
 * to be saved (`untitled:/shop/new.drml`), and none otherwise (`untitled:Untitled-1`).
 */
export function folderOf(file: URI): URI | undefined {
  if (file.scheme !== 'untitled') return UriUtils.dirname(file);
  return file.path.startsWith('/') ? UriUtils.dirname(file.with({ scheme: 'file' })) : undefined;
}

/** The import closure of a file: imported files before their importers, each once, cycles allowed. Unread files are left out. */
export function importClosure(documents: LangiumDocuments, root: LangiumDocument): readonly LangiumDocument[] {
  const seen = new Set<string>([root.uri.toString()]);
  const order: LangiumDocument[] = [];
  // An explicit stack instead of recursion: a chain of ten thousand imports must not overflow.
  const stack: { readonly document: LangiumDocument; readonly pending: LangiumDocument[] }[] = [];
  const enter = (document: LangiumDocument): void => {
    const pending: LangiumDocument[] = [];
    for (const { uri } of importsOf(document)) {
      const target = uri === undefined ? undefined : documents.getDocument(uri);
      if (target !== undefined) pending.push(target);
    }
    stack.push({ document, pending: pending.reverse() });
  };
  enter(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.pending.pop();
    if (next === undefined) {
      order.push(top.document);
      stack.pop();
    } else if (!seen.has(next.uri.toString())) {
      seen.add(next.uri.toString());
      enter(next);
    }
  }
  return order;
}

/**
 * Reads the files that a document imports, directly or not, and that are not yet known. A file that cannot be read stays
 * missing: a check reports it at the import.
 */
export async function loadImports(documents: LangiumDocuments, root: LangiumDocument): Promise<readonly LangiumDocument[]> {
  const loaded: LangiumDocument[] = [];
  const queue: LangiumDocument[] = [root];
  const seen = new Set<string>([root.uri.toString()]);
  for (let document = queue.shift(); document !== undefined; document = queue.shift()) {
    for (const { uri } of importsOf(document)) {
      if (uri === undefined || seen.has(uri.toString())) continue;
      seen.add(uri.toString());
      let target = documents.getDocument(uri);
      if (target === undefined) {
        try {
          target = await documents.getOrCreateDocument(uri);
          loaded.push(target);
        } catch {
          continue;
        }
      }
      queue.push(target);
    }
  }
  return loaded;
}
