import { type LangiumDocument, type LangiumDocuments, URI } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { type CompletionItem, CompletionItemKind, CompletionList, type CompletionParams } from 'vscode-languageserver';
import type { Expected } from '../../../language/syntax/completion/expectation.js';
import { foreignWordsAt, keywordsAt, ranksIn } from '../../../language/syntax/completion/keywords.js';
import { kindOf } from '../../../language/syntax/completion/names.js';
import { type CursorPlace, CursorPlaces } from '../../../language/syntax/completion/place.js';
import { type UsedWords, usedWords } from '../../../language/syntax/completion/used-words.js';
import { numbersAt, type ValueProposal, wordsAt } from '../../../language/syntax/completion/values.js';
import { fileOf, importClosure } from '../../../language/syntax/imports.js';
import { type KeyEntry, keyIn, type Place } from '../../../language/syntax/keys.js';
import { writtenForm } from '../../../language/syntax/statement-forms.js';
import type { ClientAbilities } from '../client-abilities.js';
import type { Figures } from '../figures.js';
import { importablePaths } from './auto-import.js';
import { starterModel } from './declaration-snippets.js';
import { type CompletionClient, ItemList } from './item-list.js';
import { addNames, type NameData, visibleScope } from './name-items.js';
import { acceptances, addRules } from './rule-items.js';
import { plainText, type Snippet, type SnippetNames } from './snippet.js';
import { snippetsOf } from './snippets.js';

/** What may come next at the cursor: names that fit, values, keywords as whole phrases, blocks; all of it from the text around the cursor. */
export class Completion {
  private readonly places: CursorPlaces;
  private readonly documents: LangiumDocuments;
  private readonly client: CompletionClient;

  constructor(
    private readonly services: LangiumServices,
    private readonly figures: () => Figures,
    client: ClientAbilities,
  ) {
    this.places = new CursorPlaces(services);
    this.documents = services.shared.workspace.LangiumDocuments;
    this.client = client.completion;
  }

  getCompletion(document: LangiumDocument, params: CompletionParams): CompletionList {
    const at = this.places.at(document, document.textDocument.offsetAt(params.position));
    const list = CompletionList.create([], false);
    if (at === undefined || isUnwanted(at, params.context?.triggerCharacter) || followsStrayDot(document, at)) return list;
    const items = new ItemList(document.textDocument, at.word, params.position, this.client);
    const asked = params.context?.triggerCharacter === ' ';
    list.isIncomplete = this.fill(document, at, items, asked);
    list.items = items.items;
    return list;
  }

  /** Adds what the key table or the declaration says of an item, once somebody looks at it. */
  resolve(item: CompletionItem): CompletionItem {
    const data: unknown = item.data;
    if (!isNameData(data)) return item;
    const document = this.documents.getDocument(URI.parse(data.uri));
    const node = document && this.services.workspace.AstNodeLocator.getAstNode(document.parseResult.value, data.path);
    const documentation = node && this.services.documentation.DocumentationProvider.getDocumentation(node);
    return documentation === undefined ? item : { ...item, documentation: { kind: 'markdown', value: documentation } };
  }

  /** Adds all items of a place; tells whether typing on may bring more. */
  private fill(document: LangiumDocument, at: CursorPlace, list: ItemList, asked: boolean): boolean {
    let incomplete = false;
    let used: UsedWords | undefined;
    const words = (): UsedWords => {
      used ??= usedWords(importClosure(this.documents, document));
      return used;
    };
    const typedNumber = /^[+-]?\d/.test(at.word.text) && !at.word.quoted;
    const seen = new Set<string>();
    for (const expected of at.expected) {
      if (expected.isKeyword) continue;
      if (expected.reference !== undefined) {
        if (!typedNumber && !at.word.quoted) incomplete = addNames(this.services, document, expected, at, list) || incomplete;
      } else if (isNumber(expected)) {
        const wanted = !at.word.quoted && (!asked || expected.property === 'tier');
        if (wanted) addValues(numbersAt(expected, at), list);
      } else if (!typedNumber && !seen.has(`${expected.type}.${expected.property}`)) {
        // A word may be a name or a text: both are the same place.
        seen.add(`${expected.type}.${expected.property}`);
        this.addWords(document, expected, at, list, words);
      }
    }
    // After a number only a unit or the next statement makes sense, and the next statement starts after a blank.
    if (typedNumber || at.word.quoted) return incomplete;
    addKeywords(at, list);
    addForeign(at, list);
    if (at.startsLine && at.place !== undefined) this.addSnippets(document, at, at.place, list);
    return incomplete;
  }

