import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { GeneratedFile } from '../../server/lsp/protocol.js';
import { type FolderPlan, formatLock, lockPath, parseLock, planFolder, staysInside } from './folder-plan.js';

/**
 * Looks at a folder and plans how it comes to hold the generated files. Writes nothing.
 * Throws with a sentence for the user where a path would leave the folder.
 */
export async function planManifestFolder(folder: Uri, generated: readonly GeneratedFile[]): Promise<FolderPlan> {
  const lock = parseLock(await read(folder, lockPath));
  const paths = new Set([...generated.map((file) => file.path), ...Object.keys(lock)]);
  const present = new Map<string, string>();
  for (const path of paths) {
    if (!staysInside(path)) throw new Error(`the path ${JSON.stringify(path)} leaves the folder`);
    await refuseLinks(folder, path);
    const text = await read(folder, path);
    if (text !== undefined) present.set(path, text);
  }
  return planFolder(generated, present, lock);
}

/** Carries out a plan and writes the lock last, so that an interrupted run leaves files that count as edited and not as ours. */
export async function applyPlan(folder: Uri, plan: FolderPlan): Promise<void> {
  const encoder = new TextEncoder();
  for (const { path, content } of plan.write) await workspace.fs.writeFile(Uri.joinPath(folder, path), encoder.encode(content));
  for (const path of plan.remove) await workspace.fs.delete(Uri.joinPath(folder, path));
  await refuseLinks(folder, lockPath);
  await workspace.fs.writeFile(Uri.joinPath(folder, lockPath), encoder.encode(formatLock(plan.lock)));
}

async function read(folder: Uri, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, path)));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return undefined;
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
      if ((type & FileType.SymbolicLink) !== 0) throw new Error(`${part} is a symbolic link; DRML does not write through links`);
    } catch (error) {
      // What does not exist yet is no link, and neither is anything below it.
      if (error instanceof FileSystemError && error.code === 'FileNotFound') return;
      throw error;
    }
  }
}
