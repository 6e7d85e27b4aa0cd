import { FileType, l10n, Uri, workspace } from 'vscode';

/** Files of folders at most: past it somebody chose the wrong folder. */
const mostFiles = 20_000;
/** Larger files are none that people deploy, in bytes. */
const largestFile = 64 * 1024 * 1024;

/** Larger files are no settings, in bytes: a config map holds no more than this. */
const largestSource = 1024 * 1024;

/** A file that may hold manifests. */
export interface ReadFile {
  readonly uri: Uri;
  readonly text: string;
}

/** Asks for files and folders with manifests; undefined where nobody chose any. */
export async function chosenPlaces(
  clicked: unknown,
  selected: unknown,
  ask: () => Thenable<Uri[] | undefined>,
): Promise<readonly Uri[]> {
  const chosen = Array.isArray(selected) ? selected.filter((item) => item instanceof Uri) : [];
  if (chosen.length > 0) return chosen;
  return clicked instanceof Uri ? [clicked] : ((await ask()) ?? []);
}

/**
 * The texts of files, and of all YAML and JSON files below folders. Links are not followed, and folders that start with a dot are left
 * out. Rejects where a file is too large or there are too many.
 */
export async function readManifestFiles(places: readonly Uri[]): Promise<readonly ReadFile[]> {
  const files: ReadFile[] = [];
  for (const place of places) await readInto(files, place);
  return files;
}

async function readInto(files: ReadFile[], place: Uri): Promise<void> {
  const { type, size } = await workspace.fs.stat(place);
  if ((type & FileType.SymbolicLink) !== 0 && files.length > 0) return;
  if ((type & FileType.Directory) !== 0) {
    const entries = await workspace.fs.readDirectory(place);
    for (const [name, kind] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      const isFolder = kind === FileType.Directory && !name.startsWith('.') && name !== 'node_modules';
      if (isFolder || (kind === FileType.File && /\.(?:ya?ml|json)$/i.test(name)))
        await readInto(files, Uri.joinPath(place, name));
    }
    return;
  }
  if (files.length >= mostFiles) throw new Error(l10n.t('more than {0} files; choose a smaller folder', mostFiles));
  if (size > largestFile) throw new Error(l10n.t('{0} is too large to be a manifest', workspace.asRelativePath(place)));
  files.push({ uri: place, text: new TextDecoder('utf-8').decode(await workspace.fs.readFile(place)) });
}

/**
 * Files that kustomizations name beside themselves, where they lie in one of the places. `kustomizations`: those that were read, by
 * the path that the server knows them by. What is not there is left out: the import tells what lacks it.
 */
export async function readNamedFiles(
  named: readonly { readonly beside: string; readonly written: string }[],
  kustomizations: ReadonlyMap<string, Uri>,
  places: readonly Uri[],
): Promise<readonly ReadFile[]> {
  const files: ReadFile[] = [];
  for (const { beside, written } of named) {
    const kustomization = kustomizations.get(beside);
    if (kustomization === undefined) continue;
    const uri = Uri.joinPath(kustomization, '..', written);
    if (!places.some((place) => uri.path.startsWith(`${place.path.replace(/\/$/, '')}/`))) continue;
    try {
      const { type, size } = await workspace.fs.stat(uri);
      if (type !== FileType.File || size > largestSource) continue;
      files.push({ uri, text: new TextDecoder('utf-8').decode(await workspace.fs.readFile(uri)) });
    } catch {
      // It is not there: the server says which config map lacks it.
    }
  }
  return files;
}
