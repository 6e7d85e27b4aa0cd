import type { IToken, TokenType } from 'chevrotain';
import { EOF, MismatchedTokenException } from 'chevrotain';
import type { ProblemFix } from './checks/problem.js';
import { NAME_TERMINAL } from './introducers.js';
import type { ParserInternals } from './parser-internals.js';
import { rememberFix } from './slip-fixes.js';
import { startsLine, type TokenStructure, tokenStructure } from './structure.js';
import { surplusBraces } from './surplus-braces.js';

/** What the recovery knows of the text that is parsed; the structure is worked out at the first error only. */
export class ParsedTokens {
  private known: TokenStructure | undefined;

  constructor(
    readonly tokens: readonly IToken[],
    private readonly declarationKeywords: ReadonlySet<string>,
  ) {}

  get structure(): TokenStructure {
    this.known ??= tokenStructure(this.tokens, this.declarationKeywords);
    return this.known;
  }
}

/** What the recovery needs to know of the language. */
export interface RecoveryLanguage {
  readonly declarationKeywords: ReadonlySet<string>;
  /** The words that start a statement of some block. */
  readonly statementKeywords: ReadonlySet<string>;
  /** The rules that have a block, by name. */
  readonly blockRules: ReadonlySet<string>;
  /** The token type of `}`. */
  readonly closing: TokenType;
}

/** Who is told of every parse and may move an error to the place where the eye looks for it. */
export interface RecoveryListener {
  begin(parsed: ParsedTokens): void;
  /** The token to mark for the error that was described last, if not the one where the parser stood. */
  takeAnchor(): IToken | undefined;
  /** Says of a `}` that closes a declaration too early why it is left out of what is parsed. */
  tellSurplus(brace: IToken, head: string): string;
  /** Whether the error that was described last only repeats what another one has explained. */
  takeEcho(): boolean;
  /** The edit that mends the error that was described last, if one does. */
  takeFix(): ProblemFix | undefined;
}

/**
 * Replaces Chevrotain's recovery on one parser:
 * - a `{ … }` that is skipped is skipped as a whole, both when tokens are skipped and when the place to go on at is searched;
 * - inside a block that is closed somewhere, only its own statements and its `}` are places to go on at;
 * - a `}` that closes a declaration before its last statement is left out;
 * - a word that names a kind of declaration is a place to go on at only where a declaration can start;
 * - a missing `}` is put in only before a declaration or in a block that has none;
 * - a single token is dropped only from the middle of a line;
 * - what may follow a token is worked out once for each place of the grammar: it costs more than the rest of an error;
 * - of what was expected instead only the first tokens are worked out: the paths behind them cost up to 70 ms an error;
 * - many errors in one block are handled in a loop, not by recursion.
 */
