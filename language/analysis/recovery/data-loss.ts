/** RPO of one store in one scope: the least that its surviving copies can lose. A copy inside the scope does not count. */
import { sourceOf } from '../../model/fact.js';
import type { Component, Model, Replication } from '../../model/model.js';
import { activePlacements, keepsData, regionOf } from '../../model/queries.js';
import type { Figure } from '../figure.js';
import { hostSites } from '../structure/nodes.js';
import { holdsData, instancesOf, liesIn, syncGroups, votesOf } from '../structure/sides.js';
import { lossAfterCorruption, lossAfterDisaster, type RestorePoint } from './backups.js';
import { isGone, isLocked, type Scope } from './scope.js';
import { compareTimes, missingStep, never, noTime, step, timeOf, unbounded } from './time.js';

/** What is lost, and what it is restored from where no replica holds the data. */
export interface DataLoss {
  readonly rpo: Figure;
  /** No copy survives. */
  readonly lost: boolean;
  /** The best restore point that survives, replicas apart. */
  readonly point: RestorePoint | undefined;
}

/** A place that holds the data: an instance, or a site of what has no instances. */
interface DataCopy {
  readonly site: string;
  readonly active: boolean;
  readonly gone: boolean;
}

/** Nothing lost. */
export const unaffected: DataLoss = { rpo: noTime('not affected'), lost: false, point: undefined };

/** Whether losing it is losing data: stores that are not derived from others. What a cache holds is not its own. */
export function losesData(component: Component): boolean {
  return keepsData(component) && component.kind !== 'cache' && component.rebuildsFrom === undefined;
}

/** The data loss of a store in a scope. For what keeps no data of its own: nothing lost. */
export function dataLoss(
  model: Model,
  store: Component,
  scope: Scope,
  componentOf: (name: string) => Component | undefined,
): DataLoss {
  if (!losesData(store) || !(scope.instances.has(store.name) || scope.hosts.has(store.name))) return unaffected;
  const corrupted = scope.corrupted.has(store.name);
  const points = survivingPoints(store, scope, componentOf);
  const losses = points.map((point) => ({
    point,
    rpo: corrupted ? lossAfterCorruption(point, store) : lossAfterDisaster(point),
  }));
  const best = losses.reduce<(typeof losses)[number] | undefined>(
    (least, each) => (least === undefined || compareTimes(each.rpo, least.rpo) < 0 ? each : least),
    undefined,
  );
  const replicas = corrupted ? [] : replicaLosses(model, store, scope);
  const candidates = [...replicas, ...(best === undefined ? [] : [best.rpo])];
  const first = candidates[0];
  if (first === undefined) {
    if (scope.ends !== undefined && !corrupted)
      return { rpo: noTime('its data is back when the failure ends', sourceOf(scope.ends)), lost: false, point: undefined };
    const because = corrupted
      ? `no earlier point in time of ${store.name} is kept`
      : `no copy of ${store.name} survives ${scope.name}`.trimEnd();
    return { rpo: never(because), lost: true, point: undefined };
  }
  const rpo = candidates.reduce((least, each) => (compareTimes(each, least) < 0 ? each : least), first);
  return { rpo, lost: false, point: best?.point };
}

/** Restore points outside the scope. One that lies with its store is none where the scope takes the store. */
function survivingPoints(
  store: Component,
  scope: Scope,
  componentOf: (name: string) => Component | undefined,
): readonly RestorePoint[] {
  const result: RestorePoint[] = [];
  for (const backup of store.data.backups) {
    const locked = backup.immutable !== undefined || backup.offline !== undefined;
    for (const series of backup.series) {
      if (backup.copies.length === 0 && scope.corrupted.has(store.name)) result.push({ backup, series, copy: undefined });
      for (const copy of backup.copies) {
        const bucket = componentOf(copy.bucket.name);
        if (bucket === undefined || scope.corrupted.has(bucket.name)) continue;
        // Whoever holds the credentials of an account deletes every copy in it that is not locked.
        const kept = scope.disruption === 'account-loss' && (locked || isLocked(bucket));
        if (kept || !isGone(scope, bucket)) result.push({ backup, series, copy });
      }
    }
  }
  return result;
}

