import type { IToken } from 'chevrotain';
import { EOF } from 'chevrotain';
import type { GrammarFacts } from './grammar-facts.js';
import type { ParsedTokens } from './recovery.js';

/** The head of a block as messages name it. */
export interface BlockHead {
  /** How to call the block: `` `service orders` ``, or "the file". */
  readonly label: string;
  /** The index of the first word of the head, -1 at the top of the file. */
  readonly start: number;
}

const HEAD_WORD = /^[a-z]/;
const EDGES: ReadonlySet<string> = new Set(['requires', 'wants', 'publishes', 'consumes']);
const BLOCK_WORDS: ReadonlySet<string> = new Set([
  ...[
    'model',
    'region',
    'zone',
    'link',
    'service',
    'gateway',
    'database',
    'cache',
    'queue',
    'bucket',
    'external',
    'coordinator',
    'job',
  ],
  ...['journey', 'policy', 'defaults', 'scenario', 'drill', 'backup', 'failover', 'objective', 'together', 'rollout', ...EDGES],
  ...['instance-loss', 'zone-loss', 'region-loss', 'provider-loss', 'account-loss', 'corruption'],
]);

/** A token as messages show it; long ones are cut. */
export function quote(token: IToken): string {
  const image = token.image.length > 40 ? `${token.image.slice(0, 39)}…` : token.image;
  return `\`${image.replaceAll(/\s+/g, ' ')}\``;
}

/** The index of a token in its list; the length of the list for the end of the file. */
export function indexOfToken(tokens: readonly IToken[], token: IToken): number {
  let low = 0;
  let high = tokens.length;
  if (token.tokenType === EOF || !(token.startOffset >= 0)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.startOffset ?? 0) < token.startOffset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the word that starts the statement or head around a token: the last plain keyword before it that starts one. */
export function statementStart(parsed: ParsedTokens, index: number, facts: GrammarFacts): number {
  const { tokens } = parsed;
  for (let at = index; at >= 0; at--) {
    const token = tokens[at];
    if (!token || token.image === '{' || token.image === '}') return at + 1;
    const starts = facts.statements.has(token.image) || facts.declarations.has(token.image);
    if (starts && token.tokenType.name === token.image && !continuesStatement(tokens, at, facts)) return at;
  }
  return 0;
}

/** Whether a word that could start a statement goes on with the one before it on its line: `timeout` in `probe readiness timeout 2s`. */
function continuesStatement(tokens: readonly IToken[], index: number, facts: GrammarFacts): boolean {
  const token = tokens[index];
  for (let at = index - 1; at >= 0 && at > index - 12; at--) {
    const before = tokens[at];
    if (!before || before.image === '{' || before.image === '}' || before.startLine !== token?.startLine) return false;
    if (before.tokenType.name !== before.image || !facts.statements.has(before.image)) continue;
    return facts.continuations.get(before.image)?.has(token?.image ?? '') === true;
  }
  return false;
}

/** The head of the block around a token. */
export function blockHead(parsed: ParsedTokens, index: number): BlockHead {
  const { tokens, structure } = parsed;
  const inside = tokens[index - 1]?.image === '{' ? index - 1 : structure.enclosing(Math.min(index, tokens.length - 1));
  if (inside < 0) return { label: 'the file', start: -1 };
  for (let at = inside - 1; at >= 0 && at > inside - 200; at--) {
    const token = tokens[at];
    if (!token || token.image === '{' || token.image === '}') break;
    if (HEAD_WORD.test(token.image) && token.tokenType.name === token.image && BLOCK_WORDS.has(token.image)) {
      return { label: `\`${label(tokens, at, inside)}\``, start: at };
    }
  }
  return { label: 'this block', start: inside };
}

function label(tokens: readonly IToken[], start: number, brace: number): string {
  const word = tokens[start]?.image ?? '';
  const name = start + 1 < brace ? tokens[start + 1] : undefined;
  return name && /^[A-Za-z]/.test(name.image) && name.image !== 'in' ? `${word} ${name.image}` : word;
}

/** One token that spans the head of a block up to its brace, as far as both stand on one line; the brace alone otherwise. */
export function headToken(parsed: ParsedTokens, head: BlockHead, brace: number): IToken | undefined {
  const first = parsed.tokens[head.start];
  const last = parsed.tokens[brace];
  if (!first || !last || first.startLine !== last.startLine) return last;
  const { endOffset, endLine, endColumn } = last;
  const span: IToken = { ...first };
  if (endOffset !== undefined) span.endOffset = endOffset;
  if (endLine !== undefined) span.endLine = endLine;
  if (endColumn !== undefined) span.endColumn = endColumn;
  return span;
}
