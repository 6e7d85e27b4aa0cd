import { commands, env, l10n, UIKind, Uri, window, workspace } from 'vscode';
import { pageOf, pageParts } from '../../language/diagram/export/page.js';
import type {
  NoticeMessage,
  SavedAction,
  SaveMatrixMessage,
  SavePageMessage,
  SavePictureMessage,
} from '../../media/preview/protocol.js';
import type { LanguageServer } from '../language-server.js';
import { pictureTable } from '../message-table.js';

const matrixEndings = { markdown: 'md', csv: 'csv', html: 'html' } as const;

/** What files of an ending are called where the dialog lists kinds of files. */
const kinds: Readonly<Record<string, string>> = {
  svg: 'SVG',
  png: 'PNG',
  mmd: 'Mermaid',
  d2: 'D2',
  html: 'HTML',
  md: 'Markdown',
  csv: 'CSV',
};

type Told = Omit<NoticeMessage, 'kind'>;

/** Writes what a picture exports into files that the user chooses. */
export class PictureFiles {
  readonly #extension: Uri;
  readonly #server: LanguageServer;
  readonly #tell: (told: Told) => Promise<void>;
  /** What was saved last. */
  #saved: Uri | undefined;

  /** `tell` says how it ended. */
  constructor(extension: Uri, server: LanguageServer, tell: (told: Told) => Promise<void>) {
    this.#extension = extension;
    this.#server = server;
    this.#tell = tell;
  }

  async saveMatrix(of: Uri, { format }: SaveMatrixMessage): Promise<void> {
    const { text } = await this.#server.matrix({ uri: of.toString(), format });
    if (text === undefined) return;
    const name = of.path.slice(of.path.lastIndexOf('/') + 1).replace(/\.drml$/, '');
    await this.#save(of, `${name}-matrix`, matrixEndings[format], new TextEncoder().encode(text));
  }

  async savePicture(of: Uri, { name, format, content }: SavePictureMessage): Promise<void> {
    const bytes =
      format === 'png'
        ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
        : new TextEncoder().encode(content);
    await this.#save(of, name, format, bytes);
  }

  /** The page holds the model as it stands, and opens as the picture is looked at. It is light or dark as its reader's system is. */
  async savePage(of: Uri, { name, start }: SavePageMessage): Promise<void> {
    let text: string | undefined;
    try {
      text = await this.#pageOf(of, start);
    } catch (error) {
      return this.#tell({ text: l10n.t('The page could not be made: {0}', reasonOf(error)) });
    }
    if (text === undefined) return this.#tell({ text: l10n.t('There is no model to save now.') });
    await this.#save(of, name, 'html', new TextEncoder().encode(text));
  }

  async #pageOf(of: Uri, start: SavePageMessage['start']): Promise<string | undefined> {
    const [{ page }, table, parts] = await Promise.all([
      this.#server.page(of),
      pictureTable(this.#extension),
      pageParts(async (path) => {
        const file = Uri.joinPath(this.#extension, 'dist', ...path.split('/'));
        return new TextDecoder().decode(await workspace.fs.readFile(file));
      }),
    ]);
    if (page === null) return undefined;
    const language = table === undefined ? {} : { language: { code: env.language.toLowerCase(), table } };
    return pageOf({ ...page, ...start, ...language }, undefined, parts);
  }

  /** Opens what was saved last, or shows where it lies. */
  async show(how: SavedAction): Promise<void> {
    const saved = this.#saved;
    if (saved === undefined) return;
    if (how === 'reveal') await commands.executeCommand(isInWorkspace(saved) ? 'revealInExplorer' : 'revealFileInOS', saved);
    else if (saved.path.endsWith('.html')) await env.openExternal(saved);
    else await commands.executeCommand('vscode.open', saved);
  }

  /** The dialog begins where the last file went, else beside the model. */
  async #save(of: Uri, name: string, ending: string, content: Uint8Array): Promise<void> {
    const folder = this.#saved === undefined ? folderOf(of) : Uri.joinPath(this.#saved, '..');
    const target = await window.showSaveDialog({
      ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, `${name}.${ending}`) }),
      filters: { [kinds[ending] ?? ending]: [ending] },
    });
    if (target === undefined) return;
    const file = target.path.slice(target.path.lastIndexOf('/') + 1);
    try {
      await workspace.fs.writeFile(target, content);
    } catch (error) {
      return this.#tell({ text: l10n.t('{0} could not be saved: {1}', file, reasonOf(error)) });
    }
    this.#saved = target;
    await this.#tell({ text: l10n.t('Saved as {0}.', file), saved: actionsOf(target) });
  }
}

/** A text that was never saved lies in no folder. */
function folderOf(of: Uri): Uri | undefined {
  return of.scheme === 'untitled' ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(of, '..');
}

/** What this window can do with a file: only one on the user's own machine can be shown to its browser and in its folders. */
function actionsOf(file: Uri): readonly SavedAction[] {
  const isOwn = env.uiKind === UIKind.Desktop && env.remoteName === undefined && file.scheme === 'file';
  const canOpen = isOwn || !file.path.endsWith('.html');
  const canReveal = isOwn || isInWorkspace(file);
  return [...(canOpen ? (['open'] as const) : []), ...(canReveal ? (['reveal'] as const) : [])];
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isInWorkspace(file: Uri): boolean {
  return workspace.getWorkspaceFolder(file) !== undefined;
}
