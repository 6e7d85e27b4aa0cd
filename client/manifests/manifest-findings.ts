import { type Disposable, EventEmitter, type TextDocument, type Uri, workspace } from 'vscode';
import type { JudgedManifest } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';
import { type ReadFile, readManifestFiles } from './read-manifest-files.js';
import { ShownFindings } from './shown-findings.js';

/**
 * Findings on manifests that somebody asked to check: they stand at their files, follow what is saved, and go when the window does.
 * Nobody else's YAML is touched.
 */
export class ManifestFindings implements Disposable {
  readonly #server: LanguageServer;
  readonly #shown = new ShownFindings('drml-manifests');
  readonly #saved: Disposable;
  readonly #checked = new EventEmitter<void>();
  #places: readonly Uri[] = [];

  /** Fires when other files than before may have been checked. */
  readonly onDidCheck = this.#checked.event;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#saved = workspace.onDidSaveTextDocument((document) => void this.#follow(document));
  }

  dispose(): void {
    for (const one of [this.#shown, this.#saved, this.#checked]) one.dispose();
  }

  /** Whether a file was checked, so that what there is to say stands at it. */
  has(uri: string): boolean {
    return this.#shown.has(uri);
  }

  /** Judges the manifests of files and folders and shows what is found. Gives the counts. Rejects where a place cannot be read. */
  async check(places: readonly Uri[]): Promise<{ readonly files: number; readonly findings: number }> {
    const files = await readManifestFiles(places);
    const judged = await this.#judged(files);
    this.#places = places;
    this.#checked.fire();
    return { files: judged.length, findings: judged.reduce((sum, { findings }) => sum + findings.length, 0) };
  }

  async #judged(files: readonly ReadFile[]): Promise<readonly JudgedManifest[]> {
    const { files: judged, problem } = await this.#server.checkManifests({
      files: files.map(({ uri, text }) => ({ path: uri.toString(), text })),
    });
    if (problem !== undefined) throw new Error(problem);
    this.#shown.show(judged, new Map(files.map(({ uri, text }) => [uri.toString(), text])));
    return judged;
  }

  /** What was checked is checked again when one of its files is saved. */
  async #follow({ uri }: TextDocument): Promise<void> {
    if (!this.#shown.has(uri.toString())) return;
    try {
      await this.#judged(await readManifestFiles(this.#places));
    } catch {
      // A file has gone meanwhile: what was found says nothing any more.
      this.#shown.clear();
    }
    this.#checked.fire();
  }
}
