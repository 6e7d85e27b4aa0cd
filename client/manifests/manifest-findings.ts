import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  languages,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { JudgedManifest, LineRange, ManifestFinding } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';
import { type ReadFile, readManifestFiles } from './read-manifest-files.js';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/**
 * Findings on manifests that somebody asked to check: they stand at their files, follow what is saved, and go when the window does.
 * Nobody else's YAML is touched.
 */
export class ManifestFindings implements Disposable {
  readonly #server: LanguageServer;
  readonly #shown = languages.createDiagnosticCollection('drml-manifests');
  readonly #disposables: readonly Disposable[];
  #places: readonly Uri[] = [];
  #texts = new Map<string, string>();
  #found = new Map<string, readonly (readonly [Diagnostic, ManifestFinding])[]>();

  constructor(server: LanguageServer) {
    this.#server = server;
    const kinds = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
    this.#disposables = [
      this.#shown,
      workspace.onDidSaveTextDocument((document) => void this.#follow(document)),
      languages.registerCodeActionsProvider(
        [{ pattern: '**/*.{yaml,yml,json}' }],
        { provideCodeActions: (document, range) => this.#fixes(document, range) },
        kinds,
      ),
    ];
  }

  dispose(): void {
    for (const one of this.#disposables) one.dispose();
  }

  /** Judges the manifests of files and folders and shows what is found. Gives the counts. Rejects where a place cannot be read. */
  async check(places: readonly Uri[]): Promise<{ readonly files: number; readonly findings: number }> {
    const files = await readManifestFiles(places);
    const judged = await this.#judged(files);
    this.#places = places;
    return { files: judged.length, findings: judged.reduce((sum, { findings }) => sum + findings.length, 0) };
  }

  async #judged(files: readonly ReadFile[]): Promise<readonly JudgedManifest[]> {
    const { files: judged, problem } = await this.#server.checkManifests({
      files: files.map(({ uri, text }) => ({ path: uri.toString(), text })),
    });
    if (problem !== undefined) throw new Error(problem);
    this.#texts = new Map(files.map(({ uri, text }) => [uri.toString(), text]));
    this.#found = new Map(
      judged.map(({ uri, findings }) => [uri, findings.map((finding) => [diagnosticOf(finding), finding] as const)]),
    );
    this.#shown.clear();
    for (const [uri, findings] of this.#found)
      this.#shown.set(
        Uri.parse(uri),
        findings.map(([diagnostic]) => diagnostic),
      );
    return judged;
  }

  /** What was checked is checked again when one of its files is saved. */
  async #follow({ uri }: TextDocument): Promise<void> {
    if (!this.#found.has(uri.toString()) && !this.#texts.has(uri.toString())) return;
    try {
      await this.#judged(await readManifestFiles(this.#places));
    } catch {
      // A file has gone meanwhile: what was found says nothing any more.
      this.#shown.clear();
      this.#found.clear();
    }
  }

  #fixes(document: TextDocument, range: Range): CodeAction[] {
    const uri = document.uri.toString();
    // Places are those of the text that was judged.
    if (this.#texts.get(uri) !== document.getText()) return [];
    return (this.#found.get(uri) ?? [])
      .filter(([diagnostic]) => diagnostic.range.intersection(range) !== undefined)
      .flatMap(([diagnostic, { fixes }]) =>
        fixes.map(({ title, changes }) => {
          const action = new CodeAction(title, CodeActionKind.QuickFix);
          action.diagnostics = [diagnostic];
          action.edit = new WorkspaceEdit();
          for (const change of changes) action.edit.replace(Uri.parse(change.uri), rangeOf(change.range), change.text);
          return action;
        }),
      );
  }
}

function rangeOf({ start, end }: LineRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function diagnosticOf({ range, severity, code, message, help, related }: ManifestFinding): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(range), message, severities[severity]);
  diagnostic.source = 'drml';
  diagnostic.code = help === undefined ? code : { value: code, target: Uri.parse(help) };
  diagnostic.relatedInformation = related.map(
    (one) => new DiagnosticRelatedInformation(new Location(Uri.parse(one.uri), rangeOf(one.range)), one.message),
  );
  return diagnostic;
}
