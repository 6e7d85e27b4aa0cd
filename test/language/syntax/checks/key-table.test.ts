/** The key table and the checks agree: every example is fine in every place of its key, and only there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProblemData } from '../../../../language/syntax/checks/document-validator.js';
import { type KeyEntry, keyIn, keyTable, type Place } from '../../../../language/syntax/keys.js';
import { type Dimension, unitsOf } from '../../../../language/syntax/quantity.js';
import { blockHeads } from '../../block-heads.js';
import { problemsOf } from './annotated.js';

/** What the examples refer to. */
const world = `
region cn-north { zones a, b }
region cn-south { zones a }
service orders { }
service recommendations { }
service registry { }
service dns { }
service search { }
service storefront { }
service kms { }
service adyen { }
service stripe { }
database orders-db { }
database payments-db { }
queue order-events { }
queue order-dlq { }
bucket vault { }
journey place-order { follows gold }
policy gold { grace 5s }
`;

/** The head of a block of each kind; the statement goes where the dots are. */
const blocks: Readonly<Record<Place, string>> = {
  ...blockHeads,
  drill: 'scenario s { fails cn-north }\ndrill s on 2026-01-01 { … }',
};
const places = (Object.keys(blocks) as Place[]).filter((place) => place !== 'file');

async function codesOf(place: Exclude<Place, 'file'>, statement: string): Promise<readonly string[]> {
  const text = `${blocks[place].replace('…', () => `\n${statement}\n`)}${world}`;
  const found = (await problemsOf({ 'model.drml': text })).get('model.drml') ?? [];
  return found.map(({ data, message }) => `${(data as ProblemData).code}: ${message}`);
}

/** Names of the table's examples that its own places do not know are not this test's matter, nor what one statement alone leaves open. */
const withoutNames = (codes: readonly string[]): readonly string[] =>
  codes.filter(
    (code) => !/^syntax\/(unknown-name|target-kind|needs|quorum|no-active|says-nothing|fallback|edge-option)/.test(code),
  );

describe.each(keyTable.filter((entry) => !entry.places.includes('file')))('$phrase', (entry: KeyEntry) => {
  test('its example is fine in each of its places', async () => {
    for (const place of places) {
      if (keyIn(place, entry.key) !== entry) continue;
      expect(withoutNames(await codesOf(place, entry.example)), place).toEqual([]);
    }
  });

  test('elsewhere it draws one finding, about its place or its syntax', async () => {
    for (const place of places) {
      if (keyIn(place, entry.key) !== undefined) continue;
      const codes = withoutNames(await codesOf(place, entry.example));
      const misplaced = codes.filter((code) => code.startsWith('syntax/place:'));
      const unreadable = codes.filter((code) => code.startsWith('parsing-error:'));
      // What the grammar does not take in such a block gets its message from the parser.
      expect(misplaced.length === 1 || (misplaced.length === 0 && unreadable.length >= 1), `${place}: ${codes.join(' | ')}`).toBe(
        true,
      );
    }
  });
});

/** A number with a unit of the dimension, as somebody would write it. */
function written(dimension: Dimension): fc.Arbitrary<string> {
  const units = unitsOf[dimension];
  const unit = units.length === 0 ? fc.constant('') : fc.constantFrom(...units);
  const whole = fc.integer({ min: 1, max: 50 });
  switch (dimension) {
    case 'probability':
    case 'share':
      return fc.oneof(
        fc.integer({ min: 1, max: 10_000 }).map((number) => `${number / 100}%`),
        fc.integer({ min: 1, max: 1000 }).map((number) => `${number / 1000}`),
      );
    case 'duration':
      // One minute at most: the shortest bound of the table is that of a round trip.
      return fc.tuple(whole, fc.constantFrom('ms', 's')).map(([number, word]) => `${number}${word}`);
    default:
      return fc.tuple(whole, unit).map(([number, word]) => `${number}${word}`);
  }
}

test('random quantities of the right dimension are fine wherever the key may stand', async () => {
  const quantities = keyTable.filter((entry) => entry.value.kind === 'quantity');
  const statement = fc.constantFrom(...quantities).chain((entry) => {
    const own = places.filter((place) => keyIn(place, entry.key) === entry);
    const dimension = entry.value.kind === 'quantity' ? entry.value.dimension : 'count';
    return fc.tuple(
      fc.constantFrom(...own),
      written(dimension).map((text) => `${entry.phrase} ${text}`),
    );
  });
  await fc.assert(
    fc.asyncProperty(statement, async ([place, text]) => {
      expect(withoutNames(await codesOf(place, text))).toEqual([]);
    }),
    { numRuns: 300, seed: 20261121 },
  );
});

test('random quantities without a unit, negative or of another dimension draw exactly one finding', async () => {
  const quantities = keyTable.filter((entry) => entry.value.kind === 'quantity' && entry.value.dimension === 'duration');
  const wrong = fc.constantFrom('5', '-5s', '5GiB', '5%', '5rps', '1e3', '5MiB/s', '5 USD');
  const statement = fc.constantFrom(...quantities).chain((entry) =>
    fc.tuple(
      fc.constantFrom(...places.filter((place) => keyIn(place, entry.key) === entry)),
      wrong.map((text) => `${entry.phrase} ${text}`),
    ),
  );
  await fc.assert(
    fc.asyncProperty(statement, async ([place, text]) => {
      const codes = withoutNames(await codesOf(place, text));
      expect(codes).toHaveLength(1);
      expect(codes[0]).toMatch(/^syntax\/quantity: /);
    }),
    { numRuns: 150, seed: 20261121 },
  );
});
