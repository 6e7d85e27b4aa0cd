import { commands, type Disposable, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { WritePlan } from '../../language/generate/plan.js';
import type { LanguageServer } from '../language-server.js';
import { applyPlan, planManifestFolder, writtenPaths } from '../manifests/manifest-folder.js';

/** The folder that is offered first, next to the model's root file. */
const defaultFolder = 'deploy';

/** `drml.generateManifests`: writes the Kubernetes and Istio files of the active file's model below a folder that the user chooses. */
export function registerGenerateManifests(server: LanguageServer): Disposable {
  return commands.registerCommand('drml.generateManifests', async (argument?: unknown) => {
    const document = window.activeTextEditor?.document;
    const uri = argument instanceof Uri ? argument : document?.languageId === 'drml' ? document.uri : undefined;
    if (uri === undefined) {
      await window.showInformationMessage('DRML: open a .drml file first; the manifests of its model are generated.');
      return;
    }
    try {
      await generate(server, uri);
    } catch (error) {
      await window.showErrorMessage(`DRML: no manifests were written: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

async function generate(server: LanguageServer, uri: Uri): Promise<void> {
  const { root, files, problems } = await window.withProgress(
    { location: ProgressLocation.Window, title: 'DRML: generating manifests' },
    () => server.manifests(uri),
  );
  if (files.length === 0) {
    await window.showErrorMessage(
      `DRML: there is nothing to write. ${problems.join(' ') || 'The model has no component that runs in a region.'}`,
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
  const standard = { label: `$(folder) ${defaultFolder}/`, description: `next to ${nameOf(root)}` };
  const other = { label: '$(folder-opened) Another folder…', description: '' };
  const choice = await window.showQuickPick([standard, other], {
    title: 'DRML: Generate Manifests',
    placeHolder: 'Where to write the files',
  });
  if (choice === standard) return beside;
  if (choice !== other) return undefined;
  const picked = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: 'Write Here',
    defaultUri: Uri.joinPath(root, '..'),
  });
  return picked?.[0];
}

/** Asks before the first file is written, and names what will be removed or left alone. */
async function confirmed(folder: Uri, plan: WritePlan, problems: readonly string[]): Promise<boolean> {
  const written = writtenPaths(plan);
  if (written.length === 0 && plan.prune.length === 0) return true;
  const detail = [
    ...section('Written', written),
    ...section('Removed, since the model no longer needs them', plan.prune),
    ...section('Left alone, since they were edited by hand', refusedPaths(plan)),
    ...section('Not generated', problems),
  ].join('\n');
  const write = 'Write';
  const question = `Write ${files(written.length)} into ${workspace.asRelativePath(folder)}?`;
  return (await window.showInformationMessage(question, { modal: true, detail }, write)) === write;
}

/** At most this many lines of one kind fit into a dialog. */
const shownLines = 12;

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - shownLines;
  const shown = rest > 0 ? [...lines.slice(0, shownLines), `… and ${rest} more`] : lines;
  return [`${title}:`, ...shown.map((line) => `  ${line}`), ''];
}

async function report(folder: Uri, plan: WritePlan): Promise<void> {
  const place = workspace.asRelativePath(folder);
  const done = `${files(writtenPaths(plan).length)} written into ${place}, ${plan.unchanged.length} unchanged, ${plan.prune.length} removed`;
  const [first] = refusedPaths(plan);
  if (first === undefined) {
    void window.showInformationMessage(`DRML: ${done}.`);
    return;
  }
  const open = `Open ${first}`;
  const refused = `Refused, since they were edited by hand: ${refusedPaths(plan).join(', ')}.`;
  const way = 'Move the change into the model, or delete the file, and generate again.';
  if ((await window.showWarningMessage(`DRML: ${done}. ${refused} ${way}`, open)) === open) {
    await window.showTextDocument(Uri.joinPath(folder, first));
  }
}

function refusedPaths(plan: WritePlan): readonly string[] {
  return plan.refused.map((file) => file.path);
}

function files(number: number): string {
  return `${number} file${number === 1 ? '' : 's'}`;
}

function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
