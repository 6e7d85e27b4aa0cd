/** How much of a region's traffic the mesh sends elsewhere while some of its instances are gone. */
import { sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import { activePlacements, instanceCount, requiredInstances } from '../../model/queries.js';
import type { Context } from '../context.js';
import { runningInstances } from '../overlays.js';

/** Envoy takes a priority for whole while 1/1.4 of its endpoints are healthy, and sends the rest to the next one. */
const overprovisioning = 1.4;

/** The share of calls that stay with the own region, 0..1, of so many healthy endpoints. */
export function keptLocally(healthy: number, all: number): number {
  return all <= 0 ? 0 : Math.min(1, (overprovisioning * healthy) / all);
}

/**
 * Reports a standby that is too small for what reaches it before anything has failed over: with as many instances down as the
 * component can do without, part of the load leaves its region already.
 */
export function reportSpill(context: Context, component: Component): void {
  const { peak, load, capacity } = component.demand;
  const demand = peak ?? load;
  const active = activePlacements(component);
  const all = instanceCount(active);
  const needed = requiredInstances(component).count;
  if (demand === undefined || capacity === undefined || needed >= all || new Set(active.map((one) => one.region)).size !== 1)
    return;
  const spilled = demand.value * (1 - keptLocally(needed, all));
  const standbys = component.placements.filter((placement) => placement.role !== 'active' && placement.role !== 'witness');
  const largest = Math.max(0, ...standbys.map(({ role, zones }) => runningInstances(component, role, zones.length)));
  const carried = largest * capacity.value;
  if (largest === 0 || spilled <= carried) return;
  context.report({
    kind: 'missing',
    component: component.name,
    message: `${component.name}: with ${all - needed} of ${all} instances down the mesh sends ${round(spilled)} requests a second to the standby, which carries ${round(carried)}. Run ${Math.ceil(spilled / capacity.value)} there.`,
    source: sourceOf(demand) ?? component.nameSource,
  });
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
