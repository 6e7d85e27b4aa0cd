import type { IToken, TokenType } from 'chevrotain';
import type { ProblemFix } from './checks/problem.js';
import type { GrammarFacts } from './grammar-facts.js';
import { keyTable } from './keys.js';
import type { SyntaxMessage } from './messages.js';
import { nearest } from './nearest.js';
import type { ParsedTokens } from './recovery.js';
import { quote, statementStart } from './sentence.js';
import { added, dropped, joined, replaced } from './slip-fixes.js';
import { isNameToken, startsLine } from './structure.js';

/** A value to show for words inside a statement; the words that start one have their example in the key table. */
const EXAMPLES: Readonly<Record<string, string>> = {
  tier: '0',
  every: '5s',
  failures: '3',
  timeout: '800ms',
  each: '300ms',
  backoff: '50ms',
  ttl: '60s',
  quorum: '2',
  lag: '5s',
  peak: '1400rps',
  takes: '20m',
  took: '20m',
  lags: '30s',
  at: '60%',
  within: '3m',
  cause: '5%',
  errors: '5',
  ejects: '30s',
  connections: '100',
  for: '2h',
  costs: '5000 USD/h',
  after: '30s',
  manual: '20m',
  '<=': '15m',
  '>=': '99%',
  '<': '15m',
  '>': '99%',
  rto: '15m',
  rpo: '1m',
  from: '3',
  to: '12',
  availability: '99.9%',
  port: '8080',
  tolerates: '1',
};

const SITE = 'the name of a region, or `REGION.ZONE`';
const COMPONENT = 'the name of what is meant';

/** What the name is of that may stand after a word. */
const NAMES: Readonly<Record<string, string>> = {
  in: SITE,
  within: SITE,
  link: SITE,
  '<->': SITE,
  '.': 'the name of a zone',
  zone: 'the name of the zone',
  zones: 'the name of a zone',
  follows: 'the name of a policy',
  for: 'the name of a journey',
  drill: 'the name of a scenario',
  accepts: 'a rule such as `DR007`',
  region: 'the name of the region',
  service: 'the name of the service',
  gateway: 'the name of the gateway',
  model: 'the name of the model',
  database: 'the name of the database',
  cache: 'the name of the cache',
  queue: 'the name of the queue',
  bucket: 'the name of the bucket',
  external: 'the name of the external service',
  coordinator: 'the name of the coordinator',
  job: 'the name of the job',
  journey: 'the name of the journey',
  policy: 'the name of the policy',
  scenario: 'the name of the scenario',
  backup: 'the name of the backup',
  requires: 'the name of a component',
  wants: 'the name of a component',
  ',': 'another name',
};

const KINDS: Readonly<Record<string, string>> = {
  ID: COMPONENT,
  STRING: 'a text in double quotes',
  QUANTITY: 'a number',
  DATE: 'a date such as `2026-09-01`',
  TIME: 'a time of day such as `02:00`',
  ERASURE_CODE: 'a code such as `4+2`',
};

/** Words that end their statement. */
const ENDING_WORDS: ReadonlySet<string> = new Set(['standby', 'light', 'region', 'effort', 'once', 'runs', 'cpu']);

/** Another token than the one expected was found inside a statement or a head. */
export function expectedMessage(parsed: ParsedTokens, index: number, expected: TokenType, facts: GrammarFacts): SyntaxMessage {
  const { tokens } = parsed;
  const found = tokens[index];
  const previous = tokens[index - 1];
  const start = statementStart(parsed, index - 1, facts);
  const sentence = sentenceOf(tokens, start, index);
  const missing = isMissing(tokens, index);
  const word = previous?.image ?? '';
  switch (expected.name) {
    case 'ID':
      if (found?.image.startsWith('"') && !missing) {
        const name = found.image.slice(1, -1);
        return { message: `Names stand without quotes: write \`${name}\`.`, fix: replaced(found, name) };
      }
      if (found?.image === ',' && word === ',') {
        return { message: 'One of the two `,` is too many: leave it out.', fix: dropped(previous, found) };
      }
      if (found?.tokenType.name === 'QUANTITY' && !missing) {
        return { message: `\`${found.image}\` is no name: names start with a letter.` };
      }
      return say(tokens, index, sentence, NAMES[word] ?? COMPONENT);
    case 'QUANTITY': {
      const example = exampleFor(word);
      return say(tokens, index, sentence, `a number${example ? ` such as \`${example}\`` : ''}`);
    }
    case 'STRING':
      if (found && !missing && isNameToken(found)) {
        return { message: `Put the text in double quotes: \`"${found.image}"\`.`, fix: replaced(found, `"${found.image}"`) };
      }
      return say(tokens, index, sentence, KINDS.STRING ?? '');
    case 'of':
      if (previous && /[A-Za-z]/.test(previous.image)) {
        return { message: `\`${word}\` is no name: names start with a letter.`, anchor: previous };
      }
      return say(tokens, index, sentence, '`of`');
    case '{':
      return expectedBlock(parsed, index, start, facts);
    case '<->':
      return {
        message: `The two sites of a link are joined by \`<->\`: write \`link a <-> b { rtt 30ms }\`.`,
        ...at(tokens, index),
        fix: previous && found && isNameToken(found) && !missing ? added(previous, '<->') : undefined,
      };
    default: {
      const kind = KINDS[expected.name] ?? `\`${expected.LABEL ?? expected.name}\``;
      return { ...say(tokens, index, sentence, kind), fix: addedWord(expected.name, previous, found, missing) };
    }
  }
}

