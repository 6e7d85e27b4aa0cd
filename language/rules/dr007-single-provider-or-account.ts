import { canCorrupt, isLocked } from '../analysis/recovery/scope.js';
import { sourceOf } from '../model/fact.js';
import type { Component, Model } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { soleCause } from './causes.js';
import { copyFixesElsewhere, type DomainKind, holdersOf } from './copies-elsewhere.js';
import { statedDomains } from './domain-points.js';
import { lookup } from './lookup.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers } from './tier.js';
import { spokenList } from './wording.js';

/** DR007: data of tier 0 and all copies of it are in one pair of hands. */
export const singleProviderOrAccount: Rule = {
  code: 'DR007',
  name: 'single-provider-or-account',
  title: 'All copies under one provider or account',
  severity: 'warning',
  subsumes: ['DR002'],
  docs: {
    what: 'A database or bucket of tier 0 (an unstated tier is that of the strictest caller) has backups, and all its sites and all its backup copies, copies of copies included, are stated to be under one provider, or under one account. Told once a provider, else once an account. A locked bucket is out of reach of an account, and a place of which nothing is stated may be anywhere: then nothing is said. A store without backups is judged by DR037.',
    why: 'Whoever can delete everything at once will, by mistake or by intent: one subscription that ends, one stolen key. Source: the deletion of UniSuper’s private cloud in 2024, over both regions; what it came back from was a backup with another provider.',
    how: 'Copy to a bucket with another provider or under another account, or lock the bucket.',
    bad: `region north { provider aliyun  account prod  zones a, b, c }
region south { provider aliyun  account prod  zones a }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d takes 30m  copies to vault }
}
bucket vault in south { }
`,
    good: `region north { provider aliyun  account prod  zones a, b, c }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d takes 30m  copies to vault }
}
bucket vault { provider other  account vault }
`,
  },
  check(context) {
    const tiers = effectiveTiers(context.model);
    const stores = context.model.components
      .filter((store) => store.data.backups.length > 0 && canCorrupt(store) && tiers.get(store.name) === 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    // Another provider is another account too: where one provider holds everything, its account is no second finding.
    const underOne = new Set(stores.filter((store) => holderOf(store, 'provider', context.model) !== undefined));
    return (['provider', 'account'] as const).flatMap((kind) => {
      const judged = kind === 'provider' ? stores : stores.filter((store) => !underOne.has(store));
      const held = Map.groupBy(judged, (store) => holderOf(store, kind, context.model));
      return [...held].flatMap(([name, all]) => (name === undefined ? [] : (finding(kind, name, all, context) ?? [])));
    });
  },
};

/** The one provider or account that holds the store and all its copies; undefined where there are several, or one is not stated. */
function holderOf(store: Component, kind: DomainKind, model: Model): string | undefined {
  const { components } = lookup(model);
  const holders = new Set<string | undefined>();
  const seen = new Set([store]);
  for (const place of seen) {
    if (kind === 'account' && place !== store && isLocked(place)) return undefined;
    for (const holder of holdersOf(place, kind, model)) holders.add(holder);
    for (const copy of place.data.backups.flatMap((backup) => backup.copies)) {
      const bucket = components.get(copy.bucket.name);
      if (bucket === undefined) return undefined;
      seen.add(bucket);
    }
  }
  return holders.size === 1 ? [...holders][0] : undefined;
}

function finding(
  kind: DomainKind,
  name: string,
  stores: readonly Component[],
  { model, analysis }: RuleContext,
): RawFinding | undefined {
  const { fact, region } = statedDomains(model, kind, name);
  const at = fact === undefined ? undefined : sourceOf(fact);
  const [first] = stores;
  const holder = model.regions.find((each) => each.name === region) ?? first;
  if (at === undefined || first === undefined || holder === undefined) return undefined;
  const verb = stores.length === 1 ? 'lies' : 'lie';
  return {
    message: `All of ${spokenList(stores.map((store) => store.name))}, backups included, ${verb} under the ${kind} ${name}, on tier 0: one mistake there deletes everything. Copy to a bucket under another ${kind}.`,
    at,
    related: stores.slice(0, 8).map((store) => ({ message: `${store.name} and its copies are there.`, at: store.nameSource })),
    fixes: [...copyFixesElsewhere(kind, name, stores, model), acceptFix('DR007', holder, model, analysis.asOf)],
    subject: holder.name,
    causes: [`${kind}-copies:${name}`, soleCause(kind, name)],
  };
}
