/** What checks ask about everything around a file: the files it sees, and who refers to what it declares. */
import { type AstNode, type LangiumCoreServices, type LangiumDocument, type LangiumDocuments, UriUtils } from 'langium';
import type { DrmlFile } from '../../generated/ast.js';
import { importClosure } from '../imports.js';
import { type WorkspaceNames, workspaceNames } from '../workspace-names.js';

export interface Surroundings {
  readonly document: LangiumDocument;
  readonly file: DrmlFile;
  readonly documents: LangiumDocuments;
  /** Imported files before their importers, this file last. Computed when first asked for. */
  closure(): readonly LangiumDocument[];
  /** What all files declare, and which file sees which. */
  names(): WorkspaceNames;
  /** Whether any file refers to this declaration. */
  isReferredTo(node: AstNode): boolean;
}

/** The surroundings of one file for one pass of checks. */
export function surroundingsOf(services: LangiumCoreServices, document: LangiumDocument, file: DrmlFile): Surroundings {
  const documents = services.shared.workspace.LangiumDocuments;
  let closure: readonly LangiumDocument[] | undefined;
  return {
    document,
    file,
    documents,
    closure: () => {
      closure ??= importClosure(documents, document);
      return closure;
    },
    names: () => workspaceNames(services.shared, document),
    isReferredTo: (node) => {
      const path = services.workspace.AstNodeLocator.getAstNodePath(node);
      return !services.shared.workspace.IndexManager.findAllReferences(node, path).isEmpty();
    },
  };
}

/** The path that `from` would import `to` by: `./platform.drml`, `../shared/sites.drml`. */
export function importPath(from: LangiumDocument, to: LangiumDocument): string {
  const path = UriUtils.relative(UriUtils.dirname(from.uri), to.uri);
  return path.startsWith('.') ? path : `./${path}`;
}
