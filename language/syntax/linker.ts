import {
  type AstNode,
  Cancellation,
  DefaultLinker,
  interruptAndCheck,
  isAstNode,
  isReference,
  type LangiumDocument,
} from 'langium';
import { fileOf } from './imports.js';

/** So many elements are linked before the linker looks whether it has become needless. */
const betweenLooks = 64;
const DOLLAR = 36;

/** Langium's linker with a walk of its own: streams, and a pause after every node, cost more than finding the names. */
export class DrmlLinker extends DefaultLinker {
  override async link(document: LangiumDocument, token = Cancellation.CancellationToken.None): Promise<void> {
    for (const [index, element] of (fileOf(document)?.elements ?? []).entries()) {
      if (index % betweenLooks === 0) await interruptAndCheck(token);
      this.linkNode(element, document);
    }
  }

  /** Links a node's own references and then those below it, in the order of the text. */
  private linkNode(node: AstNode, document: LangiumDocument): void {
    let hasChildren = false;
    for (const property in node) {
      if (property.charCodeAt(0) === DOLLAR) continue;
      const value: unknown = Reflect.get(node, property);
      if (typeof value !== 'object' || value === null) continue;
      // A list holds nodes, or words; the references of a list stand in nodes of their own.
      if (isReference(value)) this.doLink({ reference: value, container: node, property }, document);
      else hasChildren = true;
    }
    if (!hasChildren) return;
    for (const property in node) {
      if (property.charCodeAt(0) === DOLLAR) continue;
      const value: unknown = Reflect.get(node, property);
      if (Array.isArray(value)) {
        for (const item of value) if (isAstNode(item)) this.linkNode(item, document);
      } else if (isAstNode(value)) this.linkNode(value, document);
    }
  }
}
