import { AstUtils, type LangiumDocument } from 'langium';
import type { LinkedEditingRanges, Position } from 'vscode-languageserver';
import { type Names, nameNodeOf } from './name-at.js';

/** What a name is made of while it is typed: the end of a word may be a dash for a moment. */
const wordPattern = '[A-Za-z_][A-Za-z0-9_-]*';

/**
 * The places that change along while a name is typed over where it is declared. Offered only where every use stands in the same file:
 * editors carry linked edits into one file, and a name that others use is renamed instead. At a use nothing is linked, since whoever
 * edits a use wants another name there.
 */
export function linkedEditing(names: Names, document: LangiumDocument, position: Position): LinkedEditingRanges | undefined {
  const name = names.at(document, position);
  if (name === undefined) return undefined;
  const declared = nameNodeOf(name.target);
  if (declared === undefined || declared.offset !== name.leaf.offset || AstUtils.getDocument(name.target) !== document) {
    return undefined;
  }
  const uses = names.usesOf(name.target);
  if (uses.length === 0 || uses.some((use) => use.document !== document)) return undefined;
  return { ranges: [declared.range, ...uses.map(({ range }) => range)], wordPattern };
}