/** None of several tokens was found that a statement goes on with. */
export function expectedOneOf(
  parsed: ParsedTokens,
  index: number,
  expected: readonly TokenType[],
  facts: GrammarFacts,
): SyntaxMessage {
  const { tokens } = parsed;
  const names = [...new Set(expected.map((type) => type.name))];
  const keywords = names.filter((name) => !Object.hasOwn(KINDS, name));
  const found = tokens[index];
  const near = found && isNameToken(found) && !isMissing(tokens, index) ? nearest(found.image, keywords) : undefined;
  const sentence = sentenceOf(tokens, statementStart(parsed, index - 1, facts), index);
  if (near && found)
    return { message: `${quote(found)} does not go on with ${sentence}. Did you mean \`${near}\`?`, fix: replaced(found, near) };
  const previous = tokens[index - 1]?.image ?? '';
  const kinds = names.filter((name) => Object.hasOwn(KINDS, name));
  const shown = kinds.map((name) => (name === 'ID' ? (NAMES[previous] ?? 'a name') : (KINDS[name] ?? name)));
  const all = [...shown, ...keywords.slice(0, 6).map((keyword) => `\`${keyword}\``)];
  const list = all.length === 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
  return say(tokens, index, sentence, list);
}

function expectedBlock(parsed: ParsedTokens, index: number, start: number, facts: GrammarFacts): SyntaxMessage {
  const { tokens } = parsed;
  const found = tokens[index];
  const head = sentenceOf(tokens, start, index);
  if (!found || isMissing(tokens, index))
    return { message: `${head} has no block: put \`{ … }\` after it.`, ...at(tokens, index), fix: addedBlock(tokens, index) };
  const going = facts.continuations.get(tokens[start]?.image ?? '') ?? new Set<string>();
  const near = isNameToken(found) ? nearest(found.image, going) : undefined;
  if (near)
    return { message: `${quote(found)} does not go on with ${head}. Did you mean \`${near}\`?`, fix: replaced(found, near) };
  const before = tokens[index - 1];
  const whole = before && isNameToken(found) && isNameToken(before) ? `${before.image}-${found.image}` : undefined;
  const mending = whole === undefined ? 'leave it out' : `a name is one word, with \`-\` between its parts: \`${whole}\``;
  const message = `Expected the block \`{ … }\` of ${head}, not ${quote(found)}: ${mending}.`;
  return { message, fix: whole !== undefined && before ? joined(before, found, whole) : dropped(before, found) };
}

/** The keyword that is missing before a value on the same line, or at the end of what was written: `in`, `cause`, `standby`. */
function addedWord(
  keyword: string,
  previous: IToken | undefined,
  found: IToken | undefined,
  missing: boolean,
): ProblemFix | undefined {
  if (!previous || !/^[a-z]+$/.test(keyword)) return undefined;
  // At the end of a statement only a word that ends it; behind others a value would be missing as well.
  if (missing) return ENDING_WORDS.has(keyword) ? added(previous, keyword) : undefined;
  const isValue = found && (isNameToken(found) || /^["\d]/.test(found.image));
  return isValue ? added(previous, keyword) : undefined;
}

function addedBlock(tokens: readonly IToken[], index: number): ProblemFix | undefined {
  const previous = tokens[index - 1];
  return previous ? added(previous, '{ }') : undefined;
}

/** What comes after a word inside a statement, where that is a name or a number. */
export function valueAfter(word: string): string | undefined {
  const name = Object.hasOwn(NAMES, word) ? NAMES[word] : undefined;
  const example = Object.hasOwn(EXAMPLES, word) ? EXAMPLES[word] : undefined;
  return name ?? (example && /^\d/.test(example) ? `a number such as \`${example}\`` : undefined);
}

function exampleFor(word: string): string | undefined {
  const own = EXAMPLES[word];
  if (own) return own;
  const entry = keyTable.find((each) => each.key === word || each.phrase.endsWith(` ${word}`));
  return entry ? /\d[^\s}]*(?: [A-Z]{3}(?:\/\w+)?)?/.exec(entry.example)?.[0] : undefined;
}

function say(tokens: readonly IToken[], index: number, sentence: string, what: string): SyntaxMessage {
  const found = tokens[index];
  const previous = tokens[index - 1];
  if (!found || isMissing(tokens, index)) {
    // A comma may be one too many; another word was written because something comes after it.
    if (previous?.image === ',') return { ...trailingComma(tokens[index - 2], previous, what), ...at(tokens, index) };
    return { message: `After ${sentence}, ${what} is missing.`, ...at(tokens, index) };
  }
  return { message: `Expected ${what} after ${sentence}, not ${quote(found)}.` };
}

function trailingComma(before: IToken | undefined, comma: IToken, what: string): SyntaxMessage {
  return { message: `After the \`,\`, ${what} is expected: write it, or remove the \`,\`.`, fix: dropped(before, comma) };
}

/** Whether nothing stands where something was expected: the line, the block or the file ends there. */
export function isMissing(tokens: readonly IToken[], index: number): boolean {
  const found = tokens[index];
  return !found || found.image === '}' || startsLine(tokens, index);
}

/** Marks the word after which something is missing. */
function at(tokens: readonly IToken[], index: number): { readonly anchor?: IToken } {
  const previous = tokens[index - 1];
  return isMissing(tokens, index) && previous ? { anchor: previous } : {};
}

/** The words of a statement as far as they were read; of many only the last three. */
export function sentenceOf(tokens: readonly IToken[], start: number, end: number): string {
  const words = tokens.slice(start, end).map((token) => token.image);
  const shown = words.length > 4 ? `… ${words.slice(-3).join(' ')}` : words.join(' ');
  return `\`${shown.replaceAll(' ,', ',').replaceAll(/ ?\. ?/g, '.')}\``;
}
