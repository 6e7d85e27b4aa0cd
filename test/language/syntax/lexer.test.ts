import { DefaultTokenBuilder } from 'langium';
import { describe, expect, it } from 'vitest';
import { MAX_CHARACTERS } from '../../../language/syntax/lexer.js';
import { isTwin } from '../../../language/syntax/tokens.js';
import { unquote } from '../../../language/syntax/value-converter.js';
import { drml, read, slips } from './read.js';

/** The keywords of a text that may be names. */
function twins(text: string): readonly string[] {
  const { tokens } = drml.parser.Lexer.tokenize(text);
  return tokens.filter((token) => isTwin(token.tokenType)).map((token) => token.image);
}

describe('tokens', () => {
  it('have the longer forms that trying all patterns finds', () => {
    const found = new DefaultTokenBuilder().buildTokens(drml.Grammar);
    const longer = Object.values(found).filter(({ PATTERN }) => typeof PATTERN === 'string');
    expect(longer.length).toBeGreaterThan(100);
    const names = (alternatives: unknown): unknown =>
      [alternatives].flat().map((each) => (each as { name?: string } | undefined)?.name);
    for (const { name, LONGER_ALT } of longer)
      expect(names(drml.parser.Lexer.definition[name]?.LONGER_ALT), name).toEqual(names(LONGER_ALT));
  });
});

describe('keywords that are names', () => {
  it.each([
    ['after a word that introduces a name', 'cache backup { }', ['backup']],
    ['in a comma list', 'requires search, cache, backup', ['cache', 'backup']],
    ['in a comma list over lines', 'requires search,\n  cache', ['cache']],
    ['not at the start of a line', 'owner\n  backup nightly { }', []],
    ['not after a comma before a block on a new line', 'requires a,\n  failover { }', []],
    ['not after a comma before a number on a new line', 'requires a,\n  cpu 1', []],
    ['not after a comma before a name on a new line', 'zones a,\n  requires b', []],
    ['not after a comma before a text on a new line', 'zones a,\n  owner "x"', []],
    ['not after a comma before a date on a new line', 'alerts on a,\n  tested 2026-01-01', []],
    ['not after a comma before what only a statement goes on with', 'zones a,\n  requires any of b', []],
    ['after a comma before a name in the next line', 'requires a,\n  cache\n  foo', ['cache']],
    ['after a comma before what goes on with a list', 'requires a,\n  cache for b', ['cache']],
    ['after a comma before the next one', 'requires a,\n  cache, queue', ['cache', 'queue']],
    ['on the line of the comma before a name', 'requires a, cache b', ['cache']],
    ['after a dot', 'fails north.zone', ['zone']],
    ['any, but not of', 'requires any', ['any']],
    ['not any of', 'requires any of a, b', []],
    ['of an account', 'fails account backup', ['account', 'backup']],
    ['not what goes on after an account', 'fails account for 2h', ['account']],
    ['not what goes on after a provider', 'provider owner "x"', []],
    ['not the word after a twin', 'requires a in same region', ['same']],
    ['not after a text', 'owner "a"  backup n', []],
  ])('%s', (_, text, names) => {
    expect(twins(text)).toEqual(names);
  });

  it('parse where they are names', () => {
    const text =
      'cache backup { provider account  account backup }\nservice tier tier 0 { requires backup, cache { timeout 1s } }\n' +
      'scenario region { fails account backup  deletes account backup  expect tier up }';
    expect(slips(text)).toEqual([]);
  });
});

describe('values', () => {
  it.each([
    ['"a\\"b"', 'a"b'],
    ['"a\\\\b"', 'a\\b'],
    ['"a\\nb"', 'a\nb'],
    ['"C:\\x"', 'C:x'],
    ['"', ''],
  ])('of the text %s', (image, value) => {
    expect(unquote(image)).toBe(value);
  });

  it.each([
    ['1,000', '1000'],
    ['0,5', '0.5'],
    ['12,5GiB', '12.5GiB'],
    ['1,250,000rps', '1250000rps'],
  ])('of the number %s', (written, meant) => {
    const [element] = read(`service a { capacity ${written} }`).value.elements;
    expect(element).toMatchObject({ statements: [{ key: 'capacity', value: meant }] });
  });
});

it.each(['', ' // why', ' }'])('closes an open text before the braces that end its line%s', (end) => {
  const text = `service a { ${end.includes('}') ? 'failover { ' : ''}id "x }${end}\nservice b { }`;
  expect(slips(text)).toHaveLength(1);
  expect(read(text).value.elements).toHaveLength(2);
});

it('reads no text that is too long', () => {
  const found = slips(' '.repeat(MAX_CHARACTERS + 1));
  expect(found).toEqual([{ start: 0, end: 1, message: expect.stringContaining(String(MAX_CHARACTERS)) }]);
});
