import { Disposable, EventEmitter, Location, l10n, Range, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import type { ManifestLine, ManifestTextParams, ManifestTextResult } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';

/** The scheme of manifests that lie in no folder. */
export const manifestScheme = 'drml-manifests';

/**
 * Manifests of components as documents that lie in no folder, made anew after each analysis while somebody looks at them. While the model
 * has errors they keep what it said before.
 */
export class ManifestDocuments implements TextDocumentContentProvider, Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<Uri>();
  readonly #shown = new Map<string, { readonly text: string; readonly lines: readonly ManifestLine[] }>();
  readonly #subscriptions: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#subscriptions = Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(manifestScheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
      server.onDidChangeAnalysis(() => {
        for (const { uri } of workspace.textDocuments) if (uri.scheme === manifestScheme) this.#changed.fire(uri);
      }),
    );
  }

  /**
   * The document of a component, and the line that follows from the line asked for.
   * Rejects with a sentence for the user where there is none.
   */
  async documentFor(
    file: Uri,
    of: ManifestTextParams['of'],
  ): Promise<{ readonly document: Uri; readonly line: number | undefined }> {
    const { root, component, text, reveal, problem } = await this.#server.manifestText({ uri: file.toString(), of });
    if (text === null) throw new Error(problem ?? '');
    return { document: Uri.from({ scheme: manifestScheme, path: `/${component}.yaml`, query: root }), line: reveal };
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const component = uri.path.replace(/^\/|\.yaml$/g, '');
    const result = await this.#server.manifestText({ uri: uri.query, of: { component } });
    const shown = this.#shownFor(uri, result);
    this.#shown.set(uri.toString(), shown);
    return shown.text;
  }

  /** The model file that a document of ours was made from. */
  rootOf(document: Uri): Uri {
    return Uri.parse(document.query);
  }

  /** The place in the model that a line follows from, if it does. */
  placeOf(document: Uri, line: number): Location | undefined {
    const found = this.#shown.get(document.toString())?.lines.find((one) => one.line === line);
    return found === undefined ? undefined : locationOf(found);
  }

  #shownFor(
    uri: Uri,
    { text, lines, problem }: ManifestTextResult,
  ): {
    readonly text: string;
    readonly lines: readonly ManifestLine[];
  } {
    if (text !== null) return { text, lines };
    const words = l10n.t('There are no manifests now: {0}', problem ?? '');
    const before = this.#shown.get(uri.toString());
    if (before === undefined) return { text: `# ${words}\n`, lines: [] };
    const first = `# ${words} ${l10n.t('Below stands what the model said before.')}\n`;
    const known = before.text.startsWith(first);
    return known ? before : { text: first + before.text, lines: [] };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** A place that the server names, as one of the editor. */
export function locationOf({ uri, range }: ManifestLine): Location {
  const { start, end } = range;
  return new Location(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character));
}
