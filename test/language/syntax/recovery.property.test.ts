/** What one wrong token costs in a real model: a declaration at most, and few of its statements. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrmlFile } from '../../../language/generated/ast.js';
import { blocksOf } from '../../../language/syntax/checks/blocks.js';
import { exampleTexts } from './fuzz/seeds.js';
import { drml, images, read, sample } from './read.js';

const examples = exampleTexts(join(import.meta.dirname, '..', '..', '..', 'examples'));
const texts = [sample, ...examples.values()];
const tokensOf = texts.map((text) => drml.parser.Lexer.tokenize(text).tokens);
const pool = [...new Set(texts.flatMap(images))];

/** The declarations of a file, each by kind and name. */
function declarations(file: DrmlFile): readonly string[] {
  return file.elements.map((element) => `${element.$type} ${'name' in element ? element.name : ''}`);
}

/** All statements of a file, each as it is written, with the block that it stands in. */
function statements(file: DrmlFile): readonly string[] {
  return file.elements.flatMap((element) =>
    blocksOf(element).flatMap((block) =>
      block.statements.map((statement) => `${block.label}: ${statement.$cstNode?.text.replaceAll(/\s+/g, ' ')}`),
    ),
  );
}

/** How many of the first list are not in the second; what stands there twice counts twice. */
function missing(before: readonly string[], after: readonly string[]): number {
  const rest = new Map<string, number>();
  for (const each of after) rest.set(each, (rest.get(each) ?? 0) + 1);
  let lost = 0;
  for (const each of before) {
    const left = rest.get(each) ?? 0;
    if (left === 0) lost += 1;
    else rest.set(each, left - 1);
  }
  return lost;
}

const edit = fc.nat(texts.length - 1).chain((text) =>
  fc.record({
    text: fc.constant(text),
    at: fc.nat((tokensOf[text]?.length ?? 1) - 1),
    kind: fc.constantFrom('drop', 'double', 'insert', 'exchange'),
    word: fc.constantFrom(...pool),
  }),
);

test('600 random token edits of the examples lose one declaration each at most, and 3 % of the statements', () => {
  const whole = texts.map((text) => read(text).value);
  let seen = 0;
  let lost = 0;
  fc.assert(
    fc.property(edit, ({ text, at, kind, word }) => {
      const [source, token, before] = [texts[text] ?? '', tokensOf[text]?.[at], whole[text]];
      if (token === undefined || before === undefined) return;
      const put = { drop: '', double: `${token.image} ${token.image}`, insert: `${word} ${token.image}`, exchange: word }[kind];
      const edited = source.slice(0, token.startOffset) + put + source.slice((token.endOffset ?? 0) + 1);
      const after = read(edited).value;
      expect(
        missing(declarations(before), declarations(after)),
        `${kind} ${token.image} (${word}) at ${token.startLine}`,
      ).toBeLessThanOrEqual(1);
      seen += statements(before).length;
      lost += missing(statements(before), statements(after));
    }),
    { numRuns: 600, seed: 20261121, endOnFailure: true },
  );
  expect(seen).toBeGreaterThan(20_000);

  expect(1 - lost / seen).toBeGreaterThanOrEqual(0.97);
});
