import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, formatDocument } from '../../../language/syntax/format.js';
import { drml, images, read, sample } from './read.js';

function format(text: string): string {
  return applyEdits(text, formatDocument(text, read(text)));
}

describe('formatting', () => {
  it.each([
    ['blanks', 'service   a{runs 3   in r   cpu 1}', 'service a { runs 3 in r  cpu 1 }\n'],
    ['an empty block', 'service a {\n}\n', 'service a { }\n'],
    [
      'indentation',
      'service a {\nruns 3 in r\n      failover {\ndetect 3s\n}\n}',
      'service a {\n  runs 3 in r\n  failover {\n    detect 3s\n  }\n}\n',
    ],
    ['commas and dots', 'scenario s { fails r . a ,r.b }', 'scenario s { fails r.a, r.b }\n'],
    ['links', 'link a<->b { rtt 3ms }', 'link a <-> b { rtt 3ms }\n'],
    ['statements on one line', 'region r {\n  mtbf 3y mttr 4h\n}\n', 'region r {\n  mtbf 3y  mttr 4h\n}\n'],
    ['blank lines', '\n\nservice a { }\n\n\n\nservice b { }\n\n', 'service a { }\n\nservice b { }\n'],
    ['blank lines in a block', 'service a {\n\n  cpu 1\n\n\n  size 1GiB\n\n}\n', 'service a {\n  cpu 1\n\n  size 1GiB\n}\n'],
    ['two declarations on a line', 'service a { } service b { }', 'service a { }\nservice b { }\n'],
    ['a comment behind a statement', 'service a {\n  cpu 1 // one\n}\n', 'service a {\n  cpu 1  // one\n}\n'],
    ['an aligned comment', 'service a {\n  cpu 1     // one\n}\n', 'service a {\n  cpu 1     // one\n}\n'],
    ['a comment of its own', 'service a {\n// one\n  cpu 1\n// two\n}\n', 'service a {\n  // one\n  cpu 1\n  // two\n}\n'],
    [
      'a comment before a declaration',
      '/**\n  *  Kept  as it is. */\n service a { }',
      '/**\n  *  Kept  as it is. */\nservice a { }\n',
    ],
    ['a wrapped list', 'service a {\n  requires b,\n  c\n}\n', 'service a {\n  requires b,\n      c\n}\n'],
    ['line breaks of Windows', 'service a {\r\ncpu 1\r\n}\r\n', 'service a {\r\n  cpu 1\r\n}\r\n'],
    ['the inside of texts', 'service a { image "x   {  y" }', 'service a { image "x   {  y" }\n'],
  ])('lays out %s', (_, text, wanted) => {
    expect(format(text)).toBe(wanted);
  });

  it('breaks a block that does not fit on its line', () => {
    const text = `service a { ${'requires some-rather-long-name { timeout 200ms }  '.repeat(3)}}`;
    expect(format(text).split('\n')).toEqual([
      'service a {',
      '  requires some-rather-long-name { timeout 200ms }  requires some-rather-long-name { timeout 200ms }',
      '  requires some-rather-long-name { timeout 200ms }',
      '}',
      '',
    ]);
  });

  it('leaves declarations with slips as they are, and lays out the others', () => {
    const text = 'service   a { foo   3 }\nservice   b {cpu 1}\n';
    expect(format(text)).toBe('service   a { foo   3 }\nservice b { cpu 1 }\n');
  });

  it('has nothing to do for the sample', () => {
    expect(formatDocument(sample, read(sample))).toEqual([]);
  });

  it('is done after the first time, and changes white space only', () => {
    const tokens = drml.parser.Lexer.tokenize(sample).tokens;
    const blank = fc.constantFrom(
      ' ',
      '   ',
      '\n',
      '\n\n\n',
      '\t',
      ' \r\n',
      ' /* c */ ',
      ' // c\n',
      '\n// own\n',
      ' /* a\n b */ ',
    );
    const edits = fc.array(fc.tuple(fc.nat(tokens.length - 1), blank), { maxLength: 25 });
    fc.assert(
      fc.property(edits, (chosen) => {
        let text = '';
        let at = 0;
        for (const [index, put] of [...chosen].sort(([a], [b]) => a - b)) {
          const place = tokens[index]?.startOffset ?? 0;
          text += sample.slice(at, place) + put;
          at = place;
        }
        text += sample.slice(at);
        const once = format(text);
        expect(images(once)).toEqual(images(text));
        expect(format(once)).toBe(once);
        expect(read(once).parserErrors.length).toBe(read(text).parserErrors.length);
      }),
      { numRuns: 150, seed: 20260901 },
    );
  });
});
