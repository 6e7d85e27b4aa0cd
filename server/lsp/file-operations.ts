import { DocumentState, URI } from 'langium';
import type { FileOperationHandler, LangiumSharedServices } from 'langium/lsp';
import {
  type CreateFilesParams,
  type DeleteFilesParams,
  FileChangeType,
  type FileEvent,
  type FileOperationOptions,
  type FileOperationRegistrationOptions,
  type RenameFilesParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { editsForRenamedFiles } from './file-rename.js';
import { answerOrNothing, type Log } from './guarded.js';

/** Models, and every folder: whether models are in it is known only when it is looked into. */
const models: FileOperationRegistrationOptions = {
  filters: [{ pattern: { glob: '**/*.drml', matches: 'file' } }, { pattern: { glob: '**/*', matches: 'folder' } }],
};
/** Manifests are named by paths as well, so any file that is renamed may be meant. */
const anything: FileOperationRegistrationOptions = { filters: [{ pattern: { glob: '**/*' } }] };

/**
 * What the user does to files in the editor. Before a rename, the paths that name the file are changed; after it, as after creating and
 * deleting, the server reads again without waiting for the watcher, which some editors have not.
 */
export class FileOperations implements FileOperationHandler {
  readonly fileOperationOptions: FileOperationOptions = {
    willRename: anything,
    didRename: models,
    didCreate: models,
    didDelete: models,
  };

  constructor(
    private readonly services: LangiumSharedServices,
    private readonly log: Log,
  ) {}

  async willRenameFiles(params: RenameFilesParams): Promise<WorkspaceEdit | null> {
    const { DocumentBuilder, LangiumDocuments, WorkspaceManager } = this.services.workspace;
    await WorkspaceManager.ready;
    // The paths must be found in the newest text.
    await DocumentBuilder.waitUntil(DocumentState.Parsed);
    return answerOrNothing('rename of files', () => editsForRenamedFiles(LangiumDocuments, params), this.log) ?? null;
  }

  didRenameFiles({ files }: RenameFilesParams): void {
    this.changed([
      ...files.map(({ oldUri }): FileEvent => ({ uri: oldUri, type: FileChangeType.Deleted })),
      ...files.map(({ newUri }): FileEvent => ({ uri: newUri, type: FileChangeType.Created })),
    ]);
  }

  didCreateFiles({ files }: CreateFilesParams): void {
    this.changed(files.map(({ uri }): FileEvent => ({ uri, type: FileChangeType.Created })));
  }

  didDeleteFiles({ files }: DeleteFilesParams): void {
    this.changed(files.map(({ uri }): FileEvent => ({ uri, type: FileChangeType.Deleted })));
  }

  private changed(changes: readonly FileEvent[]): void {
    const normalized = changes.map(({ uri, type }): FileEvent => ({ uri: URI.parse(uri).toString(), type }));
    this.services.lsp.DocumentUpdateHandler.didChangeWatchedFiles?.({ changes: normalized });
  }
}
