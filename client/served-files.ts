import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FileResult,
  type FolderEntry,
  type FolderResult,
  type PathParams,
  readFileRequest,
  readFolderRequest,
} from '../server/lsp/protocol.js';

/** Larger files are refused before they travel, in bytes: the server reads none of that size, whatever its setting. */
const largestFile = 64 * 1024 * 1024;

/** Lets the server read what is on none of its disks: files of a virtual workspace, and all files when it runs in a browser. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(readFileRequest, ({ uri }: PathParams) => readFile(Uri.parse(uri)));
  client.onRequest(readFolderRequest, ({ uri }: PathParams) => readFolder(Uri.parse(uri)));
}

/** The bytes of a model, of its settings or of a manifest that it names; of nothing else, whatever the server asks for. */
export async function readFile(uri: Uri): Promise<FileResult> {
  if (!/(\.drml|\.ya?ml|\/drml\.config\.json)$/.test(uri.path)) return { base64: null };
  try {
    if ((await workspace.fs.stat(uri)).size > largestFile) return { base64: null };
    return { base64: base64Of(await workspace.fs.readFile(uri)) };
  } catch {
    return { base64: null };
  }
}

/** What is in a folder. A link has its target's kind as well, and is neither: links are not followed. */
export async function readFolder(uri: Uri): Promise<FolderResult> {
  try {
    const entries = await workspace.fs.readDirectory(uri);
    return { entries: entries.map(([name, type]) => ({ name, kind: kindOf(type) })) };
  } catch {
    return { entries: null };
  }
}

function kindOf(type: FileType): FolderEntry['kind'] {
  return type === FileType.File ? 'file' : type === FileType.Directory ? 'folder' : 'other';
}

/** In pieces: a call takes a limited number of arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
