import { commands, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { nameProblem, regionsProblem, starterPatterns, starterProviders, usualRegions } from '../../language/starter/index.js';
import type { StarterChoices, StarterPattern } from '../../language/starter/starter.js';
import { patternTexts } from './pattern-texts.js';

/**
 * Asks for a pattern, a name, a provider and regions, shows the model with its figures, and writes it into a folder. Escape at any step
 * leaves everything as it was. @param target the folder to write into; the workspace's first one where it is not given
 */
export async function newModel(target: Uri | undefined): Promise<void> {
  const folder = target ?? workspace.workspaceFolders?.[0]?.uri;
  const pattern = await askPattern();
  if (pattern === undefined) return;
  const name = await askName(folder);
  if (name === undefined) return;
  const provider = await askProvider();
  if (provider === undefined) return;
  const regions = await askRegions(pattern, provider);
  if (regions === undefined) return;
  await showAndSave(pattern.text({ name, regions, provider }), { name, regions, provider }, folder);
}

const steps = 4;
const title = (step: number): string => l10n.t('New Model ({0} of {1})', step, steps);

async function askPattern(): Promise<StarterPattern | undefined> {
  const items = starterPatterns.map((pattern) => {
    const { label, detail } = patternTexts(pattern.id);
    return { label, detail, pattern };
  });
  const chosen = await window.showQuickPick(items, {
    title: title(1),
    placeHolder: l10n.t('How the system is spread'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.pattern;
}

function askName(folder: Uri | undefined): Thenable<string | undefined> {
  return window.showInputBox({
    title: title(2),
    prompt: l10n.t('The name of the model; its file and its namespace have the same name.'),
    value: 'web-shop',
    ignoreFocusOut: true,
    validateInput: async (name) => {
      if (nameProblem(name) !== undefined) return badName();
      if (folder !== undefined && (await exists(fileOf(folder, name)))) {
        return l10n.t('There is a file {0} already. Choose another name.', `${name}.drml`);
      }
      return undefined;
    },
  });
}

async function askProvider(): Promise<string | undefined> {
  const items = starterProviders.map(({ id, title: label, regions }) => ({
    label: id === 'own' ? l10n.t('Own data centres') : label,
    description: regions.join(', '),
    id,
  }));
  const chosen = await window.showQuickPick(items, {
    title: title(3),
    placeHolder: l10n.t('Who runs the regions'),
    ignoreFocusOut: true,
  });
  return chosen?.id;
}

async function askRegions(pattern: StarterPattern, provider: string): Promise<readonly string[] | undefined> {
  const listed = (text: string): readonly string[] => text.split(',').map((region) => region.trim());
  const answer = await window.showInputBox({
    title: title(4),
    prompt: l10n.t('{0} regions with commas between them; the first one serves.', pattern.regions),
    value: usualRegions(pattern, provider).join(', '),
    ignoreFocusOut: true,
    validateInput: (text) => regionsText(pattern, listed(text)),
  });
  return answer === undefined ? undefined : listed(answer);
}

/** What is wrong with the regions, in the user's language. */
function regionsText(pattern: StarterPattern, regions: readonly string[]): string | undefined {
  if (regionsProblem(pattern, regions) === undefined) return undefined;
  if (regions.length !== pattern.regions) return l10n.t('Expected {0} regions, found {1}.', pattern.regions, regions.length);
  if (regions.some((region) => nameProblem(region) !== undefined)) return badName();
  if (new Set(regions).size < regions.length) return l10n.t('Each region needs a name of its own.');
  return l10n.t('One of the names is taken by a component of the pattern. Choose another one.');
}

function badName(): string {
  return l10n.t('Expected up to 32 lower-case letters, digits and single hyphens, with a letter first, such as web-shop.');
}

/** The model stands in the editor, with its figures, while the question where to keep it is open. */
async function showAndSave(text: string, { name }: StarterChoices, folder: Uri | undefined): Promise<void> {
  const draft = await workspace.openTextDocument({ language: 'drml', content: text });
  await window.showTextDocument(draft, { preview: false });
  if (folder === undefined) return;
  const save: QuickPickItem = {
    label: `$(save) ${l10n.t('Save as {0}', `${name}.drml`)}`,
    description: workspace.asRelativePath(folder),
  };
  const keep: QuickPickItem = { label: `$(edit) ${l10n.t('Keep it unsaved')}`, description: l10n.t('to look at it first') };
  const chosen = await window.showQuickPick([save, keep], {
    title: l10n.t('New Model: {0}', name),
    placeHolder: l10n.t('The model is in the editor. Where is it kept?'),
    ignoreFocusOut: true,
  });
  if (chosen === keep) return;
  if (window.activeTextEditor?.document === draft) await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  if (chosen !== save) return;
  const file = fileOf(folder, name);
  if (await exists(file)) throw new Error(l10n.t('There is a file {0} already. Choose another name.', `${name}.drml`));
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await window.showTextDocument(await workspace.openTextDocument(file), { preview: false });
}

function fileOf(folder: Uri, name: string): Uri {
  return Uri.joinPath(folder, `${name}.drml`);
}

async function exists(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
