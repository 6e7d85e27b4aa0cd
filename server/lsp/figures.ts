import { DocumentState, interruptAndCheck, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { CancellationToken } from 'vscode-languageserver';
import type { AnalysedModel, ModelWorkspace } from '../../language/workspace.js';

/** What one pass of the analysis changed. */
export interface AnalysisPass {
  /** Documents that were built (parsed or checked again) before this pass. */
  readonly built: readonly LangiumDocument[];
  /** Roots that were analysed again, and roots that are gone. */
  readonly roots: readonly string[];
  /** Files whose figures may differ from the pass before. */
  readonly affected: ReadonlySet<string>;
  readonly milliseconds: number;
}

/**
 * Runs the analysis once per build, over plain data, after all documents are checked. Everything about meaning that the editor shows
 * (findings, figures, picture, manifests) is answered from here; nothing is computed per document.
 */
export class Figures {
  readonly workspace: ModelWorkspace;
  private readonly listeners: ((pass: AnalysisPass) => void)[] = [];
  private readonly changed = new Set<string>();
  private readonly rootsBefore = new Map<string, readonly string[]>();
  private lastMilliseconds = 0;

  constructor(services: LangiumSharedServices, workspace: ModelWorkspace) {
    this.workspace = workspace;
    const builder = services.workspace.DocumentBuilder;
    builder.onUpdate((changed, deleted) => {
      // A cancelled build never reaches the analysis: its changes wait here for the next one.
      for (const uri of [...changed, ...deleted]) this.changed.add(uri.toString());
    });
    builder.onBuildPhase(DocumentState.Validated, (built, token) => this.run(built, token));
  }

  /** Called after every pass, in order of registration. */
  onAnalysed(listener: (pass: AnalysisPass) => void): void {
    this.listeners.push(listener);
  }

  /** Duration of the last pass. */
  get milliseconds(): number {
    return this.lastMilliseconds;
  }

  /** The models that a file belongs to, in the order of their roots. */
  modelsOf(uri: string): readonly AnalysedModel[] {
    const models: AnalysedModel[] = [];
    for (const root of this.workspace.rootsOf(uri)) {
      const analysed = this.workspace.analysed(root);
      if (analysed !== undefined) models.push(analysed);
    }
    return models;
  }

  private async run(built: readonly LangiumDocument[], token: CancellationToken): Promise<void> {
    const start = performance.now();
    for (const document of built) this.changed.add(document.uri.toString());
    const touched = new Set(this.changed);
    this.workspace.refresh([...touched]);
    const roots = new Set<string>();
    for (const uri of touched) {
      // Roots of before as well: a file that left a model changes that model.
      for (const root of this.rootsBefore.get(uri) ?? []) roots.add(root);
      const now = this.workspace.rootsOf(uri);
      this.rootsBefore.set(uri, now);
      for (const root of now) roots.add(root);
    }
    const affected = new Set(touched);
    for (const root of roots) {
      await interruptAndCheck(token);
      for (const file of this.workspace.analysed(root)?.model.files ?? []) affected.add(file.uri);
    }
    this.changed.clear();
    this.lastMilliseconds = performance.now() - start;
    for (const listener of this.listeners) {
      listener({ built, roots: [...roots], affected, milliseconds: this.lastMilliseconds });
    }
  }
}
