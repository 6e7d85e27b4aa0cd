/** How often a year the scope of a disruption is hit, as far as failure data is stated. */
import type { Fact } from '../../model/fact.js';
import type { Component, FailureData, Model } from '../../model/model.js';
import type { Scope } from '../recovery/scope.js';
import { instancesOf } from '../structure/sides.js';
import { type Amount, amountOf, missingAmount } from './amount.js';
import { year } from './currency.js';

/** Failures a year of one event: 1 / (mtbf + mttr). Unknown where nobody stated both, or what gives them. */
export function failuresPerYear(failure: FailureData | undefined, name: string): Amount {
  if (failure?.unavailability.value === 0) return amountOf(0);
  const assumed = failure?.unavailability.origin.kind === 'assumed';
  const { mtbf, mttr } = failure ?? {};
  if (assumed || mtbf === undefined || mttr === undefined) return missingAmount(`mtbf and mttr of ${name}`);
  return amountOf(year / (mtbf.value + mttr.value));
}

/**
 * How often a year a scope is hit: a site as often as its own event, one instance of a placement as often as all of them together.
 * Undefined for buildings: their sites' own failure data holds what happens to them.
 */
export function scopeFrequency(
  model: Model,
  scope: Scope,
  componentOf: (name: string) => Component | undefined,
): Amount | undefined {
  switch (scope.disruption) {
    case 'instance-loss':
      return instanceFrequency(scope, componentOf);
    case 'region-loss':
      return failuresPerYear(model.regions.find(({ name }) => name === scope.name)?.failure, scope.name);
    case 'zone-loss': {
      const zone = model.regions.flatMap(({ zones }) => zones).find(({ path }) => path === scope.name);
      return zone === undefined ? undefined : failuresPerYear(zone.failure, scope.name);
    }
    case 'provider-loss':
      return expected(model.settings.providerLossEvery, 'expects provider-loss every … of the model');
    case 'account-loss':
      return expected(model.settings.accountLossEvery, 'expects account-loss every … of the model');
    case 'corruption':
      return expected(
        componentOf(scope.name)?.data.corruptionEvery ?? model.settings.corruptionEvery,
        `expects corruption every … of ${scope.name}`,
      );
  }
}

function expected(every: Fact<number> | undefined, missing: string): Amount {
  return every === undefined ? missingAmount(missing) : amountOf(year / every.value);
}

function instanceFrequency(scope: Scope, componentOf: (name: string) => Component | undefined): Amount {
  for (const [name, indexes] of scope.instances) {
    const component = componentOf(name);
    if (component === undefined) continue;
    const instances = instancesOf(component);
    const hit = instances.find(({ index }) => indexes.has(index));
    const alike = instances.filter(({ region, role }) => region === hit?.region && role === hit?.role).length;
    const one = failuresPerYear(component.failure, name);
    return { ...one, lower: one.lower * alike, upper: one.upper * alike };
  }
  return amountOf(0);
}