/** What the replicas outside the scope may have missed; empty where none is left. */
function replicaLosses(model: Model, store: Component, scope: Scope): readonly Figure[] {
  const copies = dataCopies(store, scope);
  if (!copies.some((copy) => copy.gone)) return copies.length === 0 && isGone(scope, store) ? [] : [noTime('not affected')];
  if (copies.every((copy) => !copy.active || !copy.gone)) return [noTime('the active copies are not in it')];
  const outlived = diskOutlives(store, scope);
  const result: Figure[] = outlived === undefined ? [] : [outlived];
  if (copies.every((copy) => copy.gone)) return result;
  if (store.data.replication.length === 0 && store.kind !== 'coordinator') {
    return [...result, timeOf(missingStep('replication', `replicates of ${store.name}`))];
  }
  for (const group of quorums(store, copies.length)) {
    const members = group.members.flatMap((index) => copies[index] ?? []);
    const gone = members.filter((copy) => copy.gone).length;
    if (gone >= members.length) continue;
    const { statement } = group;
    if (gone >= group.quorum) {
      // A copy is left, but a write may lie on the others only.
      result.push(timeOf(missingStep('lag', `lag of the copies of ${store.name} beside its quorum`, statement?.source)));
    } else if (statement?.degradesAfter === undefined) {
      result.push(noTime('synchronous copies', statement?.source));
    } else {
      result.push(lagOf(statement, `lag of ${store.name} once its replication degrades`));
    }
  }
  for (const statement of store.data.replication) {
    if (statement.mode !== 'async') continue;
    const standing = copies.filter((copy) => !copy.gone && reaches(statement, copy));
    if (standing.length > 0) result.push(outrun(model, store, statement) ?? lagOf(statement, asynchronousLag(store, statement)));
  }
  return result;
}

function dataCopies(store: Component, scope: Scope): readonly DataCopy[] {
  if (store.placements.length > 0) {
    const gone = scope.instances.get(store.name);
    return instancesOf(store).map((instance) => ({
      site: instance.zone,
      active: instance.role === 'active',
      // What holds no data is as good as gone.
      gone: gone?.has(instance.index) === true || !holdsData(instance.role),
    }));
  }
  const gone = scope.hosts.get(store.name);
  return hostSites(store).map((site) => ({ site, active: true, gone: gone?.has(site) === true }));
}

interface Quorum {
  readonly members: readonly number[];
  readonly quorum: number;
  readonly statement: Replication | undefined;
}

/** Synchronous groups; a write lies on all of a group where no quorum is stated. A coordinator writes to a majority of its votes. */
function quorums(store: Component, copies: number): readonly Quorum[] {
  if (store.placements.length === 0) {
    return store.data.replication
      .filter((statement) => statement.mode === 'sync')
      .map((statement) => ({
        members: Array.from({ length: copies }, (_, index) => index),
        quorum: (statement.shrinksTo ?? statement.quorum)?.value ?? copies,
        statement,
      }));
  }
  const groups = syncGroups(store).map((group) => ({
    members: group.members,
    quorum: group.quorum ?? group.members.length,
    statement: group.statement,
  }));
  const votes = store.kind === 'coordinator' && groups.length === 0 ? votesOf(store) : undefined;
  return votes === undefined ? groups : [{ members: votes.members, quorum: votes.need, statement: undefined }];
}

function reaches(statement: Replication, copy: DataCopy): boolean {
  return statement.region === undefined ? !copy.active : liesIn(copy.site, statement.region);
}

function asynchronousLag(store: Component, statement: Replication): string {
  return `lag of replicates async${statement.region === undefined ? '' : ` to ${statement.region}`} of ${store.name}`;
}

function lagOf(statement: Replication, missing: string): Figure {
  const { lag } = statement;
  return timeOf(lag === undefined ? missingStep('lag', missing, statement.source) : step('lag', lag.value, sourceOf(lag)));
}

/** Changes that outrun the link between the sites fall behind without limit. */
function outrun(model: Model, store: Component, statement: Replication): Figure | undefined {
  const changes = store.data.changes;
  const to = statement.region;
  if (changes === undefined || to === undefined) return undefined;
  const from = new Set(activePlacements(store).map((placement) => placement.region));
  for (const link of model.links) {
    const [a, b] = [regionOf(link.a), regionOf(link.b)];
    const joins = (b === regionOf(to) && from.has(a)) || (a === regionOf(to) && from.has(b));
    if (joins && link.bandwidth !== undefined && changes.value > link.bandwidth.value) {
      return unbounded(`changes of ${store.name} outrun the link ${link.a} <-> ${link.b}`);
    }
  }
  return undefined;
}

/** Storage that outlives what was lost: regional storage a zone, a zonal disk an instance. */
function diskOutlives(store: Component, scope: Scope): Figure | undefined {
  const storage = store.data.storage;
  if (storage === undefined) return undefined;
  const small = scope.disruption === 'instance-loss';
  if (storage.value === 'regional' && (small || scope.disruption === 'zone-loss'))
    return noTime('regional storage', sourceOf(storage));
  if (storage.value === 'zonal' && small) return noTime('the disk outlives the instance', sourceOf(storage));
  return undefined;
}
