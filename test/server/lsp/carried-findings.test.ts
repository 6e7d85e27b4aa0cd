import { TextDocument } from 'langium';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { carried } from '../../../server/lsp/carried-findings.js';

/** One finding a line, named by the line's text. */
function findings(text: string): readonly Diagnostic[] {
  return text.split('\n').map((line, index) => ({
    message: line,
    range: { start: { line: index, character: 0 }, end: { line: index, character: line.length } },
  }));
}

function where(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ message, range }) => `${message}@${range.start.line}`);
}

describe('findings carried over an edit', () => {
  const before = 'a\nb\nc\nd';
  test.each([
    ['nothing changed', 'a\nb\nc\nd', ['a@0', 'b@1', 'c@2', 'd@3']],
    ['a line was added above', 'x\na\nb\nc\nd', ['a@1', 'b@2', 'c@3', 'd@4']],
    ['a line was added inside', 'a\nb\nx\nc\nd', ['a@0', 'b@1', 'c@3', 'd@4']],
    ['a line was removed', 'a\nc\nd', ['a@0', 'c@1', 'd@2']],
    ['a line was changed in place: its finding waits for the analysis', 'a\nB\nc\nd', ['a@0', 'b@1', 'c@2', 'd@3']],
    ['lines became another number of lines', 'a\nB\nd', ['a@0', 'd@2']],
    ['everything went', '', []],
  ])('%s', (_, after, wanted) => {
    expect(where(carried(findings(before), before, TextDocument.create('file:///a.drml', 'drml', 1, after)))).toEqual(wanted);
  });
});
