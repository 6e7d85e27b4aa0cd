import { describe, expect, test } from 'vitest';
import { componentKindPlaces, entriesOf, keyIn, keysOf, keyTable } from '../../../language/syntax/keys.js';

describe.each(keyTable)('$phrase', (entry) => {
  test('says what it means in full sentences', () => {
    expect(entry.meaning).toMatch(/^[A-Z].*\.$/);
    expect(entry.meaning.length).toBeLessThan(200);
  });

  test('has an example that starts with its phrase', () => {
    expect(entry.example.startsWith(entry.phrase)).toBe(true);
    expect(entry.phrase.split(' ')[0]).toBe(entry.key);
  });

  test('stands somewhere, and nowhere twice', () => {
    expect(entry.places.length).toBeGreaterThan(0);
    expect(new Set(entry.places).size).toBe(entry.places.length);
  });

  test('has bounds that leave room', () => {
    if (entry.value.kind !== 'quantity') return;
    const { minimum = 0, maximum = Number.POSITIVE_INFINITY } = entry.value;
    expect(maximum).toBeGreaterThan(minimum);
  });
});

test('of one key, each place has one meaning', () => {
  const taken = new Set<string>();
  for (const entry of keyTable) {
    for (const place of entry.places) {
      const pair = `${place} ${entry.key}`;
      expect(taken.has(pair), pair).toBe(false);
      taken.add(pair);
      expect(keyIn(place, entry.key)).toBe(entry);
    }
  }
});

test('a key that no block takes is not found', () => {
  expect(keyIn('service', 'engine')).toBeUndefined();
  expect(keyIn('service', 'nonsense')).toBeUndefined();
  expect(entriesOf('nonsense')).toEqual([]);
});

test('every kind of component is a declaration of a file and takes statements', () => {
  for (const kind of componentKindPlaces) {
    expect(keyIn('file', kind)?.example).toContain(kind);
    expect(keysOf(kind).length).toBeGreaterThan(5);
  }
});

test('what a component may say, policies may say too, apart from what is its own', () => {
  const own = new Set(['runs', 'id', 'provides', 'manifest', 'follows', 'routes']);
  const data = new Set(['dead', 'keeps', 'holds', 'locked', 'media', 'offline', 'immutable', 'bandwidth']);
  for (const kind of componentKindPlaces) {
    for (const entry of keysOf(kind)) {
      if (own.has(entry.key) || data.has(entry.key)) continue;
      expect(keyIn('policy', entry.key), entry.phrase).toBe(entry);
      expect(keyIn('defaults', entry.key), entry.phrase).toBe(entry);
    }
  }
});
