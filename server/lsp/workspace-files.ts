import {
  type BuildOptions,
  DefaultWorkspaceManager,
  type FileSystemNode,
  type LangiumDocument,
  type Stream,
  type URI,
  UriUtils,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { ConfigFiles } from '../files/config-files.js';
import { isSearchedFolder } from '../files/limits.js';

/**
 * Finds the models of the workspace. Links are never followed (a directory entry that is one is neither file nor folder), so the search
 * ends in any tree; a file that cannot be read is named in the log and left out.
 */
export class WorkspaceFiles extends DefaultWorkspaceManager {
  /** The first build checks every file, so that problems in files that nobody has opened are shown as well. */
  override initialBuildOptions: BuildOptions = { validation: { categories: ['built-in', 'fast'] } };

  private readonly documents: LangiumSharedServices['workspace']['LangiumDocuments'];

  constructor(
    services: LangiumSharedServices,
    private readonly configs: ConfigFiles,
  ) {
    super(services);
    this.documents = services.workspace.LangiumDocuments;
  }

  override shouldIncludeEntry(entry: FileSystemNode): boolean {
    const name = UriUtils.basename(entry.uri);
    if (entry.isDirectory) return isSearchedFolder(name);
    return entry.isFile && !name.startsWith('.') && this.serviceRegistry.hasServices(entry.uri);
  }

  protected override async loadWorkspaceDocuments(
    uris: Stream<URI>,
    collector: (document: LangiumDocument) => void,
  ): Promise<void> {
    for (const uri of uris) {
      if (this.configs.excludes(uri)) continue;
      try {
        collector(await this.documents.getOrCreateDocument(uri));
      } catch (error) {
        console.error(`${uri.toString(true)} was not read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
