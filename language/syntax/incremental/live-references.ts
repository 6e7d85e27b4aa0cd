import {
  type AstNode,
  type AstNodeLocator,
  CstUtils,
  DefaultIndexManager,
  DocumentState,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type Reference,
  type ReferenceDescription,
  type Stream,
  stream,
} from 'langium';

/**
 * The index of who refers to whom without an index: the references that linking has listed in each document are looked through when
 * somebody asks. So nothing has to be kept up to date, and what is told stands where it stands now.
 */
export class LiveReferences extends DefaultIndexManager {
  constructor(private readonly services: LangiumSharedCoreServices) {
    super(services);
  }

  override async updateReferences(): Promise<void> {
    // The documents hold their references themselves.
  }

  override findAllReferences(target: AstNode): Stream<ReferenceDescription> {
    const found: ReferenceDescription[] = [];
    for (const document of this.documents.all) {
      if (document.state < DocumentState.Linked) continue;
      const locator = this.services.ServiceRegistry.getServices(document.uri).workspace.AstNodeLocator;
      for (const reference of document.references) {
        if ('ref' in reference && reference.error === undefined && reference.ref === target) {
          const described = describe(document, reference, target, locator);
          if (described !== undefined) found.push(described);
        }
      }
    }
    return stream(found);
  }

  override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
    const own = document.uri.toString();
    return document.references.some((reference) => {
      // The grammar has references to one target only.
      const target = 'ref' in reference && reference.error === undefined ? reference.$nodeDescription : undefined;
      const uri = target?.documentUri.toString();
      return uri !== undefined && uri !== own && changedUris.has(uri);
    });
  }
}

function describe(
  document: LangiumDocument,
  reference: Reference,
  target: AstNode,
  locator: AstNodeLocator,
): ReferenceDescription | undefined {
  const { $refNode: node, $nodeDescription: description } = reference;
  const segment = CstUtils.toDocumentSegment(node);
  if (node === undefined || segment === undefined || description === undefined) return undefined;
  return {
    sourceUri: document.uri,
    sourcePath: locator.getAstNodePath(node.astNode),
    targetUri: description.documentUri,
    targetPath: locator.getAstNodePath(target),
    segment,
    local: description.documentUri.toString() === document.uri.toString(),
  };
}
