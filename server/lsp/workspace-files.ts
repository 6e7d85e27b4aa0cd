import {
  type BuildOptions,
  DefaultWorkspaceManager,
  type FileSystemNode,
  type LangiumDocument,
  type Stream,
  URI,
  UriUtils,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams, WorkspaceFolder, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import { isExcluded } from '../../language/rules/config.js';
import type { ConfigFiles } from '../files/config-files.js';
import { isSearchedFolder } from '../files/limits.js';

/** How long the first search waits for the user's settings, in milliseconds: a client that never answers must not stop it. */
const settingsPatience = 1000;

/**
 * Finds the models of the workspace, and tells what belongs to it. Links are never followed (a directory entry that is one is neither
 * file nor folder), so the search ends in any tree and no file is read under two names; a file that cannot be read is named in the log
 * and left out.
 */
export class WorkspaceFiles extends DefaultWorkspaceManager {
  /** The first build checks every file, so that problems in files that nobody has opened are shown as well. */
  override initialBuildOptions: BuildOptions = { validation: { categories: ['built-in', 'fast'] } };

  private readonly documents: LangiumSharedServices['workspace']['LangiumDocuments'];
  /** Answers of {@link includes}, kept until folders or settings change. */
  private readonly known = new Map<string, boolean>();
  private excluded: readonly string[] = [];

  /** @param excludedBySettings what the user's settings leave out, as entries of `exclude` */
  constructor(
    services: LangiumSharedServices,
    private readonly configs: ConfigFiles,
    private readonly excludedBySettings: () => Promise<readonly string[]>,
  ) {
    super(services);
    this.documents = services.workspace.LangiumDocuments;
  }

  /** Clients that know of one folder only say so in the older ways. */
  override initialize(params: InitializeParams): void {
    super.initialize(params);
    const { rootUri, rootPath } = params;
    const root = rootUri ?? (typeof rootPath === 'string' && rootPath !== '' ? URI.file(rootPath).toString() : undefined);
    if (this.folders === undefined && root !== undefined) {
      this.folders = [{ uri: root, name: UriUtils.basename(URI.parse(root)) }];
    }
  }

  /** Whether a file is one of the workspace's models: in one of its folders, where models are looked for, and not left out by settings. */
  includes(uri: URI): boolean {
    const key = uri.toString();
    let answer = this.known.get(key);
    if (answer === undefined) {
      answer =
        this.serviceRegistry.hasServices(uri) &&
        (this.folders ?? []).some((folder) => this.isSearched(URI.parse(folder.uri), uri)) &&
        !this.configs.excludes(uri);
      this.known.set(key, answer);
    }
    return answer;
  }

  /** All models of the workspace as they are on disk now; settings files are read anew as well. */
  async search(): Promise<readonly URI[]> {
    const found = await Promise.all((this.folders ?? []).map((folder) => super.searchFolder(URI.parse(folder.uri))));
    // Only now: a host without a disk has seen the present settings while it looked into their folders.
    this.configs.forget();
    this.known.clear();
    return [...new Map(found.flat().map((uri) => [uri.toString(), uri])).values()].filter((uri) => this.includes(uri));
  }

  override async searchFolder(uri: URI): Promise<URI[]> {
    return (await super.searchFolder(uri)).filter((file) => this.includes(file));
  }

  /** Takes folders in and out. */
  changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => UriUtils.normalize(uri)));
    const stay = (this.folders ?? []).filter(({ uri }) => !gone.has(UriUtils.normalize(uri)));
    this.folders = [...stay, ...added];
    this.known.clear();
  }

  /** Reads again what settings leave out. */
  async readSettings(): Promise<void> {
    this.excluded = await this.excludedBySettings();
    this.known.clear();
  }

  override shouldIncludeEntry(entry: FileSystemNode): boolean {
    const name = UriUtils.basename(entry.uri);
    if (entry.isDirectory) return isSearchedFolder(name);
    return entry.isFile && !name.startsWith('.') && this.serviceRegistry.hasServices(entry.uri);
  }

  protected override async loadAdditionalDocuments(_folders: WorkspaceFolder[]): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, settingsPatience);
    });
    await Promise.race([this.readSettings().catch(() => undefined), patience]);
    clearTimeout(timer);
  }

  protected override async loadWorkspaceDocuments(
    uris: Stream<URI>,
    collector: (document: LangiumDocument) => void,
  ): Promise<void> {
    for (const uri of uris) {
      if (!this.includes(uri)) continue;
      try {
        collector(await this.documents.getOrCreateDocument(uri));
      } catch (error) {
        console.error(`${uri.toString(true)} was not read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private isSearched(folder: URI, file: URI): boolean {
    if (!UriUtils.contains(folder, file)) return false;
    const path = UriUtils.relative(folder, file);
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    return !name.startsWith('.') && parts.every(isSearchedFolder) && !isExcluded(path, { exclude: this.excluded });
  }
}
