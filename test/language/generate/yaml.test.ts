import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCounter, parse, parseDocument } from 'yaml';
import { lines, renderYaml, traced, type Yaml } from '../../../language/generate/yaml.js';
import { line } from './model-factory.js';

const content = (value: Yaml): string => renderYaml(value, []).content;

describe('renderYaml', () => {
  it.each([
    'y',
    'n',
    'on',
    'off',
    'yes',
    'no',
    '~',
    'null',
    '1.10',
    '0x1',
    '010',
    '0o17',
    '1_000',
    '1e3',
    '12:30:45',
    '2026-01-01',
    '.inf',
    '',
  ])('quotes %j, which some reader takes for something else', (text) => {
    expect(content({ key: text })).toBe(`key: ${JSON.stringify(text)}\n`);
  });

  it('gives every string back under YAML 1.1 and 1.2, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        // Lone surrogates cannot be written in UTF-8 at all.
        fc.pre(text.isWellFormed());
        const out = content({ key: text });
        expect(out.split('\n')).toHaveLength(2);
        for (const version of ['1.1', '1.2'] as const) expect(parse(out, { version })).toEqual({ key: text });
      }),
    );
  });

  it('writes no anchors for values that stand twice', () => {
    const shared = { a: [1] };
    expect(content({ x: shared, y: shared })).not.toMatch(/[&*]/);
  });

  it('leaves out what is undefined, keeps the order, ends with one newline', () => {
    expect(content({ z: 1, b: undefined, a: { c: [] } })).toBe('z: 1\na:\n  c: []\n');
  });

  it('keeps a line break in a comment or a header from becoming YAML', () => {
    const { content: out } = renderYaml({ a: traced(1, undefined, 'x\nevil: true') }, ['from a\nevil: true']);
    expect(parse(out)).toEqual({ a: 1 });
  });

  it('knows the line of every traced value', () => {
    const value: Yaml = {
      first: traced(1, line(1)),
      list: [
        traced('two', line(2)),
        { deep: traced({ er: traced(3, line(3)), est: [] }, line(4)), last: traced([1, 2], line(5)) },
      ],
      text: traced('a\nb', line(6)),
      end: traced([], line(7)),
    };
    const { content: out, sources } = renderYaml(value, ['header', 'header']);
    const lines = out.split('\n');
    const shown = Object.entries(sources).map(([number, source]) => [source.start / 100 + 1, lines[Number(number)]?.trim()]);
    expect(shown.sort()).toEqual([
      [1, 'first: 1'],
      [2, '- two'],
      [3, 'er: 3'],
      [4, '- deep:'],
      [5, 'last:'],
      [6, 'text: "a\\nb"'],
      [7, 'end: []'],
    ]);
  });

  it('counts lines as a parser does, for any tree', () => {
    const leaf = fc.oneof(fc.string({ maxLength: 90 }), fc.integer(), fc.boolean());
    const { tree } = fc.letrec<{ tree: Yaml }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const { content: out, sources } = renderYaml({ before, marked: traced({ it: 1 }, line(9)), after }, ['h']);
        const counter = new LineCounter();
        parseDocument(out, { lineCounter: counter });
        const at = counter.linePos(out.startsWith('marked:') ? 0 : out.indexOf('\nmarked:') + 1).line - 1;
        expect(sources).toEqual({ [at]: line(9) });
      }),
    );
  });
});

it('texts of several lines are written line by line, and the lines behind them keep their places', () => {
  const place = { uri: 'file:///a.drml', start: 1, end: 2 };
  const { content, sources } = renderYaml(
    { script: lines('set -e', 'a: b # c', '', '  "x"  ', 'd\u0000e'), list: [lines('one')], after: traced(1, place) },
    ['head'],
  );
  expect(content).toBe('# head\nscript: |\n  set -e\n  a: b # c\n\n    "x"\n  d e\nlist:\n  - |\n    one\nafter: 1\n');
  expect(parse(content)).toEqual({ script: 'set -e\na: b # c\n\n  "x"\nd e\n', list: ['one\n'], after: 1 });
  expect(sources).toEqual({ 10: place });
});
