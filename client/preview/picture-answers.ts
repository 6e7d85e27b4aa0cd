import {
  type CodeAction,
  commands,
  type LogOutputChannel,
  l10n,
  Position,
  Range,
  Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { HostMessage, NoticeMessage, ViewMessage, ViewPosition } from '../../media/preview/protocol.js';
import type { PictureEdit, WhatIfParams } from '../../server/lsp/protocol.js';
import type { LanguageServer } from '../language-server.js';
import { PictureFiles } from './picture-files.js';

/** What the picture asks beside itself. */
export type PictureQuestion = Exclude<ViewMessage, { readonly kind: 'ready' | 'reveal' | 'kept' | 'pin' }>;

/** Answers the questions of one view: what-ifs, losses, the matrix; keeps scenarios, offers actions, writes files. */
export class PictureAnswers {
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #post: (message: HostMessage) => Thenable<boolean> | undefined;
  readonly #files: PictureFiles;
  /** What the view has switched off; undefined: nothing. */
  #switches: WhatIfParams['switches'] | undefined;

  constructor(
    extension: Uri,
    server: LanguageServer,
    log: LogOutputChannel,
    post: (message: HostMessage) => Thenable<boolean> | undefined,
  ) {
    this.#server = server;
    this.#log = log;
    this.#post = post;
    this.#files = new PictureFiles(extension, server, (told) => this.#tell(told));
  }

  /** The model has been analysed again: what is shown of a what-if is asked again. */
  async modelChanged(uri: Uri): Promise<void> {
    if (this.#switches !== undefined) await this.receive(uri, { kind: 'what-if', switches: this.#switches });
  }

  /** Answers one question about the model of a file. Failures are told in the output, and to the user where something was to happen. */
  async receive(uri: Uri, question: PictureQuestion): Promise<void> {
    try {
      await this.#answer(uri, question);
    } catch (error) {
      this.#log.warn(l10n.t('The picture got no answer: {0}', String(error)));
    }
  }

  async #answer(uri: Uri, question: PictureQuestion): Promise<void> {
    const of = uri.toString();
    switch (question.kind) {
      case 'what-if': {
        this.#switches = question.switches;
        const { whatIf } = await this.#server.whatIf({ uri: of, switches: question.switches });
        await this.#post({ kind: 'what-if-answer', asked: question.switches, answer: whatIf });
        return;
      }
      case 'what-if-over':
        this.#switches = undefined;
        return;
      case 'ask-losses': {
        const { losses } = await this.#server.worstLosses(uri);
        await this.#post({ kind: 'losses', losses });
        return;
      }
      case 'ask-matrix': {
        const { matrix } = await this.#server.matrix({ uri: of });
        await this.#post({ kind: 'matrix', matrix });
        return;
      }
      case 'keep':
        return this.#keep(of, question.switches);
      case 'ask-changes': {
        const { groups } = await this.#server.partChanges({ uri: of, name: question.name });
        await this.#post({ kind: 'part-changes', name: question.name, groups });
        return;
      }
      case 'change':
        return this.#change(of, question.name, question.id);
      case 'undo':
        return this.#undo(Uri.parse(question.uri));
      case 'actions':
        return this.#offerActions(Uri.parse(question.uri), rangeOf(question));
      case 'save-matrix':
        return this.#files.saveMatrix(uri, question);
      case 'save-picture':
        return this.#files.savePicture(uri, question);
      case 'save-page':
        return this.#files.savePage(uri, question);
      case 'show-saved':
        return this.#files.show(question.how);
    }
  }

  /** One edit, so that one undo takes it back. */
  async #keep(uri: string, switches: WhatIfParams['switches']): Promise<void> {
    const { name, edits, problem } = await this.#server.keepScenario({ uri, switches });
    if (name === undefined || edits.length === 0) {
      await this.#tell({ text: problem ?? l10n.t('The scenario could not be kept.') });
      return;
    }
    const applied = await this.#apply(edits);
    const text = applied ? l10n.t('Kept as scenario {0}.', name) : l10n.t('The scenario could not be kept.');
    await this.#tell({ text });
  }

  /** The change is worked out from the text as it is now; it is one edit, and can be taken back from here as well. */
  async #change(uri: string, name: string, id: string): Promise<void> {
    const { edits } = await this.#server.partChanges({ uri, name, id });
    const applied = edits.length > 0 && (await this.#apply(edits));
    const [first] = edits;
    if (!applied || first === undefined)
      return this.#tell({ text: l10n.t('The text has changed meanwhile: open the list again.') });
    await this.#post({ kind: 'notice', text: l10n.t('Changed {0}.', name), undo: first.uri });
  }

  /** In the text that it was done in, which therefore has to be the active one. */
  async #undo(uri: Uri): Promise<void> {
    const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    await window.showTextDocument(await workspace.openTextDocument(uri), { viewColumn: open?.viewColumn ?? ViewColumn.One });
    await commands.executeCommand('undo');
  }

  async #apply(edits: readonly PictureEdit[]): Promise<boolean> {
    const edit = new WorkspaceEdit();
    for (const { uri, range, text } of edits) edit.replace(Uri.parse(uri), rangeOf(range), text);
    return workspace.applyEdit(edit);
  }

  /** Everything that the text offers at a place (add a zone, a standby, a backup, accept a risk), as one list. */
  async #offerActions(uri: Uri, range: Range): Promise<void> {
    await workspace.openTextDocument(uri);
    const actions = await commands.executeCommand<readonly CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    const usable = (actions ?? []).filter(({ edit, disabled }) => edit !== undefined && disabled === undefined);
    if (usable.length === 0) {
      await this.#tell({ text: l10n.t('There is nothing to change here.') });
      return;
    }
    const items = usable.map((action) => ({ label: action.title, action }));
    const chosen = await window.showQuickPick(items, { title: l10n.t('Change the Model') });
    if (chosen?.action.edit === undefined) return;
    await workspace.applyEdit(chosen.action.edit);
    const { command } = chosen.action;
    if (command !== undefined) await commands.executeCommand(command.command, ...(command.arguments ?? []));
  }

  async #tell(told: Omit<NoticeMessage, 'kind'>): Promise<void> {
    await this.#post({ kind: 'notice', ...told });
    void window.setStatusBarMessage(told.text, 6000);
  }
}

function rangeOf({ start, end }: { readonly start: ViewPosition; readonly end: ViewPosition }): Range {
  return new Range(new Position(start.line, start.character), new Position(end.line, end.character));
}
