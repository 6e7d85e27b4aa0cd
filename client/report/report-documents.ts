import { Disposable, EventEmitter, l10n, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import type { LanguageServer } from '../language-server.js';

const scheme = 'drml-report';

/**
 * Reports as documents that lie in no folder: Markdown, made anew after each analysis while somebody looks at them. "Save As" writes
 * one down.
 */
export class ReportDocuments implements TextDocumentContentProvider, Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#subscriptions = Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      server.onDidChangeAnalysis(() => {
        for (const { uri } of workspace.textDocuments) if (uri.scheme === scheme) this.#changed.fire(uri);
      }),
    );
  }

  /** The document with the report of a file's model. Rejects with a sentence for the user where there is none. */
  async documentFor(file: Uri): Promise<Uri> {
    const { root, model, markdown, problem } = await this.#server.report(file);
    if (markdown === null) throw new Error(problem ?? '');
    return Uri.from({ scheme, path: `/${model} DR report.md`, query: root });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const { markdown, problem } = await this.#server.report(Uri.parse(uri.query));
    return markdown ?? l10n.t('There is no report: {0}', problem ?? '');
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
