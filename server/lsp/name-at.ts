import { type AstNode, AstUtils, type CstNode, CstUtils, GrammarUtils, type LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { LocationLink, Position, Range } from 'vscode-languageserver';

/** A name in the text and what it names. */
export interface NameAt {
  /** The name itself, without quotes, dots or commas. */
  readonly leaf: CstNode;
  /** The declaration that is meant: the node itself where the name declares it. */
  readonly target: AstNode;
}

/** One place where a declaration is used. */
export interface NameUse {
  readonly document: LangiumDocument;
  /** The node that holds the reference: a `NameReference`, a `SiteReference`, a `Drill`, and so on. */
  readonly node: AstNode;
  readonly range: Range;
}

/** Names in the text: what stands at a position, and where a declaration is used. */
export class Names {
  constructor(private readonly services: LangiumServices) {}

  /** The name at a position, a position at its end included; undefined where there is none, or where it means nothing. */
  at(document: LangiumDocument, position: Position): NameAt | undefined {
    const leaf = leafAt(document, position);
    const target = leaf === undefined ? undefined : this.services.references.References.findDeclarations(leaf)[0];
    return leaf === undefined || target === undefined ? undefined : { leaf, target };
  }

  /** All uses of a declaration in all files, in the order of files and text; the declaration itself is not among them. */
  usesOf(target: AstNode): readonly NameUse[] {
    const { workspace } = this.services.shared;
    const uses: NameUse[] = [];
    for (const use of this.services.references.References.findReferences(target, { includeDeclaration: false })) {
      const document = workspace.LangiumDocuments.getDocument(use.sourceUri);
      if (document === undefined) continue;
      const node = this.services.workspace.AstNodeLocator.getAstNode(document.parseResult.value, use.sourcePath);
      if (node !== undefined) uses.push({ document, node, range: use.segment.range });
    }
    return uses.sort(inOrder);
  }
}

/** The leaf of the tree at a position, keywords and texts included. */
export function leafAt(document: LangiumDocument, position: Position): CstNode | undefined {
  const root = document.parseResult.value.$cstNode;
  if (root === undefined) return undefined;
  return CstUtils.findDeclarationNodeAtOffset(root, document.textDocument.offsetAt(position));
}

/** The name of a declaration in the text, or undefined where it has none. */
export function nameNodeOf(node: AstNode): CstNode | undefined {
  return GrammarUtils.findNodeForProperty(node.$cstNode, node.$type === 'Drill' ? 'scenario' : 'name');
}

/** A link from a name to a declaration; undefined for what has no place in a text. */
export function linkTo(from: CstNode | undefined, target: AstNode): LocationLink | undefined {
  const whole = target.$cstNode;
  if (whole === undefined) return undefined;
  const name = nameNodeOf(target) ?? whole;
  return {
    ...(from === undefined ? {} : { originSelectionRange: from.range }),
    targetUri: AstUtils.getDocument(target).uri.toString(),
    targetRange: whole.range,
    targetSelectionRange: name.range,
  };
}

function inOrder(a: NameUse, b: NameUse): number {
  const [left, right] = [a.document.uri.toString(), b.document.uri.toString()];
  if (left !== right) return left < right ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
