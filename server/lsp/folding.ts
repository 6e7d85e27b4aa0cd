import type { LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';

/** Everything that matters to folding, in one expression: texts, comments, braces, imports. What stands inside a text or comment is none of it. */
const piece = /"(?:\\.|[^"\\\n\r])*"?|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[{}]|\bimport\b/g;
const regionStart = /^\/\/\s*#?region\b\s*(.*)$/;
const regionEnd = /^\/\/\s*#?endregion\b/;

/**
 * Folds blocks, comments, runs of imports and `// #region` … `// #endregion`. Works on the text alone, so that a file that is being edited
 * keeps its folds whatever state its syntax is in. A block folds to its last line, which stays visible.
 */
export class Folding implements FoldingRangeProvider {
  getFoldingRanges(document: LangiumDocument): FoldingRange[] {
    const text = document.textDocument;
    const lineOf = (offset: number): number => text.positionAt(offset).line;
    const folds: FoldingRange[] = [];
    const fold = (startLine: number, endLine: number, kind?: FoldingRangeKind, collapsedText?: string): void => {
      if (endLine <= startLine) return;
      folds.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }), ...(collapsedText ? { collapsedText } : {}) });
    };
    const blocks: number[] = [];
    const regions: { readonly line: number; readonly name: string }[] = [];
    let comments: { readonly first: number; last: number } | undefined;
    let imports: { readonly first: number; last: number } | undefined;
    const endComments = (): void => {
      if (comments !== undefined) fold(comments.first, comments.last, FoldingRangeKind.Comment);
      comments = undefined;
    };
    const content = text.getText();
    for (const match of content.matchAll(piece)) {
      const [word] = match;
      const line = lineOf(match.index);
      const alone = isAlone(content, match.index);
      if (word === '{') blocks.push(line);
      else if (word === '}') fold(blocks.pop() ?? line, line - 1);
      else if (word.startsWith('//')) {
        const marker = regionStart.exec(word);
        if (marker !== null && alone) regions.push({ line, name: (marker[1] ?? '').trim() });
        else if (regionEnd.test(word) && alone) {
          const region = regions.pop();
          if (region !== undefined) fold(region.line, line, FoldingRangeKind.Region, region.name);
        } else if (alone && comments?.last === line - 1) comments.last = line;
        else {
          endComments();
          if (alone) comments = { first: line, last: line };
        }
      } else if (word.startsWith('/*')) fold(line, lineOf(match.index + word.length) - 1, FoldingRangeKind.Comment);
      else if (word === 'import' && alone && blocks.length === 0) {
        if (imports === undefined) imports = { first: line, last: line };
        else imports.last = line;
      }
      // Anything but a path ends the run of imports.
      if (imports !== undefined && (word === '{' || word === '}') && imports.last < line) {
        fold(imports.first, imports.last, FoldingRangeKind.Imports);
        imports = undefined;
      }
    }
    endComments();
    if (imports !== undefined) fold(imports.first, imports.last, FoldingRangeKind.Imports);
    return folds.sort((a, b) => a.startLine - b.startLine);
  }
}

/** Whether nothing but blanks stands before an offset on its line. */
function isAlone(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at--) {
    const char = text[at];
    if (char === '\n' || char === '\r') return true;
    if (char !== ' ' && char !== '\t') return false;
  }
  return true;
}
