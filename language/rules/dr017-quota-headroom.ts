import type { QuotaUse } from '../analysis/capacity/capacity-figures.js';
import type { Figure } from '../analysis/figure.js';
import { quantityText } from '../analysis/figure-text.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Region } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { lookup } from './lookup.js';
import { type Claim, claims, namedClasses } from './objectives.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { spokenList } from './wording.js';

/** DR017: a region may not have what is to run there after the loss of another. */
export const quotaHeadroom: Rule = {
  code: 'DR017',
  name: 'quota-headroom',
  title: 'Quota too small for what fails over',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A `quota` of cpu or memory of a region is less than what its components ask for there: while all is well, or with another region off where an objective names region-loss and is that of something that comes here then, or is of one whose hard closure holds it. Everything that comes together counts, with what it scales to. Where the share of some component is not stated, only what is stated counts.',
    why: 'Quotas are checked when instances start. A failover that has worked for each component alone stops half-way when all of them come at once, and raising a quota takes hours to days. Sources: AWS Well-Architected REL01-BP06; Azure Proactive Resiliency Library (reserve capacity in recovery regions).',
    how: 'Have the quota raised, and capacity reserved, before it is needed; or let less come.',
    bad: `region north { zones a, b, c }
region south { zones a, b, c  quota cpu 4 }

service orders {
  runs 3 in north
  runs 3 in south as cold standby
  cpu 2
  failover to south { detect 30s  decide automatic  provision 5m  switch mesh }
  objective { region-loss { rto 15m } }
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b, c  quota cpu 6 }

service orders {
  runs 3 in north
  runs 3 in south as cold standby
  cpu 2
  failover to south { detect 30s  decide automatic  provision 5m  switch mesh }
  objective { region-loss { rto 15m } }
}
`,
  },
  check(context) {
    const named = namedClasses(context.model).has('region-loss');
    return context.model.regions.flatMap((region) => {
      if (region.quotas.length === 0) return [];
      const figures = context.analysis.capacity(region.name);
      if (figures?.kind !== 'region') return [];
      return figures.quotas.flatMap((quota) => judge(region, quota, named, context) ?? []);
    });
  },
};

/** The worst of what is too much: the figure, which region is off, what comes then and who asks for it. */
interface Excess {
  readonly use: Figure;
  readonly atLeast: number;
  readonly without?: { readonly region: string; readonly arriving: readonly string[]; readonly claim: Claim };
}

function judge(region: Region, quota: QuotaUse, named: boolean, context: RuleContext): RawFinding | undefined {
  const { model, analysis } = context;
  if (quota.source === undefined) return undefined;
  const found: Excess[] = isTooMuch(quota.standing) ? [{ use: quota.standing, atLeast: amountOf(quota.standing) }] : [];
  for (const { region: lost, use, arriving } of named ? quota.afterLoss : []) {
    if (!isTooMuch(use)) continue;
    const claim = claimFor(arriving, context);
    if (claim !== undefined) found.push({ use, atLeast: amountOf(use), without: { region: lost, arriving, claim } });
  }
  const [worst] = found.sort((a, b) => b.atLeast - a.atLeast || ((a.without?.region ?? '') < (b.without?.region ?? '') ? -1 : 1));
  if (worst === undefined) return undefined;
  const { without, use } = worst;
  const asked = use.status === 'known' ? quantityText(use.value, use.unit) : 'more';
  const has = quantityText(quota.amount, use.unit);
  const when = without === undefined ? `${region.name} asks` : `With ${without.region} off, ${region.name} asks`;
  const comes =
    without === undefined
      ? ''
      : ` ${spokenList([...without.arriving].sort())} ${without.arriving.length === 1 ? 'comes' : 'come'} there then.`;
  return {
    message: `${when} for ${asked} of ${quota.resource}, and its quota is ${has}.${comes} Have it raised.`,
    at: quota.source,
    related: [
      ...(without === undefined
        ? []
        : [{ message: `${without.claim.owner} promises to withstand region-loss.`, at: without.claim.at }]),
      ...asking(region, quota.resource, context),
    ],
    fixes: [...raised(region, quota, found), acceptFix('DR017', region, model, analysis.asOf)],
    subject: region.name,
    causes: [`quota:${region.name}.${quota.resource}`],
  };
}

function isTooMuch(use: Figure): boolean {
  return use.verdict?.met === false;
}

/** What is known to be asked; of a sum with unstated parts nothing is compared. */
function amountOf(use: Figure): number {
  return use.status === 'known' ? use.value : 0;
}

function claimFor(arriving: readonly string[], { model, analysis }: RuleContext): Claim | undefined {
  const components = arriving.flatMap((name) => lookup(model).components.get(name) ?? []);
  const asked = claims(model, analysis, 'region-loss', components, () => true);
  return [...arriving]
    .sort()
    .map((name) => asked.get(name))
    .find((claim) => claim !== undefined);
}

/** What each component of the region takes of it, for the first few. */
function asking(region: Region, resource: string, { model }: RuleContext): RawFinding['related'] {
  if (resource !== 'cpu' && resource !== 'memory') return [];
  const here = model.components.filter((component: Component) =>
    component.placements.some((each) => each.region === region.name),
  );
  return here
    .flatMap(({ name, demand }) => {
      const each = demand[resource];
      const at = each === undefined ? undefined : sourceOf(each);
      if (each === undefined || at === undefined) return [];
      return [
        { message: `One instance of ${name} asks for ${quantityText(each.value, resource === 'cpu' ? 'cores' : 'bytes')}.`, at },
      ];
    })
    .slice(0, 4);
}

/** The quota that all of it fits, where all of it is known. */
function raised(region: Region, { resource }: QuotaUse, found: readonly Excess[]): readonly Fix[] {
  const stated = region.quotas.find((quota) => quota.resource === resource);
  const origin = stated?.amount.origin;
  if (origin?.kind !== 'stated' || found.some(({ use }) => use.status !== 'known')) return [];
  const most = Math.max(...found.map(({ atLeast }) => atLeast));
  const text = resource === 'cpu' ? `${Math.ceil(most - 1e-9)}` : `${Math.ceil(most / 2 ** 30 - 1e-9)}GiB`;
  return [
    {
      title: `Have the quota of ${resource} in ${region.name} raised to ${text}`,
      edits: [{ kind: 'set-value', at: origin.at, after: resource, text }],
      safe: false,
    },
  ];
}
