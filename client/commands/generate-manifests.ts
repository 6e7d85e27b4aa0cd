import { commands, type Disposable, l10n, ProgressLocation, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { WritePlan } from '../../language/generate/plan.js';
import type { ManifestPlanParams } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';
import type { ChangesView } from '../manifests/changes-view.js';
import { applyPlan, readManifestFolder, writtenPaths } from '../manifests/manifest-folder.js';
import { modelFile } from '../model-file.js';

/** The folder that is offered first, next to the model's root file. */
const defaultFolder = 'deploy';

/** `drml.generateManifests`: writes the Kubernetes and Istio files of the active file's model below a folder that the user chooses. */
export function registerGenerateManifests(server: LanguageServer, changes: ChangesView): Disposable {
  return commands.registerCommand('drml.generateManifests', async (argument?: unknown) => {
    const uri = modelFile(argument);
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('DRML: open a .drml file first; the manifests of its model are generated.'));
      return;
    }
    try {
      await generate(server, changes, uri);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: no manifests were written: {0}', reason));
    }
  });
}

type Edits = ManifestPlanParams['edits'];
type Planner = (edits: Edits) => Promise<WritePlan>;

async function generate(server: LanguageServer, changes: ChangesView, uri: Uri): Promise<void> {
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
  const present = Object.fromEntries(await readManifestFolder(folder, files));
  const planned: Planner = async (edits) => {
    const { plan, problem } = await server.planManifests({ uri: root, present, edits });
    if (plan === null) throw new Error(problem ?? '');
    return plan;
  };
  const first = await planned('refuse');
  if (!first.stale) {
    void window.showInformationMessage(l10n.t('DRML: {0} is as the model says.', workspace.asRelativePath(folder)));
    return;
  }
  await changes.show(folder, first);
  const edits = await chooseEdits(folder, first, await planned('move'), problems);
  if (edits === undefined) return;
  const plan = await planned(edits);
  await changes.close();
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
    // The file that the command was started over may get the focus late.
    ignoreFocusOut: true,
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

/** Asks, over the changes that are shown, whether to write, and what becomes of files changed by hand. Undefined: write nothing. */
async function chooseEdits(
  folder: Uri,
  plan: WritePlan,
  moving: WritePlan,
  problems: readonly string[],
): Promise<Edits | undefined> {
  const edited = plan.refused.filter(({ reason }) => reason !== 'foreign').map(({ path }) => path);
  const choices: (QuickPickItem & { readonly edits?: Edits })[] = [];
  if (writtenPaths(plan).length > 0 || plan.prune.length > 0) {
    const detail = missingSum(problems);
    choices.push({ label: `$(check) ${l10n.t('Write')}`, description: sumOf(plan), detail, edits: 'refuse' });
  }
  if (moving.moved.length > 0) {
    choices.push({
      label: `$(git-merge) ${l10n.t('Write, and move hand edits into custom/')}`,
      description: l10n.t('{0} as patches', files(moving.moved.length)),
      detail: moving.moved.map(({ path }) => path).join(', '),
      edits: 'move',
    });
  }
  if (edited.length > 0) {
    choices.push({
      label: `$(discard) ${l10n.t('Write, and give up hand edits')}`,
      description: files(edited.length),
      detail: edited.join(', '),
      edits: { overwrite: edited },
    });
  }
  choices.push({ label: `$(close) ${l10n.t('Write nothing')}` });
  const choice = await window.showQuickPick(choices, {
    title: l10n.t('DRML: write into {0}?', workspace.asRelativePath(folder)),
    placeHolder: plan.refused.length === 0 ? sumOf(plan) : refusedSum(plan),
    // The changes are looked through before the answer.
    ignoreFocusOut: true,
  });
  return choice?.edits;
}

/** `3 created, 1 changed, 1 removed` */
function sumOf({ create, update, prune }: WritePlan): string {
  return l10n.t('{0} created, {1} changed, {2} removed', create.length, update.length, prune.length);
}

function refusedSum(plan: WritePlan): string {
  return l10n.t('Left alone, since they were edited by hand: {0}', refusedPaths(plan).join(', '));
}

/** At most this many gaps fit under a line; the view of problems and the command line have them all. */
const shownGaps = 3;

function missingSum(problems: readonly string[]): string {
  const [...shown] = problems.slice(0, shownGaps);
  const rest = problems.length - shown.length;
  return rest > 0 ? `${shown.join(' ')} ${l10n.t('… and {0} more', rest)}` : shown.join(' ');
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
  const notes = plan.moved.flatMap(({ path, notes: list }) => list.map((note) => `${path}: ${note}.`));
  const [first] = plan.refused;
  if (first === undefined) {
    void window.showInformationMessage(`DRML: ${[`${done}.`, ...notes].join(' ')}`);
    return;
  }
  const open = l10n.t('Open {0}', first.path);
  const reasons = plan.refused.flatMap(({ path, immovable }) => immovable.map((reason) => `${path}: ${reason}.`));
  const refused = l10n.t('Refused, since they were edited by hand: {0}.', refusedPaths(plan).join(', '));
  const way = l10n.t('Move the change into the model, or delete the file, and generate again.');
  if ((await window.showWarningMessage(`DRML: ${[`${done}.`, ...notes, refused, ...reasons, way].join(' ')}`, open)) === open) {
    await window.showTextDocument(Uri.joinPath(folder, first.path));
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