export function installRecovery(
  parser: ParserInternals,
  language: RecoveryLanguage,
  listener: RecoveryListener | undefined,
): void {
  const { declarationKeywords, statementKeywords, blockRules, closing } = language;
  let parsed = new ParsedTokens([], declarationKeywords);
  let resume = false;
  const original = {
    onBeforeParse: parser.onBeforeParse,
    SAVE_ERROR: parser.SAVE_ERROR,
    manyInternal: parser.manyInternal,
    insertion: parser.canRecoverWithSingleTokenInsertion,
    deletion: parser.canRecoverWithSingleTokenDeletion,
    follows: parser.getFollowsForInRuleRecovery,
    noAlternative: parser.raiseNoAltException,
  };
  const knownFollows = new Map<string, TokenType[]>();
  const tokenAt = (index: number): IToken => parser.LA(index - parser.currIdx);
  const firstPlace = (): number => {
    const here = parser.currIdx + 1;
    return parsed.structure.mayResume(here) ? here : parsed.structure.next(here);
  };

  /** The tokens to go on at: in a closed block those of the rules inside it, elsewhere all. */
  const followsHere = (): TokenType[] => {
    const here = parser.currIdx + 1;
    const { structure } = parsed;
    const block = structure.enclosing(here);
    if (block < 0 || structure.partner(block) < 0) return parser.flattenFollowSet();
    const keys = parser.buildFullFollowKeyStack();
    let depth = structure.depth(here);
    const owner = keys.findIndex((key) => blockRules.has(key.ruleName ?? '') && --depth === 0);
    if (owner < 0) return parser.flattenFollowSet();
    const inner = keys.slice(owner + 1).flatMap((key) => parser.getFollowSetFromFollowKey(key));
    return inner.length > 0 ? inner : [closing];
  };

  parser.onBeforeParse = (ruleName) => {
    const tokens = parser.tokVector.slice(0, parser.tokVectorLength);
    const surplus = surplusBraces(tokens, declarationKeywords);
    const leftOut = new Set(surplus.map(({ index }) => index));
    const kept = surplus.length === 0 ? tokens : tokens.filter((_, index) => !leftOut.has(index));
    if (surplus.length > 0) {
      parser.tokVector = kept;
      parser.tokVectorLength = kept.length;
    }
    parsed = new ParsedTokens(kept, declarationKeywords);
    resume = false;
    listener?.begin(parsed);
    for (const { index, head } of surplus) {
      const brace = tokens[index];
      if (brace === undefined || listener === undefined) continue;
      parser.SAVE_ERROR(new MismatchedTokenException(listener.tellSurplus(brace, head), brace, tokens[index - 1] ?? brace));
    }
    original.onBeforeParse.call(parser, ruleName);
  };

  parser.SAVE_ERROR = (error) => {
    const anchor = listener?.takeAnchor();
    if (anchor) error.token = anchor;
    if (listener?.takeEcho() === true) return error;
    const fix = listener?.takeFix();
    if (fix) rememberFix(error, fix);
    return original.SAVE_ERROR.call(parser, error);
  };

  parser.SKIP_TOKEN = () => {
    const here = parser.currIdx + 1;
    if (here < parser.tokVectorLength) parser.currIdx = Math.min(parsed.structure.next(here), parser.tokVectorLength) - 1;
    return parser.LA(1);
  };

  parser.getFollowsForInRuleRecovery = (type, occurrence) => {
    const calls = parser.RULE_OCCURRENCE_STACK.slice(0, parser.RULE_OCCURRENCE_STACK_IDX + 1);
    const place = [...parser.getHumanReadableRuleStack(), ...calls, type.name, occurrence].join(' ');
    const follows = knownFollows.get(place) ?? original.follows.call(parser, type, occurrence);
    knownFollows.set(place, follows);
    return follows;
  };

  parser.raiseNoAltException = (occurrence, description) => {
    const { maxLookahead } = parser;
    parser.maxLookahead = 1;
    try {
      original.noAlternative.call(parser, occurrence, description);
    } finally {
      parser.maxLookahead = maxLookahead;
    }
  };

  parser.findReSyncTokenType = () => {
    const follows = followsHere();
    for (let index = firstPlace(); ; index = parsed.structure.next(index)) {
      const token = tokenAt(index);
      const found = follows.find((type) => parser.tokenMatcher(token, type));
      if (found) return found;
      if (token.tokenType === EOF) return EOF;
    }
  };

  parser.reSyncTo = (type) => {
    const skipped: IToken[] = [];
    const first = firstPlace();
    if (first !== parser.currIdx + 1) parser.currIdx = first - 1;
    for (let token = parser.LA(1); !parser.tokenMatcher(token, type) && token.tokenType !== EOF; token = parser.SKIP_TOKEN()) {
      skipped.push(token);
    }
    return skipped;
  };

  parser.canRecoverWithSingleTokenInsertion = (expected, follows) => {
    if (expected.name === '}' && !mayCloseHere(parsed, parser.currIdx + 1)) return false;
    return original.insertion.call(parser, expected, follows);
  };

  parser.canRecoverWithSingleTokenDeletion = (expected) => {
    const here = parser.currIdx + 1;
    const token = parsed.tokens[here];
    const isBrace = token?.image === '{' || token?.image === '}';
    if (isBrace || startsLine(parsed.tokens, here) || startsLine(parsed.tokens, here + 1)) return false;
    return parsed.structure.next(here) === here + 1 && original.deletion.call(parser, expected);
  };

  parser.manyInternal = (occurrence, action) => {
    do {
      resume = false;
      original.manyInternal.call(parser, occurrence, action);
    } while (takeResume());
  };
  const takeResume = (): boolean => {
    const taken = resume;
    resume = false;
    return taken;
  };

  parser.tryInRepetitionRecovery = (_rule, _args, lookahead, expected) => {
    // At the top only the end of the file follows: to search it anew for every error would be quadratic.
    const target = expected === EOF ? EOF : parser.findReSyncTokenType();
    const start = parser.currIdx;
    const found = parser.LA(1);
    const previous = parser.LA(0);
    const skipped: IToken[] = [];
    const slips = [found];
    for (let token = found; ; token = parser.SKIP_TOKEN()) {
      const closes = parser.tokenMatcher(token, expected);
      const repeats = !closes && lookahead.call(parser);
      if (closes || repeats) {
        const ruleName = parser.getCurrRuleFullName();
        for (const slip of slips) {
          const message = parser.errorMessageProvider.buildMismatchTokenMessage({ expected, actual: slip, previous, ruleName });
          const error = new MismatchedTokenException(message, slip, previous);
          error.resyncedTokens = slip === found ? skipped.slice(1) : [];
          parser.SAVE_ERROR(error);
        }
        resume = repeats;
        return;
      }
      if (token.tokenType === EOF || (parser.tokenMatcher(token, target) && parsed.structure.mayResume(parser.currIdx + 1)))
        break;
      if (token !== found && isUnknownStatement(parsed, parser.currIdx + 1, statementKeywords)) slips.push(token);
      skipped.push(token);
    }
    parser.currIdx = start;
  };
}

/** Whether an unknown word, or one of another block, starts a line, so that it is a slip of its own and no part of the one before. */
function isUnknownStatement({ tokens }: ParsedTokens, index: number, statements: ReadonlySet<string>): boolean {
  const token = tokens[index];
  if (token === undefined || !startsLine(tokens, index) || tokens[index - 1]?.image === ',') return false;
  return token.tokenType.name === NAME_TERMINAL || (token.tokenType.name === token.image && statements.has(token.image));
}

/** Whether a `}` is missing before this token: at the end, before a declaration, or on a new line of a block that is nowhere closed. */
function mayCloseHere(parsed: ParsedTokens, index: number): boolean {
  const { tokens, structure } = parsed;
  if (index >= tokens.length || structure.startsDeclaration(index)) return true;
  const block = structure.enclosing(index);
  return block >= 0 && structure.partner(block) < 0 && startsLine(tokens, index);
}
