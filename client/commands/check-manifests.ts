import { commands, type Disposable, l10n, ProgressLocation, type Uri, window, workspace } from 'vscode';
import type { ManifestFindings } from '../manifests/manifest-findings.js';
import { chosenPlaces } from '../manifests/read-manifest-files.js';

/** `drml.checkManifests`: judges manifests of Kubernetes and Istio, and shows what is found at their lines. */
export function registerCheckManifests(findings: ManifestFindings): Disposable {
  return commands.registerCommand('drml.checkManifests', async (clicked?: unknown, selected?: unknown) => {
    const places = await chosenPlaces(clicked, selected, askPlaces);
    if (places.length === 0) return;
    try {
      const { files, findings: count } = await window.withProgress(
        { location: ProgressLocation.Notification, title: l10n.t('DRML: checking manifests') },
        () => findings.check(places),
      );
      if (files === 0) throw new Error(l10n.t('no object of Kubernetes is in these files'));
      // Nobody waits for an answer to a message.
      if (count === 0) void window.showInformationMessage(l10n.t('DRML: nothing is wrong in {0} files.', files));
      else await commands.executeCommand('workbench.actions.view.problems');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: nothing was checked: {0}', reason));
    }
  });
}

/** The file in the editor, where it may be one; else whatever the user chooses. */
async function askPlaces(): Promise<Uri[] | undefined> {
  const active = window.activeTextEditor?.document;
  if (active !== undefined && /\.(?:ya?ml|json)$/i.test(active.uri.path)) return [active.uri];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    canSelectMany: true,
    openLabel: l10n.t('Check'),
    title: l10n.t('Manifests of Kubernetes and Istio'),
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
}
