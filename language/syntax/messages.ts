import type { IToken, TokenType } from 'chevrotain';
import type { LangiumCoreServices } from 'langium';
import { AbstractParserErrorMessageProvider } from 'langium';
import type { ProblemFix } from './checks/problem.js';
import { expectedMessage, expectedOneOf } from './expected-messages.js';
import { mendForeignWord, sameMeaning } from './foreign-words.js';
import { type GrammarFacts, grammarFacts } from './grammar-facts.js';
import { nearest } from './nearest.js';
import { standsIn } from './places.js';
import type { ParsedTokens, RecoveryListener } from './recovery.js';
import { blockHead, headToken, indexOfToken, quote, statementStart } from './sentence.js';
import { closed, dropped, replaced } from './slip-fixes.js';
import { isNameToken, startsLine } from './structure.js';
import { unfinishedWord } from './unfinished-words.js';
import { unknownWord } from './unknown-words.js';

/** A message and the token to mark for it, if not the one where the parser stood. */
export interface SyntaxMessage {
  readonly message: string;
  readonly anchor?: IToken | undefined;
  /** The edit that mends it, where one does. */
  readonly fix?: ProblemFix | undefined;
}

/**
 * Says of every syntax error what was expected, what was found and how to mend it, and marks the place where the eye looks for it.
 * It hears from the recovery which tokens are parsed.
 */
export class DrmlSyntaxMessages extends AbstractParserErrorMessageProvider implements RecoveryListener {
  private parsed: ParsedTokens | undefined;
  private anchor: IToken | undefined;
  private fix: ProblemFix | undefined;
  private echo = false;
  /** Declarations inside others that were told of; each leaves a `}` behind that closes nothing. */
  private nested = 0;
  private readonly reported = new Set<number>();

  constructor(private readonly services: LangiumCoreServices) {
    super();
  }

  private get facts(): GrammarFacts {
    return grammarFacts(this.services.Grammar);
  }

  begin(parsed: ParsedTokens): void {
    this.parsed = parsed;
    this.anchor = undefined;
    this.fix = undefined;
    this.echo = false;
    this.nested = 0;
    this.reported.clear();
  }

  takeAnchor(): IToken | undefined {
    const anchor = this.anchor;
    this.anchor = undefined;
    return anchor;
  }

  takeEcho(): boolean {
    const { echo } = this;
    this.echo = false;
    return echo;
  }

  tellSurplus(brace: IToken, head: string): string {
    const message = `This \`}\` closes \`${head}\` too early: more of its statements follow. Leave it out.`;
    return this.tell({ message, fix: dropped(undefined, brace) });
  }

  takeFix(): ProblemFix | undefined {
    const { fix } = this;
    this.fix = undefined;
    return fix;
  }

  override buildMismatchTokenMessage(options: {
    expected: TokenType;
    actual: IToken;
    previous: IToken;
    ruleName: string;
  }): string {
    const { parsed } = this;
    if (!parsed) return super.buildMismatchTokenMessage(options);
    const index = indexOfToken(parsed.tokens, options.actual);
    const rule = options.ruleName.replace('\u200B', '');
    switch (options.expected.name) {
      case '}':
        return this.tell(this.inBlock(parsed, index, rule));
      case 'EOF':
        return this.tell(this.atTop(parsed, index));
      default:
        return this.tell(expectedMessage(parsed, index, options.expected, this.facts));
    }
  }

  override buildNotAllInputParsedMessage(options: { firstRedundant: IToken; ruleName: string }): string {
    const { parsed } = this;
    if (!parsed) return super.buildNotAllInputParsedMessage(options);
    return this.tell(this.atTop(parsed, indexOfToken(parsed.tokens, options.firstRedundant)));
  }

  override buildNoViableAltMessage(options: {
    expectedPathsPerAlt: TokenType[][][];
    actual: IToken[];
    previous: IToken;
    customUserDescription: string;
    ruleName: string;
  }): string {
    const { parsed } = this;
    const actual = options.actual[0];
    if (!parsed || !actual) return super.buildNoViableAltMessage(options);
    const first = options.expectedPathsPerAlt.flatMap((paths) => paths.flatMap((path) => path.slice(0, 1)));
    return this.tell(expectedOneOf(parsed, indexOfToken(parsed.tokens, actual), first, this.facts));
  }

