import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import type { ImplementationProvider } from 'langium/lsp';
import type { ImplementationParams, LocationLink } from 'vscode-languageserver';
import {
  isDrill,
  isPolicy,
  isPolicyReference,
  isRegion,
  isRuns,
  isScenario,
  isZone,
  isZoneName,
} from '../../language/generated/ast.js';
import { linkTo, type Names, type NameUse } from './name-at.js';

/**
 * What makes a declaration real: of a policy, who follows it; of a scenario, its drills; of a region or zone, what runs there. Other
 * declarations are their own implementation.
 */
export class Implementations implements ImplementationProvider {
  constructor(private readonly names: Names) {}

  getImplementation(document: LangiumDocument, { position }: ImplementationParams): LocationLink[] | undefined {
    const name = this.names.at(document, position);
    if (name === undefined) return undefined;
    const { leaf, target } = name;
    const found = new Map<AstNode, LocationLink>();
    for (const use of this.names.usesOf(target)) {
      const node = implementing(target, use);
      const link = node === undefined || found.has(node) ? undefined : linkTo(leaf, node);
      // What runs in a region is led to by its statement, so that the number of instances is what the editor shows.
      if (node !== undefined && link !== undefined)
        found.set(node, isRuns(node) ? { ...link, targetSelectionRange: use.range } : link);
    }
    if (found.size > 0) return [...found.values()];
    const itself = isPolicy(target) || isScenario(target) || isSite(target) ? undefined : linkTo(leaf, target);
    return itself === undefined ? undefined : [itself];
  }
}

function implementing(target: AstNode, { node }: NameUse): AstNode | undefined {
  if (isPolicy(target)) return isPolicyReference(node) ? AstUtils.getContainerOfType(node, isTopLevelOwner) : undefined;
  if (isScenario(target)) return isDrill(node) ? node : undefined;
  if (!isSite(target)) return undefined;
  const runs = AstUtils.getContainerOfType(node, isRuns);
  // A component that runs nowhere by itself (`bucket vault in cn-south`) stands in its sites by its head.
  return runs ?? (node.$containerProperty === 'sites' ? node.$container : undefined);
}

function isSite(node: AstNode): boolean {
  return isRegion(node) || isZone(node) || isZoneName(node);
}

function isTopLevelOwner(node: AstNode): node is AstNode {
  return node.$type === 'Component' || node.$type === 'Journey' || node.$type === 'Defaults';
}
