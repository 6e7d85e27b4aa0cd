import type { Component, Journey, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { hardEdges, subjectsByName } from '../model/queries.js';

/**
 * Tier of every component and journey that has one: the stated tier, else that of its strictest caller over hard edges.
 * What nobody with a tier leans on is absent.
 */
export const effectiveTiers = oncePer((model: Model): ReadonlyMap<string, number> => {
  const subjects = subjectsByName(model);
  const tiers = new Map<string, number>();
  const byTier = new Map<number, string[]>();
  for (const owner of subjects.values()) {
    if (owner.tier === undefined) continue;
    tiers.set(owner.name, owner.tier.value);
    const alike = byTier.get(owner.tier.value);
    if (alike === undefined) byTier.set(owner.tier.value, [owner.name]);
    else alike.push(owner.name);
  }
  // Strictest tier first: the first caller that reaches a component is then its strictest.
  for (const [level, open] of [...byTier].sort(([a], [b]) => a - b)) {
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const owner = subjects.get(name);
      for (const target of owner === undefined ? [] : requiredBy(owner)) {
        if (tiers.has(target) || !subjects.has(target)) continue;
        tiers.set(target, level);
        open.push(target);
      }
    }
  }
  return tiers;
});

const requiredBy = oncePer((owner: Component | Journey): readonly string[] =>
  hardEdges(owner).flatMap((edge) => edge.targets.map(({ name }) => name)),
);

/** Whether a tier is one of the two that carry the business: 0 or 1. */
export function isTopTier(tier: number | undefined): boolean {
  return tier !== undefined && tier <= 1;
}
