import { type AstNode, AstUtils, type CstNode, type Reference } from 'langium';
import {
  type Component,
  type Edge,
  isComponent,
  isEdge,
  isJourney,
  isNameReference,
  isPolicy,
  isPolicyReference,
  isRoute,
  type Journey,
  type Policy,
} from '../../language/generated/ast.js';

/** Who depends on others by statements: what a hierarchy of dependencies is made of. */
export type Dependent = Component | Journey | Policy;

/** One dependency as it is written: a reference, and in which words. */
export interface Dependency {
  readonly target: AstNode;
  /** Where it is written; for a dependency that comes through a policy, the policy's name behind `follows`. */
  readonly at: CstNode;
  /** `requires any of`, `wants`, `publishes to`, `routes "/orders" to`, … */
  readonly words: string;
}

const wordsOfEdges: Readonly<Record<string, string>> = { publishes: 'publishes to', consumes: 'consumes from' };
const wordsOfOthers: Readonly<Record<string, string>> = {
  Recovers: 'recovers after',
  Rebuilds: 'rebuilds from',
  Agrees: 'agrees with',
  DeadLetters: 'dead letters to',
  CopiesTo: 'copies to',
  Encrypted: 'encrypted with',
};

export function isDependent(node: AstNode): node is Dependent {
  return isComponent(node) || isJourney(node) || isPolicy(node);
}

/** In which words the holder of a reference depends on its target; undefined where it is no dependency (`for`, `expect`, `fails`). */
export function dependencyWords(holder: AstNode): string | undefined {
  if (isRoute(holder)) return `routes "${holder.path}" to`;
  if (isPolicyReference(holder)) return 'follows';
  if (!isNameReference(holder)) return undefined;
  const statement: AstNode | undefined = holder.$container;
  if (isEdge(statement)) return holder.$containerProperty === 'targets' ? wordsOfEdge(statement) : undefined;
  return wordsOfOthers[statement?.$type ?? ''];
}

function wordsOfEdge(edge: Edge): string {
  const words = [wordsOfEdges[edge.kind] ?? edge.kind];
  if (edge.any) words.push('any of');
  else if (edge.count !== undefined) words.push(`${edge.count} of`);
  if (edge.sameRegion) words.push('in same region');
  if (edge.bestEffort) words.push('best effort');
  if (edge.journeys.length > 0) words.push(`for ${edge.journeys.map(({ target }) => target?.$refText ?? '?').join(', ')}`);
  return words.join(' ');
}

/** What a component or journey depends on, in the order of its text; what it inherits from a policy stands where it follows it. */
export function dependenciesOf(owner: Dependent): readonly Dependency[] {
  const found: Dependency[] = [];
  for (const node of AstUtils.streamAllContents(owner)) {
    const reference = referenceOf(node);
    const words = dependencyWords(node);
    if (reference?.ref === undefined || reference.$refNode === undefined || words === undefined) continue;
    if (!isPolicyReference(node)) found.push({ target: reference.ref, at: reference.$refNode, words });
    else if (isPolicy(reference.ref) && !isPolicy(owner)) found.push(...inherited(reference.ref, reference.$refNode));
  }
  return found;
}

/** Policies follow no policies, so one step is all. */
function inherited(policy: Policy, at: CstNode): readonly Dependency[] {
  return dependenciesOf(policy).map(({ target, words }) => ({ target, at, words: `${words}, by policy ${policy.name}` }));
}

function referenceOf(node: AstNode): Reference | undefined {
  if (isRoute(node) || isNameReference(node)) return node.target;
  return isPolicyReference(node) ? node.policy : undefined;
}

/** The regions and zones that a component runs or stands in, as written, each once. */
export function sitesOf(node: AstNode): readonly string[] {
  if (!isComponent(node)) return [];
  const sites = node.statements.flatMap((statement) => (statement.$type === 'Runs' ? [statement.site] : []));
  return [
    ...new Set(
      [...node.sites, ...sites].flatMap((site) => {
        const region = site?.region?.$refText;
        return region === undefined ? [] : [site.zone === undefined ? region : `${region}.${site.zone.$refText}`];
      }),
    ),
  ];
}
