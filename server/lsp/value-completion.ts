import { entriesOf, type KeyEntry, keyIn, keyTable, type Place } from '../../language/syntax/keys.js';
import { type Dimension, unitsOf } from '../../language/syntax/quantity.js';

/** A word to offer in place of what stands between `from` and the cursor (characters of the line). */
export interface ValueProposal {
  readonly label: string;
  readonly from: number;
  readonly detail: string;
}

/** Words inside a statement that a quantity follows. The key table speaks of whole statements only. */
const connectives: Readonly<Record<string, Dimension>> = {
  takes: 'duration',
  took: 'duration',
  every: 'duration',
  timeout: 'duration',
  after: 'duration',
  lag: 'duration',
  lags: 'duration',
  each: 'duration',
  backoff: 'duration',
  ttl: 'duration',
  within: 'duration',
  manual: 'duration',
  ejects: 'duration',
  rto: 'duration',
  rpo: 'duration',
  load: 'rate',
  peak: 'rate',
  at: 'throughput',
  cost: 'money',
  costs: 'money',
};

/** Words inside statements of a shape of their own, by the words before them. */
const structureWords: Readonly<Record<string, readonly string[]>> = {
  storage: ['zonal', 'regional', 'ephemeral', 'raid0', 'raid1', 'raid5', 'raid6', 'raid10', 'erasure'],
  'managed by': ['operator', 'provider', 'self'],
  consistency: ['strong', 'eventual'],
  'on partition': ['serves', 'refuses'],
};

/** Units for the number, or allowed words for the key, that end the line before the cursor. */
export function proposeValues(place: Place | undefined, lineBefore: string): readonly ValueProposal[] {
  return unitsAfterNumber(place, lineBefore) ?? wordsAfterKey(place, lineBefore) ?? [];
}

function unitsAfterNumber(place: Place | undefined, lineBefore: string): readonly ValueProposal[] | undefined {
  const match = /([A-Za-z-]+(?: [A-Za-z-]+)*)\s+((?:\d[\d_]*)(?:\.\d+)?)([A-Za-z%/]*)$/.exec(lineBefore);
  if (match === null) return undefined;
  const [, words = '', number = '', unit = ''] = match;
  const dimension = dimensionAfter(place, words.split(' '));
  if (dimension === undefined) return [];
  const from = lineBefore.length - number.length - unit.length;
  return unitsOf[dimension]
    .filter((candidate) => candidate !== '' && candidate.trim().toLowerCase().startsWith(unit.toLowerCase()))
    .map((candidate) => ({ label: `${number}${candidate}`, from, detail: dimension }));
}

/** The dimension of a quantity that follows these words: the longest phrase of the key table that ends them, else a connective. */
function dimensionAfter(place: Place | undefined, words: readonly string[]): Dimension | undefined {
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const phrase = words.slice(-length).join(' ');
    const entry = entryOfPhrase(place, phrase);
    if (entry?.value.kind === 'quantity') return entry.value.dimension;
  }
  return connectives[words.at(-1) ?? ''];
}

function wordsAfterKey(place: Place | undefined, lineBefore: string): readonly ValueProposal[] | undefined {
  const match = /([a-z]+(?: [a-z]+)?)\s+((?:[\w-]+\s*,\s*)*)([\w-]*)$/.exec(lineBefore);
  if (match === null) return undefined;
  const [, phrase = '', listed = '', begun = ''] = match;
  const inside = structureWords[phrase] ?? structureWords[phrase.split(' ').at(-1) ?? ''];
  if (inside !== undefined && listed === '') {
    const start = lineBefore.length - begun.length;
    return inside.filter((word) => word.startsWith(begun)).map((label) => ({ label, from: start, detail: phrase }));
  }
  const entry = entryOfPhrase(place, phrase) ?? entryOfPhrase(place, phrase.split(' ').at(-1) ?? '');
  if (entry?.value.kind !== 'words' || entry.value.allowed === undefined) return undefined;
  if (listed !== '' && !entry.value.many) return undefined;
  const taken = new Set(listed.split(',').map((word) => word.trim()));
  const from = lineBefore.length - begun.length;
  return entry.value.allowed
    .filter((word) => word.startsWith(begun) && !taken.has(word))
    .map((label) => ({ label, from, detail: entry.phrase }));
}

function entryOfPhrase(place: Place | undefined, phrase: string): KeyEntry | undefined {
  const key = phrase.split(' ')[0] ?? '';
  if (place !== undefined) {
    const here = keyIn(place, key);
    return here?.phrase === phrase ? here : undefined;
  }
  const anywhere = entriesOf(key).filter((entry) => entry.phrase === phrase);
  return anywhere[0] ?? keyTable.find((entry) => entry.phrase === phrase);
}