  private addWords(document: LangiumDocument, expected: Expected, at: CursorPlace, list: ItemList, words: () => UsedWords): void {
    if (expected.type === 'Import') {
      importablePaths(this.services, document).forEach((path, order) => {
        const text = at.word.quoted ? path : `"${path}"`;
        list.add({ label: text, kind: CompletionItemKind.File, group: 'needed', order });
      });
      return;
    }
    if (expected.type === 'Accepts' && expected.property === 'rule') {
      addRules(this.figures().modelsOf(document.uri.toString()), document.uri.toString(), at, list);
      return;
    }
    addValues(wordsAt(expected, at, words), list);
  }

  private addSnippets(document: LangiumDocument, at: CursorPlace, place: Place, list: ItemList): void {
    const ranks = ranksIn(place);
    const written = new Set(at.siblings.map(([first]) => first?.token.image ?? ''));
    const hasModel = fileOf(document)?.elements.some(({ $type }) => $type === 'ModelBlock') === true;
    const offer = (snippet: Snippet, order: number): void => {
      const { label, detail, body, key } = snippet;
      const entry = keyIn(place, key);
      if (entry === undefined || (!entry.repeats && (written.has(key) || (key === 'model' && hasModel)))) return;
      const text = this.client.snippets ? body : plainText(body);
      const shown = `\`\`\`drml\n${plainText(body).trimEnd()}\n\`\`\``;
      const kind = CompletionItemKind.Snippet;
      list.add({ label, text, kind, group: 'statement', order, detail, documentation: shown, snippet: this.client.snippets });
    };
    const isEmpty = place === 'file' && (fileOf(document)?.elements.length ?? 0) === 0;
    if (isEmpty) offer(starterModel, 0);
    const uri = document.uri.toString();
    const blocks = [...snippetsOf(place, this.snippetNames(document, at)), ...acceptances(this.figures().modelsOf(uri), uri, at)];
    blocks.forEach((snippet, index) => {
      offer(snippet, 10 * (ranks.get(snippet.key) ?? ranks.size) + 1 + Math.min(index % 9, 8));
    });
  }

  /** Names for the menus of snippets, in the order of declaration; the declaration around the cursor is left out. */
  private snippetNames(document: LangiumDocument, at: CursorPlace): SnippetNames {
    const own = at.owner.find(({ as }) => as.property === 'name')?.token.image;
    const byKind = new Map<string, string[]>();
    const reference: Expected = { ...noReference, reference: 'Named' };
    for (const description of visibleScope(this.services, document, reference).getAllElements()) {
      if (description.name === own) continue;
      const kind = kindOf(description);
      const names = byKind.get(kind);
      if (names === undefined) byKind.set(kind, [description.name]);
      else if (names.length < 20) names.push(description.name);
    }
    const of = (...kinds: readonly string[]): readonly string[] => kinds.flatMap((kind) => byKind.get(kind) ?? []);
    const scenarios = visibleScope(this.services, document, { ...noReference, reference: 'Scenario' }).getAllElements();
    const standby = at.siblings.filter((statement) => statement.some(({ token }) => token.image === 'standby'));
    return {
      regions: of('region'),
      standbyRegions: standby.flatMap((statement) =>
        statement.filter(({ as }) => as.property === 'region').map(({ token }) => token.image),
      ),
      buckets: of('bucket'),
      services: of('service'),
      requirable: of('service', 'database', 'cache', 'queue', 'external'),
      journeys: of('journey'),
      scenarios: scenarios.map(({ name }) => name).toArray(),
    };
  }
}

