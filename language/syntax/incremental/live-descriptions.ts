import {
  type AstNode,
  type AstNodeDescription,
  type AstNodeDescriptionProvider,
  AstUtils,
  type CstNode,
  CstUtils,
  type DocumentSegment,
  type LangiumCoreServices,
  type LangiumDocument,
  type URI,
} from 'langium';

/**
 * Describes declarations for the index. Where a name stands is worked out when somebody asks: an edit above moves it, and the
 * description stays.
 */
export class LiveDescriptions implements AstNodeDescriptionProvider {
  constructor(private readonly services: LangiumCoreServices) {}

  createDescription(node: AstNode, name: string | undefined, document?: LangiumDocument): AstNodeDescription {
    const known = name ?? this.services.references.NameProvider.getName(node);
    if (known === undefined || known === '') throw new Error('A declaration has a name.');
    const path = this.services.workspace.AstNodeLocator.getAstNodePath(node);
    return new Declared(node, known, path, (document ?? AstUtils.getDocument(node)).uri, this.services);
  }
}

class Declared implements AstNodeDescription {
  readonly type: string;

  constructor(
    readonly node: AstNode,
    readonly name: string,
    readonly path: string,
    readonly documentUri: URI,
    private readonly services: LangiumCoreServices,
  ) {
    this.type = node.$type;
  }

  get nameSegment(): DocumentSegment {
    return segmentOf(this.services.references.NameProvider.getNameNode(this.node) ?? this.node.$cstNode);
  }

  get selectionSegment(): DocumentSegment {
    return segmentOf(this.node.$cstNode);
  }
}

function segmentOf(node: CstNode | undefined): DocumentSegment {
  const start = { line: 0, character: 0 };
  return CstUtils.toDocumentSegment(node) ?? { offset: 0, end: 0, length: 0, range: { start, end: start } };
}
