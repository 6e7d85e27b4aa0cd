import { GrammarUtils, type LangiumDocument, type URI } from 'langium';
import { DefaultReferencesProvider, type LangiumServices } from 'langium/lsp';
import type { Location, ReferenceParams } from 'vscode-languageserver';
import { isImport } from '../../language/generated/ast.js';
import { importsOf, resolveImport } from '../../language/syntax/imports.js';
import { leafAt } from './name-at.js';

/** All uses of a name in all files; of the path of an import, all imports of the same file. */
export class FindReferences extends DefaultReferencesProvider {
  constructor(private readonly services: LangiumServices) {
    super(services);
  }

  override findReferences(
    document: LangiumDocument,
    params: ReferenceParams,
  ): ReturnType<DefaultReferencesProvider['findReferences']> {
    const leaf = leafAt(document, params.position);
    if (leaf === undefined || !isImport(leaf.astNode) || !leaf.text.startsWith('"'))
      return super.findReferences(document, params);
    const imported = resolveImport(document.uri, leaf.astNode.path);
    return imported === undefined ? [] : this.importsOfFile(imported);
  }

  private importsOfFile(file: URI): Location[] {
    const key = file.toString();
    return this.services.shared.workspace.LangiumDocuments.all
      .flatMap((document) =>
        importsOf(document).flatMap(({ node, uri }) => {
          const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'path')?.range;
          return uri?.toString() === key && range !== undefined ? [{ uri: document.uri.toString(), range }] : [];
        }),
      )
      .toArray();
  }
}
