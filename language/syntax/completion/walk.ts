/** Reads the tokens before a place one after the other, so that a text that is not finished yet tells what may come next. */
import type { IToken } from 'chevrotain';
import { type Continuation, type Expected, expectedAt, taken } from './expectation.js';

/** A token and what it was taken for. */
export interface Matched {
  readonly token: IToken;
  readonly as: Expected;
}

/** A block that is open, with what stood before its brace and the statements in it so far. */
export interface OpenBlock {
  /** The statement or declaration whose block it is; empty for a brace that belongs to nothing. */
  readonly head: readonly Matched[];
  /** What may come at the start of the block. */
  readonly body: Continuation | undefined;
  /** The statements before, the last one first. */
  readonly statements: StatementList | undefined;
  readonly outer: OpenBlock | undefined;
}

/** A list that grows at its end without being copied. */
export interface StatementList {
  readonly last: readonly Matched[];
  readonly before: StatementList | undefined;
}

/** Where the reading stands. The next step uses it up: the statement of a reading grows with the tokens that go on with it. */
export interface Reading {
  /** The innermost open block; undefined at the top of the file. */
  readonly block: OpenBlock | undefined;
  /** The statement that has begun and may go on; empty between two statements. */
  readonly statement: Matched[];
  readonly next: Continuation | undefined;
}

/** Reads a list of tokens, from a place where a declaration may start. */
export class Walk {
  constructor(
    private readonly top: Continuation,
    private readonly startsDeclaration: (index: number) => boolean,
  ) {}

  /** The reading at the start of a file or between two declarations. */
  get beginning(): Reading {
    return { block: undefined, statement: [], next: this.top };
  }

  /**
   * The reading after one more token. What does not fit costs as little as possible: one missing token is passed over, a word that starts a
   * statement starts one, a brace opens or closes a block, a declaration at the start of a line ends every block, and all else is left out.
   */
  step(reading: Reading, token: IToken, index: number): Reading {
    const from = reading.block !== undefined && this.startsDeclaration(index) ? this.beginning : reading;
    const expected = expectedAt(from.next);
    const best = taken(token, expected);
    if (best !== undefined) return take(from, token, best);
    if (token.image === '}') return close(from, this.top);
    const restarted = this.restart(from, token);
    if (restarted !== undefined) return restarted;
    for (const missing of expected) {
      if (missing.startsStatement || (missing.isKeyword && !/^[a-z]/.test(missing.token))) continue;
      const after = taken(token, expectedAt(missing.next));
      if (after?.startsStatement === false) return take({ ...from, next: missing.next }, token, after);
    }
    if (token.image === '{') return { block: open(from, undefined), statement: [], next: undefined };
    return from;
  }

  /** Begins a statement of the open block with this token, where that is possible. */
  private restart(from: Reading, token: IToken): Reading | undefined {
    const body = from.block === undefined ? this.top : from.block.body;
    const start = taken(token, expectedAt(body));
    return start?.startsStatement !== true ? undefined : take({ ...from, next: body }, token, start);
  }
}

function take(from: Reading, token: IToken, as: Expected): Reading {
  const matched = { token, as };
  if (token.image === '{' && as.isKeyword) return { block: open(from, as.next), statement: [], next: as.next };
  if (token.image === '}' && as.isKeyword) return close({ ...from, next: as.next }, as.next);
  if (!as.startsStatement) {
    from.statement.push(matched);
    return { block: from.block, statement: from.statement, next: as.next };
  }
  return { block: withStatement(from), statement: [matched], next: as.next };
}

function open(from: Reading, body: Continuation | undefined): OpenBlock {
  return { head: from.statement, body, statements: undefined, outer: from.block };
}

/** Leaves the innermost block; after a brace too many, the file goes on. */
function close(from: Reading, next: Continuation | undefined): Reading {
  const { block } = from;
  if (block === undefined) return { ...from, statement: [], next };
  const outer = block.outer;
  const known = block.outer === undefined ? next : (afterBlock(block) ?? outer?.body);
  const owner = outer === undefined ? undefined : { ...outer, statements: { last: block.head, before: outer.statements } };
  return { block: owner, statement: [], next: known };
}

/** What comes after the `}` of a block. */
function afterBlock(block: OpenBlock): Continuation | undefined {
  return expectedAt(block.body).find(({ token }) => token === '}')?.next;
}

function withStatement(from: Reading): OpenBlock | undefined {
  if (from.block === undefined || from.statement.length === 0) return from.block;
  return { ...from.block, statements: { last: from.statement, before: from.block.statements } };
}
