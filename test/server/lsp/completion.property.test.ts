import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createLangiumParser } from 'langium';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-protocol';
import { drml, sample } from '../../language/syntax/read.js';
import { LspClient } from './lsp-client.js';

const example = (path: string): string => readFileSync(new URL(`../../../examples/${path}`, import.meta.url), 'utf8');
const texts: Readonly<Record<string, string>> = {
  'sample.drml': sample,
  'sites.drml': example('shop/sites.drml'),
  'platform.drml': example('shop/platform.drml'),
  'shop.drml': example('shop/shop.drml'),
  'boutique.drml': example('online-boutique/online-boutique.drml'),
};

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
  for (const [path, text] of Object.entries(texts)) await client.open(path, text);
});
afterAll(async () => {
  await client.stop();
});

function positionAt(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

async function itemsAt(path: string, text: string, offset: number): Promise<CompletionList> {
  const answer = await client.request<CompletionList | null>('textDocument/completion', path, {
    position: positionAt(text, offset),
  });
  // An answer of nothing at all is what an error becomes.
  expect(answer, `${path} at ${offset}`).not.toBeNull();
  return answer ?? { isIncomplete: false, items: [] };
}

/** What the text is up to the end of the item once it is taken. */
function taken(text: string, item: CompletionItem): { readonly text: string; readonly start: number; readonly end: number } {
  const edit = item.textEdit;
  if (edit === undefined || !('range' in edit)) throw new Error(`${item.label} has no plain edit.`);
  const lines = text.split('\n');
  const before = lines
    .slice(0, edit.range.start.line)
    .map((line) => `${line}\n`)
    .join('');
  const start = before.length + edit.range.start.character;
  const head = text.slice(0, start);
  // The parser looks two words ahead at `zones`, which begins a statement of a region as well.
  const close = head.endsWith('"') ? '"' : edit.newText === 'zones' ? ' a' : '';
  return { text: `${head}${edit.newText}${close}\n`, start, end: start + edit.newText.length };
}

// The messages of DRML mark the start of what is not finished; those of the plain parser the word that does not fit.
const parser = createLangiumParser(drml);

/** The words of a text that do not fit. */
function unfitting(text: string): readonly { readonly start: number; readonly end: number }[] {
  const { lexerErrors, parserErrors } = parser.parse(text);
  return [
    ...lexerErrors.map(({ offset, length }) => ({ start: offset, end: offset + length })),
    ...parserErrors.map(({ token }) => ({ start: token.startOffset, end: token.startOffset + token.image.length })),
  ];
}

/** Places between tokens and within words, of all texts. */
const places = Object.entries(texts).flatMap(([path, text]) =>
  drml.parser.Lexer.tokenize(text).tokens.flatMap((token) => {
    const end = (token.endOffset ?? token.startOffset) + 1;
    return [token.startOffset, token.startOffset + 1, end, end + 1].map((offset) => ({
      path,
      offset: Math.min(offset, text.length),
    }));
  }),
);

test('what is offered is understood where it is taken', { timeout: 120_000 }, async () => {
  let tried = 0;
  const property = fc.asyncProperty(fc.constantFrom(...places), fc.nat(), async ({ path, offset }, seed) => {
    const text = texts[path] ?? '';
    const { items } = await itemsAt(path, text, offset);
    expect(items.length).toBeLessThanOrEqual(200);
    // A list at a statement is long; a few of it at each place go through all of them in time.
    const chosen = items.length <= 6 ? items : [0, 1, 2, 3].map((step) => items[(seed + step * 7) % items.length]);
    for (const item of chosen) {
      if (item === undefined) continue;
      tried++;
      const result = taken(text, item);
      const wrong = unfitting(result.text).filter(({ start, end }) => start < result.end && end > result.start);
      expect(wrong, `${path} at ${JSON.stringify(positionAt(text, offset))}: ${item.label}`).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: 500, seed: 20_261_121 });
  expect(tried).toBeGreaterThan(800);
});

test('a text that is cut anywhere and doubled anywhere gets an answer', { timeout: 120_000 }, async () => {
  const path = 'cut.drml';
  await client.open(path, '');
  const cut = fc.record({
    at: fc.nat(sample.length),
    until: fc.nat(40),
    word: fc.constantFrom('{', '}', '"', '/*', '//', '.', ',', 'in', 'runs', '<->', '30', '\u00e9', ''),
  });
  const property = fc.asyncProperty(cut, async ({ at, until, word }) => {
    const text = sample.slice(0, at) + word + sample.slice(at + until);
    await client.edit(path, 0, client.textOf(path).length, text);
    await itemsAt(path, text, Math.min(at + word.length, text.length));
  });
  await fc.assert(property, { numRuns: 60, seed: 20_261_121 });
});
