import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type FormatOptions, formatDocument, formatRange } from '../../../language/syntax/format.js';
import { formatFixtures } from './format-fixtures.js';
import { drml, images, read, sample } from './read.js';

function format(text: string, options: FormatOptions = {}): string {
  return applyEdits(text, formatDocument(text, read(text), options));
}

/** Everything but white space. */
function black(text: string): string {
  return text.replaceAll(/[\s\uFEFF]+/g, '');
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

  it.each(formatFixtures)('lays out: $name', ({ text, wanted }) => {
    expect(format(text)).toBe(wanted);
    expect(format(wanted)).toBe(wanted);
  });

  it.each(formatFixtures)('keeps within its width, also with tabs and the line breaks of Windows: $name', ({ text }) => {
    const once = format(text.replaceAll('\n', '\r\n'), { indent: '\t', tabWidth: 4, width: 60 });
    expect(format(once, { indent: '\t', tabWidth: 4, width: 60 })).toBe(once);
    expect(once.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(once).not.toMatch(/^ /m);
    expect(black(once)).toBe(black(text));
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
    const three = '\n\nservice   b {cpu 1}\n\n\n\nservice   c { }\n\n\n\n service   a { foo   3 }\n\n\n\nservice d { }\n\n\n';
    expect(format(three)).toBe('service b { cpu 1 }\n\nservice c { }\n\n\n\n service   a { foo   3 }\n\n\n\nservice d { }\n');
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
      fc.property(edits, fc.constantFrom(24, 60, 110), (chosen, width) => {
        let text = '';
        let at = 0;
        for (const [index, put] of [...chosen].sort(([a], [b]) => a - b)) {
          const place = tokens[index]?.startOffset ?? 0;
          text += sample.slice(at, place) + put;
          at = place;
        }
        text += sample.slice(at);
        const once = format(text, { width });
        expect(images(once)).toEqual(images(text));
        expect(format(once, { width })).toBe(once);
        expect(read(once).parserErrors.length).toBe(read(text).parserErrors.length);
      }),
      { numRuns: 150, seed: 20260901 },
    );
  });

  it('loses no character of a broken text but white space, and is done after the first time', () => {
    const tokens = drml.parser.Lexer.tokenize(sample).tokens;
    const slip = fc.tuple(
      fc.nat(tokens.length - 1),
      fc.constantFrom('', '{', '}', '"', '/*', '*/', '//', ',', '<->', 'service', '12 ', 'é', '\n', '   ', '\r'),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 12 }), (slips) => {
        let text = '';
        let at = 0;
        for (const [index, put, drops] of [...slips].sort(([a], [b]) => a - b)) {
          const token = tokens[index];
          const place = Math.max(at, token?.startOffset ?? 0);
          text += sample.slice(at, place) + put;
          at = drops ? Math.max(place, (token?.endOffset ?? place) + 1) : place;
        }
        text += sample.slice(at);
        const once = format(text);
        expect(black(once)).toBe(black(text));
        expect(images(once)).toEqual(images(text));
        expect(format(once)).toBe(once);
      }),
      { numRuns: 150, seed: 20260902 },
    );
  });
});

describe('formatting a range', () => {
  const text = 'service a {\n      cpu 1\n  memory   1GiB\n runs   2 in r\n    grace 3s\n}\nservice   b {  }\n';

  function laidOut(part: string): string {
    const start = text.indexOf(part);
    return applyEdits(text, formatRange(text, read(text), { start, end: start + part.length }));
  }

  it('lays out the statement it lies in, with its indentation, and no other', () => {
    expect(laidOut('1GiB')).toBe(text.replace('  memory   1GiB', '  memory 1GiB'));
    expect(laidOut('runs')).toBe(text.replace(' runs   2', '  runs 2'));
    expect(laidOut('cpu')).toBe(text.replace('      cpu', '  cpu'));
  });

  it('lays out whole lines, and no line that it only reaches the beginning of', () => {
    expect(laidOut('memory   1GiB\n runs')).toBe(text.replace('memory   1GiB\n runs   2', 'memory 1GiB\n  runs 2'));
    expect(laidOut('memory   1GiB\n')).toBe(text.replace('memory   1GiB', 'memory 1GiB'));
  });

  it('lays out all of a text that it covers', () => {
    expect(laidOut(text)).toBe(format(text));
    expect(laidOut('service   b {  }')).toBe(text.replace('service   b {  }', 'service b { }'));
  });

  it('never changes more than the text between the statements it touches', () => {
    fc.assert(
      fc.property(fc.nat(sample.length), fc.nat(400), (start, length) => {
        const messy = sample.replaceAll('  ', '    ');
        const all = formatDocument(messy, read(messy));
        const end = Math.min(messy.length, start + length);
        const some = formatRange(messy, read(messy), { start, end });
        for (const edit of some) expect(all).toContainEqual(edit);
        for (const edit of all) if (edit.start > start && edit.end < end) expect(some).toContainEqual(edit);
      }),
      { numRuns: 60, seed: 20260903 },
    );
  });
});
