/** Disruption budgets: how many pods of a cluster a drain may take at once. */
import type { Component } from '../../model/model.js';
import { activePlacements, givesUpOneAtATime, instanceCount, requiredInstances, staysInDrain } from '../../model/queries.js';
import type { Context, Deployed } from '../context.js';
import type { Overlay, Residence } from '../overlays.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata, selectorLabels } from './metadata.js';

/**
 * `maxUnavailable` of each overlay by its path; an overlay without an entry gets no budget.
 *
 * The active side may lose n − k, and the budgets of its clusters sum to that: two clusters may be drained at once. A budget of
 * 0 would block every drain, so a cluster without spare gets none. A store with a quorum gives up one at a time.
 */
export function disruptionBudgets(context: Context, component: Component): ReadonlyMap<string, number> {
  const budgets = new Map<string, number>();
  const homes = context.overlays.flatMap((overlay) => {
    const residence = overlay.residents.get(component.name);
    return residence === undefined ? [] : [{ overlay, residence }];
  });
  const active = homes.filter(({ residence }) => residence.active > 0);
  let spare = Math.max(0, instanceCount(activePlacements(component)) - staysInDrain(component));
  // The largest cluster first, so that the order of declaration has no say.
  const ranked = [...active].sort(
    (a, b) => b.residence.active - a.residence.active || (a.overlay.path < b.overlay.path ? -1 : 1),
  );
  const share = new Map<Overlay, number>();
  while (spare > 0) {
    const open = ranked.filter(({ overlay, residence }) => (share.get(overlay) ?? 0) < residence.active);
    if (open.length === 0) break;
    for (const { overlay } of open) {
      if (spare === 0) break;
      share.set(overlay, (share.get(overlay) ?? 0) + 1);
      spare -= 1;
    }
  }
  for (const { overlay, residence } of homes) {
    if (residence.replicas < 2) continue;
    const allowed = residence.active > 0 ? (share.get(overlay) ?? 0) : standbyBudget(component, residence);
    const budget = givesUpOneAtATime(component) ? Math.min(1, allowed) : allowed;
    if (budget > 0) budgets.set(overlay.path, budget);
  }
  return budgets;
}

/** A standby carries no traffic: one pod at a time may go, more where more are placed than it would need. */
function standbyBudget(component: Component, residence: Residence): number {
  const stated = component.needsIn.find((need) => residence.placements.some((placement) => placement.region === need.region));
  const least = stated?.count.value ?? Math.min(requiredInstances(component).count, residence.replicas);
  return Math.max(1, residence.replicas - least);
}

/** The budget in the base, with the smallest of its overlays' values. */
export function podDisruptionBudget(
  context: Context,
  deployed: Deployed,
  budgets: ReadonlyMap<string, number>,
): YamlObject | undefined {
  if (budgets.size === 0) return undefined;
  const { component, name } = deployed;
  const { from } = requiredInstances(component);
  const reason = givesUpOneAtATime(component)
    ? 'a quorum gives up one at a time'
    : `${staysInDrain(component)} must stay: ${{ needs: 'needs', load: 'load and capacity', one: 'one is enough' }[from]}`;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: componentMetadata(context, deployed),
    spec: {
      maxUnavailable: traced(Math.min(...budgets.values()), component.placements[0]?.source, reason),
      selector: { matchLabels: selectorLabels(name) },
      // A pod that is not ready protects nobody, and would hold up the drain of its node for ever.
      unhealthyPodEvictionPolicy: context.has('evictsUnhealthy') ? 'AlwaysAllow' : undefined,
    },
  };
}
