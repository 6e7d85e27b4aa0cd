import {
  type AstNodeDescription,
  type AstNodeLocator,
  type Cancellation,
  type CstNode,
  CstUtils,
  type DocumentSegment,
  interruptAndCheck,
  type LangiumCoreServices,
  type LangiumDocument,
  type ReferenceDescription,
  type ReferenceDescriptionProvider,
  type URI,
  UriUtils,
} from 'langium';

/**
 * The index of who refers to whom, for "find references" and rename. Langium's own walks the whole tree once more per build and works
 * out a path and a range for every reference; this one takes the references that linking has listed, and works out the rest when asked.
 */
export class ReferenceIndex implements ReferenceDescriptionProvider {
  private readonly locator: AstNodeLocator;

  constructor(services: LangiumCoreServices) {
    this.locator = services.workspace.AstNodeLocator;
  }

  async createDescriptions(document: LangiumDocument, token?: Cancellation.CancellationToken): Promise<ReferenceDescription[]> {
    if (token !== undefined) await interruptAndCheck(token);
    const descriptions: ReferenceDescription[] = [];
    for (const reference of document.references) {
      // The grammar has references to one target only.
      if (!('$nodeDescription' in reference) || reference.error !== undefined) continue;
      const { $refNode: node, $nodeDescription: target } = reference;
      if (node !== undefined && target !== undefined) descriptions.push(new Use(document.uri, node, target, this.locator));
    }
    return descriptions;
  }
}

class Use implements ReferenceDescription {
  readonly targetUri: URI;
  readonly targetPath: string;
  readonly local: boolean;

  constructor(
    readonly sourceUri: URI,
    private readonly node: CstNode,
    target: AstNodeDescription,
    private readonly locator: AstNodeLocator,
  ) {
    this.targetUri = target.documentUri;
    this.targetPath = target.path;
    this.local = target.documentUri === sourceUri || UriUtils.equals(target.documentUri, sourceUri);
  }

  get sourcePath(): string {
    return this.locator.getAstNodePath(this.node.astNode);
  }

  get segment(): DocumentSegment {
    return CstUtils.toDocumentSegment(this.node);
  }
}
