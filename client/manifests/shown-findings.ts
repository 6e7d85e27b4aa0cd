import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Disposable,
  Location,
  languages,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
} from 'vscode';
import type { JudgedManifest, LineRange, ManifestFinding } from '../../server/lsp/protocol.js';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** Findings on manifests, at their files, with their fixes. */
export class ShownFindings implements Disposable {
  readonly #shown;
  readonly #actions: Disposable;
  #texts: ReadonlyMap<string, string> = new Map();
  #found: ReadonlyMap<string, readonly (readonly [Diagnostic, ManifestFinding])[]> = new Map();

  /** @param name of the collection of diagnostics */
  constructor(name: string) {
    this.#shown = languages.createDiagnosticCollection(name);
    this.#actions = languages.registerCodeActionsProvider(
      [{ pattern: '**/*.{yaml,yml,json}' }],
      { provideCodeActions: (document, range) => this.#fixes(document, range) },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    );
  }

  dispose(): void {
    Disposable.from(this.#shown, this.#actions).dispose();
  }

  /** Shows these and no others. `texts`: what was judged, by URI. */
  show(judged: readonly JudgedManifest[], texts: ReadonlyMap<string, string>): void {
    this.#texts = texts;
    this.#found = new Map(
      judged.map(({ uri, findings }) => [uri, findings.map((finding) => [diagnosticOf(finding), finding] as const)]),
    );
    this.#shown.clear();
    for (const [uri, findings] of this.#found) {
      this.#shown.set(
        Uri.parse(uri),
        findings.map(([diagnostic]) => diagnostic),
      );
    }
  }

  clear(): void {
    this.show([], new Map());
  }

  /** Whether a file was judged, with findings or without. */
  has(uri: string): boolean {
    return this.#found.has(uri) || this.#texts.has(uri);
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
