import { DocumentState, interruptAndCheck, type LangiumDocument, URI } from 'langium';
import type { LangiumServices, LangiumSharedServices } from 'langium/lsp';
import type { CancellationToken } from 'vscode-languageserver';
import type { Model } from '../../language/model/model.js';
import type { Config } from '../../language/rules/config.js';
import type { Finding } from '../../language/rules/rule.js';
import type { AnalysedModel, ModelWorkspace } from '../../language/workspace.js';
import { findingsInBaseline } from '../files/baseline.js';
import type { ConfigFiles, ConfigReport } from '../files/config-files.js';
import { madeOnce, meaning } from './on-demand.js';
import type { OwnManifests } from './own-manifest-diagnostics.js';

/** Milliseconds of an analysis that a typist would notice: past it, diagnostics come in two steps. */
const noticeable = 20;

/** The longest pause in the typing, in milliseconds, that an analysis waits for. */
const longestPause = 250;

/** So many characters of a model that has never been analysed take about a millisecond. */
const charactersPerMillisecond = 750;

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
  private readonly workspace: () => Promise<ModelWorkspace>;
  private readonly configs: ConfigFiles;
  private readonly listeners: ((pass: AnalysisPass) => void)[] = [];
  private readonly earlyListeners: ((built: readonly LangiumDocument[]) => Promise<void>)[] = [];
  private readonly changed = new Set<string>();
  private readonly waiting = new Map<string, LangiumDocument>();
  private models: ReadonlyMap<string, AnalysedModel> = new Map();
  private byFile: ReadonlyMap<string, readonly AnalysedModel[]> = new Map();
  private readonly ownManifests = new Map<string, OwnManifests>();
  private lastMilliseconds = 0;
  /** The root that is being analysed: its settings may say as of which day. */
  private current: URI | undefined;

  constructor(shared: LangiumSharedServices, language: LangiumServices, configs: ConfigFiles) {
    this.configs = configs;
    const options = {
      asOf: () => (this.current === undefined ? undefined : configs.configOf(this.current).asOf) ?? today(),
      configOf: (root: URI) => configs.configOf(root),
    };
    this.workspace = madeOnce(async () => new (await meaning()).ModelWorkspace(shared, language, options));
    const builder = shared.workspace.DocumentBuilder;
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

  /**
   * Called with the documents that were checked when the analysis that follows will take a while, going by the last one, and by how
   * long the texts are that no analysis has seen: what the language says need not wait for what the model means.
   */
  onSlowAnalysis(listener: (built: readonly LangiumDocument[]) => Promise<void>): void {
    this.earlyListeners.push(listener);
  }

  /** Duration of the last pass. */
  get milliseconds(): number {
    return this.lastMilliseconds;
  }

  /** The model of a root, as of the last pass. */
  modelOf(root: string): AnalysedModel | undefined {
    return this.models.get(root);
  }

  /** All models, in the order of their roots. */
  all(): readonly AnalysedModel[] {
    return [...this.models.values()];
  }

  /** The models that a file belongs to, in the order of their roots. */
  modelsOf(uri: string): readonly AnalysedModel[] {
    return this.byFile.get(uri) ?? [];
  }

  /** Takes note of what a model and the manifests that it names say against each other; undefined where it names none. */
  keepOwnManifests(root: string, own: OwnManifests | undefined): void {
    if (own === undefined) this.ownManifests.delete(root);
    else this.ownManifests.set(root, own);
  }

  /** What a model and the manifests that it names say against each other, once that is known. */
  ownManifestsOf(model: Model): OwnManifests | undefined {
    const own = this.ownManifests.get(model.root);
    return own?.model === model ? own : undefined;
  }

  /** Nobody has asked for a while: what figures are worked out from is let go. */
  rest(): void {
    for (const { analysis } of this.models.values()) analysis.rest();
  }

  private async run(built: readonly LangiumDocument[], token: CancellationToken): Promise<void> {
    for (const document of built) this.waiting.set(document.uri.toString(), document);
    if (Math.max(this.lastMilliseconds, this.firstMilliseconds()) > noticeable) {
      for (const listener of this.earlyListeners) await listener(built);
    }
    if (this.lastMilliseconds > noticeable) {
      // A longer analysis waits for a longer pause, so that it does not run with every keystroke; a newer edit ends the wait and this pass.
      await pause(Math.min(this.lastMilliseconds, longestPause), token);
      await interruptAndCheck(token);
    }
    const workspace = await this.workspace();
    await interruptAndCheck(token);
    const start = performance.now();
    const models = new Map<string, AnalysedModel>();
    for (const root of workspace.roots()) {
      await interruptAndCheck(token);
      this.current = root.uri;
      const uri = root.uri.toString();
      const analysed = workspace.analysed(uri);
      if (analysed !== undefined) models.set(uri, analysed);
    }
    const affected = new Set([...this.changed, ...this.waiting.keys()]);
    const roots: string[] = [];
    for (const root of new Set([...this.models.keys(), ...models.keys()])) {
      const [before, after] = [this.models.get(root), models.get(root)];
      if (before === after) continue;
      roots.push(root);
      // Files of before as well: a file that left a model loses its figures.
      for (const file of [...(before?.model.files ?? []), ...(after?.model.files ?? [])]) affected.add(file.uri);
    }
    this.models = models;
    this.byFile = indexed(models);
    const documents = [...this.waiting.values()];
    this.changed.clear();
    this.waiting.clear();
    this.lastMilliseconds = performance.now() - start;
    for (const listener of this.listeners) {
      listener({ built: documents, roots, affected, milliseconds: this.lastMilliseconds });
    }
  }

  /** How long the analysis of what is waiting takes as far as no model knows it, about. */
  private firstMilliseconds(): number {
    let characters = 0;
    for (const [uri, document] of this.waiting) if (!this.byFile.has(uri)) characters += document.textDocument.getText().length;
    return characters / charactersPerMillisecond;
  }

  /** The findings of a model that the baseline of its settings has. */
  inBaseline({ model, findings }: AnalysedModel): ReadonlySet<Finding> {
    const baseline = this.configs.baselineOf(URI.parse(model.root));
    return baseline === undefined ? new Set() : findingsInBaseline(model, findings, baseline);
  }

  /** The settings that hold for a file. */
  configOf(file: URI): Config {
    return this.configs.configOf(file);
  }

  /** What is wrong in the settings files that the models use. */
  configReports(): readonly ConfigReport[] {
    return this.configs.reports();
  }
}

function indexed(models: ReadonlyMap<string, AnalysedModel>): ReadonlyMap<string, readonly AnalysedModel[]> {
  const byFile = new Map<string, AnalysedModel[]>();
  for (const analysed of models.values()) {
    for (const { uri } of analysed.model.files) {
      const list = byFile.get(uri);
      if (list === undefined) byFile.set(uri, [analysed]);
      else list.push(analysed);
    }
  }
  return byFile;
}

/** Waits, but no longer than until the token is cancelled. */
function pause(milliseconds: number, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      cancelled.dispose();
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    const cancelled = token.onCancellationRequested(end);
  });
}

/** The clock is read here, in the host; the analysis only knows the day it is given. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
