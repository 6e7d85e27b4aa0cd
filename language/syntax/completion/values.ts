/** What may stand where a value is due: units, typical values, words of a list, words used elsewhere. */
import { boundLimits, type Limit, limits, quotaLimits } from '../checks/limits.js';
import { causes, entries, levels, managers, partitions, storages } from '../checks/words.js';
import { keyIn } from '../keys.js';
import { wordMeaning } from '../keys-words.js';
import { type Dimension, unitsOf } from '../quantity.js';
import type { Expected } from './expectation.js';
import type { CursorPlace } from './place.js';
import { causeMeanings, engines, openWords, operators, tiers, typicalValues, unitMeanings } from './typical-values.js';
import type { UsedWords } from './used-words.js';

/** A value to offer, written as it stands in a text. */
export interface ValueProposal {
  readonly text: string;
  readonly meaning: string;
  /** It goes on with a number that is typed, so it takes the place of the number. */
  readonly kind: 'unit' | 'value' | 'word';
}

const number = /^[+-]?\d[\d_]*(?:\.\d+)?/;

/** The dimension of a number at the cursor: by the key table, or by the limits of what stands inside a statement. */
export function dimensionAt(expected: Expected, { place, statement }: CursorPlace): Dimension | undefined {
  return limitAt(expected, place, statement[0]?.token.image ?? '', (type, property) => wordOf(statement, type, property))
    ?.dimension;
}

function limitAt(
  { type, property = '' }: Expected,
  place: CursorPlace['place'],
  key: string,
  word: (type: string, property: string) => string | undefined,
): Pick<Limit, 'dimension'> | undefined {
  switch (type) {
    case 'Fact': {
      const value = place === undefined ? undefined : keyIn(place, key)?.value;
      return value?.kind === 'quantity' ? value : undefined;
    }
    case 'Bound':
      return boundLimits[word('Bound', 'measure') ?? ''];
    case 'Quota':
      return quotaLimits[word('Quota', 'resource') ?? ''] ?? { dimension: 'count' };
    default:
      return limits[type]?.[property];
  }
}

/** Units for the number that is typed, else typical values; nothing where a number of its own makes more sense. */
export function numbersAt(expected: Expected, at: CursorPlace): readonly ValueProposal[] {
  if (expected.property === 'tier') return tiers.map(([text, meaning]) => ({ text, meaning, kind: 'value' }));
  const dimension = dimensionAt(expected, at);
  const typed = number.exec(at.word.text)?.[0];
  if (typed !== undefined) return dimension === undefined ? [] : unitsAfter(typed, at.word.text.slice(typed.length), dimension);
  if (at.word.text !== '') return [];
  return typicalOf(expected, at).map((text) => ({ text, meaning: meaningOf(text, dimension), kind: 'value' }));
}

function unitsAfter(typed: string, begun: string, dimension: Dimension): readonly ValueProposal[] {
  return unitsOf[dimension]
    .filter((unit) => unit !== '' && unit.trim().toLowerCase().startsWith(begun.trim().toLowerCase()))
    .map((unit) => ({ text: `${typed}${unit}`, meaning: unitMeanings[dimension]?.[unit] ?? '', kind: 'unit' }));
}

function typicalOf(expected: Expected, { place, statement }: CursorPlace): readonly string[] {
  const key = statement[0]?.token.image ?? '';
  if (expected.type === 'Bound') {
    const measure = wordOf(statement, 'Bound', 'measure') ?? '';
    return typicalValues[measure] ?? [];
  }
  if (expected.type !== 'Fact') return typicalValues[`${expected.type}.${expected.property ?? ''}`] ?? [];
  const entry = place === undefined ? undefined : keyIn(place, key);
  const example = /\d\S*(?: [A-Z]{3}\/\w+)?/.exec(entry?.example ?? '')?.[0];
  return typicalValues[key] ?? (example === undefined ? [] : [example]);
}

function meaningOf(text: string, dimension: Dimension | undefined): string {
  const unit = text.replace(number, '').trim();
  return dimension === undefined ? '' : (unitMeanings[dimension]?.[unit] ?? '');
}

/** Words for the place: those of the list it takes, else those that are known or used elsewhere, most used first. */
export function wordsAt(expected: Expected, at: CursorPlace, used: () => UsedWords): readonly ValueProposal[] {
  const taken = new Set(
    at.statement
      .filter(({ as }) => as.type === expected.type && as.property === expected.property)
      .map(({ token }) => bare(token.image)),
  );
  return listAt(expected, at, used)
    .filter(({ text }) => !taken.has(bare(text)))
    .map(({ text, meaning, kind }) => ({ text: at.word.quoted ? bare(text) : asWord(text), meaning, kind }));
}

