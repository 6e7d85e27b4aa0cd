import { commands, type Disposable, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { WritePlan } from '../../language/generate/plan.js';
import type { LanguageServer } from '../language-server.js';
import { applyPlan, planManifestFolder, writtenPaths } from '../manifests/manifest-folder.js';
import { modelFile } from '../model-file.js';

/** The folder that is offered first, next to the model's root file. */
const defaultFolder = 'deploy';

/** `drml.generateManifests`: writes the Kubernetes and Istio files of the active file's model below a folder that the user chooses. */
export function registerGenerateManifests(server: LanguageServer): Disposable {
  return commands.registerCommand('drml.generateManifests', async (argument?: unknown) => {
    const uri = modelFile(argument);
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('DRML: open a .drml file first; the manifests of its model are generated.'));
      return;
    }
    try {
      await generate(server, uri);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: no manifests were written: {0}', reason));
    }
  });
}

async function generate(server: LanguageServer, uri: Uri): Promise<void> {
  const { root, files, problems } = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('DRML: generating manifests') },
    () => server.manifests(uri),
  );
  if (files.length === 0) {
    await window.showErrorMessage(
      l10n.t(
        'DRML: there is nothing to write. {0}',
        problems.join(' ') || l10n.t('The model has no component that runs in a region.'),
      ),
    );
    return;
  }
  const folder = await chooseFolder(Uri.parse(root));
  if (folder === undefined) return;
  const plan = await planManifestFolder(folder, files);
  if (!(await confirmed(folder, plan, problems))) return;
  await applyPlan(folder, plan);
  await report(folder, plan);
}

async function chooseFolder(root: Uri): Promise<Uri | undefined> {
  const beside = Uri.joinPath(root, '..', defaultFolder);
  const standard = { label: `$(folder) ${defaultFolder}/`, description: l10n.t('next to {0}', nameOf(root)) };
  const other = { label: `$(folder-opened) ${l10n.t('Another folder…')}`, description: '' };
  const choice = await window.showQuickPick([standard, other], {
    title: l10n.t('DRML: Generate Manifests'),
    placeHolder: l10n.t('Where to write the files'),
  });
  if (choice === standard) return beside;
  if (choice !== other) return undefined;
  const picked = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: l10n.t('Write Here'),
    defaultUri: Uri.joinPath(root, '..'),
  });
  return picked?.[0];
}

/** Asks before the first file is written, and names what will be removed or left alone. */
async function confirmed(folder: Uri, plan: WritePlan, problems: readonly string[]): Promise<boolean> {
  const written = writtenPaths(plan);
  if (written.length === 0 && plan.prune.length === 0) return true;
  const detail = [
    ...section(l10n.t('Written'), written),
    ...section(l10n.t('Removed, since the model no longer needs them'), plan.prune),
    ...section(l10n.t('Left alone, since they were edited by hand'), refusedPaths(plan)),
    ...section(l10n.t('Not generated'), problems),
  ].join('\n');
  const write = l10n.t('Write');
  const question = l10n.t('Write {0} into {1}?', files(written.length), workspace.asRelativePath(folder));
  return (await window.showInformationMessage(question, { modal: true, detail }, write)) === write;
}

/** At most this many lines of one kind fit into a dialog. */
const shownLines = 12;

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - shownLines;
  const shown = rest > 0 ? [...lines.slice(0, shownLines), l10n.t('… and {0} more', rest)] : lines;
  return [`${title}:`, ...shown.map((line) => `  ${line}`), ''];
}

async function report(folder: Uri, plan: WritePlan): Promise<void> {
  const place = workspace.asRelativePath(folder);
  const done = l10n.t(
    '{0} written into {1}, {2} unchanged, {3} removed',
    files(writtenPaths(plan).length),
    place,
    plan.unchanged.length,
    plan.prune.length,
  );
  const [first] = refusedPaths(plan);
  if (first === undefined) {
    void window.showInformationMessage(`DRML: ${done}.`);
    return;
  }
  const open = l10n.t('Open {0}', first);
  const refused = l10n.t('Refused, since they were edited by hand: {0}.', refusedPaths(plan).join(', '));
  const way = l10n.t('Move the change into the model, or delete the file, and generate again.');
  if ((await window.showWarningMessage(`DRML: ${done}. ${refused} ${way}`, open)) === open) {
    await window.showTextDocument(Uri.joinPath(folder, first));
  }
}

function refusedPaths(plan: WritePlan): readonly string[] {
  return plan.refused.map((file) => file.path);
}

function files(number: number): string {
  return number === 1 ? l10n.t('1 file') : l10n.t('{0} files', number);
}

function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
