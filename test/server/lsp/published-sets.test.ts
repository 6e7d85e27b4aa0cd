import { describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { messageEncoder } from '../../../server/lsp/message-bytes.js';
import { isSameSet, joined, keptOr, partsOf, withoutDoubles } from '../../../server/lsp/published-sets.js';

function finding(message: string, line: number, code = 'DR001'): Diagnostic {
  return { code, message, range: { start: { line, character: 0 }, end: { line, character: 4 } } };
}

function many(count: number): readonly Diagnostic[] {
  return Array.from({ length: count }, (_, index) => finding(`finding ${index} \u2265 "x" \u672c`, index));
}

describe('sets of diagnostics', () => {
  test('a set keeps what it was put together from; any other is one list', () => {
    const [one, two] = [many(2), many(3)];
    expect(joined(one, two)).toEqual([...one, ...two]);
    expect(partsOf(joined(one, two))).toEqual([one, two]);
    expect(partsOf(one)).toEqual([one]);
  });

  test.each<readonly [string, readonly Diagnostic[], readonly Diagnostic[], boolean]>([
    ['the same objects', many(3), many(3), true],
    ['one more', many(3), many(4), false],
    ['another place', [finding('a', 1)], [finding('a', 2)], false],
    ['another word', [finding('a', 1)], [finding('b', 1)], false],
    ['another part', [finding('a', 1)], [{ ...finding('a', 1), tags: [1] }], false],
    ['the same parts, made again', [{ ...finding('a', 1), tags: [1, 2] }], [{ ...finding('a', 1), tags: [1, 2] }], true],
    ['another number of parts', [{ ...finding('a', 1), tags: [1, 2] }], [{ ...finding('a', 1), tags: [1] }], false],
    ['none', [], [], true],
  ])('%s', (_, one, other, same) => {
    expect(isSameSet(one, other)).toBe(same);
  });

  test('what two models, or one model twice, say of a place is said once, in the order of the first', () => {
    const [a, b, c] = [finding('a', 1), finding('b', 1), finding('c', 2)];
    expect(withoutDoubles([[a, b], [], [b, c, { ...a }]])).toEqual([a, b, c]);
    expect(withoutDoubles([[a, { ...a }, b]])).toEqual([a, b]);
    expect(withoutDoubles([[a, finding('a', 2), finding('a', 2, 'DR002')]])).toHaveLength(3);
    expect(withoutDoubles([])).toEqual([]);
  });

  test('a set that says what the one before said is that one', () => {
    const [before, same, other] = [many(3), many(3), many(2)];
    expect(keptOr(before, same)).toBe(before);
    expect(keptOr(before, other)).toBe(other);
    expect(keptOr(undefined, other)).toBe(other);
  });

  test('a list without doubles is handed on as it is', () => {
    const list = many(3);
    expect(withoutDoubles([[], list])).toBe(list);
  });
});

describe('messages as bytes', () => {
  const list = many(60);
  const few = [finding('of the language', 7)];
  const publication = (diagnostics: readonly Diagnostic[], version = 1): object => ({
    jsonrpc: '2.0',
    method: 'textDocument/publishDiagnostics',
    params: { uri: 'file:///a%20b.drml', diagnostics, version },
  });
  test.each([
    ['a request', { jsonrpc: '2.0', id: 3, method: 'client/registerCapability', params: { registrations: [] } }],
    ['an answer', { jsonrpc: '2.0', id: 3, result: null }],
    ['no finding', publication([])],
    ['findings in one list', publication(list)],
    ['findings of the language and of the rules', publication(joined(few, list))],
    ['the same list again, with another version', publication(joined([], list), 2)],
    ['the same list, with others before it', publication(joined(few, [], list), 3)],
    ['more before the list than there is room for', publication(joined(many(200), list), 4)],
    ['a publication without parameters', { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics' }],
  ])('%s', async (_, message) => {
    const bytes = await messageEncoder.encode({ jsonrpc: '2.0', ...message }, { charset: 'utf-8' });
    expect(JSON.parse(Buffer.from(bytes).toString('utf8'))).toEqual(message);
  });
});