  private tell(message: SyntaxMessage): string {
    this.anchor = message.anchor;
    this.fix = message.fix;
    return message.message;
  }

  /** A statement or the end of a block was expected. */
  private inBlock(parsed: ParsedTokens, index: number, rule: string): SyntaxMessage {
    const { tokens, structure } = parsed;
    const found = tokens[index];
    const previous = tokens[index - 1];
    const open = structure.enclosing(index);
    const unclosedHere = open >= 0 && structure.partner(open) < 0 && startsLine(tokens, index) && this.isKeyword(found);
    if (!found || structure.startsDeclaration(index) || (unclosedHere && !this.facts.blocks.get(rule)?.has(found.image))) {
      return this.unclosed(parsed, index);
    }
    const start = statementStart(parsed, index - 1, this.facts);
    const statement = tokens[start];
    const sameLine = !startsLine(tokens, index);
    const starts = this.facts.blocks.get(rule) ?? new Set<string>();
    if (found.image === ',') {
      const message =
        previous?.image === ','
          ? 'One of the two `,` is too many: leave it out.'
          : 'Statements are not separated by `,`: put blanks or a new line between them.';
      return { message, fix: { ...dropped(undefined, found), title: 'Remove the `,`' } };
    }
    if (found.image === '{') {
      const subject = statement ? quote(statement) : 'This';
      return { message: `${subject} takes no block here: leave the \`{ … }\` out, or put its statements beside it.` };
    }
    if (this.isKeyword(found)) {
      const unfinished = unfinishedWord(parsed, index, start, this.facts);
      return unfinished ?? { message: this.misplacedKeyword(parsed, index, start) };
    }
    if (isNameToken(found)) return unknownWord({ parsed, index, start, starts, sameLine }, this.facts);
    if (sameLine && statement && start < index) {
      const kind = found.image.startsWith('"') ? 'text' : /^[+-]?\d/.test(found.image) ? 'number' : 'sign';
      const message = `The ${kind} ${quote(found)} has no place after ${this.sentence(parsed, start, index)}: leave it out.`;
      return { message, fix: dropped(previous, found) };
    }
    return { message: `${quote(found)} cannot start a statement: put the word that says what it is before it.` };
  }

  private sentence(parsed: ParsedTokens, start: number, end: number): string {
    const words = parsed.tokens.slice(start, end).map((token) => token.image);
    return `\`${words.length > 4 ? `${words.slice(0, 3).join(' ')} …` : words.join(' ')}\``;
  }

  private isKeyword(token: IToken | undefined): boolean {
    return token !== undefined && /^[a-z]/.test(token.image) && token.tokenType.name === token.image;
  }

