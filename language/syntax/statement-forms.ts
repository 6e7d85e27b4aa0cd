/** How each statement is written, part by part: what signature help walks through and what completion shows beside a word. */
import { type FormRow, formRows } from './form-rows.js';
import type { KeyEntry, Place } from './keys.js';
import { keysOf } from './keys.js';
import type { Dimension } from './quantity.js';

/** One part of a statement as it is written. */
export interface FormPart {
  /** `[each DURATION]`; what may be left out stands in brackets. */
  readonly text: string;
  /** The properties of the syntax tree that this part fills, and the keywords it starts with. */
  readonly fills: readonly string[];
  readonly meaning: string;
}

/** A statement from its first word to its last part. */
export interface StatementForm {
  readonly phrase: string;
  readonly parts: readonly FormPart[];
}

const forms = new Map<string, StatementForm>(
  Object.entries(formRows).map(([key, parts]) => [key, { phrase: key, parts: parts.map(partOf) }]),
);

/** How a quantity is named in a form. */
export const quantityNames: Readonly<Record<Dimension, string>> = {
  probability: 'PERCENT',
  share: 'PERCENT',
  duration: 'DURATION',
  count: 'N',
  size: 'SIZE',
  throughput: 'SIZE/TIME',
  rate: 'RATE',
  cpu: 'CPU',
  money: 'MONEY/TIME',
  version: 'VERSION',
};

/** The form of a statement that has several parts, by its first word; undefined for what is one word and one value. */
export function formOf(key: string): StatementForm | undefined {
  return forms.get(key);
}

/** A statement in one line, as it is written: `retries N [each DURATION] …`. */
export function writtenForm(entry: KeyEntry): string {
  const form = forms.get(entry.key);
  if (form !== undefined && entry.value.kind !== 'quantity') {
    return [entry.key, ...form.parts.map(({ text }) => text)].join(' ');
  }
  switch (entry.value.kind) {
    case 'mark':
      return entry.phrase;
    case 'text':
      return `${entry.phrase} "TEXT"`;
    case 'quantity':
      return `${entry.phrase} ${quantityNames[entry.value.dimension]}`;
    case 'words': {
      const { allowed, many } = entry.value;
      const words =
        allowed === undefined ? 'NAME' : allowed.length > 5 ? `${allowed.slice(0, 4).join(' | ')} | \u2026` : allowed.join(' | ');
      return `${entry.phrase} ${words}${many ? ', \u2026' : ''}`;
    }
    case 'structure':
      return entry.example;
  }
}

/** The form of a block: the words before its brace, and each statement that may stand in it as a part; what excuses a finding comes last. */
export function blockForm(opening: string, place: Place): StatementForm {
  const entries = keysOf(place);
  const sorted = [...entries.filter(({ key }) => key !== 'accepts'), ...entries.filter(({ key }) => key === 'accepts')];
  return { phrase: `${opening} {`, parts: sorted.map(blockPart) };
}

/** A statement as one part among many: what has several parts of its own is cut, and written out in its meaning. */
function blockPart(entry: KeyEntry): FormPart {
  const written = writtenForm(entry);
  const isLong = entry.value.kind === 'structure';
  return {
    text: isLong ? `${entry.phrase} \u2026` : written,
    fills: [entry.key],
    meaning: isLong ? `${entry.meaning} Written \`${written}\`.` : entry.meaning,
  };
}

function partOf([text, fills, meaning]: FormRow): FormPart {
  return { text, fills: fills.split(' '), meaning };
}
