import type { TextDocument } from 'langium';
import {
  type CompletionItem,
  CompletionItemKind,
  InsertReplaceEdit,
  InsertTextFormat,
  type Position,
  Range,
  TextEdit,
} from 'vscode-languageserver';
import type { TouchedWord } from '../../../language/syntax/completion/place.js';

/** What the client's completion can show. */
export interface CompletionClient {
  readonly snippets: boolean;
  /** Lets the user choose between putting in before the rest of a word and replacing the rest. */
  readonly insertReplace: boolean;
  readonly labelDetails: boolean;
}

/** The groups of a list, in the order they are shown. */
export const groups = {
  needed: '0',
  goesOn: '1',
  statement: '2',
  elsewhere: '5',
  unlikely: '8',
  written: '9',
} as const;

export interface Offer {
  readonly label: string;
  /** What is put in, where it is not the label. */
  readonly text?: string;
  readonly kind: CompletionItemKind;
  readonly group: keyof typeof groups;
  /** The place within the group. */
  readonly order: number;
  readonly detail?: string;
  /** What stands behind the label, greyed: where a name comes from. */
  readonly origin?: string;
  readonly documentation?: string;
  readonly snippet?: boolean;
  readonly commitCharacters?: readonly string[];
  readonly additionalEdits?: readonly TextEdit[];
  readonly data?: unknown;
  /** What typing is compared with, where it is not the label. */
  readonly filter?: string;
}

/** Collects the items of one answer: each takes the place of the word at the cursor. */
export class ItemList {
  readonly items: CompletionItem[] = [];
  private readonly edit: (text: string) => TextEdit | InsertReplaceEdit;

  constructor(
    document: TextDocument,
    word: TouchedWord,
    cursor: Position,
    readonly client: CompletionClient,
  ) {
    const start = document.positionAt(word.start);
    const end = document.positionAt(word.end);
    const whole = Range.create(start, end);
    const before = Range.create(start, cursor);
    this.edit = client.insertReplace
      ? (text) => InsertReplaceEdit.create(text, before, whole)
      : (text) => TextEdit.replace(whole, text);
  }

  add(offer: Offer): void {
    const { label, text = label, kind, group, order, detail, origin, documentation, snippet, data, filter = label } = offer;
    const { commitCharacters, additionalEdits } = offer;
    this.items.push({
      label,
      kind,
      ...(origin !== undefined && this.client.labelDetails ? { labelDetails: { description: origin } } : {}),
      ...(detail === undefined || detail === '' ? {} : { detail }),
      ...(documentation === undefined ? {} : { documentation: { kind: 'markdown', value: documentation } }),
      sortText: `${groups[group]}${String(order).padStart(4, '0')}`,
      filterText: filter,
      textEdit: this.edit(text),
      ...(snippet === true ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      ...(commitCharacters === undefined ? {} : { commitCharacters: [...commitCharacters] }),
      ...(additionalEdits === undefined ? {} : { additionalTextEdits: [...additionalEdits] }),
      ...(data === undefined ? {} : { data }),
    });
  }
}

/** Symbols that an editor draws for what a name stands for. */
export const nameKinds: Readonly<Record<string, CompletionItemKind>> = {
  region: CompletionItemKind.Module,
  zone: CompletionItemKind.Module,
  service: CompletionItemKind.Class,
  gateway: CompletionItemKind.Interface,
  database: CompletionItemKind.Struct,
  cache: CompletionItemKind.Struct,
  queue: CompletionItemKind.Event,
  bucket: CompletionItemKind.Folder,
  external: CompletionItemKind.Reference,
  coordinator: CompletionItemKind.Struct,
  job: CompletionItemKind.Function,
  journey: CompletionItemKind.Method,
  policy: CompletionItemKind.Constant,
  scenario: CompletionItemKind.Method,
};