  private misplacedKeyword(parsed: ParsedTokens, index: number, start: number): string {
    const found = parsed.tokens[index];
    const word = found?.image ?? '';
    const head = blockHead(parsed, index);
    if (this.facts.declarations.has(word) && !this.facts.statements.has(word)) {
      return `\`${word}\` declares something of its own: it stands at the top of the file, not inside ${head.label}.`;
    }
    const home = standsIn(word);
    if (this.facts.statements.has(word) && home) return `\`${word}\` does not belong in ${head.label}; it belongs in ${home}.`;
    const mended = mendForeignWord(word, 'block');
    if (mended && (startsLine(parsed.tokens, index) || start >= index)) return `\`${word}\` is not a DRML statement. ${mended}`;
    const statement = parsed.tokens[start];
    const taking = [...this.facts.continuations].filter(([, words]) => words.has(word)).map(([first]) => first);
    const known = taking.filter((first) => this.facts.statements.has(first)).sort();
    const where =
      known.length > 0 && known.length <= 4 ? ` It goes on with ${known.map((each) => `\`${each}\``).join(', ')}.` : '';
    const after = statement && start < index ? ` after ${this.sentence(parsed, start, index)}` : '';
    return `\`${word}\` has no place here${after}.${where}`;
  }

  /** A block is open where a declaration starts or the file ends: the head of the block is what has to be mended. */
  private unclosed(parsed: ParsedTokens, index: number): SyntaxMessage {
    const { tokens, structure } = parsed;
    let block = index - 1;
    while (block >= 0) {
      const isOpen = tokens[block]?.image === '{' && structure.partner(block) < 0 && !this.reported.has(block);
      if (isOpen || structure.startsDeclaration(block)) break;
      block--;
    }
    while (block >= 0 && block < index && !(tokens[block]?.image === '{' && structure.partner(block) < 0)) block++;
    if (block < 0 || block >= index) block = structure.enclosing(index - 1);
    this.reported.add(block);
    const next = tokens[index];
    const name = tokens[index + 1]?.startLine === next?.startLine ? ` ${tokens[index + 1]?.image ?? ''}` : '';
    const before = next ? ` before \`${next.image}${name}\` in line ${next.startLine ?? 1}` : ' before the end of the file';
    if (block < 0) return { message: `A \`}\` is missing${before}.`, anchor: tokens[index - 1] };
    const head = blockHead(parsed, block + 1);
    const [first, brace, last] = [tokens[head.start], tokens[block], tokens[index - 1]];
    if (
      next &&
      first &&
      structure.startsDeclaration(index) &&
      isDeeper(next, first) &&
      structure.enclosing(block) < 0 &&
      this.isNested(parsed, index, first)
    ) {
      const message = `\`${next.image}${name}\` stands inside ${head.label}: declarations stand at the top of the file. Move it out.`;
      this.nested += 1;
      return { message, anchor: next };
    }
    return {
      message: `${head.label} is not closed: a \`}\` is missing${before}.`,
      anchor: headToken(parsed, head, block),
      fix: first && brace && last ? closed(first, brace, last) : undefined,
    };
  }

  /** Whether the declaration around this one is closed behind it: then it stands inside, and the other one is not open by mistake. */
  private isNested({ tokens, structure }: ParsedTokens, index: number, outer: IToken): boolean {
    let open = 0;
    for (let at = index; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === undefined || (structure.startsDeclaration(at) && !isDeeper(token, outer))) break;
      open += token.image === '{' ? 1 : token.image === '}' ? -1 : 0;
    }
    return open < 0;
  }

  /** A declaration or the end of the file was expected. */
  private atTop(parsed: ParsedTokens, index: number): SyntaxMessage {
    const found = parsed.tokens[index];
    const word = found?.image ?? '';
    if (word === '}') {
      this.echo = this.nested > 0;
      this.nested -= this.echo ? 1 : 0;
      return {
        message: 'This `}` closes nothing: leave it out, or look for a block above that is closed too early.',
        fix: found ? dropped(parsed.tokens[index - 1], found) : undefined,
      };
    }
    const mended = /^[A-Za-z]/.test(word) ? mendForeignWord(word, 'top') : undefined;
    if (mended) {
      const same = sameMeaning(word, 'top');
      const fix = same !== undefined && found ? replaced(found, same) : undefined;
      return { message: `\`${word}\` is not a DRML declaration. ${mended}`, fix };
    }
    const home = standsIn(word);
    if (this.isKeyword(found) && home) return { message: `\`${word}\` belongs in ${home}, not at the top of the file.` };
    const near = /^[A-Za-z]/.test(word) ? nearest(word, this.facts.declarations) : undefined;
    if (near && found)
      return { message: `\`${word}\` is not a DRML declaration. Did you mean \`${near}\`?`, fix: replaced(found, near) };
    const kinds = '`region`, `link`, `service`, `database`, `journey`, `policy`, `scenario`';
    return {
      message: `${found ? quote(found) : 'This'} does not start a declaration: declarations start with words such as ${kinds}.`,
    };
  }
}

/** Whether a token stands further in than another one. */
function isDeeper(inner: IToken, outer: IToken): boolean {
  return (inner.startColumn ?? 0) > (outer.startColumn ?? 0);
}
