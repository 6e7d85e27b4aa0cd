/** A text of the page in another language, piece by piece: what nobody has translated stays as it is, and so do all names. */
import { type MessageTable, Translation } from './translation.js';

/** Gives a text in the language of the table. */
export type Words = (text: string) => string;

/** What stands between the pieces of a text, and what does in the other language: the coarsest first. */
const joints: readonly (readonly [string, string])[] = [
  ['; ', '；'],
  [', ', '，'],
];

/** Names and pieces that are said already stand as one character of a range that no text has. */
const firstMark = 0xe000;
const mostMarks = 0x1900;
const marks = /[\ue000-\uf8ff]/g;

/** What a mark stands for, while one text is translated. */
class Marks {
  readonly #meant: string[] = [];

  of(text: string): string {
    // So many pieces are no text of a picture; they would only stay as they are.
    if (this.#meant.length >= mostMarks) return text;
    this.#meant.push(text);
    return String.fromCharCode(firstMark + this.#meant.length - 1);
  }

  /** The text with those of its marks that stand for one word that could be a word of a sentence. */
  word(text: string): string {
    return text.replace(marks, (mark) => {
      const meant = this.#meant[mark.charCodeAt(0) - firstMark] ?? '';
      return /^[a-z]+$/.test(meant) ? meant : mark;
    });
  }

  /** The text with what its marks stand for. */
  meant(text: string): string {
    return text.replace(marks, (mark) => this.meant(this.#meant[mark.charCodeAt(0) - firstMark] ?? ''));
  }
}

/** `names` is what somebody has called something: it is asked for with each text, and never translated. */
export function wordsOf(table: MessageTable, names: () => ReadonlySet<string>): Words {
  const translation = new Translation(table);
  const keys = Object.keys(table).filter((key) => !key.includes('{'));
  let known: ReadonlySet<string> | undefined;
  let pattern: RegExp | undefined;
  const said = new Map<string, string>();
  return (text) => {
    const now = names();
    if (now !== known) {
      known = now;
      pattern = patternOf(now);
      said.clear();
    }
    const before = said.get(text);
    if (before !== undefined) return before;
    const plain = text.trim();
    // A name that was cut to its room is a name.
    const cut = plain.endsWith('…') ? plain.slice(0, -1).trimEnd() : '';
    if (cut.length > 1 && [...now].some((name) => name.startsWith(cut))) return text;
    const held = new Marks();
    const marked = pattern === undefined ? plain : plain.replace(pattern, (name) => held.of(name));
    const result = plain === '' ? text : text.replace(plain, () => held.meant(beside(marked, held, translation, keys)));
    said.set(text, result);
    return result;
  };
}

/** Finds names that stand for themselves, the longest first; undefined where there are none. One letter is a letter, and an article. */
function patternOf(names: ReadonlySet<string>): RegExp | undefined {
  const written = [...names].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  if (written.length === 0) return undefined;
  const escaped = written.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_-])`, 'gu');
}

/** What stands beside each other is said piece by piece. */
function beside(text: string, held: Marks, translation: Translation, keys: readonly string[]): string {
  return text
    .split(' · ')
    .map((piece) => sentences(piece, held, translation, keys))
    .join(' · ');
}

function sentences(text: string, held: Marks, translation: Translation, keys: readonly string[]): string {
  let result = '';
  for (const sentence of text.split(/(?<=[.?!]) (?=[^a-z])/)) {
    const one = whole(sentence, held, translation, keys);
    // Between Chinese sentences stands no blank; around one that stays English it does.
    const joined = result === '' || (one !== sentence && /[\u3001-\uff5e]$/.test(result));
    result += joined ? one : ` ${one}`;
  }
  return result;
}

function whole(text: string, held: Marks, translation: Translation, keys: readonly string[]): string {
  if (isSaid(text)) return text;
  const exact = translation.of(text);
  if (keys.includes(text)) return exact;
  // Somebody has called something `work`, or `backups`: a sentence of the table that has the word is that sentence.
  const plain = held.word(text);
  if (plain.includes(' ') && keys.includes(plain)) return translation.of(plain);
  const next = (piece: string): string => whole(piece, held, translation, keys);
  // What was cut to its room is said as what it was cut from.
  const start = text.endsWith('…') && text.length > 4 ? text.slice(0, -1).trimEnd() : undefined;
  const uncut = start === undefined ? undefined : keys.find((key) => key.startsWith(start));
  if (uncut !== undefined) return translation.of(uncut);
  const inner = /\(([^()]*[A-Za-z][^()]*)\)/.exec(text);
  if (inner?.[1] !== undefined) {
    const content = next(inner[1]);
    if (content !== inner[1]) return next(text.replace(inner[0], () => `(${held.of(content)})`));
  }
  const ending = text.endsWith('.') ? '。' : '';
  // A sentence is more than its pieces; a list is not.
  if (ending !== '' && !text.includes('; ') && translation.knows(text)) return exact;
  const body = ending === '' ? text : text.slice(0, -1);
  for (const [joint, translated] of joints) {
    if (!text.includes(joint)) continue;
    const pieces = body.split(joint);
    const each = pieces.map(next);
    if (each.every((piece, index) => piece !== pieces[index] || isSaid(piece))) return each.join(translated) + ending;
  }
  const colon = text.indexOf(': ');
  if (colon > 0) {
    const pieces = [text.slice(0, colon), text.slice(colon + 2)];
    const each = pieces.map(next);
    if (each.every((piece, index) => piece !== pieces[index] || isSaid(piece))) return each.join('：');
  }
  if (translation.knows(text)) return exact;
  const last = text.split(' and ');
  if (last.length === 2) {
    const each = last.map(next);
    if (each.every((piece, index) => piece !== last[index] || isSaid(piece))) return each.join(' 和 ');
  }
  if (plain !== text && plain.endsWith('.') && translation.knows(plain)) return translation.of(plain);
  return text;
}

/** Whether there is nothing in it to translate: names, figures, units. */
function isSaid(text: string): boolean {
  return !/[A-Za-z]{2,}/.test(text.replace(/\b(?:RTO|RPO|min|ms|yr|SPOF|DNS|TTL|MiB|GiB|TiB)\b/g, ''));
}
