import { DocumentState, type TextDocument, URI, UriUtils } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import {
  type DidChangeWatchedFilesParams,
  type FileSystemWatcher,
  type TextDocumentChangeEvent,
  WatchKind,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { sortedChanges, strayDocuments } from './file-changes.js';
import type { WorkspaceFiles } from './workspace-files.js';

/** A pause this long, in milliseconds, ends a burst of edits: too short to be felt, long enough that what comes at once is built once. */
const debounceMilliseconds = 25;

/**
 * Collects changes and starts one build after the last of a burst. A request that needs the newest text calls {@link flush} first,
 * so no answer is ever computed from a tree older than the document.
 */
export class DebouncedDocumentUpdates extends DefaultDocumentUpdateHandler {
  private readonly textDocuments: LangiumSharedServices['workspace']['TextDocuments'];
  private readonly fileSystem: LangiumSharedServices['workspace']['FileSystemProvider'];
  private readonly documents: LangiumSharedServices['workspace']['LangiumDocuments'];
  private readonly opened = new Set<string>();
  private readonly changed = new Map<string, URI>();
  private readonly deleted = new Map<string, URI>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private begun: Promise<void> = Promise.resolve();
  private searching: Promise<void> = Promise.resolve();
  private announceBegin: (() => void) | undefined;

  constructor(
    services: LangiumSharedServices,
    private readonly files: WorkspaceFiles,
  ) {
    super(services);
    this.documents = services.workspace.LangiumDocuments;
    this.textDocuments = services.workspace.TextDocuments;
    this.fileSystem = services.workspace.FileSystemProvider;
    // The builder tells its listeners right after it has reset the states of all changed documents: from then on, waiting for a
    // state means waiting for the new text.
    this.documentBuilder.onUpdate(() => this.announceBegin?.());
    // Only when a build is through is it known what imports what.
    this.documentBuilder.onBuildPhase(DocumentState.Validated, () => this.dropStrays());
    services.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => this.searchAgain());
  }

  /**
   * Only models and the configuration: with a wider pattern every file saved in the workspace would reach the server. Of deletions all are
   * watched, since editors report a deleted folder by its own name and not by the files in it.
   */
  protected override getWatchers(): FileSystemWatcher[] {
    return [
      { globPattern: '**/*.drml' },
      { globPattern: '**/drml.config.json' },
      { globPattern: '**/*baseline*.json' },
      { globPattern: '**/*', kind: WatchKind.Delete },
    ];
  }

  override didChangeContent(change: TextDocumentChangeEvent<TextDocument>): void {
    const first = !this.opened.has(change.document.uri);
    this.opened.add(change.document.uri);
    this.collect([URI.parse(change.document.uri)], []);
    // A document that was just opened is waited for; only typing comes in bursts.
    this.schedule(first ? 0 : debounceMilliseconds);
  }

  override didChangeWatchedFiles(params: DidChangeWatchedFilesParams): void {
    this.onWatchedFilesChangeEmitter.fire(params);
    const includes = (uri: URI): boolean => this.files.includes(uri);
    const { changed, deleted, searchAgain } = sortedChanges(params.changes, this.documents, includes);
    if (changed.length > 0 || deleted.length > 0) this.fireDocumentUpdate([...changed], [...deleted]);
    if (searchAgain) this.searchAgain();
  }

  /** Folders were taken into the workspace or out of it. */
  didChangeWorkspaceFolders(event: WorkspaceFoldersChangeEvent): void {
    this.files.changeFolders(event);
    this.searchAgain();
  }

  /** Looks up again which files belong to the workspace, after settings or folders have changed, and judges everything anew. */
  private searchAgain(): void {
    this.searching = this.searching.then(async () => {
      await this.workspaceManager.ready;
      await this.files.readSettings();
      const found = await this.files.search();
      const fresh = found.filter((uri) => !this.documents.hasDocument(uri));
      // Settings change what is said of every file: one document is enough to start a build, and the analysis sees the new settings.
      const any = this.documents.all.find(({ uri }) => !this.deleted.has(UriUtils.normalize(uri)));
      this.fireDocumentUpdate(any === undefined ? fresh : [any.uri, ...fresh], this.strays());
    });
    this.searching = this.searching.catch((error: unknown) => console.error('The workspace could not be searched again.', error));
  }

  private strays(): URI[] {
    const isWanted = ({ uri }: { readonly uri: URI }): boolean =>
      this.files.includes(uri) || this.textDocuments.get(uri.toString()) !== undefined;
    return strayDocuments(this.documents, isWanted).map(({ uri }) => uri);
  }

  private dropStrays(): void {
    const strays = this.strays();
    if (strays.length > 0) this.fireDocumentUpdate([], strays);
  }

  /** After closing, the file on disk counts again; edits that were not saved are gone. */
  didCloseDocument(event: TextDocumentChangeEvent<TextDocument>): void {
    this.opened.delete(event.document.uri);
    const uri = URI.parse(event.document.uri);
    this.fileSystem.exists(uri).then(
      (exists) => this.fireDocumentUpdate(exists ? [uri] : [], exists ? [] : [uri]),
      () => this.fireDocumentUpdate([], [uri]),
    );
  }

  /** Starts the build of what has been collected, if anything, and waits until no document is taken for newer than it is. */
  async flush(): Promise<void> {
    await this.searching;
    if (this.timer !== undefined) this.start();
    await this.begun;
  }

  protected override fireDocumentUpdate(changed: URI[], deleted: URI[]): void {
    this.collect(changed, deleted);
    this.schedule(debounceMilliseconds);
  }

  private collect(changed: readonly URI[], deleted: readonly URI[]): void {
    for (const uri of changed) {
      this.changed.set(UriUtils.normalize(uri), uri);
      this.deleted.delete(UriUtils.normalize(uri));
    }
    for (const uri of deleted) {
      // A file that is deleted on disk and still open in the editor lives on as the editor's text.
      if (this.textDocuments.get(uri.toString()) !== undefined) continue;
      this.deleted.set(UriUtils.normalize(uri), uri);
      this.changed.delete(UriUtils.normalize(uri));
    }
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), delay);
  }

  private start(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const changed = [...this.changed.values()];
    const deleted = [...this.deleted.values()];
    this.changed.clear();
    this.deleted.clear();
    if (changed.length === 0 && deleted.length === 0) return;
    this.begun = new Promise((resolve) => {
      this.workspaceManager.ready
        .then(() =>
          this.workspaceLock.write(async (token) => {
            this.announceBegin = resolve;
            try {
              await this.documentBuilder.update(changed, deleted, token);
            } finally {
              resolve();
            }
          }),
        )
        .catch((error: unknown) => {
          console.error('The build after a change failed.', error);
          resolve();
        });
    });
  }
}
