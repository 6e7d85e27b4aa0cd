/** The server's services in the process of a test: texts are put into its documents and built, without a client in between. */
import { PassThrough } from 'node:stream';
import {
  type AstNode,
  type CstNode,
  EmptyFileSystem,
  isAstNode,
  isReference,
  type LangiumDocument,
  TextDocument,
  URI,
} from 'langium';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Analysis } from '../../../../language/analysis/analysis.js';
import { analyze } from '../../../../language/analysis/analyze.js';
import type { DrmlFile } from '../../../../language/generated/ast.js';
import { buildModel } from '../../../../language/model/build.js';
import { checkModel } from '../../../../language/rules/check.js';
import type { Finding } from '../../../../language/rules/rule.js';
import { fileOf } from '../../../../language/syntax/imports.js';
import { createDrmlServer, type DrmlServer } from '../../../../server/lsp/module.js';

const uriOf = (path: string): URI => URI.parse(`file:///edits/${path}`);

/** Numbers that look random and are the same in every run. */
export function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What the server knows of a root, beside what is found from nothing. */
export interface Known {
  readonly found: Analysis;
  readonly expected: Analysis;
  readonly findings: readonly Finding[];
  readonly expectedFindings: () => readonly Finding[];
}

export class ServerInProcess {
  private readonly server: DrmlServer;
  private readonly open = new Map<string, TextDocument>();

  constructor() {
    const connection = createConnection(ProposedFeatures.all, new PassThrough(), new PassThrough().resume());
    connection.listen();
    this.server = createDrmlServer({
      connection,
      fileSystemProvider: EmptyFileSystem.fileSystemProvider,
      rulePage: () => () => undefined,
    });
  }

  textOf(path: string): string {
    return this.open.get(path)?.getText() ?? '';
  }

  get paths(): readonly string[] {
    return [...this.open.keys()];
  }

  /** Puts a stretch of text into a file; nothing is built yet. */
  edit(path: string, start: number, end: number, text: string): void {
    const document = this.open.get(path);
    if (document === undefined) throw new Error(`${path} is not open.`);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    TextDocument.update(document, [{ range, text }], document.version + 1);
  }

  /** Opens files; nothing is built yet. */
  set(texts: ReadonlyMap<string, string>): void {
    for (const [path, text] of texts) {
      const document = TextDocument.create(uriOf(path).toString(), 'drml', 1, text);
      this.open.set(path, document);
      this.server.shared.workspace.TextDocuments.set(document);
    }
  }

  /** Builds what changed. Gives how many of the files were edited in place. */
  async build(paths: readonly string[]): Promise<number> {
    const trees = new Map(paths.map((path) => [path, this.documentAt(path)?.parseResult.value]));
    await this.server.shared.workspace.DocumentBuilder.update(paths.map(uriOf), []);
    return paths.filter((path) => this.documentAt(path)?.parseResult.value === trees.get(path)).length;
  }

  /** Forgets everything and builds all open files from nothing. */
  async rebuild(texts: ReadonlyMap<string, string>): Promise<void> {
    const { DocumentBuilder, LangiumDocuments } = this.server.shared.workspace;
    const old = LangiumDocuments.all.map((document) => document.uri).toArray();
    await DocumentBuilder.update([], old);
    this.open.clear();
    this.set(texts);
    await DocumentBuilder.update([...texts.keys()].map(uriOf), []);
  }

  /** Everything that is known of a file, in plain data: trees with offsets and ranges, references, problems, errors. */
  known(path: string): Readonly<Record<string, unknown>> {
    const document = this.documentAt(path);
    if (document === undefined) return {};
    const { value, lexerErrors, parserErrors } = document.parseResult;
    return {
      tree: this.tree(value),
      concrete: value.$cstNode === undefined ? undefined : concrete(value.$cstNode),
      lexerErrors: lexerErrors.map(({ offset, line, column, length, message }) => ({ offset, line, column, length, message })),
      // Their order has no meaning: braces that are too many are looked for before the rest is read.
      parserErrors: parserErrors
        .map(({ message, token }) => `${token.startOffset} ${token.startLine}:${token.startColumn} ${message}`)
        .sort(),
      references: document.references.map((reference) =>
        'ref' in reference
          ? [reference.$refText, reference.$refNode?.offset, reference.error !== undefined, this.pathOf(reference.ref)]
          : 'several',
      ),
      exported: this.exported(document),
      diagnostics: document.diagnostics,
    };
  }

  /** Models and findings of all roots. */
  meaning(): readonly unknown[] {
    return this.server.figures.all().map(({ model, findings }) => JSON.parse(JSON.stringify([model, findings], plainly)));
  }

  /** The analysis of each root and its findings, and those of the same files from nothing. */
  analyses(): readonly Known[] {
    return this.server.figures.all().map(({ model, analysis, findings }) => {
      const closure = model.files.flatMap(({ uri }) => {
        const document = this.server.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
        return document === undefined || fileOf(document) === undefined ? [] : [document as LangiumDocument<DrmlFile>];
      });
      const again = buildModel(closure);
      const expected = analyze(again, { asOf: analysis.asOf });
      return { found: analysis, expected, findings, expectedFindings: () => checkModel(again, expected) };
    });
  }

  private exported(document: LangiumDocument): readonly unknown[] {
    return this.server.shared.workspace.IndexManager.allElements(undefined, new Set([document.uri.toString()]))
      .map(({ name, path, nameSegment, node }) => [name, path, nameSegment?.offset, nameSegment?.range, this.pathOf(node)])
      .toArray();
  }

  private documentAt(path: string): LangiumDocument | undefined {
    return this.server.shared.workspace.LangiumDocuments.getDocument(uriOf(path));
  }

  private pathOf(node: AstNode | undefined): string | undefined {
    if (node === undefined) return undefined;
    let root = node;
    while (root.$container !== undefined) root = root.$container;
    const path = this.server.drml.workspace.AstNodeLocator.getAstNodePath(node);
    const document = root.$document;
    const found =
      document === undefined ? undefined : this.server.drml.workspace.AstNodeLocator.getAstNode(document.parseResult.value, path);
    return `${document?.uri.toString()} ${path}${found === node ? '' : ' (not in the tree)'}`;
  }

  private tree(node: AstNode): unknown {
    const own = Object.entries(node)
      .filter(([name]) => !name.startsWith('$'))
      .map(([name, value]: [string, unknown]) => [
        name,
        Array.isArray(value) ? value.map((each) => this.part(each)) : this.part(value),
      ])
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const { $type, $containerProperty, $containerIndex, $cstNode } = node;
    return [$type, $containerProperty, $containerIndex, $cstNode?.offset, $cstNode?.end, $cstNode?.astNode === node, own];
  }

  private part(value: unknown): unknown {
    if (isReference(value)) return ['reference', value.$refText, value.$refNode?.offset];
    return isAstNode(value) ? this.tree(value) : value;
  }
}

function concrete(node: CstNode): unknown {
  const children = 'content' in node && Array.isArray(node.content) ? node.content : undefined;
  const type = 'tokenType' in node ? (node.tokenType as { readonly name: string }).name : undefined;
  const { offset, end, length, range, hidden, text } = node;
  const stands = [offset, end, length, range.start.line, range.start.character, range.end.line, range.end.character];
  return [stands.join(' '), hidden, type, children === undefined ? text : children.map((child: CstNode) => concrete(child))];
}

/** Maps and sets as lists, what is no number by its name. */
function plainly(_key: string, value: unknown): unknown {
  if (value instanceof Map) return ['map', ...value];
  if (value instanceof Set) return ['set', ...value];
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
