/** Layout while somebody types; `|` is where the cursor is after the typed character. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, formatDocument } from '../../../language/syntax/format.js';
import { formatClosedBlock, formatLeftLine } from '../../../language/syntax/format-typing.js';
import { read, sample } from './read.js';

function closed(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return applyEdits(text, formatClosedBlock(text, offset));
}

function left(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return applyEdits(text, formatLeftLine(text, offset));
}

describe('a closed block', () => {
  it.each([
    ['of a declaration', 'service a {\ncpu 1\n      memory 1GiB\n  }|\n', 'service a {\n  cpu 1\n  memory 1GiB\n}\n'],
    [
      'inside a declaration, with no line outside of it',
      'service a {\n    cpu 1\nfailover {\n  detect 1s\n      }|\n      memory 1GiB\n}\n',
      'service a {\n    cpu 1\n  failover {\n    detect 1s\n  }\n      memory 1GiB\n}\n',
    ],
    [
      'with lists and reasons that go on',
      'service a {\nrequires b,\nc\naccepts DR001\nbecause "x"\n}|',
      'service a {\n  requires b,\n      c\n  accepts DR001\n      because "x"\n}',
    ],
    ['in a file with slips', 'service {{ "\nservice a {\ncpu\n}|\n', 'service {{ "\nservice a {\n  cpu\n}\n'],
    [
      'with braces in texts and comments',
      'service a {\nhost "}" // {\n/* { */ cpu 1\n}|',
      'service a {\n  host "}" // {\n  /* { */ cpu 1\n}',
    ],
  ])('is indented: %s', (_, text, wanted) => {
    expect(closed(text)).toBe(wanted);
  });

  it.each([
    ['on one line', 'service a {   cpu 1 }|'],
    ['at the end of a line', 'service a {\ncpu 1 }|'],
    ['that was never opened', '  }|\n'],
    ['in a text', 'service a {\nhost "  }|"\n}'],
    ['in a comment', 'service a {\n/*\n  }|\n*/\n}'],
    ['with blank lines and comments, which stay', 'service a {\n   \n  /* a\n b */\n}|'],
  ])('is left alone: %s', (_, text) => {
    expect(closed(text)).toBe(text.replace('|', ''));
  });

  it('uses the indentation that is asked for', () => {
    const text = 'service a {\n  cpu 1\n}';
    expect(applyEdits(text, formatClosedBlock(text, text.length, { indent: '\t' }))).toBe('service a {\n\tcpu 1\n}');
  });
});

describe('a line that was left', () => {
  it.each([
    ['a statement', 'service a {\n      cpu 1\n|\n', 'service a {\n  cpu 1\n\n'],
    ['a declaration', '   service a {\n|', 'service a {\n'],
    ['with its next line', 'service a {\ncpu 1\n   |memory 1GiB\n', 'service a {\n  cpu 1\n  memory 1GiB\n'],
    ['not the lines before', 'service a {\ncpu 1\nmemory 1GiB\n|', 'service a {\ncpu 1\n  memory 1GiB\n'],
    ['a list', 'service a {\n  requires b,\nc\n|', 'service a {\n  requires b,\n      c\n'],
    ['a brace before what follows', 'service a {\n  cpu 1\n|  }\n', 'service a {\n  cpu 1\n}\n'],
    ['line breaks of Windows', 'service a {\r\ncpu 1\r\n|\r\n', 'service a {\r\n  cpu 1\r\n\r\n'],
  ])('is indented: %s', (_, text, wanted) => {
    expect(left(text)).toBe(wanted);
  });
});

it('agrees with the layout of the document wherever somebody types in a laid out one', () => {
  const laidOut = applyEdits(sample, formatDocument(sample, read(sample)));
  for (let at = 0; at < laidOut.length; at++) {
    if (laidOut[at] === '}') expect(formatClosedBlock(laidOut, at + 1)).toEqual([]);
    if (laidOut[at] === '\n') expect([at, formatLeftLine(laidOut, at + 1)]).toEqual([at, []]);
  }
});

it('changes blanks at the beginnings of lines only, whatever the text', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '\n',
    '  ',
    '\t',
    '"',
    '//',
    '/*',
    '*/',
    ',',
    'service a ',
    'cpu 1',
    '\r\n',
    '|',
    'because',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(200), (pieces, offset) => {
      const text = pieces.join('');
      for (const edits of [formatClosedBlock(text, offset), formatLeftLine(text, Math.min(offset, text.length))]) {
        for (const { start, end, newText } of edits) {
          expect(text.slice(start, end) + newText).toMatch(/^[ \t]*$/);
          expect(start === 0 || text[start - 1] === '\n').toBe(true);
        }
        expect(applyEdits(text, edits).replaceAll(/[ \t]/g, '')).toBe(text.replaceAll(/[ \t]/g, ''));
      }
    }),
    { numRuns: 500, seed: 20260904 },
  );
});
