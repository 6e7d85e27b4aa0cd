/** Words that start no statement: what was probably meant, and the edit that writes it. */
import { mendForeignWord, sameMeaning } from './foreign-words.js';
import type { GrammarFacts } from './grammar-facts.js';
import type { SyntaxMessage } from './messages.js';
import { editDistance, nearest } from './nearest.js';
import { standsIn } from './places.js';
import type { ParsedTokens } from './recovery.js';
import { blockHead } from './sentence.js';
import { added, joined, replaced } from './slip-fixes.js';
import { isNameToken } from './structure.js';

/** Units as people write them out, with the letter that DRML knows. */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  seconds: 's',
  second: 's',
  sec: 's',
  secs: 's',
  minutes: 'm',
  minute: 'm',
  mins: 'm',
  hours: 'h',
  hour: 'h',
  hrs: 'h',
  hr: 'h',
  days: 'd',
  day: 'd',
  weeks: 'w',
  week: 'w',
  years: 'y',
  year: 'y',
  yr: 'y',
  yrs: 'y',
  milliseconds: 'ms',
  millis: 'ms',
  msec: 'ms',
  percent: '%',
  gigabytes: 'GB',
  megabytes: 'MB',
  gb: 'GB',
  mb: 'MB',
  gib: 'GiB',
  mib: 'MiB',
  requests: 'rps',
  mbps: 'Mbit/s',
  gbps: 'Gbit/s',
  d: 'd',
  h: 'h',
  m: 'm',
  s: 's',
  ms: 'ms',
  rps: 'rps',
};

const COSTS: ReadonlySet<string> = new Set(['cost', 'outage', 'loss']);

/** Where an unknown word was met in a block. */
export interface UnknownWord {
  readonly parsed: ParsedTokens;
  readonly index: number;
  /** The index of the first word of the statement before it. */
  readonly start: number;
  /** The words that start a statement here. */
  readonly starts: ReadonlySet<string>;
  /** Whether it stands on the line of the statement before it. */
  readonly sameLine: boolean;
}

/** What to say of a word that is no statement. */
export function unknownWord({ parsed, index, start, starts, sameLine }: UnknownWord, facts: GrammarFacts): SyntaxMessage {
  const { tokens } = parsed;
  const found = tokens[index];
  const previous = tokens[index - 1];
  if (found === undefined) return { message: 'The file ends in the middle of a statement.' };
  const word = found.image;
  const statement = sameLine ? tokens[start]?.image : undefined;
  const unit = Object.hasOwn(UNIT_WORDS, word.toLowerCase()) ? UNIT_WORDS[word.toLowerCase()] : undefined;
  if (sameLine && unit && previous?.tokenType.name === 'QUANTITY' && /\d$/.test(previous.image)) {
    const whole = `${previous.image}${unit}`;
    return { message: `A unit follows its number without a space: write \`${whole}\`.`, fix: joined(previous, found, whole) };
  }
  if (sameLine && previous?.image === 'any') return { message: `Write \`any of ${word}, …\`.`, fix: added(previous, 'of') };
  if (sameLine && previous?.tokenType.name === 'QUANTITY' && /^[A-Za-z]{3}$/.test(word) && COSTS.has(statement ?? '')) {
    const message = `A currency has three capital letters: write \`${previous.image} ${word.toUpperCase()}\`.`;
    return { message, fix: replaced(found, word.toUpperCase()) };
  }
  const continuing = statement ? (facts.continuations.get(statement) ?? []) : [];
  const near = nearest(word, [...starts, ...continuing]);
  const isListed = statement !== undefined && facts.lists.has(statement);
  const afterName = isNameToken(previous) || previous?.image.startsWith('"') === true;
  // A name may happen to be like a word; only a slip of one letter is told from it.
  const slipped = near !== undefined && editDistance(word, near, 1) === 1;
  if (isListed && afterName && !slipped && previous) {
    const message = `A \`,\` is missing between \`${previous.image}\` and \`${word}\`: write \`${previous.image}, ${word}\`.`;
    return { message, fix: added(previous, ',', true) };
  }
  const mended = mendForeignWord(word, 'block');
  if (mended) {
    const same = sameMeaning(word, 'block');
    const fix = same !== undefined && starts.has(same.split(' ')[0] ?? '') ? replaced(found, same) : undefined;
    return { message: `\`${word}\` is not a DRML statement. ${mended}`, fix };
  }
  if (near) return { message: `\`${word}\` is not a DRML statement. Did you mean \`${near}\`?`, fix: replaced(found, near) };
  const elsewhere = nearest(word, facts.statements);
  const home = elsewhere ? standsIn(elsewhere) : undefined;
  if (elsewhere && home) return { message: `\`${word}\` is not a DRML statement. \`${elsewhere}\` is one, in ${home}.` };
  return { message: `\`${word}\` is no statement that can stand in ${blockHead(parsed, index).label}.` };
}
