/** Keywords as they are offered: whole phrases, with their entry of the key table, in the order that people need them. */
import { foreignWordsFrom } from '../foreign-words.js';
import { entriesOf, type KeyEntry, keyIn, keysOf, type Place } from '../keys.js';
import { wordMeaning } from '../keys-words.js';
import { type Expected, expectedAt } from './expectation.js';
import type { CursorPlace } from './place.js';

/** A keyword with the words that always come with it. */
export interface KeywordProposal {
  readonly text: string;
  /** Its entry of the key table, where it starts a statement. */
  readonly entry: KeyEntry | undefined;
  /** What it means in the statement that it goes on with. */
  readonly meaning: string | undefined;
  /** The statement stands in this block already, and cannot stand there twice. */
  readonly written: boolean;
  /** Its place among the statements of the block; those that are needed most come first. */
  readonly order: number;
}

const operators: ReadonlySet<string> = new Set(['<->', '<=', '>=', '<', '>']);

/** What most blocks of a kind say first; the rest follows in the order of the key table. */
const usual: readonly string[] = [
  ...['follows', 'engine', 'runs', 'requires', 'routes', 'wants', 'publishes', 'consumes', 'mtbf', 'mttr', 'failover'],
  ...['replicates', 'backup', 'objective', 'availability', 'load', 'capacity', 'together', 'needs', 'owner', 'runbook'],
];
const usualInFile: readonly string[] = [
  'service',
  'database',
  'region',
  'journey',
  'gateway',
  'queue',
  'cache',
  'bucket',
  'external',
];

/** The keywords that may come next: those that go on with the statement in the order of the grammar, then those that begin one. */
export function keywordsAt(at: CursorPlace): readonly KeywordProposal[] {
  const written = new Set(at.siblings.map(([first]) => first?.token.image ?? ''));
  const ranks = at.place === undefined ? new Map<string, number>() : ranksIn(at.place);
  const key = at.statement[0]?.token.image ?? '';
  const found = new Map<string, KeywordProposal>();
  for (const expected of at.expected) {
    if (!expected.isKeyword) continue;
    if (!expected.startsStatement) {
      if (!isOffered(expected, at)) continue;
      const text = phraseOf(expected);
      if (!found.has(text))
        found.set(text, { text, entry: undefined, meaning: wordMeaning(key, expected.token), written: false, order: found.size });
      continue;
    }
    const entry = at.place === undefined ? undefined : keyIn(at.place, expected.token);
    // The table knows the word, and that it belongs elsewhere.
    if (entry === undefined && (at.place === undefined || entriesOf(expected.token).length > 0)) continue;
    const text = phraseOf(expected);
    const known = found.get(text);
    if (known !== undefined && known.entry !== undefined) continue;
    found.set(text, {
      text,
      entry,
      meaning: entry?.meaning,
      written: entry !== undefined && !entry.repeats && written.has(expected.token),
      order: ranks.get(expected.token) ?? ranks.size,
    });
  }
  return [...found.values()];
}

/** A statement of DRML under the name that people bring from elsewhere. */
export interface ForeignProposal {
  readonly foreign: string;
  readonly entry: KeyEntry;
  readonly message: string;
}

/** Fewer letters fit too many words. */
const fewestLetters = 3;
const mostForeign = 3;

/** Statements for a word of Kubernetes or Terraform that is being typed where a statement may start: `replicas` is `runs`. */
export function foreignWordsAt({ place, word, expected }: CursorPlace): readonly ForeignProposal[] {
  if (place === undefined || word.quoted || word.text.length < fewestLetters) return [];
  if (!expected.some(({ startsStatement }) => startsStatement)) return [];
  const found = new Map<string, ForeignProposal>();
  for (const { word: foreign, message } of foreignWordsFrom(word.text, place === 'file' ? 'top' : 'block')) {
    const key = /`([a-z-]+)/.exec(message)?.[1];
    const entry = key === undefined || key.startsWith(word.text) ? undefined : keyIn(place, key);
    if (entry !== undefined && !found.has(entry.key)) found.set(entry.key, { foreign, entry, message });
  }
  return [...found.values()].slice(0, mostForeign);
}

function isOffered({ token }: Expected, at: CursorPlace): boolean {
  if (operators.has(token)) return at.word.text === '';
  return /^[a-z]/.test(token);
}

/** The keyword with all words that must follow it. */
function phraseOf(expected: Expected): string {
  const words = [expected.token];
  for (let next = expectedAt(expected.next); ; next = expectedAt(next[0]?.next)) {
    const [only] = next;
    if (only === undefined || next.length > 1 || !only.isKeyword || !/^[a-z]/.test(only.token)) return words.join(' ');
    words.push(only.token);
  }
}

const rankings = new Map<Place, ReadonlyMap<string, number>>();

/** The order of the statements of a block. */
export function ranksIn(place: Place): ReadonlyMap<string, number> {
  let ranks = rankings.get(place);
  if (ranks === undefined) {
    const keys = keysOf(place).map(({ key }) => key);
    const first = (place === 'file' ? usualInFile : usual).filter((key) => keys.includes(key));
    const order = [...new Set([...first, ...keys.filter((key) => key !== 'accepts'), ...keys])];
    ranks = new Map(order.map((key, index) => [key, index]));
    rankings.set(place, ranks);
  }
  return ranks;
}
