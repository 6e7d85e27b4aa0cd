import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecoveringParser } from '../../../../language/syntax/parser.js';
import { StraightParser } from '../../../../language/syntax/straight/straight-parser.js';
import { generateModel } from '../../../bench/model-generator.js';
import { drml, images, sample } from '../read.js';
import { treeText } from './tree-text.js';

const straight = new StraightParser(drml);
const recovering = createRecoveringParser(drml);

/** Reads a text in both ways; where the straight one gets through, the other must have nothing to say and the same tree. */
function compare(text: string, rule?: string): 'same' | 'given up' {
  const tree = straight.parse(text, rule);
  if (tree === undefined) return 'given up';
  const slow = recovering.parse(text, rule === undefined ? {} : { rule });
  expect([...slow.lexerErrors, ...slow.parserErrors].map(({ message }) => message)).toEqual([]);
  expect(treeText(tree)).toBe(treeText(slow.value));
  return 'same';
}

const folder = new URL('../../../../examples/', import.meta.url);
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.drml'));
const texts = new Map<string, string>([
  ['sample.drml', sample],
  ['a generated model', generateModel(60, 1).get('root.drml') ?? ''],
  ...examples.map((path): [string, string] => [path, readFileSync(new URL(path, folder), 'utf8')]),
]);

const places: Readonly<Record<string, string>> = {
  nothing: '',
  blanks: ' \t\n\r\n',
  'only a comment': '// a\n/* b\n c */',
  'comments everywhere':
    '/* 0 */ service /* 1 */ a /* 2 */ "A" /* 3 */ { /* 4 */ runs /* 5 */ 2 in /* 6 */ b . /* 7 */ c /* 8 */\n // 9\n /* 10\n\r 11 */ } // 12',
  'a comment before the first statement of a block':
    'policy p {\n  /** doc */\n  failover {\n    /* a */ // b\n    detect 5s } }',
  'line ends of every kind': 'region a {\r\n  zones b, c\r  mtbf 1y\n}\r\r\n/* \r \r\n \n */ region d { }',
  'names that are keywords': 'cache backup { runs 1 in region }\nservice a { requires cache, queue, backup\n wants any }',
  'keywords that start a line after a comma':
    'service a {\n requires b,\n  cache for checkout\n requires c,\n  queue,\n  backup, cache { timeout 1s }\n mounts secret d,\n  config e }\n' +
    'scenario s { fails a,\n  account x,\n  building "y" for 5m }',
  'groups that are keywords': 'scenario s { fails account backup, provider cache for 5m }',
  'texts with escapes': 'service a "q\\"\\\\ \\n 你 \\u" { owner "" }',
  'numbers of every kind':
    'drill s on 2026-01-02 { }\nservice a { load 9rps peak +1.5rps from 9:00 to 10:30  mtbf 1_000h\n cost 5 USD/h }',
};

describe('reading straight through', () => {
  it('knows the whole grammar', () => {
    expect(straight.works).toBe(true);
  });

  it.each([...texts])('gets through %s and builds the same tree', (_name, text) => {
    expect(compare(text)).toBe('same');
  });

  it.each(Object.entries(places))('gets through %s and builds the same tree', (_name, text) => {
    expect(compare(text)).toBe('same');
  });

  it('reads a part of a file by the rule it is asked for', () => {
    expect(compare('/** d */ service a { runs 2 in b } // e', 'TopLevel')).toBe('same');
    expect(compare('requires a, b { timeout 5s }', 'Statement')).toBe('same');
    expect(compare('service a { } service b { }', 'TopLevel')).toBe('given up');
  });

  it.each([
    'service a { runs 2 in b',
    'service a { foo }',
    'service ü { }',
    'service a { cost 1,000 USD }',
    "service a 'b' { }",
    'service a "b { }',
    'service a { } # b',
    'service a { } /* b',
    'service a { load 5rps; }',
    'service a\u00a0{ }',
    'service a { requires b- }',
    'scenario s { fails account }',
    'service a { runs 1 in north zones a,\n  requires b }',
    'service a { requires b,\n  owner "x" }',
    'database a { backup n { account b,\n  tested 2026-01-01 } }',
  ])('leaves %j to the parser that explains', (text) => {
    expect(compare(text)).toBe('given up');
  });

  it('builds the same tree of any text it gets through, whatever tokens are changed', () => {
    const sources = [...texts.values()].filter((text) => text.length < 20_000);
    const pool = [...new Set(sources.flatMap(images))].filter((image) => image.length < 20);
    const gap = fc.constantFrom(' ', '\n', '', ' // c\n', ' /* c */ ', '\r\n', '\t');
    const edit = fc.record({
      source: fc.constantFrom(...sources),
      at: fc.nat(9_999),
      put: fc.constantFrom(...pool),
      gap,
      drop: fc.nat(2),
    });
    let through = 0;
    fc.assert(
      fc.property(edit, ({ source, at, put, gap: blank, drop }) => {
        const start = Math.floor((at / 10_000) * source.length);
        // The element around the place is enough, and much faster than the whole file.
        const from = source.lastIndexOf('\n}\n', start);
        const to = source.indexOf('\n}\n', start + 1);
        const part = source.slice(from < 0 ? 0 : from + 3, to < 0 ? source.length : to + 3);
        const words = part.split(/(?<=\s)/);
        const index = Math.floor((at / 10_000) * words.length);
        words.splice(index, drop, `${put}${blank}`);
        if (compare(words.join('')) === 'same') through++;
      }),
      { numRuns: 1500 },
    );
    // Otherwise nothing was compared.
    expect(through).toBeGreaterThan(100);
  });
});
