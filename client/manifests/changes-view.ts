import { commands, type Disposable, l10n, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import { lockPath } from '../../language/generate/lock.js';
import type { WritePlan } from '../../language/generate/plan.js';

/** The scheme of files as they would be written. */
const scheme = 'drml-planned';
/** More files at once are no help to anybody, and slow to open. */
const mostFiles = 300;

/** Shows what a plan would change, file by file, before anything is written. */
export class ChangesView implements TextDocumentContentProvider, Disposable {
  readonly #planned = new Map<string, string>();
  readonly #registration: Disposable;
  /** Each showing has addresses of its own: the editor keeps the texts of addresses that it knows. */
  #showing = 0;
  #title = '';

  constructor() {
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#planned.get(uri.toString()) ?? '';
  }

  /** Opens all changes in one editor, in place of those of an earlier run: what stands there beside what would. The lock is no news to anybody. */
  async show(folder: Uri, { create, update, prune }: WritePlan): Promise<void> {
    await this.close();
    this.#planned.clear();
    this.#showing += 1;
    const planned = (path: string, content: string): Uri => {
      const uri = Uri.joinPath(folder, path).with({ scheme, query: String(this.#showing) });
      this.#planned.set(uri.toString(), content);
      return uri;
    };
    const changes = [
      ...create.map(({ path, content }) => ({ path, before: undefined, after: planned(path, content) })),
      ...update.map(({ path, content }) => ({ path, before: Uri.joinPath(folder, path), after: planned(path, content) })),
      ...prune.map((path) => ({ path, before: Uri.joinPath(folder, path), after: undefined })),
    ]
      .filter(({ path }) => path !== lockPath)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    if (changes.length === 0) return;
    this.#title = l10n.t('Manifests for {0}', workspace.asRelativePath(folder));
    await commands.executeCommand(
      'vscode.changes',
      this.#title,
      changes.slice(0, mostFiles).map(({ path, before, after }) => [Uri.joinPath(folder, path), before, after]),
    );
  }

  /** Closes what {@link show} has opened: once the changes are made, there is nothing to see in it. */
  async close(): Promise<void> {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    // The editor puts the number of files behind the title.
    await window.tabGroups.close(tabs.filter(({ label }) => this.#title !== '' && label.startsWith(this.#title)));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
