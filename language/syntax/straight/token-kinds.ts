/** Token types as small numbers, which the scanner writes into flat arrays and the plan looks up in tables. */
import type { TokenType } from 'chevrotain';
import { GrammarUtils, type LangiumCoreServices } from 'langium';
import { NAME_TERMINAL, nameIntroducers } from '../introducers.js';
import type { Neighbour } from '../name-places.js';
import { twinName } from '../tokens.js';

/** A number for each token type of the grammar. */
export type TokenKind = number;

/** A terminal that the scanner reads by its pattern, tried in the order of the grammar. */
export interface PatternTerminal {
  readonly kind: TokenKind;
  readonly pattern: RegExp;
}

export interface TokenKinds {
  /** The token types, by kind. */
  readonly types: readonly TokenType[];
  readonly kindOf: ReadonlyMap<string, TokenKind>;
  /** Keywords and signs, by their text. */
  readonly words: ReadonlyMap<string, TokenKind>;
  /** How long a sign can be, by the code of its first character. */
  readonly longestSigns: Uint8Array;
  /** The text of keywords, their twins and signs; empty for terminals. */
  readonly texts: readonly string[];
  readonly neighbours: readonly Neighbour[];
  /** The kind that a keyword becomes where it may be a name; -1 for all else. */
  readonly twins: Int16Array;
  readonly introducers: ReadonlySet<string>;
  readonly name: TokenKind;
  readonly text: TokenKind;
  readonly lineComment: TokenKind;
  readonly blockComment: TokenKind;
  /** What starts with a digit or a sign. */
  readonly numbers: readonly PatternTerminal[];
  /** For each kind that a rule may ask for: which kinds count as it. */
  readonly accepts: readonly (readonly TokenKind[])[];
}

/** Numbers the token types; undefined where the grammar has terminals that the scanner does not know. */
export function tokenKinds(services: LangiumCoreServices): TokenKinds | undefined {
  const { definition } = services.parser.Lexer;
  const types = Object.values(definition);
  const kindOf = new Map(types.map((type, kind) => [type.name, kind]));
  const terminals = new Set(
    [...GrammarUtils.getAllReachableRules(services.Grammar, false)]
      .filter((rule) => rule.$type === 'TerminalRule')
      .map(({ name }) => name),
  );
  const words = new Map<string, TokenKind>();
  const texts = types.map(() => '');
  const neighbours = types.map((): Neighbour => 'other');
  const twins = new Int16Array(types.length).fill(-1);
  const longestSigns = new Uint8Array(128);
  for (const [kind, type] of types.entries()) {
    if (typeof type.PATTERN !== 'string') continue;
    words.set(type.PATTERN, kind);
    texts[kind] = type.PATTERN;
    const twin = kindOf.get(twinName(type.name));
    neighbours[kind] = twin === undefined ? 'sign' : 'keyword';
    const code = type.PATTERN.charCodeAt(0);
    longestSigns[code] = Math.max(longestSigns[code] ?? 0, type.PATTERN.length);
    if (twin === undefined) continue;
    twins[kind] = twin;
    texts[twin] = type.PATTERN;
  }
  const named = (name: string): TokenKind | undefined => (terminals.has(name) ? kindOf.get(name) : undefined);
  const [name, text, lineComment, blockComment] = ['ID', 'STRING', 'SL_COMMENT', 'ML_COMMENT'].map(named);
  const numbers = numberTerminals(types, terminals);
  if (name === undefined || text === undefined || lineComment === undefined || blockComment === undefined || !numbers)
    return undefined;
  neighbours[name] = 'name';
  neighbours[text] = 'text';
  for (const { kind } of numbers) if (/^(QUANTITY|DATE)$/.test(types[kind]?.name ?? '')) neighbours[kind] = 'quantity';
  return {
    types,
    kindOf,
    words,
    longestSigns,
    texts,
    neighbours,
    twins,
    introducers: nameIntroducers(services.Grammar),
    name,
    text,
    lineComment,
    blockComment,
    numbers,
    accepts: acceptedKinds(types),
  };
}

/** The terminals of numbers and dates; undefined where there are others that the scanner has no way to read. */
function numberTerminals(types: readonly TokenType[], terminals: ReadonlySet<string>): readonly PatternTerminal[] | undefined {
  const known = new Set([NAME_TERMINAL, 'STRING', 'SL_COMMENT', 'ML_COMMENT', 'WS']);
  const numbers: PatternTerminal[] = [];
  for (const [kind, { name, PATTERN }] of types.entries()) {
    if (!terminals.has(name) || known.has(name)) continue;
    if (!(PATTERN instanceof RegExp) || !/^(\[\+-\]\?)?\\d/.test(PATTERN.source)) return undefined;
    numbers.push({ kind, pattern: new RegExp(PATTERN.source, 'y') });
  }
  return numbers;
}

function acceptedKinds(types: readonly TokenType[]): readonly (readonly TokenKind[])[] {
  const kinds = new Map(types.map((type, kind) => [type, kind]));
  const accepts = types.map((_, kind) => [kind]);
  for (const [kind, { CATEGORIES }] of types.entries()) {
    for (const category of Array.isArray(CATEGORIES) ? CATEGORIES : CATEGORIES === undefined ? [] : [CATEGORIES]) {
      const expected = kinds.get(category);
      if (expected !== undefined) accepts[expected]?.push(kind);
    }
  }
  return accepts;
}
