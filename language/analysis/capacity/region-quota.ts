/** What is asked of the quotas of a region: what runs there, and everything that comes there together when another region is lost. */

import { sourceOf } from '../../model/fact.js';
import type { Component, Model, Placement, Quota, Region } from '../../model/model.js';
import { keepsData } from '../../model/queries.js';
import { explained, factReason, knownFigure, reason, unknownFigure } from '../explained-figure.js';
import type { Explanation, Figure } from '../figure.js';
import { quantityText } from '../figure-text.js';
import type { QuotaUse, RegionCapacity } from './capacity-figures.js';
import { demandOf } from './demand.js';
import { instancesFor } from './site-headroom.js';
import type { SurvivorCounts, Survivors } from './survivors.js';

/** Instances of a component in the region, while all is well and after a loss. */
interface Presence {
  readonly component: Component;
  readonly count: number;
}

/** The quotas of a region. Of resources that no component can state its share of, what is asked is unknown. */
export function capacityOfRegion(model: Model, region: Region, counts: SurvivorCounts): RegionCapacity {
  const here = model.components.filter(
    (component) =>
      component.placements.some((placement) => placement.region === region.name) &&
      component.data.managedBy?.value.manager !== 'provider',
  );
  const standing = here.map((component) => ({ component, count: running(component, region.name, counts.now(component)) }));
  const losses = model.regions
    .filter((other) => other.name !== region.name)
    .flatMap((other) => {
      const after = here.map((component) => ({
        component,
        count: running(component, region.name, counts.withoutSite(component, other.name), counts.now(component)),
      }));
      const arriving = after
        .filter(({ count }, index) => count > (standing[index]?.count ?? 0))
        .map(({ component }) => component.name);
      return arriving.length === 0 ? [] : [{ region: other.name, after, arriving }];
    });
  return {
    kind: 'region',
    name: region.name,
    quotas: region.quotas.map((quota): QuotaUse => {
      const use = (label: string, presences: readonly Presence[]): Figure =>
        useOf(`${region.name} ${quota.resource} ${label}`, quota, presences);
      return {
        resource: quota.resource,
        amount: quota.amount.value,
        source: sourceOf(quota.amount),
        standing: use('while all is well', standing),
        afterLoss: losses.map((loss) => ({
          region: loss.region,
          use: use(`without ${loss.region}`, loss.after),
          arriving: loss.arriving,
        })),
      };
    }),
  };
}

/** Instances of the component that run in the region. `before` is given where something was lost since. */
function running(component: Component, region: string, after: Survivors, before?: Survivors): number {
  const here = component.placements.filter((placement) => placement.region === region);
  const nobodyServes = before !== undefined && after.instances.length === 0 && before.instances.length > 0;
  let count = 0;
  for (const placement of here) {
    if (runsAlready(component, placement) || nobodyServes) count += placement.zones.length;
  }
  const serving = after.instances.filter((instance) => instance.region === region).length;
  return serving === 0 ? count : count + grown(component, serving, after.instances.length) - serving;
}

function runsAlready(component: Component, placement: Placement): boolean {
  switch (placement.role) {
    case 'active':
    case 'hot-standby':
    case 'warm-standby':
    case 'witness':
      return true;
    case 'pilot-light':
      return keepsData(component);
    case 'cold-standby':
      return false;
  }
}

/** Instances after scaling where `serving` of `all` carry their part of the load: what its target asks for, or its maximum where the load is not stated. */
function grown(component: Component, serving: number, all: number): number {
  const scales = component.deployment.scales;
  if (scales === undefined) return serving;
  const most = Math.max(serving, scales.max.value);
  const demand = demandOf(component);
  const capacity = component.demand.capacity;
  if (demand === undefined || capacity === undefined) return most;
  const wanted = instancesFor((demand.value * serving) / all, capacity.value * (scales.utilisation?.value ?? 1));
  return Math.min(most, Math.max(serving, wanted));
}

function useOf(label: string, quota: Quota, presences: readonly Presence[]): Figure {
  const { resource, amount } = quota;
  if (resource !== 'cpu' && resource !== 'memory') {
    return unknownFigure('count', [`what each component takes of ${resource}`], { label });
  }
  const unit = resource === 'cpu' ? 'cores' : 'bytes';
  const children: Explanation[] = [factReason('quota', amount, unit)];
  const missing: string[] = [];
  let sum = 0;
  for (const { component, count } of presences) {
    if (count === 0) continue;
    const each = component.demand[resource];
    if (each === undefined) {
      missing.push(`${resource} of ${component.name}`);
      continue;
    }
    sum += count * each.value;
    children.push(reason(component.name, `${count} × ${quantityText(each.value, unit)}`, sourceOf(each)));
  }
  const source = sourceOf(amount);
  // What is stated may already be too much; that what is not stated fits can never be known.
  const met = sum > amount.value ? false : missing.length > 0 ? undefined : true;
  const verdict = { target: amount.value, met, ...(source === undefined ? {} : { source }) };
  if (missing.length > 0) {
    return explained(
      unit,
      { status: 'unknown', missing },
      { label, formula: `at least ${quantityText(sum, unit)}`, children, verdict },
    );
  }
  return knownFigure(unit, sum, { label, formula: 'Σ instances × what one asks for', children, verdict });
}
