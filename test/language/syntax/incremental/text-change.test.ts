import { describe, expect, test } from 'vitest';
import { changeBetween, lineBreaks } from '../../../../language/syntax/incremental/text-change.js';

const long = 'service orders { runs 3 in cn-north }\n'.repeat(2000);

describe('the change between two texts', () => {
  test.each([
    ['a letter put in', 'abc', 'abXc', { start: 2, oldEnd: 2, newEnd: 3 }],
    ['a letter taken out', 'abc', 'ac', { start: 1, oldEnd: 2, newEnd: 1 }],
    ['one of several alike taken out', 'aaa', 'aa', { start: 2, oldEnd: 3, newEnd: 2 }],
    ['everything replaced', 'abc', 'xyz', { start: 0, oldEnd: 3, newEnd: 3 }],
    ['everything taken out', 'abc', '', { start: 0, oldEnd: 3, newEnd: 0 }],
    ['at the end of a long text', long, `${long}x`, { start: long.length, oldEnd: long.length, newEnd: long.length + 1 }],
    ['at the start of a long text', long, `x${long}`, { start: 0, oldEnd: 0, newEnd: 1 }],
    [
      'in the middle of a long text',
      long,
      `${long.slice(0, 40_000)}#${long.slice(40_001)}`,
      { start: 40_000, oldEnd: 40_001, newEnd: 40_001 },
    ],
  ])('%s', (_, before, after, change) => {
    expect(changeBetween(before, after)).toEqual(change);
  });

  test('nothing changed', () => {
    expect(changeBetween(long, `${long}`)).toBeUndefined();
  });
});

test.each([
  ['', 0],
  ['a\nb\n', 2],
  ['a\r\nb\rc\n', 3],
])('line breaks of %j', (text, count) => {
  expect(lineBreaks(text)).toBe(count);
});
