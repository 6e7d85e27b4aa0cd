import type { IRecognitionException, IToken, TokenType } from 'chevrotain';

type Lookahead = () => boolean;

/** Which rule was called from which; the bottom of the stack has no rule name. */
export interface FollowKey {
  readonly ruleName?: string;
}

/**
 * The private part of Chevrotain's parser that the recovery stands on. Its version is pinned, and a test asserts that every hook is
 * still there.
 */
export interface ParserInternals {
  currIdx: number;
  tokVector: IToken[];
  tokVectorLength: number;
  LA(distance: number): IToken;
  SKIP_TOKEN(): IToken;
  SAVE_ERROR(error: IRecognitionException): IRecognitionException;
  tokenMatcher(token: IToken, type: TokenType): boolean;
  flattenFollowSet(): TokenType[];
  buildFullFollowKeyStack(): FollowKey[];
  getFollowSetFromFollowKey(key: FollowKey): TokenType[];
  getFollowsForInRuleRecovery(type: TokenType, occurrence: number): TokenType[];
  getHumanReadableRuleStack(): string[];
  RULE_OCCURRENCE_STACK: number[];
  RULE_OCCURRENCE_STACK_IDX: number;
  getCurrRuleFullName(): string;
  onBeforeParse(ruleName: string): void;
  findReSyncTokenType(): TokenType;
  reSyncTo(type: TokenType): IToken[];
  canRecoverWithSingleTokenInsertion(expected: TokenType, follows: TokenType[]): boolean;
  canRecoverWithSingleTokenDeletion(expected: TokenType): boolean;
  manyInternal(occurrence: number, action: unknown): void;
  maxLookahead: number;
  raiseNoAltException(occurrence: number, description: string | undefined): void;
  tryInRepetitionRecovery(rule: unknown, args: unknown[], lookahead: Lookahead, expected: TokenType): void;
  errorMessageProvider: {
    buildMismatchTokenMessage(options: { expected: TokenType; actual: IToken; previous: IToken; ruleName: string }): string;
  };
}

/** The names of the hooks, for the test that they are there. */
export const PARSER_HOOKS = [
  'LA',
  'SKIP_TOKEN',
  'SAVE_ERROR',
  'tokenMatcher',
  'flattenFollowSet',
  'buildFullFollowKeyStack',
  'getFollowSetFromFollowKey',
  'getFollowsForInRuleRecovery',
  'getHumanReadableRuleStack',
  'getCurrRuleFullName',
  'onBeforeParse',
  'findReSyncTokenType',
  'reSyncTo',
  'canRecoverWithSingleTokenInsertion',
  'canRecoverWithSingleTokenDeletion',
  'manyInternal',
  'raiseNoAltException',
  'tryInRepetitionRecovery',
] as const satisfies readonly (keyof ParserInternals)[];
