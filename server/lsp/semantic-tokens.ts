import { type AstNode, GrammarUtils, type Reference } from 'langium';
import { AbstractSemanticTokenProvider, type SemanticTokenAcceptor } from 'langium/lsp';
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver';
import { reflection } from '../../language/generated/ast.js';

const typesOfNodes: Readonly<Record<string, SemanticTokenTypes>> = {
  ModelBlock: SemanticTokenTypes.namespace,
  Region: SemanticTokenTypes.namespace,
  Zone: SemanticTokenTypes.enumMember,
  ZoneName: SemanticTokenTypes.enumMember,
  Component: SemanticTokenTypes.class,
  Journey: SemanticTokenTypes.event,
  Policy: SemanticTokenTypes.struct,
  Scenario: SemanticTokenTypes.function,
  Backup: SemanticTokenTypes.property,
};

/** Node types whose words are values that a grammar for colours cannot tell from keywords: `engine log`, `account backup`. */
const wordProperties: Readonly<Record<string, readonly string[]>> = {
  Text: ['value'],
  Words: ['values'],
  Versioned: ['value'],
  ManagedBy: ['manager', 'operator'],
  Storage: ['storage'],
  Consistency: ['level', 'onPartition'],
  Quota: ['resource'],
  SoftwareVersion: ['name'],
  Mount: ['name'],
  Port: ['name'],
  Retries: ['causes'],
  FailTarget: ['value'],
  Deletes: ['account'],
  Accepts: ['owner'],
};

/**
 * Colours names and words, and only these: keywords, numbers and strings have their colour from the TextMate grammar already. A name that
 * is also a keyword (`cache backup { … }`) is thereby coloured as the name it is.
 */
export class SemanticTokens extends AbstractSemanticTokenProvider {
  protected override highlightElement(node: AstNode, acceptor: SemanticTokenAcceptor): void {
    const declared = typesOfNodes[node.$type];
    if (declared !== undefined) {
      acceptor({ node, property: 'name', type: declared, modifier: SemanticTokenModifiers.declaration });
    }
    const words = wordProperties[node.$type];
    if (words !== undefined) for (const property of words) this.colourWords(node, property, acceptor);
    for (const property of Object.keys(reflection.types[node.$type as keyof typeof reflection.types]?.properties ?? {})) {
      const value: unknown = Reflect.get(node, property);
      if (isReference(value)) this.colourReference(value, acceptor);
    }
  }

  private colourWords(node: AstNode, property: string, acceptor: SemanticTokenAcceptor): void {
    if (Reflect.get(node, property) === undefined) return;
    for (const cst of GrammarUtils.findNodesForProperty(node.$cstNode, property)) {
      // What stands between quotes is a text, and the grammar for colours knows texts.
      if (cst.root.fullText[cst.offset] !== '"') acceptor({ cst, type: SemanticTokenTypes.variable });
    }
  }

  private colourReference(reference: Reference, acceptor: SemanticTokenAcceptor): void {
    const cst = reference.$refNode;
    // Names that mean nothing keep the plain colour: the problem says why.
    const type = typesOfNodes[reference.ref?.$type ?? ''];
    if (cst !== undefined && type !== undefined) acceptor({ cst, type });
  }
}

function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && '$refText' in value;
}
