/**
 * What the client needs of VS Code's API, for tests without VS Code. Files are real files; windows and panels remember what was
 * done to them.
 */
import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { URI, Utils } from 'vscode-uri';

export const Uri = Object.assign(URI, { joinPath: Utils.joinPath });
export type Uri = URI;

/** English, with the places filled in, as VS Code does without a translation. */
export const l10n = {
  t: (message: string, ...values: readonly (string | number)[]): string =>
    message.replaceAll(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place)),
};

export enum UIKind {
  Desktop = 1,
  Web = 2,
}

export const env = {
  language: 'en',
  uiKind: UIKind.Desktop,
  remoteName: undefined as string | undefined,
  openExternal: async (uri: Uri): Promise<boolean> => commands.executed.push(['openExternal', uri]) > 0,
};

export enum FileType {
  Unknown = 0,
  File = 1,
  Directory = 2,
  SymbolicLink = 64,
}

export enum ViewColumn {
  Active = -1,
  Beside = -2,
  One = 1,
  Two = 2,
}

export class FileSystemError extends Error {
  readonly code: string;
  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

async function orNotFound<T>(uri: Uri, work: (path: string) => Promise<T>): Promise<T> {
  try {
    return await work(uri.fsPath);
  } catch {
    throw new FileSystemError('FileNotFound', uri.fsPath);
  }
}

const fs = {
  readFile: (uri: Uri) => orNotFound(uri, (path) => readFile(path)),
  writeFile: async (uri: Uri, content: Uint8Array) => {
    await mkdir(dirname(uri.fsPath), { recursive: true });
    await writeFile(uri.fsPath, content);
  },
  delete: (uri: Uri) => orNotFound(uri, (path) => rm(path)),
  stat: (uri: Uri) =>
    orNotFound(uri, async (path) => {
      const entry = await lstat(path);
      const type = entry.isSymbolicLink() ? FileType.SymbolicLink : entry.isDirectory() ? FileType.Directory : FileType.File;
      return { type, size: entry.size };
    }),
  readDirectory: (uri: Uri) =>
    orNotFound(uri, async (path) => {
      const entries = await readdir(path, { withFileTypes: true });
      // A link is said with the kind of what it leads to.
      return entries.map((entry) => [
        entry.name,
        entry.isDirectory() ? FileType.Directory : entry.isSymbolicLink() ? FileType.SymbolicLink | FileType.File : FileType.File,
      ]);
    }),
};

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position | number, end: Position | number, endLine = 0, endCharacter = 0) {
    this.start = typeof start === 'number' ? new Position(start, Number(end)) : start;
    this.end = typeof end === 'number' ? new Position(endLine, endCharacter) : end;
  }
}

/**
 * An edit that does on disk what it was asked for, in that order, when it is applied; but files that are created in a row in any order, here
 * the last one first, as the editor makes them at once.
 */
export class WorkspaceEdit {
  readonly steps: { readonly kind: 'create' | 'replace' | 'delete'; readonly path: string; readonly run: () => Promise<void> }[] =
    [];
  createFile(uri: Uri, { contents }: { readonly contents: Uint8Array }): void {
    const run = async (): Promise<void> => {
      await mkdir(dirname(uri.fsPath), { recursive: true });
      await writeFile(uri.fsPath, contents, { flag: 'wx' });
    };
    const row = this.steps.findLastIndex(({ kind }) => kind !== 'create') + 1;
    this.steps.splice(row, 0, { kind: 'create', path: uri.fsPath, run });
  }
  replace(uri: Uri, _range: Range, text: string): void {
    const run = async (): Promise<void> => {
      await readFile(uri.fsPath);
      await writeFile(uri.fsPath, text);
    };
    this.steps.push({ kind: 'replace', path: uri.fsPath, run });
  }
  deleteFile(uri: Uri, { ignoreIfNotExists = false }: { readonly ignoreIfNotExists?: boolean } = {}): void {
    this.steps.push({ kind: 'delete', path: uri.fsPath, run: () => rm(uri.fsPath, { force: ignoreIfNotExists }) });
  }
}

export class Selection extends Range {}

export enum TextEditorRevealType {
  InCenterIfOutsideViewport = 2,
}

/** A webview panel that keeps what was posted to it and lets the test speak as its page. */
export class PanelDouble {
  readonly posted: unknown[] = [];
  readonly #received = new EventEmitter<unknown>();
  readonly #disposed = new EventEmitter<void>();
  readonly #viewStateChanged = new EventEmitter<void>();
  title = '';
  iconPath: unknown;
  viewColumn: ViewColumn = ViewColumn.Two;
  readonly #webview = {
    html: '',
    options: {},
    cspSource: 'https://webview.example',
    asWebviewUri: (uri: Uri): Uri => uri.with({ scheme: 'https', authority: 'webview.example' }),
    postMessage: async (message: unknown): Promise<boolean> => this.posted.push(message) > 0,
    onDidReceiveMessage: this.#received.event,
  };
  readonly onDidDispose = this.#disposed.event;
  readonly onDidChangeViewState = this.#viewStateChanged.event;
  visible = true;
  #isDisposed = false;
  /** As in VS Code, nobody may touch it once the panel is closed. */
  get webview() {
    if (this.#isDisposed) throw new Error('Webview is disposed');
    return this.#webview;
  }
  reveal(): void {}
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#disposed.fire();
  }
  /** Another tab comes before it, or it comes to the front again. */
  show(visible: boolean): void {
    this.visible = visible;
    this.#viewStateChanged.fire();
  }
  /** Acts as the page inside of the panel. */
  say(message: unknown): void {
    this.#received.fire(message);
  }
}

