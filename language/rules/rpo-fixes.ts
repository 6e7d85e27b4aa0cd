import { type Source, sourceOf } from '../model/fact.js';
import type { Backup, Component, DisruptionClass, Journey } from '../model/model.js';
import { type Apart, declaredOnce, domainOf } from './another-region.js';
import { commonInterval, copyPlaces, liesApart, newBackupFixes } from './backup-fixes.js';
import { copyFixesElsewhere } from './copies-elsewhere.js';
import { lookup } from './lookup.js';
import { otherRegionFix } from './placement-fixes.js';
import type { Fix, RuleContext } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { writtenDuration } from './wording.js';

/** Fulls and snapshots more often than this, in seconds, are a log's work. */
const leastFullInterval = 3600;

/** How many stores one fix may change: more of them are a project, not a fix. */
const mostStores = 8;

/**
 * Changes of backups that bring the data loss of a class down to its objective: a tighter interval, a log series, a copy where it
 * survives, or a backup where there is none. For a journey, or a service, the stores that lose more than `target` seconds are
 * changed together. Empty where no backup can do it: synchronous replication or another objective is left then.
 */
export function rpoFixes(
  subject: Component | Journey,
  disruption: DisruptionClass,
  scope: string | undefined,
  target: number,
  context: RuleContext,
): readonly Fix[] {
  const stores = losingStores(subject, disruption, target, context);
  if (stores.length > mostStores) return [];
  const domain = domainOf(disruption, scope);
  const perStore = stores.map(({ store, lost }) =>
    domain !== undefined && lost
      ? otherHandsFix(store, domain, target, context)
      : (storeFix(store, disruption, target, context) ?? diskFix(store, disruption)),
  );
  const fixes = perStore.flatMap((fix) => (fix === undefined || fix.edits.length === 0 ? [] : [fix]));
  if (fixes.length === 0 || fixes.length < stores.length) return [];
  return [
    { title: fixes.map((fix) => fix.title).join('; '), edits: declaredOnce(fixes.flatMap((fix) => fix.edits)), safe: false },
  ];
}

/** The stores that lose too much themselves: one that leans on such a store shows its loss, and needs no backup for it. */
function losingStores(
  subject: Component | Journey,
  disruption: DisruptionClass,
  target: number,
  { analysis, model }: RuleContext,
): readonly { readonly store: Component; readonly lost: boolean }[] {
  const { components } = lookup(model);
  return [...analysis.lossOrigins(subject.name, disruption)].flatMap(([name, loss]) => {
    const store = components.get(name);
    const isKept = loss.status === 'known' && loss.value <= target;
    return store === undefined || isKept ? [] : [{ store, lost: loss.status === 'never' }];
  });
}

function storeFix(store: Component, disruption: DisruptionClass, target: number, { model }: RuleContext): Fix | undefined {
  // Messages are copied while they wait, not restored afterwards.
  if (store.kind === 'queue' && disruption === 'region-loss' && target > 0) {
    return otherRegionFix(store, model, new Set(regionsOf(workingSites(store))));
  }
  const foundAfter = store.data.corruptionFoundWithin?.value ?? 0;
  if (disruption === 'corruption' && foundAfter > target) return undefined;
  const [first] = store.data.backups;
  if (first === undefined) return target > 0 ? newBackupFixes(store, model, target)[0] : undefined;
  const { components } = lookup(model);
  const survivesAt = (backup: Backup) =>
    backup.copies.filter((copy) => {
      const bucket = components.get(copy.bucket.name);
      return bucket !== undefined && (disruption === 'corruption' || liesApart(store, bucket, model, 'region'));
    });
  const surviving = store.data.backups.find((backup) => survivesAt(backup).length > 0);
  const backup = surviving ?? first;
  const copyTime = surviving === undefined ? 0 : Math.min(...survivesAt(surviving).map((copy) => copy.takes?.value ?? 0));
  const interval = intervalFix(store, backup, copyTime, target);
  if (interval === undefined) return undefined;
  if (surviving !== undefined || disruption === 'corruption') return interval;
  const [place] = copyPlaces(store, model);
  if (place === undefined) return undefined;
  const copy: Fix['edits'] = [{ kind: 'add-statement', block: backup.source, text: `copies to ${place.bucket}` }, ...place.edits];
  const title = `copy ${backup.name} of ${store.name} to ${place.bucket} ${place.where}`;
  return interval.edits.length === 0
    ? { title: title.charAt(0).toUpperCase() + title.slice(1), edits: copy, safe: false }
    : { title: `${interval.title} and ${title}`, edits: [...interval.edits, ...copy], safe: false };
}

