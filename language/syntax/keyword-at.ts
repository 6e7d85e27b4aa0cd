import { type AstNode, type CstNode, GrammarAST } from 'langium';
import { isComponent, isDrmlFile } from '../generated/ast.js';
import { placeOfType } from './block-kinds.js';
import { componentKindPlaces, entriesOf, type KeyEntry, keyIn, type Place } from './keys.js';
import { wordMeaning } from './keys-words.js';
import { formOf } from './statement-forms.js';

/** What the key table says of a word of a text. */
export interface ExplainedWord {
  readonly entry: KeyEntry;
  /** Where the word is not the key itself: what it means behind the key. */
  readonly meaning: string | undefined;
}

/** The properties of the tree that hold statements. */
const statementLists: ReadonlySet<string> = new Set(['elements', 'statements', 'details', 'options', 'promises', 'accepts']);

/**
 * The entry that explains a word: a keyword, or a word of a list that the key table knows (`strong`, `dns`). Undefined for names, texts
 * and numbers.
 */
export function explainedWord(leaf: CstNode): ExplainedWord | undefined {
  const statement = statementAround(leaf.astNode);
  const place = statement?.$container === undefined ? undefined : placeOf(statement.$container);
  const start = statement?.$cstNode;
  if (statement === undefined || place === undefined || start === undefined) return undefined;
  const key = /^[a-z-]+/.exec(start.text)?.[0] ?? '';
  // A statement in the wrong block means what it means elsewhere.
  const entry = keyIn(place, key) ?? entriesOf(key)[0];
  if (entry === undefined) return undefined;
  const isKeyword = GrammarAST.isKeyword(leaf.grammarSource);
  if (isKeyword && !/^[a-z]/.test(leaf.text)) return undefined;
  // The words of the phrase itself: `common cause`, `publishes to`.
  const behind = leaf.offset - start.offset;
  if (isKeyword && behind < entry.phrase.length && start.text.startsWith(entry.phrase)) return { entry, meaning: undefined };
  if (behind === 0) return { entry, meaning: undefined };
  if (!isKeyword && !isListed(entry, leaf)) return undefined;
  const meaning = wordMeaning(key, leaf.text) ?? formOf(key)?.parts.find(({ fills }) => fills.includes(leaf.text))?.meaning;
  return meaning === undefined && !isKeyword ? undefined : { entry, meaning };
}

/** Whether a word that is no keyword is one of a list: of the key table, or of those that {@link wordMeaning} explains. */
function isListed(entry: KeyEntry, leaf: CstNode): boolean {
  if (entry.value.kind === 'words') return entry.value.allowed?.includes(leaf.text) === true;
  return (entry.key === 'storage' || entry.key === 'managed' || entry.key === 'consistency') && /^[a-z]/.test(leaf.text);
}

/** The statement or declaration a node belongs to. */
function statementAround(node: AstNode): AstNode | undefined {
  for (let current: AstNode | undefined = node; current !== undefined; current = current.$container) {
    if (statementLists.has(current.$containerProperty ?? '')) return current;
  }
  return undefined;
}

/** The kind of block a node is. */
function placeOf(node: AstNode): Place | undefined {
  if (isDrmlFile(node)) return 'file';
  if (isComponent(node)) return componentKindPlaces.find((kind) => kind === node.kind);
  return placeOfType[node.$type];
}
