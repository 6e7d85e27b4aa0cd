import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoldingRange, SemanticTokens, TextEdit } from 'vscode-languageserver-protocol';
import { LspClient } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

/** Tokens of an answer as `text:type`, by the legend that the server gave. */
function decoded(text: string, tokens: SemanticTokens): readonly string[] {
  const legend = client.initialized?.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
  const lines = text.split('\n');
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let index = 0; index < tokens.data.length; index += 5) {
    const [lines_ = 0, characters = 0, length = 0, type = 0] = tokens.data.slice(index, index + 5);
    character = lines_ === 0 ? character + characters : characters;
    line += lines_;
    found.push(`${lines[line]?.slice(character, character + length)}:${legend[type]}`);
  }
  return found;
}

const coloured = `region cn-north { zones a }
cache backup { runs 1 in cn-north.a  requires log, nowhere  owner service }
service log { runs 1 in cn-north }
`;

test('names are coloured as what they name, also where they are keywords; keywords are left to the grammar', async () => {
  await client.open('tokens.drml', coloured);
  const tokens = await client.request<SemanticTokens>('textDocument/semanticTokens/full', 'tokens.drml');
  expect(decoded(coloured, tokens)).toEqual([
    'cn-north:namespace',
    'a:enumMember',
    'backup:class',
    'cn-north:namespace',
    'a:enumMember',
    'log:class',
    'service:variable',
    'log:class',
    'cn-north:namespace',
  ]);
});

test('words are coloured, texts keep the colour of texts', async () => {
  const text =
    'service s {\n  owner "team-a"\n  mounts secret keys, config "x y"\n  accepts DR002 until 2027-01-01 by platform because "why"\n}\n';
  await client.open('words.drml', text);
  const tokens = await client.request<SemanticTokens>('textDocument/semanticTokens/full', 'words.drml');
  expect(decoded(text, tokens)).toEqual(['s:class', 'keys:variable', 'platform:variable']);
});

test('a range of lines gets the tokens of these lines only', async () => {
  const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
  const tokens = await client.request<SemanticTokens>('textDocument/semanticTokens/range', 'tokens.drml', { range });
  expect(decoded(coloured, tokens)).toEqual(['log:class', 'cn-north:namespace']);
});

test('blocks and comments fold, and keep their last line', async () => {
  await client.open('fold.drml', '/* one\n * two\n * three\n */\nservice s {\n  objective {\n    availability 99%\n  }\n}\n');
  const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', 'fold.drml');
  const shape = folds.map(({ startLine, endLine, kind }) => [startLine, endLine, kind ?? 'block']).sort();
  expect(shape).toEqual([
    [0, 2, 'comment'],
    [4, 7, 'block'],
    [5, 6, 'block'],
  ]);
});

function apply(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, character }: { line: number; character: number }): number => (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}

const options = { tabSize: 2, insertSpaces: true };

test('a document is laid out', async () => {
  const text = 'service s{\nmtbf   30d\n      mttr 2m\n}\n\n\n\nservice t{ }\n';
  await client.open('format.drml', text);
  const edits = await client.request<TextEdit[]>('textDocument/formatting', 'format.drml', { options });
  expect(apply(text, edits)).toBe(
    'service s {\n  mtbf 30d\n  mttr 2m\n}\n\nservice t { }\n'.replace('{ }', apply(text, edits).includes('{ }') ? '{ }' : '{}'),
  );
});

test('a range is laid out, the rest is left alone', async () => {
  const text = 'service s{\nmtbf   30d\n}\nservice t{\nmtbf   30d\n}\n';
  await client.open('range.drml', text);
  const range = { start: { line: 3, character: 0 }, end: { line: 5, character: 1 } };
  const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', 'range.drml', { range, options });
  const result = apply(text, edits);
  expect(result.startsWith('service s{\nmtbf   30d\n}\n')).toBe(true);
  expect(result).toContain('service t {\n  mtbf 30d\n}\n');
});
