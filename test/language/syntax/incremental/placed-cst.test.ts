import { CstUtils, type RootCstNode } from 'langium';
import { expect, test } from 'vitest';
import { moveChildren, placeOf, replaceText } from '../../../../language/syntax/incremental/placed-cst.js';
import { drml, read } from '../read.js';

const sound = '// first\nservice a { runs 1 in r }\n// between\nservice b { runs 2 in r }\n// last\n';
// One slip is enough for the parser that recovers.
const slipped = sound.replace('runs 1', 'rusn 1');

function rootOf(text: string): RootCstNode {
  const root = read(text).value.$cstNode?.root;
  if (root === undefined) throw new Error('A text has a concrete tree.');
  return root;
}

function words(root: RootCstNode): readonly (readonly [string, number, number])[] {
  return CstUtils.flattenCst(root)
    .map((leaf) => [leaf.text, leaf.offset, leaf.range.start.line] as const)
    .toArray();
}

test.each([
  ['without slips', sound],
  ['with a slip', slipped],
])('a line put in above moves the elements below it (%s)', (_, text) => {
  const root = rootOf(text);
  const from = text.indexOf('// between');
  const below = root.content.findIndex((node) => node.offset >= from);
  const before = words(root);
  const lines = root.content.map(({ range }) => range.start.line);
  moveChildren(root, below, 3, 1);
  replaceText(root, `${text.slice(0, from)}##\n${text.slice(from)}`);
  expect(words(root)).toEqual(
    before.map(([word, offset, line]) => (offset < from ? [word, offset, line] : [word, offset + 3, line + 1])),
  );
  expect(root.content.map(({ range }) => range.start.line)).toEqual(
    lines.map((line, index) => (index < below ? line : line + 1)),
  );
});

test('the parsers build trees whose elements can move: the private parts that this stands on are there', () => {
  for (const text of [sound, slipped]) {
    const { content } = rootOf(text);
    const places = content.filter(({ hidden }) => !hidden).map(placeOf);
    expect(new Set(places).size).toBe(2);
    expect(places).not.toContain(undefined);
  }
  const root = drml.parser.LangiumParser.parse(slipped).value.$cstNode?.root;
  expect(Object.keys(root ?? {})).toEqual(expect.arrayContaining(['_text', '_rangeCache']));
});
