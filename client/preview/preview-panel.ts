import {
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { LanguageServer } from '../language-server.js';
import { PicturePanel } from './picture-panel.js';

const viewType = 'drml.preview';
const shownKey = 'drml.preview.shown';

/** The pictures beside the editors: one follows the active .drml file, the pinned ones stay with theirs. */
export class PreviewPanel implements Disposable {
  readonly #context: ExtensionContext;
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #subscriptions: Disposable[] = [];
  readonly #panels = new Set<PicturePanel>();

  constructor(context: ExtensionContext, server: LanguageServer, log: LogOutputChannel) {
    this.#context = context;
    this.#server = server;
    this.#log = log;
    const refresh = (): void => {
      for (const each of this.#panels) each.refresh();
    };
    this.#subscriptions.push(
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const { file, pinned } = keptOf(state);
          const shown = file ?? context.workspaceState.get<string>(shownKey);
          this.#adopt(panel, shown === undefined ? undefined : Uri.parse(shown), pinned);
        },
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId !== 'drml' || this.#of(editor.document.uri)?.isPinned === true) return;
        this.#following()?.follow(editor.document.uri);
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        for (const each of this.#panels) void each.mark(textEditor);
      }),
      server.onDidChangeAnalysis(refresh),
      server.onDidChangeState(refresh),
      workspace.onDidRenameFiles(({ files }) => {
        for (const each of this.#panels) {
          for (const { oldUri, newUri } of files) each.moved(oldUri, newUri);
        }
      }),
    );
  }

  /** Shows the picture of a file: where it is shown already, in the picture that follows, or in a new one in a column. */
  open(uri: Uri, viewColumn: ViewColumn = ViewColumn.Beside): void {
    const shown = this.#of(uri) ?? this.#following();
    if (shown === undefined) {
      const options = { viewColumn, preserveFocus: viewColumn === ViewColumn.Beside };
      this.#adopt(window.createWebviewPanel(viewType, 'DRML', options), uri, false);
      return;
    }
    shown.panel.reveal(undefined, true);
    shown.follow(uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const each of [...this.#panels]) each.panel.dispose();
  }

  #of(uri: Uri): PicturePanel | undefined {
    return [...this.#panels].find(({ shown }) => shown?.toString() === uri.toString());
  }

  #following(): PicturePanel | undefined {
    return [...this.#panels].find(({ isPinned }) => !isPinned);
  }

  #adopt(panel: WebviewPanel, uri: Uri | undefined, pinned: boolean): void {
    const made = new PicturePanel(
      panel,
      { context: this.#context, server: this.#server, log: this.#log },
      {
        pinned,
        changed: () => void this.#context.workspaceState.update(shownKey, this.#following()?.shown?.toString()),
        closed: () => this.#panels.delete(made),
      },
    );
    this.#panels.add(made);
    if (uri !== undefined) made.follow(uri);
  }
}

/** What a view kept of itself: its file, and whether it stays with it. */
function keptOf(state: unknown): { readonly file: string | undefined; readonly pinned: boolean } {
  if (typeof state !== 'object' || state === null) return { file: undefined, pinned: false };
  const file = 'file' in state && typeof state.file === 'string' ? state.file : undefined;
  return { file, pinned: 'pinned' in state && state.pinned === true };
}
