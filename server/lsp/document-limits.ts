import { type AstNode, DefaultLangiumDocumentFactory, type LangiumDocument, type ParseResult, type URI } from 'langium';
import type { CancellationToken } from 'vscode-languageserver';
import { contentProblem, maximumFileBytes, sizeProblem } from '../files/limits.js';

/**
 * Reads and parses documents within limits. What is too large or no text becomes an empty document with one problem that says so:
 * the rest of the workspace goes on.
 */
export class LimitedDocuments extends DefaultLangiumDocumentFactory {
  private readonly problems = new Map<string, string>();
  private readonly versions = new Map<string, number>();
  private maximumBytes = maximumFileBytes;

  /** Sets the largest file that is read from now on. */
  limitTo(bytes: number): void {
    this.maximumBytes = bytes;
  }

  /** Why the document was read as empty, or undefined. */
  problemOf(uri: URI): string | undefined {
    return this.problems.get(uri.toString());
  }

  /** The version of the open text document that the current tree was parsed from; undefined for files read from disk. */
  parsedVersion(uri: URI): number | undefined {
    return this.versions.get(uri.toString());
  }

  override async update<T extends AstNode = AstNode>(
    document: LangiumDocument<T>,
    token: CancellationToken,
  ): Promise<LangiumDocument<T>> {
    const key = document.uri.toString();
    const open = this.textDocuments?.get(key);
    // Taken before the first wait: the text is read in the same turn, and the version must be the one of that text.
    if (open === undefined) this.versions.delete(key);
    else this.versions.set(key, open.version);
    return super.update(document, token);
  }

  /** Whether a document is what its open text document says and nothing was left out, so that the tree can follow its edits. */
  readsFrom(document: LangiumDocument): boolean {
    const key = document.uri.toString();
    const open = this.textDocuments?.get(key);
    if (open === undefined || open !== document.textDocument || this.problems.has(key) || !this.versions.has(key)) return false;
    const text = open.getText();
    return text === this.withinLimits(document.uri, text);
  }

  /** Notes that the tree of a document is that of its present text. */
  wasRead(document: LangiumDocument): void {
    this.versions.set(document.uri.toString(), document.textDocument.version);
  }

  protected override async getInitialText(uri: URI): Promise<string> {
    return this.readText(uri);
  }

  protected override async getUpdatedText(
    document: LangiumDocument,
    textDocument: { getText(): string } | undefined,
  ): Promise<string> {
    if (textDocument === undefined) return this.readChangedText(document.uri);
    this.problems.delete(document.uri.toString());
    return textDocument.getText();
  }

  protected override parse<T extends AstNode>(uri: URI, text: string): ParseResult<T> {
    return super.parse<T>(uri, this.withinLimits(uri, text));
  }

  protected override parseAsync<T extends AstNode>(uri: URI, text: string, token: CancellationToken): Promise<ParseResult<T>> {
    return super.parseAsync<T>(uri, this.withinLimits(uri, text), token);
  }

  /** A file may be gone, or locked, between the word of its change and its reading: then it is empty, and the build goes on. */
  private async readChangedText(uri: URI): Promise<string> {
    try {
      return await this.readText(uri);
    } catch (error) {
      this.problems.set(uri.toString(), `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return '';
    }
  }

  private async readText(uri: URI): Promise<string> {
    const bytes = await this.fileSystemProvider.readBinary(uri);
    const problem = contentProblem(bytes, this.maximumBytes);
    this.problems.delete(uri.toString());
    if (problem === undefined) return new TextDecoder('utf-8').decode(bytes);
    this.problems.set(uri.toString(), problem);
    return '';
  }

  private withinLimits(uri: URI, text: string): string {
    if (text === '') return text;
    // A UTF-16 unit is at least one byte of the file.
    const problem =
      sizeProblem(text.length, this.maximumBytes) ??
      (text.slice(0, 8000).includes('\u0000') ? 'the file is binary, not text.' : undefined);
    if (problem === undefined) return text;
    this.problems.set(uri.toString(), problem);
    return '';
  }
}
