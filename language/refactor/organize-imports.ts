/** Imports in order: sorted, each file once, and none that brings nothing. */
import { AstUtils, type LangiumDocument, type LangiumDocuments, URI } from 'langium';
import type { TextChange } from '../edit/edit.js';
import type { Model } from '../model/model.js';
import { importsOf, type ResolvedImport } from '../syntax/imports.js';
import { isBlank, lineBreakOf, pieceOf, removals } from './statement-text.js';

/**
 * Changes that sort the imports of a file by path and drop those that are written twice or bring nothing: no name of the file is used
 * here, and every model still holds the same files without it. Empty where all is well.
 */
export function organizedImports(
  documents: LangiumDocuments,
  document: LangiumDocument,
  models: readonly Model[],
): readonly TextChange[] {
  const imports = importsOf(document);
  const kept = withoutUnused(documents, document, models, withoutRepeated(imports));
  const sorted = [...kept].sort((a, b) => compare(a.node.path ?? '', b.node.path ?? ''));
  if (sorted.length === imports.length && sorted.every((each, index) => each === imports[index])) return [];
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const pieces = imports.map(({ node }, index) => {
    const piece = pieceOf(node, text);
    // A comment above the first import heads the file.
    return index === 0 ? { start: node.$cstNode?.offset ?? piece.start, end: piece.end } : piece;
  });
  const isTogether = pieces.every(({ start }, index) => index === 0 || isBlank(text.slice(pieces[index - 1]?.end ?? 0, start)));
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (!isTogether || sorted.length === 0) {
    const gone = imports.flatMap((each, index) => (kept.includes(each) ? [] : (pieces[index] ?? [])));
    return removals(uri, text, gone);
  }
  const lines = sorted.map((each) => {
    const piece = pieces[imports.indexOf(each)] ?? first;
    return text.slice(piece.start, piece.end);
  });
  return [{ uri, start: first.start, end: last.end, text: lines.join(lineBreakOf(text)) }];
}

function withoutRepeated(imports: readonly ResolvedImport[]): readonly ResolvedImport[] {
  const seen = new Set<string>();
  return imports.filter(({ uri, node }) => {
    const key = uri?.toString() ?? `? ${node.path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function withoutUnused(
  documents: LangiumDocuments,
  document: LangiumDocument,
  models: readonly Model[],
  imports: readonly ResolvedImport[],
): readonly ResolvedImport[] {
  const used = filesUsed(document);
  const roots = models.map(({ root, files }) => ({ root, count: files.length }));
  let kept = imports;
  for (const each of imports) {
    const target = each.uri?.toString();
    if (target === undefined || used.has(target) || !documents.hasDocument(URI.parse(target))) continue;
    const without = kept.filter((other) => other !== each);
    const reach = (from: string): ReadonlySet<string> => reached(documents, from, document, without);
    const own = reach(document.uri.toString());
    const isNeeded = roots.some(({ root, count }) => reach(root).size < count) || [...used].some((file) => !own.has(file));
    if (!isNeeded) kept = without;
  }
  return kept;
}

/** Files that declare what this one refers to. */
function filesUsed(document: LangiumDocument): ReadonlySet<string> {
  const files = new Set<string>();
  for (const reference of document.references) {
    const target = 'ref' in reference ? reference.ref : undefined;
    if (target !== undefined) files.add(AstUtils.getDocument(target).uri.toString());
  }
  return files;
}

/** Files in the closure of one, where `changed` has other imports than it has now. */
function reached(
  documents: LangiumDocuments,
  from: string,
  changed: LangiumDocument,
  imports: readonly ResolvedImport[],
): ReadonlySet<string> {
  const seen = new Set([from]);
  for (const uri of seen) {
    const document = documents.getDocument(URI.parse(uri));
    if (document === undefined) continue;
    for (const each of document === changed ? imports : importsOf(document)) {
      if (each.uri !== undefined && documents.hasDocument(each.uri)) seen.add(each.uri.toString());
    }
  }
  return seen;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
