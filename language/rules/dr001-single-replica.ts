import { percentText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Model, Placement } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { instanceCount, requiredInstances } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { componentCause, placeCause } from './causes.js';
import { countFix, needsMajority, placementEdit, sparedCount } from './placement-fixes.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { regionAt } from './sites.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { counted } from './wording.js';

/** Promised availability from which one instance is an error whatever the tier. */
const strictAvailability = 0.999;

/** DR001: exactly one instance is stated over all sites. */
export const singleReplica: Rule = {
  code: 'DR001',
  name: 'single-replica',
  title: 'Only one instance',
  severity: 'warning',
  subsumes: ['DR002', 'DR012', 'DR061'],
  docs: {
    what: 'Exactly one instance of a component is stated over all sites, witnesses apart; jobs are left out, and a component without `runs` is judged by DR002. An error on tier 0 or 1 (an unstated tier is that of the strictest caller) or with an availability objective of 99.9 % or more, else a warning.',
    why: 'One instance means that every crash, node drain and release is an outage. Sources: AWS Well-Architected REL10; kube-linter `minimum-three-replicas`; kube-score `deployment-replicas`; Polaris `deploymentMissingReplicas`.',
    how: 'Run one instance more than must stand, three where a majority decides, in different zones. Or write that the risk is taken.',
    bad: `region north { zones a, b, c }

service orders tier 1 {
  runs 1 in north
}
`,
    good: `region north { zones a, b, c }

service orders tier 1 {
  runs 3 in north
}
`,
  },
  check(context) {
    return context.model.components.flatMap((component) => {
      const finding = judge(component, context);
      return finding === undefined ? [] : [finding];
    });
  },
};

/** Where the one instance of a component stands that is no job; undefined where there are several, or none. */
const onlyPlacement = oncePer((component: Component): Placement | undefined => {
  const working = component.placements.filter(({ role, zones }) => role !== 'witness' && zones.length > 0);
  return component.kind === 'job' || instanceCount(working) !== 1 ? undefined : working[0];
});

function judge(component: Component, { model, analysis }: RuleContext): RawFinding | undefined {
  const only = onlyPlacement(component);
  if (only === undefined) return undefined;
  const tier = effectiveTiers(model).get(component.name);
  const promised = component.objective?.availability;
  const strict = promised !== undefined && promised.value >= strictAvailability - 1e-12;
  const count = sparedCount(component, 3);
  const reason = isTopTier(tier) ? ` on tier ${tier}` : strict ? ` under an objective of ${percentText(promised.value)}` : '';
  return {
    severity: isTopTier(tier) || strict ? 'error' : 'warning',
    message: `${component.name} runs 1 instance${reason}: each crash, drain and release of it is an outage. Run ${count}.`,
    at: only.source,
    related: reasons(component),
    fixes: [...countFixes(component, model), acceptFix('DR001', component, model, analysis.asOf)],
    subject: component.name,
    // Several of them, over the zones of the region, are bound to none: what the one zone takes is said as well.
    causes: [
      componentCause(component.name),
      ...(canSpread(only, model) ? only.zones.map((zone) => placeCause(component.name, zone)) : []),
    ],
  };
}

/** What makes the one instance count: tier and objective, where they are written. */
function reasons({ tier, objective }: Component): RawFinding['related'] {
  const tierAt = tier === undefined ? undefined : sourceOf(tier);
  const promised = objective?.availability;
  const promisedAt = promised === undefined ? undefined : sourceOf(promised);
  return [
    ...(tier === undefined || tierAt === undefined ? [] : [{ message: `Tier ${tier.value}.`, at: tierAt }]),
    ...(promised === undefined || promisedAt === undefined
      ? []
      : [{ message: `Objective ${percentText(promised.value)}.`, at: promisedAt }]),
  ];
}

function canSpread({ region }: Placement, model: Model): boolean {
  return (regionAt(model, region)?.zones.length ?? 0) > 1;
}

function countFixes(component: Component, model: Model): readonly Fix[] {
  const placement = component.placements.find((candidate) => candidate.role !== 'witness' && candidate.zones.length > 0);
  if (placement === undefined) return [];
  const counts = [sparedCount(component, 3)];
  if (requiredInstances(component).count === 1 && !needsMajority(component)) counts.push(2);
  return counts.flatMap((count) => moreFix(component, placement, count, model) ?? []);
}

/** So many where it is placed; where that is one zone of several, over all zones of the region. */
function moreFix(component: Component, placement: Placement, count: number, model: Model): Fix | undefined {
  if (placement.pinned === undefined || !canSpread(placement, model) || placement.count.origin.kind !== 'stated') {
    return countFix(component, placement, count);
  }
  return {
    title: `Run ${counted(count, 'instance')} of ${component.name} over the zones of ${placement.region}`,
    edits: [placementEdit(placement, count, placement.region)],
    safe: false,
  };
}
