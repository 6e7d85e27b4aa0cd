import { type LangiumDocument, TextDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { type Connection, type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Location } from 'vscode-languageserver';
import type { Source } from '../../language/model/fact.js';
import type { Model } from '../../language/model/model.js';
import type { Finding, Severity } from '../../language/rules/rule.js';
import type { AnalysedModel } from '../../language/workspace.js';
import { carried } from './carried-findings.js';
import type { LimitedDocuments } from './document-limits.js';
import type { AnalysisPass, Figures } from './figures.js';
import { locationIn, type OwnManifests, ownManifestsOf, seenFromManifests } from './own-manifest-diagnostics.js';
import { OwnManifestWatch } from './own-manifest-watch.js';
import { locationOf } from './positions.js';
import { isSameSet, joined, keptOr, withoutDoubles } from './published-sets.js';

/** Where the page of a rule stands, or undefined where there is none. */
export type RulePage = (code: string) => string | undefined;

/**
 * Publishes, after each analysis, what the language and the rules say of every file whose set of problems has changed, and of every
 * open file that was built, with the version that was read. A set computed from a text that has changed since is not published:
 * the build that is on its way will.
 */
export class Diagnostics {
  private readonly published = new Map<string, readonly Diagnostic[]>();
  private readonly publishedConfigs = new Map<string, string>();
  /** Text of open files when their findings were made. */
  private readonly textOf = new Map<string, string>();
  private readonly findingsByRoot = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();
  /** What models and the manifests that they name say against each other, by root and file. */
  private readonly ownManifestsByRoot = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();
  /** What the rules and the manifests say of a file, as long as neither has anything new to say. */
  private readonly saidOf = new Map<string, readonly Diagnostic[]>();
  /** The same of the analysis before: where it has not changed, neither has what was worked out for it. */
  private readonly saidBefore = new Map<string, readonly Diagnostic[]>();
  private readonly publishedManifests = new Map<string, string>();
  private readonly manifests: OwnManifestWatch;

  constructor(
    private readonly connection: Connection,
    private readonly shared: LangiumSharedServices,
    private readonly figures: Figures,
    private readonly documents: LimitedDocuments,
    private readonly rulePage: () => RulePage,
  ) {
    this.manifests = new OwnManifestWatch(connection, shared, (root) => void this.lookAtOwnManifests(root));
    figures.onAnalysed((pass) => this.publish(pass));
    figures.onSlowAnalysis((built) => this.publishEarly(built));
  }

  /** First of two steps: the language's own diagnostics of open files with the findings of before, moved with the text. */
  private async publishEarly(built: readonly LangiumDocument[]): Promise<void> {
    for (const document of built) {
      const file = document.uri.toString();
      const open = this.shared.workspace.TextDocuments.get(file);
      const before = this.textOf.get(file);
      const known = this.ofRules(file);
      if (open === undefined || this.documents.parsedVersion(document.uri) !== open.version) continue;
      // Where findings stand in a text that was not open when they were made is not known.
      if (before === undefined && known.length > 0) continue;
      const findings = before === undefined ? [] : carried(known, before, document.textDocument);
      const diagnostics = joined(this.ofLanguage(document), findings);
      this.published.set(file, diagnostics);
      await this.connection.sendDiagnostics({ uri: file, diagnostics, version: open.version }).catch(() => undefined);
    }
  }

  private publish(pass: AnalysisPass): void {
    this.saidOf.clear();
    for (const root of pass.roots) {
      const analysed = this.figures.modelOf(root);
      if (analysed === undefined) {
        this.findingsByRoot.delete(root);
        this.ownManifestsByRoot.delete(root);
        this.figures.keepOwnManifests(root, undefined);
      } else this.findingsByRoot.set(root, this.byFile(analysed.model, analysed.findings, this.figures.inBaseline(analysed)));
    }
    const files = new Set([...this.published.keys(), ...pass.affected]);
    for (const file of this.shared.workspace.LangiumDocuments.all) files.add(file.uri.toString());
    const built = new Set(pass.built.map((document) => document.uri.toString()));
    for (const file of files) this.publishFile(file, built.has(file));
    this.publishConfigs();
    for (const root of pass.roots) void this.lookAtOwnManifests(root);
  }

  /** Manifests are read from elsewhere, so that what is wrong with them follows when it is known. */
  private async lookAtOwnManifests(root: string): Promise<void> {
    const analysed = this.figures.modelOf(root);
    this.manifests.follow(root, analysed?.model);
    if (analysed === undefined) return;
    const { model } = analysed;
    const own = await ownManifestsOf(analysed, this.figures.configOf(URI.parse(root)), this.shared).catch(() => undefined);
    const before = this.ownManifestsByRoot.get(root) ?? new Map<string, readonly Diagnostic[]>();
    // A model that is not the newest any more has had its say.
    if (this.figures.modelOf(root)?.model !== model || (own === undefined && before.size === 0)) return;
    this.figures.keepOwnManifests(root, own);
    const found = own === undefined ? new Map<string, readonly Diagnostic[]>() : this.ofOwnManifests(own, analysed);
    this.ownManifestsByRoot.set(root, found);
    this.saidOf.clear();
    for (const file of new Set([...before.keys(), ...found.keys()])) {
      if (this.shared.workspace.LangiumDocuments.hasDocument(URI.parse(file))) this.publishFile(file, false);
      else this.publishManifest(file);
    }
  }

  private ofOwnManifests(own: OwnManifests, { analysis }: AnalysedModel): ReadonlyMap<string, readonly Diagnostic[]> {
    const { model, findings } = own;
    const known = this.figures.inBaseline({ model, analysis, findings });
    const shown = (finding: Finding): Diagnostic => this.toDiagnostic((at) => locationIn(own, at), finding, known.has(finding));
    const atStatements = findings.map((finding) => ({ uri: finding.at.uri, diagnostic: shown(finding) }));
    const all = Map.groupBy([...atStatements, ...seenFromManifests(own, shown)], ({ uri }) => uri);
    return new Map([...all].map(([uri, list]) => [uri, list.map(({ diagnostic }) => diagnostic)]));
  }

  private publishManifest(uri: string): void {
    const diagnostics = merged(this.ownManifestsByRoot, uri);
    const json = JSON.stringify(diagnostics);
    if (json === (this.publishedManifests.get(uri) ?? '[]')) return;
    if (diagnostics.length === 0) this.publishedManifests.delete(uri);
    else this.publishedManifests.set(uri, json);
    this.connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] }).catch(() => undefined);
  }

  private publishFile(file: string, built: boolean): void {
    const uri = URI.parse(file);
    const document = this.shared.workspace.LangiumDocuments.getDocument(uri);
    const open = this.shared.workspace.TextDocuments.get(file);
    const parsedVersion = this.documents.parsedVersion(uri);
    if (open !== undefined && parsedVersion !== undefined && parsedVersion !== open.version) return;
    const diagnostics = document === undefined ? [] : joined(this.ofLanguage(document), this.ofRules(file));
    if (open === undefined || document === undefined) this.textOf.delete(file);
    else this.textOf.set(file, document.textDocument.getText());
    // An open document gets its set again with each new version, so that the client knows the set is up to date.
    if (!(built && open !== undefined) && isSameSet(diagnostics, this.published.get(file) ?? [])) return;
    if (document === undefined) {
      this.published.delete(file);
      this.saidBefore.delete(file);
    } else this.published.set(file, diagnostics);
    this.connection
      .sendDiagnostics({ uri: file, diagnostics, ...(open === undefined ? {} : { version: open.version }) })
      .catch(() => undefined);
  }

  /** Settings files are no documents of the language; what is wrong in them is shown where it stands all the same. */
  private publishConfigs(): void {
    const reports = this.figures.configReports();
    const there = new Set(reports.map(({ uri }) => uri));
    for (const uri of this.publishedConfigs.keys()) {
      if (there.has(uri)) continue;
      // A settings file that is gone has no problems.
      this.publishedConfigs.delete(uri);
      this.connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => undefined);
    }
    for (const { uri, text, problems } of reports) {
      const positions = TextDocument.create(uri, 'json', 0, text);
      const diagnostics = problems.map(
        ({ message, start, end }): Diagnostic => ({
          range: { start: positions.positionAt(start), end: positions.positionAt(end) },
          severity: DiagnosticSeverity.Error,
          source: 'drml',
          message,
        }),
      );
      const json = JSON.stringify(diagnostics);
      if (json === (this.publishedConfigs.get(uri) ?? '[]')) continue;
      this.publishedConfigs.set(uri, json);
      this.connection.sendDiagnostics({ uri, diagnostics }).catch(() => undefined);
    }
  }

  private ofLanguage(document: LangiumDocument): readonly Diagnostic[] {
    const problem = this.documents.problemOf(document.uri);
    const start = { line: 0, character: 0 };
    const refused: Diagnostic[] =
      problem === undefined
        ? []
        : [{ range: { start, end: start }, severity: DiagnosticSeverity.Error, source: 'drml', message: capitalised(problem) }];
    return [...refused, ...(document.diagnostics ?? []).map((diagnostic) => ({ ...diagnostic, source: 'drml' }))];
  }

  private ofRules(file: string): readonly Diagnostic[] {
    const known = this.saidOf.get(file);
    if (known !== undefined) return known;
    const [ofModels, ofManifests] = [merged(this.findingsByRoot, file), merged(this.ownManifestsByRoot, file)];
    const said = keptOr(this.saidBefore.get(file), ofManifests.length === 0 ? ofModels : [...ofModels, ...ofManifests]);
    this.saidOf.set(file, said);
    if (said.length === 0) this.saidBefore.delete(file);
    else this.saidBefore.set(file, said);
    return said;
  }

  private byFile(
    model: Model,
    findings: readonly Finding[],
    known: ReadonlySet<Finding>,
  ): ReadonlyMap<string, readonly Diagnostic[]> {
    const files = new Map<string, Diagnostic[]>();
    for (const finding of findings) {
      const list = files.get(finding.at.uri);
      const diagnostic = this.toDiagnostic((at) => locationOf(model, at), finding, known.has(finding));
      if (list === undefined) files.set(finding.at.uri, [diagnostic]);
      else list.push(diagnostic);
    }
    return files;
  }

  private toDiagnostic(locate: (at: Source) => Location, finding: Finding, isKnown: boolean): Diagnostic {
    const page = this.rulePage()(finding.code);
    const accepted = finding.accepted;
    const until = accepted?.until === undefined ? '' : ` until ${accepted.until}`;
    const reason = accepted?.reason === undefined ? '' : `: ${accepted.reason}`;
    return {
      range: locate(finding.at).range,
      // An accepted risk stays visible without asking for attention, and so does what the baseline has.
      severity: accepted === undefined && !isKnown ? severities[finding.severity] : DiagnosticSeverity.Hint,
      ...(isKnown ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      code: finding.code,
      source: 'drml',
      message: accepted === undefined ? finding.message : `Accepted${until}${reason}. ${finding.message}`,
      ...(page === undefined ? {} : { codeDescription: { href: page } }),
      ...(finding.related.length === 0
        ? {}
        : {
            relatedInformation: finding.related.map(({ message, at }) => ({ message, location: locate(at) })),
          }),
    };
  }
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What all models say of a file: a file of several models gets what they agree on once. */
function merged(byRoot: ReadonlyMap<string, ReadonlyMap<string, readonly Diagnostic[]>>, file: string): readonly Diagnostic[] {
  return withoutDoubles([...byRoot.keys()].sort().map((root) => byRoot.get(root)?.get(file) ?? []));
}
