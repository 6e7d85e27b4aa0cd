import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../language/syntax/nearest.js';
import { type MessageCase, slipsInFile, slipsInService } from './message-cases.js';
import { slips } from './read.js';

/** Puts the marks of the case file around what is marked. */
function marked(text: string): { readonly text: string; readonly messages: readonly string[] } {
  let result = '';
  let at = 0;
  const found = slips(text);
  for (const { start, end } of found) {
    result += `${text.slice(at, start)}<|${text.slice(start, end)}|>`;
    at = end;
  }
  return { text: result + text.slice(at), messages: found.map((slip) => slip.message) };
}

function check([wanted, ...messages]: MessageCase, wrap: (text: string) => string): void {
  const text = wrap(wanted.replaceAll('<|', '').replaceAll('|>', ''));
  expect(marked(text)).toEqual({ text: wrap(wanted), messages });
}

function titled(all: readonly MessageCase[]): readonly { readonly title: string; readonly slip: MessageCase }[] {
  return all.map((slip) => ({ title: slip[0], slip }));
}

describe('messages', () => {
  it.each(titled(slipsInService))('in a service: $title', ({ slip }) => {
    check(slip, (text) => `service a {\n  ${text}\n}`);
  });

  it.each(titled(slipsInFile))('in a file: $title', ({ slip }) => {
    check(slip, (text) => text);
  });

  it('names a region inside a service as a declaration that finds the service open', () => {
    const [first, second] = slips('service a {\n  runs 1 in north\nregion north { }');
    expect(first).toMatchObject({ start: 0, end: 11, message: expect.stringContaining('before `region north` in line 3') });
    expect(second).toBeUndefined();
  });

  it('tells each of many unknown lines', () => {
    expect(slips(`service a {\n${'  replicas 3\n'.repeat(5)}}`)).toHaveLength(5);
  });

  it.each([
    ['mtfb', 'mtbf', 1],
    ['', 'abc', 3],
    ['requires', 'requires', 0],
    ['kitten', 'sitting', 3],
  ])('counts the edits from %s to %s', (from, to, distance) => {
    expect(editDistance(from, to, 5)).toBe(distance);
  });

  it('finds no near word where none is', () => {
    expect(nearest('banana', ['runs', 'requires'])).toBeUndefined();
    expect(nearest('depends_on', ['depends-on'])).toBe('depends-on');
  });
});
