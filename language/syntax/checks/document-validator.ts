/** Turns what lexer, parser, linker and checks find into one list of diagnostics: with stable codes, in order, and never endless. */
import {
  type AstNode,
  DefaultDocumentValidator,
  DocumentValidator,
  type LangiumCoreServices,
  type LangiumDocument,
  type ParseResult,
  type ValidationOptions,
} from 'langium';
import { isDrmlFile } from '../../generated/ast.js';
import { fixOf, lexingFix } from '../slip-fixes.js';
import { documentOf, FileProblems, type Move } from './file-problems.js';
import type { Problem, ProblemFix, Span } from './problem.js';

/** Langium names these types but does not export them. */
type Diagnostic = Awaited<ReturnType<DefaultDocumentValidator['validateDocument']>>[number];
type Range = Diagnostic['range'];
type SlipArguments = readonly [result: ParseResult, diagnostics: Diagnostic[], options: ValidationOptions];

/** What a diagnostic carries for clients: its code, and the edit that mends it where that is obvious. */
export interface ProblemData {
  readonly code: string;
  readonly fix?: ProblemFix;
}

/** What the protocol calls text that is not needed. */
const unnecessaryTag = 1;

/** No list of problems is longer: nobody reads more, and a file that is not DRML at all would drown the editor. */
export const mostDiagnostics = 200;

export class DrmlDocumentValidator extends DefaultDocumentValidator {
  private readonly found = new WeakMap<LangiumDocument, FileProblems>();
  private readonly checking = new WeakMap<LangiumDocument, FileProblems>();

  constructor(private readonly services: LangiumCoreServices) {
    super(services);
  }

  /** What the last check found in a document; undefined where it was never checked. */
  problemsOf(document: LangiumDocument): FileProblems | undefined {
    return this.found.get(document);
  }

  override async validateDocument(
    ...[document, options, token]: Parameters<DefaultDocumentValidator['validateDocument']>
  ): Promise<Diagnostic[]> {
    this.found.delete(document);
    const problems = new FileProblems(this.services, document);
    this.checking.set(document, problems);
    const slips = await super.validateDocument(document, options, token);
    // A check that was broken off, or looked at a part only, is nothing to go on from.
    if (options?.categories === undefined || ['built-in', 'fast'].every((each) => options.categories?.includes(each)))
      this.found.set(document, problems);
    return this.listed(document, slips, problems);
  }

  /**
   * Checks a document again after an edit inside one element, whose index in the file is given; at once, so that nothing comes between
   * the new tree and what is said of it.
   */
  validateAgain(document: LangiumDocument, index: number, move: Move): Diagnostic[] | undefined {
    const problems = this.found.get(document);
    const file: AstNode = document.parseResult.value;
    if (problems === undefined || !isDrmlFile(file)) return undefined;
    problems.checkAgain(file, index, move);
    const slips: Diagnostic[] = [];
    this.processLexingErrors(document.parseResult, slips, {});
    this.processParsingErrors(document.parseResult, slips, {});
    return this.listed(document, slips, problems);
  }

  private listed(document: LangiumDocument, slips: readonly Diagnostic[], problems: FileProblems): Diagnostic[] {
    const found = problems.all.map((problem) => this.diagnosticOf(document, problem));
    return capped(withoutEchoes([...slips, ...found]));
  }

  protected override processLexingErrors(...[result, diagnostics, options]: SlipArguments): void {
    const text = result.value.$document?.textDocument.getText() ?? '';
    for (const error of result.lexerErrors) {
      const before = diagnostics.length;
      super.processLexingErrors({ ...result, lexerErrors: [error], lexerReport: { diagnostics: [] } }, diagnostics, options);
      addFix(diagnostics[before], lexingFix(text, error.offset, error.length));
    }
  }

  protected override processParsingErrors(...[result, diagnostics, options]: SlipArguments): void {
    for (const error of result.parserErrors) {
      const before = diagnostics.length;
      super.processParsingErrors({ ...result, parserErrors: [error] }, diagnostics, options);
      addFix(diagnostics[before], fixOf(error));
    }
  }

  protected override processLinkingErrors(document: LangiumDocument): void {
    this.checking.get(document)?.checkLinks();
  }

  /** One pass over the file instead of a look-up in the registry for every node. */
  protected override async validateAst(root: AstNode, options: ValidationOptions): Promise<Diagnostic[]> {
    const wanted = options.categories === undefined || options.categories.includes('fast');
    const document = root.$document;
    if (wanted && document !== undefined && isDrmlFile(root)) this.checking.get(document)?.checkAll(root);
    return [];
  }

  private diagnosticOf(document: LangiumDocument, problem: Problem): Diagnostic {
    const { severity, code, message, at, fix, related, unnecessary } = problem;
    const data: ProblemData = { code, ...(fix === undefined ? {} : { fix }) };
    const other = related === undefined ? undefined : documentOf(related.node);
    return {
      severity: severity === 'error' ? 1 : 2,
      code,
      message,
      range: rangeIn(document, at),
      data,
      ...(unnecessary === true ? { tags: [unnecessaryTag] } : {}),
      ...(related === undefined || other === undefined
        ? {}
        : {
            relatedInformation: [
              { message: related.message, location: { uri: other.uri.toString(), range: rangeIn(other, related.at) } },
            ],
          }),
      ...sourceOf(this.getSource()),
    };
  }
}

/** Gives the diagnostic of a slip its fix. */
function addFix(diagnostic: Diagnostic | undefined, fix: ProblemFix | undefined): void {
  if (diagnostic !== undefined && fix !== undefined) diagnostic.data = { ...diagnostic.data, fix };
}

function sourceOf(source: string | undefined): { source?: string } {
  return source === undefined ? {} : { source };
}

function rangeIn(document: LangiumDocument, { start, end }: Span): Range {
  const text = document.textDocument;
  return { start: text.positionAt(start), end: text.positionAt(end) };
}

/**
 * Where a statement could not be read, the parser goes on with the next word of the line that starts one; that such a word does not
 * belong there is an echo of the first message.
 */
function withoutEchoes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const broken = new Map<number, number>();
  for (const { data, range } of diagnostics) {
    if (data?.code !== DocumentValidator.ParsingError) continue;
    const { line, character } = range.start;
    broken.set(line, Math.min(character, broken.get(line) ?? character));
  }
  if (broken.size === 0) return diagnostics;
  return diagnostics.filter(
    ({ code, range }) =>
      (code !== 'syntax/place' || range.start.character < (broken.get(range.start.line) ?? Number.POSITIVE_INFINITY)) &&
      // A unit behind a blank: its own message says so.
      (code !== 'syntax/quantity' || broken.get(range.end.line) !== range.end.character + 1),
  );
}

/** In order of the text; of too many the errors first, and how many there are besides. */
function capped(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const ordered = [...diagnostics].sort(byPosition);
  if (ordered.length <= mostDiagnostics) return ordered;
  const kept = [...ordered].sort((a, b) => (a.severity ?? 1) - (b.severity ?? 1)).slice(0, mostDiagnostics);
  const more = ordered.length - kept.length;
  const start = { line: 0, character: 0 };
  return [
    {
      severity: 2,
      code: 'syntax/more',
      source: kept[0]?.source ?? 'drml',
      message: `This file has ${more} more ${more === 1 ? 'problem' : 'problems'} than the ${mostDiagnostics} shown; mend those first.`,
      range: { start, end: start },
      data: { code: 'syntax/more' },
    },
    ...kept.sort(byPosition),
  ];
}

function byPosition(a: Diagnostic, b: Diagnostic): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
