import { canCorrupt } from '../analysis/recovery/scope.js';
import type { Component, Model } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { type CopyPlace, copyPlaces, liesApart, newBucket } from './backup-fixes.js';
import { componentCause } from './causes.js';
import { lookup } from './lookup.js';
import { offSite } from './off-site.js';
import type { Fix, RawFinding, Rule, RuleContext } from './rule.js';
import { activeSites } from './sites.js';
import { counted, spokenList } from './wording.js';

/** Copies that there should be, the data itself included. */
const wanted = 3;

/** DR042: fewer than three copies, on two media, one of them off-site. */
export const threeTwoOne: Rule = {
  code: 'DR042',
  name: 'three-two-one',
  title: 'Too few copies of the data',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A database or bucket has a backup, and there are fewer than three copies of its data, or none of them is off-site. The data itself is one copy, and each bucket that a backup `copies to` one more (and a bucket that this bucket is copied to); replicas are no copies, and two backups in one bucket count once. Store and bucket are two media. Off-site is outside the region, or, where zone-loss is promised and region-loss is not, outside the building. What `rebuilds from` elsewhere is exempt; no backup at all is judged by DR037, a copy that falls with its store by DR043.',
    why: 'One backup is lost more often than one thinks: to a mistake in a lifecycle rule, to a key, to the restore that overwrites it. With two, one may fail. Sources: the 3-2-1 rule (CISA, Data Backup Options, 2012); NIST SP 800-34 on CP-9; the fire at OVHcloud in 2021, where the only copy stood beside the data.',
    how: 'Copy the backup to a second bucket, best under another account or provider.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  backup nightly { full every 1d takes 30m  copies to far }
}
bucket far in south { }
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  backup nightly { full every 1d takes 30m  copies to far  copies to vault }
}
bucket far in south { }
bucket vault { provider "another-provider"  locked 35d }
`,
  },
  check(context) {
    const stores = context.model.components.filter((component) => component.data.backups.length > 0 && canCorrupt(component));
    if (stores.length === 0) return [];
    const apart = offSite(stores, context);
    return stores.flatMap((store) => judge(store, apart(store), context) ?? []);
  },
};

function judge(store: Component, apart: 'region' | 'building', { model, analysis }: RuleContext): RawFinding | undefined {
  const [backup] = store.data.backups;
  // A copy to something that does not exist is an error already: nothing can be said about how many there are.
  if (backup === undefined || store.data.backups.some(({ copies }) => copies.some(({ bucket }) => !bucket.resolved)))
    return undefined;
  const buckets = bucketsOf(store, model);
  const copies = buckets.length + 1;
  const placed = activeSites(store).length > 0;
  const away = placed ? buckets.filter((bucket) => liesApart(store, bucket, model, apart)).length : buckets.length;
  if (copies >= wanted && away > 0) return undefined;
  const where = spokenList(['itself', ...buckets.map(({ name }) => name).sort()]);
  return {
    message: `${store.name} has ${counted(copies, 'copy', 'copies')}, ${where}, and ${away} off-site: 3-2-1 asks for ${wanted} copies on 2 media, 1 of them off-site. Copy it to another bucket.`,
    at: backup.nameSource,
    related: buckets.map((bucket) => ({ message: `${bucket.name} keeps a copy.`, at: bucket.nameSource })),
    fixes: [
      ...moreCopies(store, Math.max(wanted - copies, away > 0 ? 0 : 1), apart, model),
      acceptFix('DR042', store, model, analysis.asOf),
    ],
    subject: store.name,
    // That none is off-site is said by DR043; that there are too few is not.
    causes: copies >= wanted ? [componentCause(store.name)] : [`copies:${store.name}`],
  };
}

/** Every bucket that a copy of the store ends up in, over buckets that are copied on. */
function bucketsOf(store: Component, model: Model): readonly Component[] {
  const { components } = lookup(model);
  const found = new Set<Component>();
  const open = [store];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    for (const { bucket } of each.data.backups.flatMap(({ copies }) => copies)) {
      const next = components.get(bucket.name);
      if (next === undefined || next === store || found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return [...found];
}

/** One fix for each place where one more copy may lie; where more are missing, one fix for as many as are. */
function moreCopies(store: Component, count: number, apart: 'region' | 'building', model: Model): readonly Fix[] {
  const [backup] = store.data.backups;
  if (backup === undefined || count < 1) return [];
  const places = copyPlaces(store, model, apart);
  const fix = (chosen: readonly CopyPlace[]): Fix => ({
    title: `Copy ${store.name}'s ${backup.name} to ${spokenList(chosen.map(({ bucket, where }) => `${bucket} ${where}`))}`,
    edits: chosen.flatMap(({ bucket, edits }) => [
      { kind: 'add-statement', block: backup.source, text: `copies to ${bucket}` },
      ...edits,
    ]),
    safe: false,
  });
  if (count === 1) return places.map((place) => fix([place]));
  const chosen = places.slice(0, count);
  while (chosen.length < count) chosen.push(newBucket(store, model, new Set(chosen.map(({ bucket }) => bucket))));
  return [fix(chosen)];
}
