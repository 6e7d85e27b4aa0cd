import { type Disposable, Uri, workspace } from 'vscode';
import type { OwnManifestsParams } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';
import type { ManifestFindings } from './manifest-findings.js';
import { ShownFindings } from './shown-findings.js';

/** How long the typing has to rest, in milliseconds. */
const pause = 300;
/** Larger files are no manifest of a component, in bytes, as the server has it. */
const largestFile = 1024 * 1024;

/**
 * Findings on the manifests that open models name, by themselves: they follow what is typed and what is saved. YAML that no open model
 * names is left alone, and so is what somebody asked to check, since that stands there already.
 */
export class OwnManifestFindings implements Disposable {
  readonly #server: LanguageServer;
  readonly #asked: ManifestFindings;
  readonly #shown = new ShownFindings('drml-own-manifests');
  readonly #disposables: readonly Disposable[];
  /** What each model names, by its root. */
  readonly #named = new Map<string, OwnManifestsParams>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was judged last, to do nothing where nothing has changed. */
  #last = '';

  constructor(server: LanguageServer, asked: ManifestFindings) {
    this.#server = server;
    this.#asked = asked;
    this.#disposables = [
      this.#shown,
      server.onDidChangeOwnManifests((named) => {
        if (named.manifests.length === 0) this.#named.delete(named.root);
        else this.#named.set(named.root, named);
        this.#later();
      }),
      asked.onDidCheck(() => this.#later()),
      workspace.onDidOpenTextDocument(({ uri }) => this.#concerns(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#concerns(uri)),
      workspace.onDidSaveTextDocument(({ uri }) => this.#concerns(uri)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#wanted().has(document.uri.toString())) this.#later();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const one of this.#disposables) one.dispose();
  }

  /** The manifests of the models of which a file is open. */
  #wanted(): ReadonlySet<string> {
    if (this.#named.size === 0) return new Set();
    const open = new Set(workspace.textDocuments.filter(({ isClosed }) => !isClosed).map(({ uri }) => uri.toString()));
    const models = [...this.#named.values()].filter(({ files }) => files.some((file) => open.has(sameForm(file))));
    return new Set(models.flatMap(({ manifests }) => manifests.map(sameForm)).filter((uri) => !this.#asked.has(uri)));
  }

  #concerns(uri: Uri): void {
    const one = uri.toString();
    const isNamed = [...this.#named.values()].some(({ files, manifests }) =>
      [...files, ...manifests].some((file) => sameForm(file) === one),
    );
    if (isNamed) this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#judge(), pause);
  }

  async #judge(): Promise<void> {
    const files: { path: string; text: string }[] = [];
    for (const uri of [...this.#wanted()].sort()) {
      const text = await textOf(Uri.parse(uri)).catch(() => undefined);
      if (text !== undefined) files.push({ path: uri, text });
    }
    const key = JSON.stringify(files);
    if (key === this.#last) return;
    this.#last = key;
    const { files: judged } =
      files.length === 0 ? { files: [] } : await this.#server.checkManifests({ files, own: true }).catch(() => ({ files: [] }));
    // A text that has changed meanwhile is judged on its own.
    if (key === this.#last) this.#shown.show(judged, new Map(files.map(({ path, text }) => [path, text])));
  }
}

/** A URI as the editor writes it. */
function sameForm(uri: string): string {
  return Uri.parse(uri).toString();
}

/** As it stands in the editor, saved or not; else as it lies on the disk. Undefined where it is no manifest by its size. */
async function textOf(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined && !open.isClosed) return open.getText();
  const { size } = await workspace.fs.stat(uri);
  return size > largestFile ? undefined : new TextDecoder('utf-8').decode(await workspace.fs.readFile(uri));
}
