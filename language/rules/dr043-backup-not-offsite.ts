import type { Component } from '../model/model.js';
import { componentsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { copyFixes, liesApart } from './backup-fixes.js';
import { componentCause } from './causes.js';
import { offSite } from './off-site.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { activeSites, regionsOf } from './sites.js';
import { spokenList } from './wording.js';

/** DR043: backups exist, and every copy falls with the store. */
export const backupNotOffsite: Rule = {
  code: 'DR043',
  name: 'backup-not-offsite',
  title: 'Backup is lost together with its store',
  severity: 'error',
  subsumes: ['DR042'],
  docs: {
    what: 'A component has a backup, and no copy of it lies outside the region of its active instances. Where its objectives, or those of who leans on it, name zone-loss and not region-loss, a copy outside the building is enough. A backup without `copies to` lies with its store and is no copy; a bucket without a site lies outside all sites of the model.',
    why: 'What destroys the site destroys the backup beside it. Sources: the OVHcloud fire in Strasbourg in 2021, where backups stood in the building that burnt; AWS Well-Architected REL09; the 3-2-1 rule.',
    how: 'Copy to a bucket in another region.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d takes 30m  copies to near }
}
bucket near in north { }
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d takes 30m  copies to far }
}
bucket far in south { }
`,
  },
  check(context) {
    const stores = context.model.components.filter((component) => component.data.backups.length > 0);
    if (stores.length === 0) return [];
    const components = componentsByName(context.model);
    const apart = offSite(stores, context);
    return stores.flatMap((store) => {
      const finding = judge(store, components, context, apart(store));
      return finding === undefined ? [] : [finding];
    });
  },
};

function judge(
  store: Component,
  components: ReadonlyMap<string, Component>,
  { model, analysis }: RuleContext,
  apart: 'region' | 'building',
): RawFinding | undefined {
  const [first] = store.data.backups;
  const sites = activeSites(store);
  if (first === undefined || sites.length === 0) return undefined;
  const copies = store.data.backups.flatMap((backup) => backup.copies);
  // A copy to something that does not exist is an error already: nothing can be said about where it lies.
  if (copies.some((copy) => !copy.bucket.resolved)) return undefined;
  const names = [...new Set(copies.map((copy) => copy.bucket.name))];
  const buckets = names.flatMap((name) => components.get(name) ?? []);
  if (buckets.some((bucket) => liesApart(store, bucket, model, apart))) return undefined;
  const inside = apart === 'region' ? spokenList(regionsOf(sites)) : `the building of ${spokenList(sites)}`;
  const where =
    names.length === 0
      ? `lies with its data in ${inside}: that is not a second copy`
      : `copies to ${spokenList(names)} only, inside ${inside}`;
  const outside = apart === 'region' ? 'another region' : 'another building or region';
  return {
    message: `The backup of ${store.name} ${where}. What destroys the store destroys it too; copy it to a bucket in ${outside}.`,
    at: copies[0]?.source ?? first.nameSource,
    related: [
      ...buckets.map((bucket) => ({
        message: `${bucket.name} lies in ${spokenList(activeSites(bucket))}.`,
        at: bucket.nameSource,
      })),
      ...store.placements
        .filter((placement) => placement.role === 'active')
        .map((placement) => ({ message: `${store.name} stands in ${placement.region}.`, at: placement.source })),
    ],
    fixes: [...copyFixes(store, model, apart), acceptFix('DR043', store, model, analysis.asOf)],
    subject: store.name,
    causes: [componentCause(store.name)],
  };
}
