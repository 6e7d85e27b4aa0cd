import { type FileSystemNode, type FileSystemProvider, type URI, UriUtils } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { isBaselineName } from '../../language/rules/config.js';
import {
  type FileResult,
  type FolderEntry,
  type FolderResult,
  type PathParams,
  readFileRequest,
  readFolderRequest,
} from './protocol.js';

/** The file that is asked for without a wait: settings are looked up in the middle of a build. */
const keptName = 'drml.config.json';

/**
 * Files as the client sees them: for a server in a browser, which has no disk, and for workspaces that are on none. What is read at
 * once (settings) is kept from the last look into its folder; everything else is asked for when it is needed.
 */
export class ClientFiles implements FileSystemProvider {
  private readonly kept = new Map<string, Uint8Array>();

  constructor(private readonly connection: Connection) {}

  async stat(uri: URI): Promise<FileSystemNode> {
    const found = (await this.entries(UriUtils.dirname(uri))).find(({ name }) => name === UriUtils.basename(uri));
    if (found === undefined) throw new Error(`${uri.toString(true)} does not exist`);
    return { uri, isFile: found.kind === 'file', isDirectory: found.kind === 'folder' };
  }

  statSync(uri: URI): FileSystemNode {
    if (!this.existsSync(uri)) throw new Error(`${uri.toString(true)} is not known`);
    return { uri, isFile: true, isDirectory: false };
  }

  async exists(uri: URI): Promise<boolean> {
    return this.stat(uri).then(
      () => true,
      () => false,
    );
  }

  existsSync(uri: URI): boolean {
    return this.kept.has(uri.toString());
  }

  async readBinary(uri: URI): Promise<Uint8Array> {
    const params: PathParams = { uri: uri.toString() };
    const { base64 } = await this.connection.sendRequest<FileResult>(readFileRequest, params);
    if (base64 === null) throw new Error(`${uri.toString(true)} cannot be read`);
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  }

  readBinarySync(uri: URI): Uint8Array {
    const bytes = this.kept.get(uri.toString());
    if (bytes === undefined) throw new Error(`${uri.toString(true)} is not known`);
    return bytes;
  }

  async readFile(uri: URI): Promise<string> {
    return new TextDecoder().decode(await this.readBinary(uri));
  }

  readFileSync(uri: URI): string {
    return new TextDecoder().decode(this.readBinarySync(uri));
  }

  async readDirectory(uri: URI): Promise<FileSystemNode[]> {
    const entries = await this.entries(uri);
    const nodes = entries.map(({ name, kind }) => ({
      uri: UriUtils.joinPath(uri, name),
      isFile: kind === 'file',
      isDirectory: kind === 'folder',
    }));
    const settings = UriUtils.joinPath(uri, keptName);
    if (entries.some(({ name, kind }) => name === keptName && kind === 'file')) await this.keep(settings);
    else this.kept.delete(settings.toString());
    for (const { name, kind } of entries) {
      if (kind === 'file' && isBaselineName(name)) await this.keep(UriUtils.joinPath(uri, name));
    }
    return nodes;
  }

  readDirectorySync(): FileSystemNode[] {
    return [];
  }

  private async keep(uri: URI): Promise<void> {
    try {
      this.kept.set(uri.toString(), await this.readBinary(uri));
    } catch {
      this.kept.delete(uri.toString());
    }
  }

  private async entries(uri: URI): Promise<readonly FolderEntry[]> {
    const params: PathParams = { uri: uri.toString() };
    const { entries } = await this.connection.sendRequest<FolderResult>(readFolderRequest, params);
    return entries ?? [];
  }
}
