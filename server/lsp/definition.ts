import { type LangiumDocument, UriUtils } from 'langium';
import type { DeclarationProvider, DefinitionProvider, LangiumServices } from 'langium/lsp';
import type { DeclarationParams, DefinitionParams, LocationLink, Range } from 'vscode-languageserver';
import { isImport } from '../../language/generated/ast.js';
import { resolveImport } from '../../language/syntax/imports.js';
import { leafAt, linkTo, type Names } from './name-at.js';

const startOfFile: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/**
 * Leads from a use to its declaration, from a declaration to itself (editors then list its uses), and from the path of an import to the
 * file. Where a word names nothing, there is nothing to go to: no guess is made.
 */
export class Definitions implements DefinitionProvider, DeclarationProvider {
  constructor(
    private readonly services: LangiumServices,
    private readonly names: Names,
  ) {}

  getDefinition(document: LangiumDocument, { position }: DefinitionParams): LocationLink[] | undefined {
    const name = this.names.at(document, position);
    const link = name === undefined ? this.importedFile(document, position) : linkTo(name.leaf, name.target);
    return link === undefined ? undefined : [link];
  }

  /** A declaration and its definition are the same thing in DRML. */
  getDeclaration(document: LangiumDocument, params: DeclarationParams): LocationLink[] | undefined {
    return this.getDefinition(document, params);
  }

  private importedFile(document: LangiumDocument, position: DefinitionParams['position']): LocationLink | undefined {
    const leaf = leafAt(document, position);
    if (leaf === undefined || !isImport(leaf.astNode) || !leaf.text.startsWith('"')) return undefined;
    const uri = resolveImport(document.uri, leaf.astNode.path);
    const known = uri !== undefined && this.services.shared.workspace.LangiumDocuments.hasDocument(uri);
    if (!known) return undefined;
    return {
      originSelectionRange: leaf.range,
      targetUri: UriUtils.normalize(uri),
      targetRange: startOfFile,
      targetSelectionRange: startOfFile,
    };
  }
}
