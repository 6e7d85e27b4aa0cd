/** Lowering of edges: requires, wants, publishes to, consumes from, recovers after. */
import type { Reference } from 'langium';
import {
  type Edge as EdgeNode,
  isBreaker,
  isComponent,
  isEdge,
  isJourney,
  isRecovers,
  isRetries,
  type NameReference,
  type Recovers,
} from '../generated/ast.js';
import { innerAcceptances } from './build-acceptances.js';
import { countFact, type Layered, Layers, quantityFact, quantityOf, sourceAt, writtenAt } from './build-facts.js';
import type { Fact, NameUse } from './fact.js';
import type { Edge, Quantifier, Requirement } from './model.js';
import { optional } from './optional.js';

/** The name somebody wrote; `resolved` says whether it is of a component (or, where `journeys`, a journey). */
export function nameUse(reference: NameReference, journeys: boolean): NameUse {
  return { name: reference.target?.$refText ?? '', at: sourceAt(reference), resolved: isTarget(reference.target, journeys) };
}

function isTarget(reference: Reference | undefined, journeys: boolean): boolean {
  const target = reference?.ref;
  return target !== undefined && (isComponent(target) || (journeys && isJourney(target)));
}

function resolvedTargets(references: readonly NameReference[], journeys: boolean): readonly NameUse[] {
  const seen = new Set<string>();
  const targets: NameUse[] = [];
  for (const reference of references) {
    const use = nameUse(reference, journeys);
    // A name written twice in one list is one target; a check says so.
    if (use.resolved && !seen.has(use.name)) {
      seen.add(use.name);
      targets.push(use);
    }
  }
  return targets;
}

function quantifierOf(node: EdgeNode | Recovers): Quantifier {
  if (node.any) return { kind: 'any' };
  if (node.count === undefined) return { kind: 'all' };
  const count = quantityOf(node.count, 'count')?.value;
  return count === undefined || count < 1 ? { kind: 'all' } : { kind: 'at-least', count, source: sourceAt(node) };
}

function edge(layered: Layered<EdgeNode>, journeys: boolean): Edge | undefined {
  const { node } = layered;
  const targets = resolvedTargets(node.targets, journeys);
  const kind = edgeKind(node.kind);
  if (targets.length === 0 || kind === undefined) return undefined;
  const options = new Layers([{ statements: node.options, from: layered.from }]);
  const retries = options.nearest(isRetries, 'Retries');
  const breaker = options.nearest(isBreaker, 'Breaker');
  const timeout = options.quantity('timeout', 'duration');
  const fallback = options.text('fallback');
  const acks = acksOf(options.word('acks'));
  const trips = options.quantity('trips', 'count');
  const retryCount = retries === undefined ? undefined : countFact(retries, retries.node.count, 0, 100);
  return {
    kind,
    quantifier: quantifierOf(node),
    targets,
    ...writtenAt(layered),
    journeys: node.journeys
      .filter((use) => isJourney(use.target?.ref))
      .map((use) => ({ name: use.target.$refText, at: sourceAt(use), resolved: true })),
    sameRegion: node.sameRegion,
    bestEffort: node.bestEffort,
    ...(timeout === undefined ? {} : { timeout }),
    ...(retries === undefined || retryCount === undefined
      ? {}
      : {
          retries: {
            count: retryCount,
            ...optional('each', quantityFact(retries, retries.node.each, 'duration')),
            ...optional('backoff', quantityFact(retries, retries.node.backoff, 'duration')),
            causes: retries.node.causes,
            source: sourceAt(retries.node),
          },
        }),
    ...(breaker === undefined
      ? {}
      : {
          breaker: {
            ...optional('errors', quantityFact(breaker, breaker.node.errors, 'count')),
            ...optional('within', quantityFact(breaker, breaker.node.within, 'duration')),
            ...optional('ejects', quantityFact(breaker, breaker.node.ejects, 'duration')),
            ...optional('connections', quantityFact(breaker, breaker.node.connections, 'count')),
            source: sourceAt(breaker.node),
          },
        }),
    ...optional('fallback', fallback),
    ...optional('acks', acks),
    ...optional('idempotent', options.mark('idempotent')),
    ...optional('reads', options.mark('reads')),
    ...optional('writes', options.mark('writes')),
    ...optional('lock', options.mark('lock')),
    ...optional('fenced', options.mark('fenced')),
    ...optional('outbox', options.mark('outbox')),
    ...optional('payload', options.quantity('payload', 'size')),
    ...optional('trips', trips),
    ...innerAcceptances(options),
  };
}

function edgeKind(word: string): Edge['kind'] | undefined {
  return word === 'requires' || word === 'wants' || word === 'publishes' || word === 'consumes' ? word : undefined;
}

function acksOf(fact: Fact<string> | undefined): Fact<'all' | 'one' | 'none'> | undefined {
  const value = fact?.value;
  return fact !== undefined && (value === 'all' || value === 'one' || value === 'none')
    ? { value, origin: fact.origin }
    : undefined;
}

/** All edges of a block, the block's own first; edges of policies and defaults add up. */
export function buildEdges(layers: Layers, journeys: boolean): readonly Edge[] {
  return layers.all(isEdge, 'Edge').flatMap((layered) => edge(layered, journeys) ?? []);
}

/** `recovers after …`. */
export function buildRecovers(layers: Layers): readonly Requirement[] {
  return layers.all(isRecovers, 'Recovers').flatMap((layered) => {
    const { node } = layered;
    const targets = resolvedTargets(node.targets, false);
    return targets.length === 0 ? [] : [{ quantifier: quantifierOf(node), targets, ...writtenAt(layered) }];
  });
}

/** `within` or `to`, of failovers and replications. */
export function scopeOf(word: string | undefined): 'within' | 'to' | undefined {
  return word === 'within' || word === 'to' ? word : undefined;
}
