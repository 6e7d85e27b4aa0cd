/** The steps of a failover: which blocks speak of it, and what each step takes. */

import { sourceOf } from '../../model/fact.js';
import type { Component, Failover, Link, Model } from '../../model/model.js';
import { oncePer } from '../../model/once-per.js';
import { activeRegions, regionOf } from '../../model/queries.js';
import { factStep, inSequence, missingStep, noSteps, type Steps, step } from './time.js';

/** What is stated of one way, whichever block says it. */
export type FailoverFacts = Omit<Failover, 'scope' | 'region' | 'source'>;

/** What is stated of the way to a standby in `region`: its own block, one without a scope, then the link's, item by item. */
export function failoverTo(model: Pick<Model, 'links'>, component: Component, region: string): FailoverFacts {
  return merged(blocksTo(model, component, region));
}

/** The blocks that speak of the way to a standby in `region`, the nearest first. */
export function blocksTo(model: Pick<Model, 'links'>, component: Component, region: string): readonly Failover[] {
  const to = component.failovers.filter(
    (each) => each.scope === 'to' && (each.region === undefined || regionOf(each.region) === region),
  );
  const exact = [...to.filter((each) => each.region !== undefined), ...to.filter((each) => each.region === undefined)];
  const link = model.links.find((each) => joins(each, activeRegions(component), region))?.failovers[0];
  if (exact.length === 0 && link === undefined) return unscoped(component);
  return [...exact, ...unscoped(component), ...(link === undefined ? [] : [link])];
}

/** What is stated of an election inside `region`, or of any where it is undefined. Undefined where no block speaks of it. */
export function failoverWithin(component: Component, region: string | undefined): FailoverFacts | undefined {
  const within = component.failovers.filter(
    (each) => each.scope === 'within' && (each.region === undefined || region === undefined || regionOf(each.region) === region),
  );
  const all = [...within, ...unscoped(component)];
  return all.length === 0 ? undefined : merged(all);
}

/** What is stated of a recovery that is no failover to a site: a restore, a start elsewhere. */
export function anyFailover(component: Component): FailoverFacts {
  return merged([...unscoped(component), ...component.failovers.filter((each) => each.scope === 'to')]);
}

/**
 * Fault to decision: a step left out of `detect` makes the time unknown, without `decide` it takes none. A `hold` waits in between, so that
 * what comes back by itself moves nothing.
 */
export function detectAndDecide(component: Component, facts: FailoverFacts): Steps {
  return inSequence(
    factStep('detect', facts.detect, `detect in failover of ${component.name}`),
    facts.hold === undefined ? noSteps : factStep('hold', facts.hold),
    decideSteps(component, facts),
  );
}

/** The decision alone. */
export function decideSteps(component: Component, facts: FailoverFacts): Steps {
  const { decide } = facts;
  if (decide === undefined) return factStep('decide', undefined);
  if (decide.value.delay !== undefined) return step('decide', decide.value.delay, sourceOf(decide));
  if (decide.value.mode === 'manual')
    return missingStep('decide', `decide manual of ${component.name}: how long`, sourceOf(decide));
  return step('decide', 0, sourceOf(decide), 'automatic');
}

/** Promotion: what keeps data is not promoted in no time by silence. */
export function promoteSteps(component: Component, facts: FailoverFacts, data: boolean): Steps {
  return factStep('promote', facts.promote, data ? `promote in failover of ${component.name}` : undefined);
}

/** Traffic moves over: with DNS once its TTL is over. */
export function switchSteps(component: Component, facts: FailoverFacts): Steps {
  const fact = facts.switch;
  if (fact === undefined) return missingStep('switch', `switch in failover of ${component.name}`);
  if (fact.value.ttl !== undefined) return step('switch', fact.value.ttl, sourceOf(fact), fact.value.means);
  if (fact.value.means === 'dns') return missingStep('switch', `ttl of switch dns of ${component.name}`, sourceOf(fact));
  return step('switch', 0, sourceOf(fact), fact.value.means);
}

/** Start, warm-up, switch and verification: what waits for the dependencies. `moves` false: traffic stays where it is. */
export function startSteps(component: Component, facts: FailoverFacts, moves: boolean): Steps {
  return inSequence(
    factStep('warmup', facts.warmup),
    moves ? switchSteps(component, facts) : noSteps,
    factStep('verify', facts.verify),
  );
}

const unscoped = oncePer((component: Component): readonly Failover[] =>
  component.failovers.filter((each) => each.scope === undefined),
);

function joins(link: Link, from: ReadonlySet<string>, region: string): boolean {
  const [a, b] = [regionOf(link.a), regionOf(link.b)];
  return (a === region && from.has(b)) || (b === region && from.has(a));
}

/** Item by item, the first that states it. */
function merged(blocks: readonly Failover[]): FailoverFacts {
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1) return factsOf(only);
  return Object.assign({}, ...[...blocks].reverse().map(factsOf));
}

const factsOf = oncePer(({ scope: _scope, region: _region, source: _source, ...facts }: Failover): FailoverFacts => facts);
