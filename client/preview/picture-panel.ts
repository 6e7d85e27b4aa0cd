import {
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  Position,
  Range,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { HostMessage, ViewMessage } from '../../media/preview/protocol.js';
import type { LanguageServer } from '../language-server.js';
import { pictureTable, readsEnglish } from '../message-table.js';
import { cursorTarget } from './cursor-target.js';
import { outlineMessage } from './outline-message.js';
import { PictureAnswers } from './picture-answers.js';
import { previewFolder, previewPage } from './preview-page.js';

/** Every file that was looked at keeps how it was looked at; so many of them. */
const keptKey = 'drml.preview.views';
const mostKept = 50;

/** One picture: asks the server again after each analysis, and keeps the last good picture while the file is broken. */
export class PicturePanel {
  readonly panel: WebviewPanel;
  readonly #context: ExtensionContext;
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #changed: () => void;
  /** The file whose model is shown. */
  #shown: Uri | undefined;
  #pinned: boolean;
  /** The last message that carried a picture, and the file it belongs to. */
  #lastGood: { readonly uri: string; readonly message: HostMessage } | undefined;
  #viewReady = false;
  #wasVisible = true;
  /** Its webview must not be touched any more. */
  #isClosed = false;
  #asking = false;
  #askAgain = false;
  #asked = 0;
  readonly #answers: PictureAnswers;

  /** `changed` hears when another file is shown; a pinned picture stays with its file. */
  constructor(
    panel: WebviewPanel,
    parts: { readonly context: ExtensionContext; readonly server: LanguageServer; readonly log: LogOutputChannel },
    start: { readonly pinned: boolean; readonly changed: () => void; readonly closed: () => void },
  ) {
    this.panel = panel;
    this.#context = parts.context;
    this.#server = parts.server;
    this.#log = parts.log;
    this.#pinned = start.pinned;
    this.#changed = start.changed;
    this.#answers = new PictureAnswers(parts.context.extensionUri, parts.server, parts.log, (message) => this.#post(message));
    const extension = parts.context.extensionUri;
    const icon = (theme: string): Uri => Uri.joinPath(extension, 'media', 'icons', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [previewFolder(extension)] };
    const listeners = [
      panel.webview.onDidReceiveMessage((message: ViewMessage) => {
        this.#receive(message).catch((error: unknown) => this.#warn(error));
      }),
      // While nobody sees it nothing is worked out for it; what the text has become is asked for when it is seen again.
      panel.onDidChangeViewState(() => {
        const isBack = panel.visible && !this.#wasVisible;
        this.#wasVisible = panel.visible;
        if (isBack) this.refresh();
      }),
      panel.onDidDispose(() => {
        for (const listener of listeners) listener.dispose();
        this.#isClosed = true;
        this.#lastGood = undefined;
        this.#viewReady = false;
        start.closed();
      }),
    ];
    if (readsEnglish()) panel.webview.html = previewPage(panel.webview, extension);
    else this.#localized(extension).catch((error: unknown) => this.#warn(error));
  }

  async #localized(extension: Uri): Promise<void> {
    const table = await pictureTable(extension);
    if (!this.#isClosed) this.panel.webview.html = previewPage(this.panel.webview, extension, table);
  }

  /** Answers whether the view took it: one that was closed meanwhile takes nothing. */
  async #post(message: HostMessage): Promise<boolean> {
    return !this.#isClosed && this.panel.webview.postMessage(message);
  }

  #warn(error: unknown): void {
    this.#log.warn(l10n.t('The picture could not be fetched: {0}', String(error)));
  }

  get shown(): Uri | undefined {
    return this.#shown;
  }

  /** Whether it stays with its file when another one becomes active. */
  get isPinned(): boolean {
    return this.#pinned;
  }

  /** Shows the picture of a file. */
  follow(uri: Uri): void {
    this.#shown = uri;
    this.panel.title = `DRML: ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`;
    this.#changed();
    if (this.#viewReady && this.#lastGood?.uri !== uri.toString()) void this.#sendOutline(uri);
    this.refresh();
  }

  /** A file or a folder was renamed: the picture goes with its file, looked at as it was. */
  moved(from: Uri, to: Uri): void {
    const shown = this.#shown?.toString();
    if (shown === undefined || (shown !== from.toString() && !shown.startsWith(`${from.toString()}/`))) return;
    const now = to.toString() + shown.slice(from.toString().length);
    const { [shown]: kept } = this.#kept();
    if (kept !== undefined) this.#keep(now, kept).then(undefined, (error: unknown) => this.#warn(error));
    this.follow(Uri.parse(now));
  }

  /** Asks for the picture; while an answer is on its way, further wishes are served by one more question after it. */
  refresh(): void {
    if (this.#isClosed || this.#shown === undefined || !this.#viewReady || !this.panel.visible) return;
    if (this.#server.state === 'stopped') this.#tellStopped(this.#shown);
    if (this.#server.state !== 'running') return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    this.#ask(this.#shown)
      .catch((error: unknown) => this.#warn(error))
      .finally(() => {
        this.#asking = false;
        if (this.#askAgain) {
          this.#askAgain = false;
          this.refresh();
        }
      });
  }

  /** Whoever looks at a picture, or waits for one, hears why nothing follows the text. */
  #tellStopped(uri: Uri): void {
    this.#asked += 1;
    const problem = l10n.t('The language server does not run.');
    void this.#post({ kind: 'diagram', graph: null, version: this.#asked, file: uri.toString(), problem });
  }

  async #ask(uri: Uri): Promise<void> {
    const { diagram, problem } = await this.#server.diagram(uri);
    // The next question is about the file that the view has turned to meanwhile.
    if (this.#isClosed || this.#shown?.toString() !== uri.toString()) return;
    // The view ignores what is older than its picture. Versions of documents start again with every file, so the answers are counted.
    this.#asked += 1;
    const kept = this.#kept()[uri.toString()];
    const message: HostMessage = {
      kind: 'diagram',
      graph: diagram,
      version: this.#asked,
      file: uri.toString(),
      ...(kept === undefined ? {} : { kept }),
      ...(problem === undefined ? {} : { problem }),
    };
    if (diagram !== null) this.#lastGood = { uri: uri.toString(), message };
    await this.#post(message);
    if (diagram !== null) await this.#answers.modelChanged(uri);
  }

  async #receive(message: ViewMessage): Promise<void> {
    switch (message.kind) {
      case 'ready': {
        // A view that was hidden and is built anew gets the picture it had at once, before the server answers.
        this.#viewReady = true;
        await this.#sendWorker();
        if (this.#lastGood !== undefined && this.#lastGood.uri === this.#shown?.toString()) {
          await this.#post(this.#lastGood.message);
        } else if (this.#shown !== undefined) {
          void this.#sendOutline(this.#shown);
        }
        this.refresh();
        return;
      }
      case 'what-if':
      case 'what-if-over':
      case 'ask-losses':
      case 'ask-matrix':
      case 'keep':
      case 'actions':
      case 'ask-changes':
      case 'change':
      case 'undo':
      case 'save-matrix':
      case 'save-picture':
      case 'save-page':
      case 'show-saved':
        if (this.#shown !== undefined) await this.#answers.receive(this.#shown, message);
        return;
      case 'pin':
        this.#pinned = message.pinned;
        this.#changed();
        return;
      case 'kept':
        await this.#keep(message.file, message.state);
        return;
      case 'reveal':
        await this.#reveal(Uri.parse(message.uri), new Position(message.start.line, message.start.character));
        return;
    }
  }

  /** Tells the view what the cursor stands in, of any file of the model. */
  async mark(editor: TextEditor): Promise<void> {
    if (!this.panel.visible || editor.document.languageId !== 'drml') return;
    const { document, selection } = editor;
    const message: HostMessage = { kind: 'cursor', at: await cursorTarget(document.uri, selection.active) };
    if (window.activeTextEditor?.selection.active.isEqual(selection.active) !== false) {
      await this.#post(message);
    }
  }

  /** A webview may start workers only from a Blob, so the scripts of the workers travel as text. */
  async #sendWorker(): Promise<void> {
    const folder = previewFolder(this.#context.extensionUri);
    const read = async (name: string): Promise<string> =>
      new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, name)));
    const [source, layered] = await Promise.all([read('layout-worker.js'), read('preview.js')]);
    const message: HostMessage = { kind: 'worker', source, layered };
    await this.#post(message);
  }

  /** Until the first picture is there, the view lists what the file declares. */
  async #sendOutline(uri: Uri): Promise<void> {
    const message = await outlineMessage(uri);
    if (this.#lastGood === undefined) await this.#post(message);
  }

  #kept(): Readonly<Record<string, unknown>> {
    return this.#context.workspaceState.get<Readonly<Record<string, unknown>>>(keptKey) ?? {};
  }

  /** How a file was looked at outlives the panel; what was looked at last stands last. */
  async #keep(file: string, state: unknown): Promise<void> {
    const { [file]: _, ...others } = this.#kept();
    const entries = [...Object.entries(others).slice(1 - mostKept), [file, state] as const];
    await this.#context.workspaceState.update(keptKey, Object.fromEntries(entries));
  }

  /** Puts the cursor on the source of what was clicked, in the column where its file already stands if it does. */
  async #reveal(uri: Uri, position: Position): Promise<void> {
    if (!uri.path.endsWith('.drml')) return;
    const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const previewColumn = this.panel.viewColumn;
    const column = open?.viewColumn ?? (previewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One);
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document, { viewColumn: column });
    editor.selection = new Selection(position, position);
    editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
