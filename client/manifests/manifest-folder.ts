import { FileSystemError, FileType, l10n, Range, Uri, WorkspaceEdit, workspace } from 'vscode';
import { isCustom, isSafePath } from '../../language/generate/generated-tree.js';
import { lockPath, readLock } from '../../language/generate/lock.js';
import type { WritePlan } from '../../language/generate/plan.js';
import type { GeneratedFile } from '../../server/lsp/protocol.js';

/** A file that nobody writes. */
const neverThere = '.drml/none';

/** What an interrupted `drml generate` leaves: only it knows how to go on. */
const journalPath = '.drml/journal.json';

/**
 * Texts of a folder's files that matter for a plan, by their paths in it: what is generated, what was generated before, what is in `custom/`.
 * Throws with a sentence for the user where a path would leave the folder, or lead through a link.
 */
export async function readManifestFolder(folder: Uri, generated: readonly GeneratedFile[]): Promise<ReadonlyMap<string, string>> {
  const owned = readLock(await read(folder, lockPath));
  const present = new Map<string, string>();
  const add = async (path: string): Promise<void> => {
    if (!isSafePath(path)) throw new Error(l10n.t('the path {0} leaves the folder', JSON.stringify(path)));
    await refuseLinks(folder, path);
    const text = await read(folder, path);
    if (text !== undefined) present.set(path, text);
  };
  for (const path of new Set([lockPath, journalPath, ...generated.map((file) => file.path), ...owned.keys()])) await add(path);
  if (present.has(journalPath)) {
    throw new Error(l10n.t('an earlier `drml generate` was interrupted in this folder; run it again, it finishes first'));
  }
  // A patch that is moved there must not take the place of one that nobody told us of.
  for (const path of generated.map((file) => file.path).filter(isCustom)) {
    const parent = path.slice(0, path.lastIndexOf('/'));
    for (const name of await names(folder, parent)) if (name.endsWith('.yaml')) await add(`${parent}/${name}`);
  }
  return present;
}

/** The paths that a plan creates or changes, without the lock, which is no news to the user. */
export function writtenPaths({ create, update }: WritePlan): readonly string[] {
  return [...create, ...update]
    .map((file) => file.path)
    .filter((path) => path !== lockPath)
    .sort();
}

/**
 * Carries out a plan as one edit, which one "Undo" takes back, and saves what it changed. The lock comes last: whoever looks in between, or
 * after a crash, sees files that are not owned yet, never a lock over files that are not there.
 * Throws with a sentence for the user where the editor refuses it; nothing is written then.
 */
export async function applyPlan(folder: Uri, { create, update, prune }: WritePlan): Promise<void> {
  const edit = new WorkspaceEdit();
  const encoder = new TextEncoder();
  const wholeFile = new Range(0, 0, Number.MAX_SAFE_INTEGER, 0);
  const added = ({ path, content }: GeneratedFile): void =>
    edit.createFile(Uri.joinPath(folder, path), { contents: encoder.encode(content), overwrite: false });
  const isLock = ({ path }: GeneratedFile): boolean => path === lockPath;
  for (const file of create) if (!isLock(file)) added(file);
  for (const path of prune) edit.deleteFile(Uri.joinPath(folder, path));
  // The editor makes all files that are created in a row at once, in no order. Something else has to stand before the lock.
  edit.deleteFile(Uri.joinPath(folder, neverThere), { ignoreIfNotExists: true });
  for (const file of create) if (isLock(file)) added(file);
  for (const { path, content } of update) edit.replace(Uri.joinPath(folder, path), wholeFile, content);
  if (!(await workspace.applyEdit(edit))) {
    throw new Error(l10n.t('the editor refused the changes; a file may have changed meanwhile'));
  }
  await saved(update.filter((file) => !isLock(file)).map(({ path }) => Uri.joinPath(folder, path)));
  await saved(update.filter(isLock).map(({ path }) => Uri.joinPath(folder, path)));
}

async function saved(files: readonly Uri[]): Promise<void> {
  const changed = new Set(files.map((uri) => uri.toString()));
  await Promise.all(
    workspace.textDocuments
      .filter((document) => document.isDirty && changed.has(document.uri.toString()))
      .map((document) => document.save()),
  );
}

async function read(folder: Uri, path: string): Promise<string | undefined> {
  const uri = Uri.joinPath(folder, path);
  // What stands in an editor and is not saved yet is what the edit will meet.
  const open = workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function names(folder: Uri, path: string): Promise<readonly string[]> {
  try {
    return (await workspace.fs.readDirectory(Uri.joinPath(folder, path))).map(([name]) => name);
  } catch (error) {
    if (isNotFound(error)) return [];
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
