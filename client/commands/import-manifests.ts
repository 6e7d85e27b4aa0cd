import { commands, type Disposable, type LogOutputChannel, l10n, ProgressLocation, type Uri, window, workspace } from 'vscode';
import type { ImportResult } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';
import { chosenPlaces, type ReadFile, readManifestFiles, readNamedFiles } from '../manifests/read-manifest-files.js';

/** `drml.importManifests`: reads manifests of Kubernetes and Istio, and opens the model that they make, unsaved. */
export function registerImportManifests(server: LanguageServer, log: LogOutputChannel): Disposable {
  return commands.registerCommand('drml.importManifests', async (clicked?: unknown, selected?: unknown) => {
    try {
      const places = await chosenPlaces(clicked, selected, askPlaces);
      if (places.length === 0) return;
      await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('DRML: importing manifests') }, () =>
        openImported(server, log, places),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(error instanceof Error ? error : reason);
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
  const read = await readManifestFiles(places);
  if (read.length === 0) throw new Error(l10n.t('there are no .yaml, .yml or .json files'));
  const { text, problems, problem } = await importedFrom(server, read, places);
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

/** The server's answer; asked a second time where kustomizations name files that are no manifests and can be read. */
async function importedFrom(server: LanguageServer, read: readonly ReadFile[], places: readonly Uri[]): Promise<ImportResult> {
  const sources = places.map((place) => workspace.asRelativePath(place));
  const asked = (files: readonly ReadFile[]): Promise<ImportResult> =>
    server.importManifests({
      files: files.map(({ uri, text }) => ({ path: workspace.asRelativePath(uri), text })),
      sources,
    });
  const first = await asked(read);
  const more = await readNamedFiles(first.missing, new Map(read.map(({ uri }) => [workspace.asRelativePath(uri), uri])), places);
  return more.length === 0 ? first : asked([...read, ...more]);
}
