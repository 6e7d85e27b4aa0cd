/** Import statements as text: where new ones go, and how a file writes the path to another. */
import { type LangiumDocument, type URI, UriUtils } from 'langium';
import type { TextChange } from '../edit/edit.js';
import { importsOf } from '../syntax/imports.js';
import { lineBreakOf, lineEnd } from './statement-text.js';

/** The path that one file imports another by: `./platform.drml`, `../shared/sites.drml`. */
export function pathBetween(from: URI, to: URI): string {
  const path = UriUtils.relative(UriUtils.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** A change that adds imports: behind the last one, else behind the comment that heads the file. */
export function addedImports(document: LangiumDocument, files: readonly URI[]): readonly TextChange[] {
  if (files.length === 0) return [];
  const uri = document.uri.toString();
  const text = document.textDocument.getText();
  const eol = lineBreakOf(text);
  const lines = files.map((file) => `import "${pathBetween(document.uri, file)}"`).join(eol);
  const last = importsOf(document).at(-1)?.node.$cstNode;
  if (last !== undefined) {
    const end = lineEnd(text, last.end);
    const at = /^[ \t]*(\/\/|$)/.test(text.slice(last.end, end)) ? end : last.end;
    return [{ uri, start: at, end: at, text: `${eol}${lines}` }];
  }
  const at = headEnd(text);
  return [{ uri, start: at, end: at, text: `${lines}${eol}${eol}` }];
}

/** Behind the comment lines that a blank line separates from what follows; the start of the file where there are none. */
function headEnd(text: string): number {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const head = /^(?:[ \t]*\/\/[^\n]*\n)+[ \t]*\r?\n/.exec(text.slice(start))?.[0];
  return start + (head?.length ?? 0);
}
