import { type AstNode, AstUtils, type CstNode, type LangiumDocument, URI } from 'langium';
import type { CallHierarchyProvider, LangiumServices } from 'langium/lsp';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
  Range,
} from 'vscode-languageserver';
import { isComponent, isPolicy, isRegion } from '../../language/generated/ast.js';
import { type Dependent, dependenciesOf, dependencyWords, isDependent, sitesOf } from './dependencies.js';
import { type Names, nameNodeOf } from './name-at.js';

/** One side of a relation, while its lines are collected. */
interface Related {
  readonly node: AstNode;
  readonly words: Set<string>;
  readonly ranges: Range[];
}

/**
 * The hierarchy of dependencies, in the editor's hierarchy of calls: incoming is who requires, wants, publishes to, consumes from or routes
 * to it, outgoing is what it depends on itself. Each step is computed when it is opened, so circles are as long as somebody opens them.
 */
export class CallHierarchy implements CallHierarchyProvider {
  constructor(
    private readonly services: LangiumServices,
    private readonly names: Names,
  ) {}

  prepareCallHierarchy(document: LangiumDocument, { position }: CallHierarchyPrepareParams): CallHierarchyItem[] | undefined {
    const target = this.names.at(document, position)?.target;
    const item = target === undefined || !hasHierarchy(target) ? undefined : this.item(target, undefined);
    return item === undefined ? undefined : [item];
  }

  incomingCalls({ item }: CallHierarchyIncomingCallsParams): CallHierarchyIncomingCall[] | undefined {
    const target = this.nodeOf(item);
    if (target === undefined) return undefined;
    const callers = new Map<AstNode, Related>();
    for (const { node, range } of this.names.usesOf(target)) {
      const words = dependencyWords(node);
      const owner = AstUtils.getContainerOfType(node, isDependent);
      if (words === undefined || owner === undefined) continue;
      const followers = isPolicy(owner) && !isPolicy(target) ? this.followersOf(owner) : [];
      if (followers.length === 0) add(callers, owner, words, range);
      for (const follower of followers) add(callers, follower.node, `${words}, by policy ${owner.name}`, follower.range);
    }
    return [...callers.values()].flatMap(({ node, words, ranges }) => {
      const from = this.item(node, [...words].join('; '));
      return from === undefined ? [] : [{ from, fromRanges: ranges }];
    });
  }

  outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): CallHierarchyOutgoingCall[] | undefined {
    const owner = this.nodeOf(item);
    if (owner === undefined || !isDependent(owner)) return [];
    const callees = new Map<AstNode, Related>();
    for (const { target, words, at } of dependenciesOf(owner)) add(callees, target, words, at.range);
    return [...callees.values()].flatMap(({ node, words, ranges }) => {
      const to = this.item(node, [...words].join('; '));
      return to === undefined ? [] : [{ to, fromRanges: ranges }];
    });
  }

  /** Who follows a policy, each with the place where it says so. */
  private followersOf(policy: Dependent): readonly { readonly node: AstNode; readonly range: Range }[] {
    return this.names.usesOf(policy).flatMap(({ node, range }) => {
      const follower = AstUtils.getContainerOfType(node, isDependent);
      return follower === undefined ? [] : [{ node: follower, range }];
    });
  }

  private item(node: AstNode, words: string | undefined): CallHierarchyItem | undefined {
    const [whole, name] = [node.$cstNode, nameNodeOf(node)];
    if (whole === undefined || name === undefined) return undefined;
    const kind = isComponent(node) ? node.kind : node.$type.toLowerCase();
    const sites = sitesOf(node);
    const detail = [kind, ...(words === undefined ? [] : [words]), ...(sites.length === 0 ? [] : [`in ${sites.join(', ')}`])];
    return {
      name: textOf(name),
      kind: this.services.shared.lsp.NodeKindProvider.getSymbolKind(node),
      detail: detail.join(' \u00b7 '),
      uri: AstUtils.getDocument(node).uri.toString(),
      range: whole.range,
      selectionRange: name.range,
    };
  }

  /** The declaration of an item that was given out before; undefined where the text has changed so far that it is not there any more. */
  private nodeOf(item: CallHierarchyItem): AstNode | undefined {
    const document = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(item.uri));
    const target = document === undefined ? undefined : this.names.at(document, item.selectionRange.start)?.target;
    return target !== undefined && hasHierarchy(target) && nameOf(target) === item.name ? target : undefined;
  }
}

/** Regions are no dependents, but `requires cn-north` is possible: then somebody asks who requires them. */
function hasHierarchy(node: AstNode): boolean {
  return isDependent(node) || isRegion(node);
}

function nameOf(node: AstNode): string | undefined {
  const name = nameNodeOf(node);
  return name === undefined ? undefined : textOf(name);
}

function textOf(node: CstNode): string {
  return node.text;
}

function add(related: Map<AstNode, Related>, node: AstNode, words: string, range: Range): void {
  const known = related.get(node);
  if (known === undefined) related.set(node, { node, words: new Set([words]), ranges: [range] });
  else {
    known.words.add(words);
    known.ranges.push(range);
  }
}