function listAt(expected: Expected, at: CursorPlace, used: () => UsedWords): readonly ValueProposal[] {
  const { type, property } = expected;
  const key = at.statement[0]?.token.image ?? '';
  const slot = `${type}.${property ?? ''}`;
  switch (slot) {
    case 'Words.values': {
      const value = at.place === undefined ? undefined : keyIn(at.place, key)?.value;
      if (value?.kind === 'words' && value.allowed !== undefined) return proposals(value.allowed, key);
      return usedFirst(used(), key === 'residency' ? 'jurisdiction' : key, openWords[key]);
    }
    case 'Text.value':
      return usedFirst(used(), key, openWords[key], notShared.has(key));
    case 'Versioned.value':
      return key === 'engine' ? enginesAt(at, used()) : usedFirst(used(), key, openWords[key]);
    case 'Versioned.version':
      return versionsOf(wordOf(at.statement, 'Versioned', 'value') ?? '', key, used());
    case 'SoftwareVersion.name':
      return usedFirst(used(), 'version', openWords[slot]);
    case 'SoftwareVersion.version':
      return usedFirst(used(), `version ${wordOf(at.statement, type, 'name') ?? ''}`);
    case 'ManagedBy.manager':
      return proposals(managers, key);
    case 'ManagedBy.operator':
      return wordOf(at.statement, type, 'manager') === 'operator' ? operatorsAt(at, used()) : [];
    case 'Storage.storage':
      return proposals(storages, key);
    case 'Entry.means':
      return proposals(entries, key);
    case 'Consistency.level':
      return proposals(levels, key);
    case 'Consistency.onPartition':
      return proposals(partitions, key);
    case 'Retries.causes':
      return causes.map((text) => ({ text, meaning: causeMeanings[text] ?? '', kind: 'word' }));
    case 'Accepts.owner':
      return usedFirst(used(), 'owner');
    case 'FailTarget.value':
      return usedFirst(used(), wordOf(at.statement, type, 'group') ?? '');
    case 'Deletes.account':
      return usedFirst(used(), 'account');
    default:
      return (openWords[slot] ?? []).map(([text, meaning]) => ({ text, meaning, kind: 'word' }));
  }
}

/** Texts that are one component's own: those of others would be wrong. */
const notShared: ReadonlySet<string> = new Set(['image', 'host', 'manifest', 'id', 'fallback', 'stops']);

function proposals(words: readonly string[], key: string): readonly ValueProposal[] {
  return words.map((text) => ({ text, meaning: wordMeaning(key, text) ?? '', kind: 'word' }));
}

function usedFirst(
  used: UsedWords,
  key: string,
  known: readonly (readonly [word: string, meaning: string])[] = [],
  own = false,
): readonly ValueProposal[] {
  const counts = own ? [] : [...(used.get(key) ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const words = counts.map(([text, count]): ValueProposal => ({ text, meaning: times(count), kind: 'word' }));
  const more = known.filter(([word]) => !counts.some(([text]) => text === word));
  return [...words, ...more.map(([text, meaning]): ValueProposal => ({ text, meaning, kind: 'word' }))];
}

function times(count: number): string {
  return count === 1 ? 'used once' : `used ${count} times`;
}

function enginesAt(at: CursorPlace, used: UsedWords): readonly ValueProposal[] {
  const suited = engines.filter(
    ({ kinds }) =>
      at.place !== undefined && (kinds.includes(at.place) || !engines.some((each) => each.kinds.includes(at.place ?? 'file'))),
  );
  return usedFirst(
    used,
    'engine',
    suited.map(({ name, version }) => [name, version === '' ? '' : `such as ${name} "${version}"`] as const),
  );
}

function versionsOf(name: string, key: string, used: UsedWords): readonly ValueProposal[] {
  const known = engines.find((engine) => engine.name === name)?.version ?? '';
  return usedFirst(used, `${key} ${name}`, known === '' ? [] : [[known, `a version of ${name}`]]);
}

function operatorsAt(at: CursorPlace, used: UsedWords): readonly ValueProposal[] {
  const engine = at.siblings.find(([first]) => first?.token.image === 'engine')?.[1]?.token.image ?? '';
  return usedFirst(
    used,
    'operator',
    (operators[bare(engine)] ?? []).map((name) => [name, `runs ${bare(engine)}`] as const),
  );
}

/** The last word of a statement that fills a property. */
function wordOf(statement: CursorPlace['statement'], type: string, property: string): string | undefined {
  const found = statement.findLast(({ as }) => as.type === type && as.property === property);
  return found === undefined ? undefined : bare(found.token.image);
}

function bare(text: string): string {
  return text.startsWith('"') ? text.slice(1).replace(/"$/, '') : text;
}

/** A word as it is written: in quotes where it is no name. */
function asWord(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*(?:-+[A-Za-z0-9_]+)*$/.test(text) ? text : `"${text}"`;
}
