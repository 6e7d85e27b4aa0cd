import {
  type Disposable,
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
import { cursorTarget } from './cursor-target.js';
import { outlineMessage } from './outline-message.js';
import { PictureAnswers } from './picture-answers.js';
import { previewFolder, previewPage } from './preview-page.js';

const viewType = 'drml.preview';
const shownKey = 'drml.preview.shown';

/**
 * The one picture beside the editor. It follows the active .drml file, asks the server again after each analysis,
 * and keeps the last good picture while the file is broken.
 */
export class PreviewPanel implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #subscriptions: Disposable[] = [];
  #panel: WebviewPanel | undefined;
  /** The file whose model is shown. */
  #shown: Uri | undefined;
  /** The last message that carried a picture, and the file it belongs to. */
  #lastGood: { readonly uri: string; readonly message: HostMessage } | undefined;
  #viewReady = false;
  #asking = false;
  #askAgain = false;
  #asked = 0;
  readonly #answers: PictureAnswers;

  constructor(context: ExtensionContext, server: LanguageServer, log: LogOutputChannel) {
    this.#context = context;
    this.#server = server;
    this.#log = log;
    this.#answers = new PictureAnswers(server, log, (message) => this.#panel?.webview.postMessage(message));
    this.#subscriptions.push(
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel) => {
          const shown = context.workspaceState.get<string>(shownKey);
          this.#adopt(panel, shown === undefined ? undefined : Uri.parse(shown));
        },
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId === 'drml') this.#follow(editor.document.uri);
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => void this.#mark(textEditor)),
      server.onDidChangeAnalysis(() => this.#refresh()),
      server.onDidChangeState((state) => {
        if (state === 'running') this.#refresh();
      }),
    );
  }

  /** Shows the picture of a file, in a column when it is new; the panel is created once and then only moved to the front. */
  open(uri: Uri, viewColumn: ViewColumn = ViewColumn.Beside): void {
    if (this.#panel === undefined) {
      const panel = window.createWebviewPanel(viewType, 'DRML', { viewColumn, preserveFocus: viewColumn === ViewColumn.Beside });
      this.#adopt(panel, uri);
      return;
    }
    this.#panel.reveal(undefined, true);
    this.#follow(uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: WebviewPanel, uri: Uri | undefined): void {
    this.#panel = panel;
    this.#viewReady = false;
    const extension = this.#context.extensionUri;
    const icon = (theme: string): Uri => Uri.joinPath(extension, 'media', 'icons', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [previewFolder(extension)] };
    const listeners = [
      panel.webview.onDidReceiveMessage((message: ViewMessage) => void this.#receive(message)),
      panel.onDidDispose(() => {
        for (const listener of listeners) listener.dispose();
        if (this.#panel === panel) this.#panel = undefined;
        this.#lastGood = undefined;
      }),
    ];
    panel.webview.html = previewPage(panel.webview, extension);
    if (uri !== undefined) this.#follow(uri);
  }

  #follow(uri: Uri): void {
    this.#shown = uri;
    if (this.#panel === undefined) return;
    this.#panel.title = `DRML: ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`;
    void this.#context.workspaceState.update(shownKey, uri.toString());
    this.#refresh();
  }

  /** Asks for the picture; while an answer is on its way, further wishes are served by one more question after it. */
  #refresh(): void {
    if (this.#panel === undefined || this.#shown === undefined || !this.#viewReady || this.#server.state !== 'running') return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    this.#ask(this.#shown)
      .catch((error: unknown) => this.#log.warn(l10n.t('The picture could not be fetched: {0}', String(error))))
      .finally(() => {
        this.#asking = false;
        if (this.#askAgain) {
          this.#askAgain = false;
          this.#refresh();
        }
      });
  }

  async #ask(uri: Uri): Promise<void> {
    const { diagram, problem } = await this.#server.diagram(uri);
    // The view ignores what is older than its picture. Versions of documents start again with every file, so the answers are counted.
    this.#asked += 1;
    const message: HostMessage = {
      kind: 'diagram',
      graph: diagram,
      version: this.#asked,
      ...(problem === undefined ? {} : { problem }),
    };
    if (diagram !== null) this.#lastGood = { uri: uri.toString(), message };
    await this.#panel?.webview.postMessage(message);
    if (diagram !== null) await this.#answers.modelChanged(uri);
  }

  async #receive(message: ViewMessage): Promise<void> {
    switch (message.kind) {
      case 'ready': {
        // A view that was hidden and is built anew gets the picture it had at once, before the server answers.
        this.#viewReady = true;
        await this.#sendWorker();
        if (this.#lastGood !== undefined && this.#lastGood.uri === this.#shown?.toString()) {
          await this.#panel?.webview.postMessage(this.#lastGood.message);
        } else if (this.#shown !== undefined) {
          void this.#sendOutline(this.#shown);
        }
        this.#refresh();
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
        if (this.#shown !== undefined) await this.#answers.receive(this.#shown, message);
        return;
      case 'reveal':
        await this.#reveal(Uri.parse(message.uri), new Position(message.start.line, message.start.character));
        return;
    }
  }

  /** Tells the view what the cursor stands in, of any file of the model. */
  async #mark(editor: TextEditor): Promise<void> {
    if (this.#panel?.visible !== true || editor.document.languageId !== 'drml') return;
    const { document, selection } = editor;
    const message: HostMessage = { kind: 'cursor', at: await cursorTarget(document.uri, selection.active) };
    if (window.activeTextEditor?.selection.active.isEqual(selection.active) !== false) {
      await this.#panel?.webview.postMessage(message);
    }
  }

  /** A webview may start workers only from a Blob, so the scripts of the workers travel as text. */
  async #sendWorker(): Promise<void> {
    const folder = previewFolder(this.#context.extensionUri);
    const read = async (name: string): Promise<string> =>
      new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, name)));
    const [source, layered] = await Promise.all([read('layout-worker.js'), read('layered-worker.js')]);
    const message: HostMessage = { kind: 'worker', source, layered };
    await this.#panel?.webview.postMessage(message);
  }

  /** Until the first picture is there, the view lists what the file declares. */
  async #sendOutline(uri: Uri): Promise<void> {
    const message = await outlineMessage(uri);
    if (this.#lastGood === undefined) await this.#panel?.webview.postMessage(message);
  }

  /** Puts the cursor on the source of what was clicked, in the column where its file already stands if it does. */
  async #reveal(uri: Uri, position: Position): Promise<void> {
    if (!uri.path.endsWith('.drml')) return;
    const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const previewColumn = this.#panel?.viewColumn;
    const column = open?.viewColumn ?? (previewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One);
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document, { viewColumn: column });
    editor.selection = new Selection(position, position);
    editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
