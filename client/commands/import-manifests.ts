import {
  commands,
  type Disposable,
  FileType,
  type LogOutputChannel,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { ManifestText } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';

/** Files of folders at most: past it somebody chose the wrong folder. */
const mostFiles = 20_000;
/** Larger files are none that people deploy, in bytes. */
const largestFile = 64 * 1024 * 1024;

/** `drml.importManifests`: reads manifests of Kubernetes and Istio, and opens the model that they make, unsaved. */
export function registerImportManifests(server: LanguageServer, log: LogOutputChannel): Disposable {
  return commands.registerCommand('drml.importManifests', async (clicked?: unknown, selected?: unknown) => {
    const chosen = Array.isArray(selected) ? selected.filter((item) => item instanceof Uri) : [];
    const places = chosen.length > 0 ? chosen : clicked instanceof Uri ? [clicked] : await askPlaces();
    if (places === undefined || places.length === 0) return;
    try {
      await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('DRML: importing manifests') }, () =>
        openImported(server, log, places),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: nothing was imported: {0}', reason));
    }
  });
}

function askPlaces(): Thenable<Uri[] | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: l10n.t('Import'),
    title: l10n.t('Manifests of Kubernetes and Istio'),
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
}

async function openImported(server: LanguageServer, log: LogOutputChannel, places: readonly Uri[]): Promise<void> {
  const files: ManifestText[] = [];
  for (const place of places) await readInto(files, place);
  if (files.length === 0) throw new Error(l10n.t('there are no .yaml, .yml or .json files'));
  const sources = places.map((place) => workspace.asRelativePath(place));
  const { text, problems, problem } = await server.importManifests({ files, sources });
  for (const { path, line, message } of problems) log.warn(`${path}:${line}: ${message}`);
  if (text === null) throw new Error(problem ?? '');
  const document = await workspace.openTextDocument({ language: 'drml', content: text });
  await window.showTextDocument(document, { preview: false });
  if (problems.length === 0) return;
  const show = l10n.t('Show Output');
  // The message stays until somebody answers: the import has ended, and nothing waits for it.
  void window
    .showWarningMessage(
      l10n.t('DRML: {0} places in the manifests could not be read; the rest was imported.', problems.length),
      show,
    )
    .then((answer) => {
      if (answer === show) log.show();
    });
}

/** Reads a file, or all manifests below a folder. Links are not followed, and folders that start with a dot are left out. */
async function readInto(files: ManifestText[], place: Uri): Promise<void> {
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
  const path = workspace.asRelativePath(place);
  if (size > largestFile) throw new Error(l10n.t('{0} is too large to be a manifest', path));
  files.push({ path, text: new TextDecoder('utf-8').decode(await workspace.fs.readFile(place)) });
}