export interface EditorDouble {
  readonly document: { readonly uri: Uri; readonly languageId: string };
  readonly viewColumn: ViewColumn;
  selection?: Selection;
  revealRange: () => void;
}

const activeEditorChanged = new EventEmitter<EditorDouble | undefined>();

export interface InputBoxDouble {
  readonly validateInput: (text: string) => Promise<unknown>;
}

type Answer = ((labels: readonly string[]) => number | undefined) | ((box: InputBoxDouble) => Promise<string | undefined>);

/** The state that tests look at and change. */
export const stage = {
  /** What edits did on disk, in that order. */
  written: [] as string[],
  panels: [] as PanelDouble[],
  shown: [] as EditorDouble[],
  /** What the person answers to lists (the number of a row) and to boxes (a text), one after the other; nothing is Escape. */
  answers: [] as Answer[],
  focus: (editor: EditorDouble): void => activeEditorChanged.fire(editor),
};

/** A text in the editor. */
export interface TextDouble {
  readonly uri: Uri;
  readonly isClosed: boolean;
  getText(): string;
}

/** What happens to texts in the editor: a test fires it. */
export const texts = {
  opened: new EventEmitter<TextDouble>(),
  closed: new EventEmitter<TextDouble>(),
  saved: new EventEmitter<TextDouble>(),
  changed: new EventEmitter<{ readonly document: TextDouble }>(),
  renamed: new EventEmitter<{ readonly files: readonly { readonly oldUri: Uri; readonly newUri: Uri }[] }>(),
};

/** Diagnostics by the names of their collections and by file. */
export const diagnostics = new Map<string, Map<string, readonly Diagnostic[]>>();

export enum DiagnosticSeverity {
  Error = 0,
  Warning = 1,
  Information = 2,
}

export class Diagnostic {
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: DiagnosticSeverity,
  ) {}
}

export const CodeActionKind = { QuickFix: 'quickfix' };

export const Disposable = {
  from: (...many: readonly { dispose(): void }[]) => ({
    dispose: () => {
      for (const one of many) one.dispose();
    },
  }),
};

export const languages = {
  createDiagnosticCollection: (name: string) => {
    const files = new Map<string, readonly Diagnostic[]>();
    diagnostics.set(name, files);
    return {
      set: (uri: Uri, found: readonly Diagnostic[]) => void files.set(uri.toString(), found),
      clear: () => files.clear(),
      dispose: () => diagnostics.delete(name),
    };
  },
  registerCodeActionsProvider: () => ({ dispose: () => undefined }),
};

export const workspace = {
  fs,
  textDocuments: [] as TextDouble[],
  onDidOpenTextDocument: texts.opened.event,
  onDidCloseTextDocument: texts.closed.event,
  onDidSaveTextDocument: texts.saved.event,
  onDidChangeTextDocument: texts.changed.event,
  onDidRenameFiles: texts.renamed.event,
  applyEdit: async ({ steps }: WorkspaceEdit): Promise<boolean> => {
    for (const { kind, path, run } of steps) {
      await run();
      stage.written.push(`${kind} ${path}`);
    }
    return true;
  },
  workspaceFolders: [] as { readonly uri: Uri }[],
  getWorkspaceFolder: (uri: Uri) => workspace.workspaceFolders.find((folder) => uri.path.startsWith(`${folder.uri.path}/`)),
  asRelativePath: (uri: Uri) => uri.path,
  openTextDocument: async (what: Uri | { readonly content: string }) => ({
    uri: URI.isUri(what) ? what : URI.parse('untitled:Untitled-1'),
    languageId: 'drml',
  }),
};

export const commands = {
  /** Commands with their first argument. */
  executed: [] as (readonly [command: string, argument: unknown])[],
  executeCommand: async (command: string, argument?: unknown): Promise<undefined> => {
    commands.executed.push([command, argument]);
    return undefined;
  },
};

/** Dialogs for files: what they proposed, and what the person chooses; undefined is Escape. */
export const dialogs = {
  proposed: [] as (Uri | undefined)[],
  answer: (proposed: Uri | undefined): Uri | undefined => proposed,
};

export const window = {
  visibleTextEditors: [] as EditorDouble[],
  onDidChangeActiveTextEditor: activeEditorChanged.event,
  onDidChangeTextEditorSelection: () => ({ dispose: () => undefined }),
  setStatusBarMessage: () => ({ dispose: () => undefined }),
  registerWebviewPanelSerializer: () => ({ dispose: () => undefined }),
  showSaveDialog: async ({ defaultUri }: { readonly defaultUri?: Uri }): Promise<Uri | undefined> => {
    dialogs.proposed.push(defaultUri);
    return dialogs.answer(defaultUri);
  },
  showQuickPick: async <T extends { readonly label: string }>(items: readonly T[]): Promise<T | undefined> => {
    const answer = stage.answers.shift() as ((labels: readonly string[]) => number | undefined) | undefined;
    const row = answer?.(items.map(({ label }) => label));
    return row === undefined ? undefined : items[row];
  },
  showInputBox: async (box: InputBoxDouble): Promise<string | undefined> => {
    const answer = stage.answers.shift() as ((box: InputBoxDouble) => Promise<string | undefined>) | undefined;
    return answer?.(box);
  },
  createWebviewPanel: (): PanelDouble => {
    const panel = new PanelDouble();
    stage.panels.push(panel);
    return panel;
  },
  showTextDocument: async (
    document: EditorDouble['document'],
    { viewColumn }: { viewColumn: ViewColumn },
  ): Promise<EditorDouble> => {
    const editor: EditorDouble = { document, viewColumn, revealRange: () => undefined };
    stage.shown.push(editor);
    return editor;
  },
};
