/**
 * From documents to answers: finds the roots, builds each root's model, analyses and checks it, and keeps the result until one
 * of its files changes. The editor's server, the command line and tests all go through here.
 */
import { type LangiumDocument, type LangiumSharedCoreServices, URI } from 'langium';
import type { Analysis } from './analysis/analysis.js';
import { analyzeAgain } from './analysis/renewal/renewed-analysis.js';
import type { DrmlFile } from './generated/ast.js';
import { buildModel, isRoot } from './model/build.js';
import { KeptElements } from './model/build-kept.js';
import type { Model } from './model/model.js';
import { checkModel } from './rules/check.js';
import type { Config } from './rules/config.js';
import type { Finding } from './rules/rule.js';
import type { DrmlCoreServices } from './syntax/drml-module.js';
import { fileOf, importClosure } from './syntax/imports.js';

/** One root with everything known about it. */
export interface AnalysedModel {
  readonly model: Model;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

/** What the host decides: the day dates are judged by, and the settings that hold for a root. */
export interface WorkspaceOptions {
  /** `YYYY-MM-DD` */
  readonly asOf: () => string;
  readonly configOf: (root: URI) => Config;
}

interface Kept {
  readonly trees: readonly unknown[];
  readonly asOf: string;
  readonly config: Config;
  readonly elements: KeptElements;
  readonly result: AnalysedModel;
}

export class ModelWorkspace {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly shared: LangiumSharedCoreServices,
    private readonly language: DrmlCoreServices,
    private readonly options: WorkspaceOptions,
  ) {}

  /**
   * The roots of all known files, in order of their names: files with a `model` block, and files that no such root reaches and
   * nobody imports, so that every file is judged in at least one model.
   */
  roots(): readonly LangiumDocument<DrmlFile>[] {
    // What was kept of files that are gone would stay for as long as the server runs.
    for (const uri of this.kept.keys()) if (this.fileAt(uri) === undefined) this.kept.delete(uri);
    const all = this.files();
    const declared = all.filter((document) => isRoot(document.parseResult.value));
    const reached = new Set<string>();
    for (const root of declared) for (const file of this.closure(root)) reached.add(file.uri.toString());
    const orphans = all.filter((document) => !reached.has(document.uri.toString()));
    const imported = new Set(
      orphans.flatMap((document) =>
        this.closure(document)
          .slice(0, -1)
          .map((file) => file.uri.toString()),
      ),
    );
    const result = [...declared];
    for (const orphan of orphans) {
      if (imported.has(orphan.uri.toString()) && !this.startsCycle(orphan, reached)) continue;
      for (const file of this.closure(orphan)) reached.add(file.uri.toString());
      result.push(orphan);
    }
    return result.sort(byUri);
  }

  /** Roots whose import closure holds the file: the file itself where it is one. */
  rootsOf(uri: string): readonly string[] {
    return this.roots()
      .filter((root) => this.closure(root).some((file) => file.uri.toString() === uri))
      .map((root) => root.uri.toString());
  }

  /** The files of a root's model, imported ones first. */
  filesOf(rootUri: string): readonly string[] {
    const root = this.fileAt(rootUri);
    return root === undefined ? [] : this.closure(root).map((file) => file.uri.toString());
  }

  /** The model of a root with its analysis and findings; undefined where the file is not known. A file may be asked for as its own root. */
  analysed(rootUri: string): AnalysedModel | undefined {
    const root = this.fileAt(rootUri);
    if (root === undefined) return undefined;
    const closure = this.closure(root);
    const trees = closure.map((file) => file.parseResult);
    const asOf = this.options.asOf();
    const config = this.options.configOf(root.uri);
    const kept = this.kept.get(rootUri);
    if (kept !== undefined && kept.asOf === asOf && kept.config === config && sameTrees(kept.trees, trees)) return kept.result;
    const elements = kept?.elements ?? new KeptElements();
    const model = buildModel(closure, {
      kept: elements,
      documentationOf: (node) =>
        this.language.documentation.CommentProvider.getComment(node)
          ?.replace(/^\/\*\*\s?|\s*\*\/$/g, '')
          .replace(/^\s*\* ?/gm, ''),
    });
    const analysis = analyzeAgain(model, { asOf, previous: kept?.result.analysis });
    const result: AnalysedModel = { model, analysis, findings: checkModel(model, analysis, config) };
    this.kept.set(rootUri, { trees, asOf, config, elements, result });
    return result;
  }

  private fileAt(uri: string): LangiumDocument<DrmlFile> | undefined {
    const document = this.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
    return document !== undefined && isDrml(document) ? document : undefined;
  }

  private files(): readonly LangiumDocument<DrmlFile>[] {
    return this.shared.workspace.LangiumDocuments.all.toArray().filter(isDrml).sort(byUri);
  }

  private closure(root: LangiumDocument): readonly LangiumDocument<DrmlFile>[] {
    return importClosure(this.shared.workspace.LangiumDocuments, root).filter(isDrml);
  }

  /** Files that import each other and nobody else imports: the first of them by name stands for all. */
  private startsCycle(document: LangiumDocument, reached: ReadonlySet<string>): boolean {
    if (reached.has(document.uri.toString())) return false;
    const uri = document.uri.toString();
    return this.closure(document).some(
      (file) => file !== document && this.closure(file).some((back) => back.uri.toString() === uri),
    );
  }
}

function isDrml(document: LangiumDocument): document is LangiumDocument<DrmlFile> {
  return fileOf(document) !== undefined;
}

function byUri(a: LangiumDocument, b: LangiumDocument): number {
  const [left, right] = [a.uri.toString(), b.uri.toString()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sameTrees(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((tree, index) => tree === b[index]);
}
