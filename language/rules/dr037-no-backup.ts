import type { Component, Model } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { newBackupFixes } from './backup-fixes.js';
import { componentCause } from './causes.js';
import { redundantDisks } from './redundant-disks.js';
import type { Rule } from './rule.js';
import { effectiveTiers } from './tier.js';

/** The highest tier number whose stores must have a backup. */
const lastTier = 2;

/** DR037: a datastore of tier 0 to 2 has no backup. */
export const noBackup: Rule = {
  code: 'DR037',
  name: 'no-backup',
  title: 'No backup',
  severity: 'error',
  subsumes: [],
  docs: {
    what: 'A database, or a bucket that is no place of copies itself, on tier 0 to 2 (an unstated tier is that of the strictest caller) has no `backup` and no `rebuilds from`. Queues, coordinators and caches are left out.',
    why: 'Replicas, and the disks of a RAID, repeat a deletion, a bad migration and ransomware within seconds; only an earlier point in time brings the data back. Sources: AWS Well-Architected REL09-BP01; NIST SP 800-34 (CP-9); the fire at NIRS in 2025, where 858 TB had no backup.',
    how: 'Add a `backup` that copies to a bucket in another region, or say what the data is rebuilt from.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger tier 0 {
  runs 3 in north
}
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d takes 30m  log every 5m  copies to vault takes 10m }
}
bucket vault in south { locked 35d }
`,
  },
  check({ model, analysis }) {
    const tiers = effectiveTiers(model);
    const copyPlaces = placesOfCopies(model);
    return model.components.flatMap((component) => {
      const tier = tiers.get(component.name);
      const store = component.kind === 'database' || (component.kind === 'bucket' && !copyPlaces.has(component.name));
      if (!store || tier === undefined || tier > lastTier) return [];
      if (component.data.backups.length > 0 || component.rebuildsFrom !== undefined) return [];
      const why = component.tier === undefined ? 'its callers make it' : 'it is';
      return [
        {
          message: `${component.name} has no backup, and ${why} tier ${tier}: a deletion or corruption loses all of it. Add a backup${replicaRemark(component)}.`,
          at: component.nameSource,
          related: component.tier?.origin.kind === 'stated' ? [{ message: `Tier ${tier}.`, at: component.tier.origin.at }] : [],
          fixes: [...newBackupFixes(component, model), acceptFix('DR037', component, model, analysis.asOf)],
          subject: component.name,
          causes: [componentCause(component.name)],
        },
      ];
    });
  },
};

function replicaRemark(component: Component): string {
  const instances = component.placements.reduce((sum, placement) => sum + placement.zones.length, 0);
  if (instances > 1) return `; its ${instances} replicas repeat the damage`;
  const disks = redundantDisks(component);
  return disks === undefined ? '' : `; ${disks} repeats the damage`;
}

/** Names of the buckets that backups copy to. */
function placesOfCopies(model: Model): ReadonlySet<string> {
  return new Set(
    model.components.flatMap((component) =>
      component.data.backups.flatMap((backup) => backup.copies.map((copy) => copy.bucket.name)),
    ),
  );
}
