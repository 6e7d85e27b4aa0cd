import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonParts } from '../../../server/cli/json-text.js';

function textOf(value: unknown): string {
  return [...jsonParts(value)].join('');
}

it('says what JSON says, whatever the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(textOf(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('puts on one line what fits, and leaves out what is undefined', () => {
  const name = 'x'.repeat(120);
  expect(textOf({ a: { b: { c: [1, { d: null }], e: undefined }, [name]: [name, 2] } })).toBe(`{
  "a": {
    "b": { "c": [1, { "d": null }] },
    "${name}": [
      "${name}",
      2
    ]
  }
}
`);
});

it('stays within its width where the parts allow', () => {
  const long = textOf({ a: { b: Array.from({ length: 200 }, (_, index) => index) } });
  const short = textOf({ a: { b: { c: Array.from({ length: 30 }, (_, index) => index) } } });
  expect(Math.max(...short.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
  expect(long.split('\n').length).toBeGreaterThan(200);
});