/** A copy under another provider (or account), where all that there is lies under one; as often as the target asks. */
function otherHandsFix(store: Component, { kind, name }: Apart, target: number, { model }: RuleContext): Fix | undefined {
  const [copy] = copyFixesElsewhere(kind, name, [store], model);
  const backup = store.data.backups.find((each) => each.from === undefined);
  const interval = backup === undefined ? undefined : intervalFix(store, backup, 0, target);
  if (copy === undefined || interval === undefined) return undefined;
  const title = `Copy ${store.name} under another ${kind}`;
  return interval.edits.length === 0
    ? { ...copy, title }
    : { title: `${interval.title}; ${title}`, edits: [...interval.edits, ...copy.edits], safe: false };
}

/** Disks that outlive what is lost: an instance, or a zone, where the store has instances and its disks lie in one zone or with them. */
function diskFix(store: Component, disruption: DisruptionClass): Fix | undefined {
  const { storage } = store.data;
  const isOutlived = disruption === 'zone-loss' ? storage?.value !== 'regional' : storage === undefined;
  const stated = storage === undefined ? undefined : sourceOf(storage);
  if ((disruption !== 'instance-loss' && disruption !== 'zone-loss') || !isOutlived || store.placements.length === 0)
    return undefined;
  if (storage !== undefined && storage.origin.kind !== 'stated') return undefined;
  const text = 'storage regional';
  return {
    title: `Keep the data of ${store.name} on disks that are copied over the zones`,
    edits: [stated === undefined ? { kind: 'add-statement', block: store.source, text } : { kind: 'replace', at: stated, text }],
    safe: false,
  };
}

/** A log or full interval that keeps the loss within the target; no edits where the backup does so already. */
function intervalFix(store: Component, backup: Backup, copyTime: number, target: number): Fix | undefined {
  const log = backup.series.find((series) => series.kind === 'log');
  if (log !== undefined) {
    const room = target - (log.lags?.value ?? copyTime);
    if (log.every.value <= room) return { title: '', edits: [], safe: false };
    return tighten(store, backup, 'log', log.every.origin.kind === 'stated' ? log.every.origin.at : undefined, room);
  }
  const [series] = backup.series;
  const taken = series === undefined || backup.consistentAt.value === 'end' ? 0 : (series.takes?.value ?? 0);
  const runs = backup.toleratesFailedRuns.value + 1;
  if (series !== undefined && runs * series.every.value + taken + copyTime <= target)
    return { title: '', edits: [], safe: false };
  const room = Math.floor((target - taken - copyTime) / runs);
  if (series !== undefined && backup.series.length === 1 && series.kind !== 'incremental' && room >= leastFullInterval) {
    return tighten(store, backup, series.kind, series.every.origin.kind === 'stated' ? series.every.origin.at : undefined, room);
  }
  const every = commonInterval(Math.min(300, target - copyTime));
  if (every !== undefined) {
    const text = `log every ${writtenDuration(every)}`;
    return {
      title: `Log ${store.name} every ${writtenDuration(every)}`,
      edits: [{ kind: 'add-statement', block: backup.source, text }],
      safe: false,
    };
  }
  return undefined;
}

function tighten(store: Component, backup: Backup, kind: string, at: Source | undefined, room: number): Fix | undefined {
  const every = commonInterval(room);
  if (at === undefined || every === undefined) return undefined;
  const text = writtenDuration(every);
  return {
    title: `Take the ${kind} of ${store.name}'s ${backup.name} every ${text}`,
    edits: [{ kind: 'set-value', at, after: 'every', text }],
    safe: false,
  };
}
