import { sourceOf } from '../model/fact.js';
import type { Component, Edge, Journey, Model } from '../model/model.js';
import { hardEdges } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { wantInsteadFixes } from './edge-fixes.js';
import { lookup } from './lookup.js';
import { subjects } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers } from './tier.js';
import { spokenList } from './wording.js';

/** DR021: something critical cannot do without something that its owners call less critical. */
export const criticalityInversion: Rule = {
  code: 'DR021',
  name: 'criticality-inversion',
  title: 'Less critical than what depends on it',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A component or journey requires (or consumes from, or must publish to) a component of a less strict tier: tier 0 leans on tier 2. A component without a tier has that of its strictest caller, so that the inversion is found behind it. Of `any of` the strictest member counts, of `N of` the N-th strictest.',
    why: 'A system is as critical as what leans on it: it is on-call, drilled and changed with the care of its own tier only. Sources: Google SRE; Cloudflare 2023, where products of the control plane leaned on one data centre that nobody had called critical.',
    how: 'Give the callee the tier of its caller, and what goes with it; or turn the edge into `wants`, with a fallback.',
    bad: `region north { zones a, b, c }

service checkout tier 0 {
  runs 3 in north
  requires prices
}
service prices tier 2 { runs 3 in north }
`,
    good: `region north { zones a, b, c }

service checkout tier 0 {
  runs 3 in north
  wants prices { fallback "the prices of this morning" }
}
service prices tier 2 { runs 3 in north }
`,
  },
  check(context) {
    const { model } = context;
    const tiers = effectiveTiers(model);
    const { components } = lookup(model);
    const byTarget = Map.groupBy(inversions(model, tiers), ({ target }) => target);
    return [...byTarget].flatMap(([name, found]) => {
      const target = components.get(name);
      return target === undefined ? [] : [finding(target, found, tiers, context)];
    });
  },
};

interface Inversion {
  readonly owner: Component | Journey;
  readonly ownerTier: number;
  readonly edge: Edge;
  readonly target: string;
}

function inversions(model: Model, tiers: ReadonlyMap<string, number>): readonly Inversion[] {
  const found: Inversion[] = [];
  for (const owner of subjects(model)) {
    const ownerTier = tiers.get(owner.name);
    if (ownerTier === undefined) continue;
    const isWeaker = (name: string): boolean => (tiers.get(name) ?? ownerTier) > ownerTier;
    for (const edge of hardEdges(owner)) {
      if (!edge.targets.some(({ name }) => isWeaker(name))) continue;
      for (const target of weakTargets(edge, tiers)) if (isWeaker(target)) found.push({ owner, ownerTier, edge, target });
    }
  }
  return found;
}

/** The targets that a requirement leans on when its strictest ones are chosen: all, the one of a choice, the N-th of N. */
function weakTargets({ quantifier, targets }: Edge, tiers: ReadonlyMap<string, number>): readonly string[] {
  const names = targets.map(({ name }) => name);
  if (quantifier.kind === 'all') return names;
  const strictFirst = [...names].sort((a, b) => (tiers.get(a) ?? 0) - (tiers.get(b) ?? 0) || (a < b ? -1 : 1));
  return strictFirst.slice(0, quantifier.kind === 'any' ? 1 : quantifier.count);
}

/** The tier that clears it: one stricter than before may make it the member of a choice that others lean on. */
function clearingTier(model: Model, tiers: ReadonlyMap<string, number>, name: string, demanded: number): number {
  let tier = demanded;
  for (;;) {
    const left = inversions(model, new Map(tiers).set(name, tier)).filter(({ target }) => target === name);
    if (left.length === 0) return tier;
    tier = Math.min(...left.map(({ ownerTier }) => ownerTier));
  }
}

function finding(
  target: Component,
  found: readonly Inversion[],
  tiers: ReadonlyMap<string, number>,
  { model, analysis }: RuleContext,
): RawFinding {
  const strictFirst = [...found].sort((a, b) => a.ownerTier - b.ownerTier || (a.owner.name < b.owner.name ? -1 : 1));
  const [first] = strictFirst;
  const tier = target.tier;
  const tierAt = tier === undefined ? undefined : sourceOf(tier);
  const use = first?.edge.targets.find(({ name }) => name === target.name);
  const owners = [...new Set(strictFirst.map(({ owner }) => owner.name))];
  const demanded = clearingTier(model, tiers, target.name, first?.ownerTier ?? 0);
  return {
    message: `${target.name} is tier ${tier?.value}, but tier ${first?.ownerTier ?? 0} leans on it: ${spokenList(owners)}. Make it tier ${demanded}, or want it with a fallback.`,
    at: use?.at ?? target.nameSource,
    related: [
      ...(tierAt === undefined ? [] : [{ message: `${target.name} is tier ${tier?.value}.`, at: tierAt }]),
      ...strictFirst.slice(1).map(({ owner, ownerTier, edge }) => ({
        message: `${owner.name}, tier ${ownerTier}, requires it too.`,
        at: edge.source,
      })),
    ],
    fixes: [
      ...tierFix(target, demanded),
      ...wantInsteadFixes(target.name, strictFirst),
      acceptFix('DR021', target, model, analysis.asOf),
    ],
    subject: target.name,
    causes: [`tier:${target.name}`],
  };
}

function tierFix({ name, tier }: Component, demanded: number): readonly Fix[] {
  if (tier?.origin.kind !== 'stated') return [];
  const edit = { kind: 'set-value', at: tier.origin.at, after: 'tier', text: `${demanded}` } as const;
  return [{ title: `Make ${name} tier ${demanded}`, edits: [edit], safe: false }];
}
