/**
 * Messages in another language. The product is written in English; a table of sentences with places for names (`{0} runs {1} in {2}.`)
 * says how they read elsewhere. A sentence that the table does not have stays English: a half-known language is better than none.
 */

/** English sentence with places → the same in another language, with the same places. */
export type MessageTable = Readonly<Record<string, string>>;

interface Template {
  readonly pattern: RegExp;
  /**
   * For each group of the pattern the name of its place. One that starts with `k` holds a word of the language, such as `queue`; one that
   * starts with `v` what the author wrote in any words.
   */
  readonly places: readonly string[];
  /** For each group whether it is code, or names or words of the author, which nobody translates: it stands in back-quotes or quotes, or is marked. */
  readonly verbatim: readonly boolean[];
  readonly translated: string;
}

/** Texts inside of texts inside of texts: deeper than this nothing is looked up. */
const deepest = 4;
/** Translations that are remembered; diagnostics repeat with every keystroke. */
const mostRemembered = 5_000;

export class Translation {
  private readonly exact: ReadonlyMap<string, string>;
  /** Templates by their first word; those that begin with a place under the empty word. */
  private readonly byWord = new Map<string, Template[]>();
  private readonly remembered = new Map<string, string>();
  private readonly originals = new Map<string, string>();

  constructor(table: MessageTable) {
    const entries = Object.entries(table);
    this.exact = new Map(entries.filter(([english]) => !hasPlaces(english)));
    // The longest first: it says most about what it fits.
    const templates = entries.filter(([english]) => hasPlaces(english)).sort(([a], [b]) => literal(b) - literal(a));
    for (const [english, translated] of templates) {
      const word = firstWord(english.startsWith('{') ? '' : english);
      const list = this.byWord.get(word) ?? [];
      list.push(templateOf(english, translated));
      this.byWord.set(word, list);
    }
  }

  /** The text in the other language, or as it is. */
  of(text: string): string {
    const known = this.remembered.get(text);
    if (known !== undefined) return known;
    if (this.remembered.size >= mostRemembered) {
      this.remembered.clear();
      this.originals.clear();
    }
    const translated = this.translated(text);
    this.remembered.set(text, translated);
    this.originals.set(translated, text);
    return translated;
  }

  /** The English that a translation was made from, or undefined where it was not made here. */
  english(translated: string): string | undefined {
    return this.originals.get(translated);
  }

  /** Whether every sentence of the text is in the table. */
  knows(text: string): boolean {
    return sentencesOf(text).every((sentence) => this.sentence(sentence, 0) !== undefined);
  }

  private translated(text: string): string {
    const exact = this.exact.get(text);
    if (exact !== undefined) return exact;
    let result = '';
    for (const sentence of sentencesOf(text)) {
      const known = this.sentence(sentence, 0);
      // Between Chinese sentences stands no blank; around one that stays English it does.
      const isJoined = result === '' || (known !== undefined && /[\p{Script=Han}\u3001-\uFF5E]$/u.test(result));
      result += `${isJoined ? '' : ' '}${known ?? sentence}`;
    }
    return result;
  }

  /** A sentence or a phrase in the other language, undefined where a part of it is not known: half a translation reads worse than none. */
  private sentence(text: string, depth: number): string | undefined {
    const exact = this.exact.get(text);
    if (exact !== undefined) return exact;
    if (depth > deepest) return undefined;
    for (const word of [firstWord(text), '']) {
      for (const { pattern, places, verbatim, translated } of this.byWord.get(word) ?? []) {
        const found = pattern.exec(text);
        if (found === null) continue;
        const values = places.map((_, index) => {
          const value = found[index + 1] ?? '';
          if (verbatim[index] === true) return value;
          return this.phrase(value, depth + 1, places[index]?.startsWith('k'));
        });
        if (values.includes(undefined)) continue;
        return translated.replaceAll(/\{([kv]?\d+)\}/g, (_, place: string) => values[places.indexOf(place)] ?? '');
      }
    }
    return undefined;
  }

  /** What stands in a place: a name or a figure as it is, words that the table has, or a list of these. */
  private phrase(text: string, depth: number, isKind = false): string | undefined {
    // A component may be called `queue` as well: only where a kind is named, the word is one.
    const kind = isKind ? this.exact.get(`kind ${text}`) : undefined;
    if (kind !== undefined) return kind;
    const known = this.sentence(text, depth);
    if (known !== undefined) return known;
    const items = itemsOf(text);
    if (items !== undefined) {
      const translated = items.texts.map((item) => this.phrase(item, depth + 1, isKind));
      if (translated.includes(undefined)) return undefined;
      const joint = items.last === undefined ? undefined : this.exact.get(items.last);
      if (joint === undefined && items.last !== undefined) return undefined;
      const comma = this.exact.get(', ') ?? ', ';
      return joint === undefined
        ? translated.join(comma)
        : `${translated.slice(0, -1).join(comma)}${joint}${translated.at(-1) ?? ''}`;
    }
    return isProse(text) ? undefined : text;
  }
}

/** Small words that names, numbers and code have not: where they stand, there is a sentence that nobody has translated. */
const smallWords =
  /(?<![\w.-])(?:the|an?|is|are|and|or|of|to|it|its|has|that|but|only|not|no|takes?|cannot|be|on|by|than|there|this|which|with)(?![\w.-])/i;

function isProse(text: string): boolean {
  // One word is a name: zones are called `a` more often than not.
  return /\s/.test(text) && smallWords.test(text.replaceAll(/`[^`]*`|"[^"]*"/g, ''));
}

/** The items of `a, b and c`; undefined where the text is no list. Commas in back-quotes divide nothing. */
function itemsOf(text: string): { readonly texts: readonly string[]; readonly last: string | undefined } | undefined {
  const parts = text.split(/(, | and | or )(?=(?:[^`]*`[^`]*`)*[^`]*$)/);
  if (parts.length < 3) return undefined;
  const texts = parts.filter((_, index) => index % 2 === 0);
  const joints = parts.filter((_, index) => index % 2 === 1);
  if (texts.includes('') || joints.slice(0, -1).some((joint) => joint !== ', ')) return undefined;
  const last = joints.at(-1);
  return { texts, last: last === ', ' ? undefined : last };
}

function templateOf(english: string, translated: string): Template {
  const places: string[] = [];
  const verbatim: boolean[] = [];
  let quotes = 0;
  const source = english.split(/\{([kv]?\d+)\}/).map((part, index) => {
    if (index % 2 === 0) {
      quotes += part.match(/[`"]/g)?.length ?? 0;
      return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }
    places.push(part);
    verbatim.push(quotes % 2 === 1 || part.startsWith('v'));
    return '(.+?)';
  });
  return { pattern: new RegExp(`^${source.join('')}$`, 's'), places, verbatim, translated };
}

function hasPlaces(template: string): boolean {
  return /\{[kv]?\d+\}/.test(template);
}

function literal(template: string): number {
  return template.replaceAll(/\{[kv]?\d+\}/g, '').length;
}

function firstWord(text: string): string {
  return /^[A-Za-z]+/.exec(text)?.[0] ?? '';
}

/** Sentences, each with its full stop; a full stop inside of back-quotes or before a small letter ends none. */
function sentencesOf(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '`') quoted = !quoted;
    if (quoted || !/[.?!]/.test(text[at] ?? '') || text[at + 1] !== ' ' || /[a-z]/.test(text[at + 2] ?? '')) continue;
    parts.push(text.slice(start, at + 1));
    start = at + 2;
  }
  parts.push(text.slice(start));
  return parts.filter((part) => part !== '');
}
