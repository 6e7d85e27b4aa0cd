import { FileSystemError, FileType, l10n, Uri, workspace } from 'vscode';
import { isSafePath } from '../../language/generate/generated-tree.js';
import { lockPath, readLock } from '../../language/generate/lock.js';
import { planWrite, type WritePlan } from '../../language/generate/plan.js';
import type { GeneratedFile } from '../../server/lsp/protocol.js';

/**
 * Looks at a folder and plans how it comes to hold the generated files. Writes nothing.
 * Throws with a sentence for the user where a path would leave the folder.
 */
export async function planManifestFolder(folder: Uri, generated: readonly GeneratedFile[]): Promise<WritePlan> {
  const owned = readLock(await read(folder, lockPath));
  const present = new Map<string, string>();
  for (const path of new Set([lockPath, ...generated.map((file) => file.path), ...owned.keys()])) {
    if (!isSafePath(path)) throw new Error(l10n.t('the path {0} leaves the folder', JSON.stringify(path)));
    await refuseLinks(folder, path);
    const text = await read(folder, path);
    if (text !== undefined) present.set(path, text);
  }
  return planWrite({ files: generated, problems: [] }, (path) => present.get(path));
}

/** The paths that a plan creates or changes, without the lock, which is no news to the user. */
export function writtenPaths({ create, update }: WritePlan): readonly string[] {
  return [...create, ...update]
    .map((file) => file.path)
    .filter((path) => path !== lockPath)
    .sort();
}

/** Carries out a plan. The lock comes last: what an interrupted run wrote then counts as written by hand, and is never lost. */
export async function applyPlan(folder: Uri, { create, update, prune }: WritePlan): Promise<void> {
  const encoder = new TextEncoder();
  const isLock = (file: GeneratedFile): number => (file.path === lockPath ? 1 : 0);
  for (const path of prune) await workspace.fs.delete(Uri.joinPath(folder, path));
  for (const { path, content } of [...create, ...update].sort((a, b) => isLock(a) - isLock(b))) {
    await workspace.fs.writeFile(Uri.joinPath(folder, path), encoder.encode(content));
  }
}

async function read(folder: Uri, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, path)));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** A link on the way could lead out of the folder, so nothing is written through one. */
async function refuseLinks(folder: Uri, path: string): Promise<void> {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const part = parts.slice(0, length).join('/');
    try {
      const { type } = await workspace.fs.stat(Uri.joinPath(folder, part));
      if ((type & FileType.SymbolicLink) !== 0)
        throw new Error(l10n.t('{0} is a symbolic link; DRML does not write through links', part));
    } catch (error) {
      // What does not exist yet is no link, and neither is anything below it.
      if (isNotFound(error)) return;
      throw error;
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof FileSystemError && error.code === 'FileNotFound';
}