const noReference: Expected = {
  token: 'ID',
  isKeyword: false,
  rule: '',
  type: '',
  property: undefined,
  slot: '',
  reference: undefined,
  startsStatement: false,
  many: false,
  next: undefined,
};

/** A character that asks by itself must not open a list that is in the way: it does so only where something certain is due. */
function isUnwanted(at: CursorPlace, trigger: string | undefined): boolean {
  switch (trigger) {
    case ' ':
      return at.word.text !== '' || at.word.quoted || at.startsLine || at.expected.some(mayEndStatement);
    case '.':
      return !at.expected.some(({ reference }) => reference === 'ZoneDeclaration');
    case '"':
    case '/':
      return !at.word.quoted;
    default:
      return false;
  }
}

/** A dot behind something else than a region is the middle of a number, or a slip. */
function followsStrayDot(document: LangiumDocument, at: CursorPlace): boolean {
  if (at.word.quoted || at.expected.some(({ reference }) => reference === 'ZoneDeclaration')) return false;
  return document.textDocument.getText().charAt(at.word.start - 1) === '.';
}

function mayEndStatement({ startsStatement, token }: Expected): boolean {
  return startsStatement || token === '}' || token === '{';
}

function isNumber({ token }: Expected): boolean {
  return token === 'QUANTITY' || token === 'TIME' || token === 'ERASURE_CODE';
}

function addValues(values: readonly ValueProposal[], list: ItemList): void {
  values.forEach(({ text, meaning, kind }, order) => {
    const symbol =
      kind === 'word' ? CompletionItemKind.EnumMember : kind === 'unit' ? CompletionItemKind.Unit : CompletionItemKind.Value;
    list.add({ label: text, kind: symbol, group: 'needed', order, ...explained(meaning) });
  });
}

function addKeywords(at: CursorPlace, list: ItemList): void {
  const isNew = at.startsLine && at.expected.some(({ startsStatement }) => startsStatement);
  for (const { text, entry, meaning = '', written, order } of keywordsAt(at)) {
    const starts = entry !== undefined;
    list.add({
      label: text,
      kind: CompletionItemKind.Keyword,
      // On a new line people begin the next statement.
      group: written ? 'written' : starts ? 'statement' : isNew ? 'unlikely' : 'goesOn',
      order: starts ? 10 * order : order,
      ...(entry === undefined ? explained(meaning) : { detail: writtenForm(entry), documentation: documentationOf(entry) }),
    });
  }
}

/** The statement that somebody means who types a word of another tool. */
function addForeign(at: CursorPlace, list: ItemList): void {
  foreignWordsAt(at).forEach(({ foreign, entry, message }, order) => {
    list.add({
      label: entry.phrase,
      filter: foreign,
      kind: CompletionItemKind.Keyword,
      group: 'statement',
      order,
      origin: `for ${foreign}`,
      detail: writtenForm(entry),
      documentation: message,
    });
  });
}

/** Longer than this a text beside a label is cut off. */
const longestDetail = 48;

/** A few words stand beside the label; a sentence stands in the panel that opens for an item. */
function explained(meaning: string): { readonly detail?: string; readonly documentation?: string } {
  if (meaning === '') return {};
  return meaning.length <= longestDetail ? { detail: meaning } : { documentation: meaning };
}

function documentationOf(entry: KeyEntry): string {
  const absent = entry.absent === undefined ? '' : `\n\nIf omitted: ${entry.absent}.`;
  return `${entry.meaning}${absent}\n\n\`\`\`drml\n${entry.example}\n\`\`\``;
}

function isNameData(data: unknown): data is NameData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'name';
}
