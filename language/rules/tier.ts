import type { Edge, Model } from '../model/model.js';
import { isHard } from '../model/queries.js';

const known = new WeakMap<Model, ReadonlyMap<string, number>>();

/**
 * Tier of every component and journey that has one: the stated tier, else that of its strictest caller over hard edges.
 * What nobody with a tier leans on is absent.
 */
export function effectiveTiers(model: Model): ReadonlyMap<string, number> {
  const before = known.get(model);
  if (before !== undefined) return before;
  const tiers = computeTiers(model);
  known.set(model, tiers);
  return tiers;
}

function computeTiers(model: Model): ReadonlyMap<string, number> {
  const edges = new Map<string, readonly Edge[]>();
  const tiers = new Map<string, number>();
  for (const owner of [...model.components, ...model.journeys]) {
    edges.set(owner.name, owner.edges);
    if (owner.tier !== undefined) tiers.set(owner.name, owner.tier.value);
  }
  // Strictest tier first: the first caller that reaches a component is then its strictest.
  const levels = [...new Set(tiers.values())].sort((a, b) => a - b);
  for (const level of levels) {
    const open = [...tiers].filter(([, tier]) => tier === level).map(([name]) => name);
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      for (const edge of edges.get(name) ?? []) {
        if (!isHard(edge)) continue;
        for (const target of edge.targets) {
          if (tiers.has(target.name) || !edges.has(target.name)) continue;
          tiers.set(target.name, level);
          open.push(target.name);
        }
      }
    }
  }
  return tiers;
}

/** Whether a tier is one of the two that carry the business: 0 or 1. */
export function isTopTier(tier: number | undefined): boolean {
  return tier !== undefined && tier <= 1;
}
