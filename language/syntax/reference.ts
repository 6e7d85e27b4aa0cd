/** One entry of the language reference: all that the key table and the forms know of a statement, in words. Hover and documents print it. */
import { anyComponent, dataPlaces, running } from './key-entry.js';
import { type KeyEntry, keyTable, type Place } from './keys.js';
import { wordsOf } from './keys-words.js';
import { type Dimension, unitsOf } from './quantity.js';
import { type FormPart, formOf, writtenForm } from './statement-forms.js';

export interface ReferenceEntry {
  /** All words before the value: `common cause`. */
  readonly phrase: string;
  /** Where it stands in the reference: `common-cause`. */
  readonly anchor: string;
  readonly meaning: string;
  /** How it is written: `runs N in SITE [zones ZONE, …] [as ROLE]`. */
  readonly form: string;
  /** The parts of the form, where it has several. */
  readonly parts: readonly FormPart[];
  /** Words after the key that mean something by themselves. */
  readonly words: readonly (readonly [word: string, meaning: string])[];
  /** The blocks that take it, in words: `every component, region, zone`. */
  readonly where: string;
  /** What its value may be, with unit and bounds: `duration above 0 (ms, s, …)`. */
  readonly value: string | undefined;
  readonly repeats: boolean;
  /** What holds where it is left out. */
  readonly absent: string | undefined;
  readonly example: string;
}

const dimensionNames: Readonly<Record<Dimension, string>> = {
  probability: 'probability',
  share: 'share',
  duration: 'duration',
  count: 'whole number',
  size: 'size',
  throughput: 'throughput',
  rate: 'rate',
  cpu: 'CPU',
  money: 'money',
  version: 'version',
};

const placeNames: Partial<Readonly<Record<Place, string>>> = { class: 'class of an objective', edge: 'block of an edge' };

/** The entry of a key. */
export function referenceEntry(entry: KeyEntry): ReferenceEntry {
  return {
    phrase: entry.phrase,
    anchor: anchorOf(entry.phrase),
    meaning: entry.meaning,
    form: writtenForm(entry),
    parts: entry.value.kind === 'structure' ? (formOf(entry.key)?.parts ?? []) : [],
    words: wordsFor(entry),
    where: placesInWords(entry.places),
    value: valueInWords(entry),
    repeats: entry.repeats,
    absent: entry.absent,
    example: entry.example,
  };
}

/** Every entry, by phrase. */
export function referenceEntries(): readonly ReferenceEntry[] {
  return keyTable.map(referenceEntry).sort((a, b) => (a.phrase < b.phrase ? -1 : a.phrase > b.phrase ? 1 : 0));
}

/** The anchor of a phrase in `docs/language.md`, as Markdown makes it from the heading. */
export function anchorOf(phrase: string): string {
  return phrase.replaceAll(' ', '-');
}

/** `corruption` the data statement and `corruption` the class share a key and no words. */
function wordsFor(entry: KeyEntry): ReferenceEntry['words'] {
  return entry.value.kind === 'mark' ? [] : wordsOf(entry.key);
}

/** The blocks of an entry in few words. */
function placesInWords(places: readonly Place[]): string {
  const left = new Set<Place>(places);
  const words: string[] = [];
  const take = (group: readonly Place[], word: string): void => {
    if (!group.every((place) => left.has(place))) return;
    for (const place of group) left.delete(place);
    words.push(word);
  };
  take(anyComponent, 'every component');
  take(running, 'components with instances');
  take(dataPlaces, 'data components');
  for (const place of left) words.push(placeNames[place] ?? place);
  return words.join(', ');
}

function valueInWords({ value }: KeyEntry): string | undefined {
  switch (value.kind) {
    case 'quantity': {
      const units = unitsOf[value.dimension].map((unit) => unit.trim()).filter((unit) => unit !== '');
      const unit = units.length === 0 ? '' : ` in ${units.map((each) => `\`${each}\``).join(' ')}`;
      return `${dimensionNames[value.dimension]}${boundsInWords(value)}${unit}`;
    }
    case 'words':
      if (value.allowed === undefined) return value.many ? 'words, with commas between them' : 'one word, or a text';
      return `${value.many ? 'some' : 'one'} of ${value.allowed.map((word) => `\`${word}\``).join(', ')}`;
    case 'text':
      return 'one word, or a text in quotes';
    case 'mark':
      return 'nothing: it holds by standing there';
    case 'structure':
      return undefined;
  }
}

/** Shares and probabilities have bounds by nature; other upper bounds are said. */
function boundsInWords(value: Extract<KeyEntry['value'], { kind: 'quantity' }>): string {
  const { dimension, minimum, maximum } = value;
  if (dimension === 'probability' || dimension === 'share') return value.aboveMinimum === true ? ' above 0' : '';
  const least = value.aboveMinimum === true ? ' above 0' : minimum === 0 ? ' of 0 or more' : '';
  const unit = dimension === 'duration' ? ' s' : '';
  return `${least}${maximum === undefined ? '' : `${least === '' ? '' : ','} ${maximum}${unit} at most`}`;
}
