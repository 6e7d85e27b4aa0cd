import type { LangiumDocument } from 'langium';
import { AstUtils, GrammarUtils } from 'langium';
import type { DocumentHighlightProvider } from 'langium/lsp';
import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import { type Accepts, isAccepts } from '../../language/generated/ast.js';
import { leafAt, type Names, nameNodeOf } from './name-at.js';

/** Marks a name in its file: where it is declared as written, where it is used as read. The code of an accepted rule is marked as text. */
export class Highlights implements DocumentHighlightProvider {
  constructor(private readonly names: Names) {}

  getDocumentHighlight(document: LangiumDocument, { position }: DocumentHighlightParams): DocumentHighlight[] | undefined {
    const name = this.names.at(document, position);
    if (name === undefined) return this.acceptedRule(document, position);
    const found: DocumentHighlight[] = [];
    const declared = AstUtils.getDocument(name.target) === document ? nameNodeOf(name.target) : undefined;
    if (declared !== undefined) found.push({ range: declared.range, kind: DocumentHighlightKind.Write });
    for (const use of this.names.usesOf(name.target)) {
      if (use.document === document) found.push({ range: use.range, kind: DocumentHighlightKind.Read });
    }
    return found;
  }

  private acceptedRule(
    document: LangiumDocument,
    position: DocumentHighlightParams['position'],
  ): DocumentHighlight[] | undefined {
    const leaf = leafAt(document, position);
    if (leaf === undefined || !isAccepts(leaf.astNode) || leaf.text !== leaf.astNode.rule) return undefined;
    return AstUtils.streamAst(document.parseResult.value)
      .filter(isAccepts)
      .filter((accepts) => accepts.rule === leaf.text)
      .flatMap(ruleHighlight)
      .toArray();
  }
}

function ruleHighlight(accepts: Accepts): readonly DocumentHighlight[] {
  const range = GrammarUtils.findNodeForProperty(accepts.$cstNode, 'rule')?.range;
  return range === undefined ? [] : [{ range, kind: DocumentHighlightKind.Text }];
}
