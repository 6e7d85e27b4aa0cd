/** Runs refactorings over files in memory: what is offered at a selection, and what the files and figures are afterwards. */
import { AstUtils, URI } from 'langium';
import { analyze } from '../../../language/analysis/analyze.js';
import { changedText } from '../../../language/edit/apply.js';
import { formatterOf } from '../../../language/refactor/formatted.js';
import type { Refactoring } from '../../../language/refactor/refactoring.js';
import { refactoringsAt } from '../../../language/refactor/refactorings.js';
import { formatDocument } from '../../../language/syntax/format.js';
import { fileOf } from '../../../language/syntax/imports.js';
import { type Files, type Parsed, parseFiles } from '../model-of.js';

export interface Selected {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Files with `[[` and `]]` around the selection, or `<|>` at the caret, taken out. */
export function selectedIn(files: Files): { readonly files: Files; readonly at: Selected } {
  for (const [path, text] of Object.entries(files)) {
    const caret = text.indexOf('<|>');
    if (caret >= 0) return { files: { ...files, [path]: text.replace('<|>', '') }, at: { path, start: caret, end: caret } };
    const start = text.indexOf('[[');
    if (start < 0) continue;
    const plain = text.replace('[[', '');
    const end = plain.indexOf(']]');
    return { files: { ...files, [path]: plain.replace(']]', '') }, at: { path, start, end } };
  }
  throw new Error('No file has a mark.');
}

export function uriOf(path: string): string {
  return `memory:/${path}`;
}

/** What is offered at a selection of files that are read already. */
export function offeredAt(parsed: Parsed, at: Selected): readonly Refactoring[] {
  const document = parsed.documents.find((each) => each.uri.toString() === uriOf(at.path));
  const file = document === undefined ? undefined : fileOf(document);
  if (document === undefined || file === undefined) throw new Error(`${at.path} is not among the files.`);
  const documents = parsed.services.shared.workspace.LangiumDocuments;
  const context = {
    documents,
    document,
    file,
    selection: at,
    models: [parsed.model],
    format: formatterOf(parsed.services),
  };
  return refactoringsAt(context, () => true, true);
}

export async function offered(marked: Files): Promise<{ readonly files: Files; readonly refactorings: readonly Refactoring[] }> {
  const { files, at } = selectedIn(marked);
  return { files, refactorings: offeredAt(await parseFiles(files), at) };
}

/** The files after a refactoring. */
export function after(files: Files, refactoring: Refactoring): Files {
  const result: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) {
    result[path] = changedText(
      text,
      refactoring.changes.filter((change) => change.uri === uriOf(path)),
    );
  }
  for (const { uri, text } of refactoring.creates ?? []) result[URI.parse(uri).path.replace(/^\//, '')] = text;
  return result;
}

/** Messages of all files. */
export function problemsOf(parsed: Parsed): readonly string[] {
  return parsed.documents.flatMap((document) => (document.diagnostics ?? []).map(({ message }) => String(message)));
}

/**
 * All figures of a model, without the places they come from and without the last digits, which hang on the order of summing; with
 * `anyOrder` also without the names of which of several equally bad scopes is worst, which hangs on the order of declaration.
 */
export function figuresOf(parsed: Parsed, anyOrder = false): string {
  const report = analyze(parsed.model, { asOf: '2026-11-21' }).report();
  const plain = (key: string, value: unknown): unknown => {
    if (key === 'source' || key === 'at') return undefined;
    if (anyOrder && ['worstSite', 'terms', 'because'].includes(key)) return undefined;
    return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
  };
  return JSON.stringify(report, plain, 1);
}

/** What the formatter would still change, one line a place; empty where every text is laid out. */
export function unformatted(parsed: Parsed): readonly string[] {
  return parsed.documents.flatMap((document) => {
    const text = document.textDocument.getText();
    return formatDocument(text, document.parseResult).map(
      ({ start, end, newText }) => `${JSON.stringify(text.slice(start - 30, end + 10))} \u2192 ${JSON.stringify(newText)}`,
    );
  });
}

/** Comments of all files, sorted: a refactoring loses none. */
export function commentsOf(files: Files): readonly string[] {
  return Object.values(files)
    .flatMap((text) => text.replace(/"(?:\\.|[^"\\\n])*"/g, '""').match(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g) ?? [])
    .map((comment) => comment.replace(/\s+/g, ' ').trim())
    .sort();
}

/** Offsets of every node that has a place of its own, for tests that try each. */
export function placesOf(parsed: Parsed, path: string): readonly { readonly start: number; readonly end: number }[] {
  const document = parsed.documents.find((each) => each.uri.toString() === uriOf(path));
  const root = document?.parseResult.value;
  if (root === undefined) return [];
  return AstUtils.streamAllContents(root)
    .toArray()
    .flatMap(({ $cstNode: cst }) => (cst === undefined ? [] : [{ start: cst.offset, end: cst.end }]));
}
