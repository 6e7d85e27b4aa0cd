/**
 * Restores that run at the same time and read from the same bucket, or over the same link, share its bandwidth: processor sharing, each the
 * same part as long as it lasts. What one restore waits for the others is most where all of them begin together, and no more than that
 * whenever they begin.
 */
import { calculations } from '../../model/assumptions.js';
import { type Fact, type Source, sourceOf } from '../../model/fact.js';
import type { Component, Model } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import { quantityText } from '../figure-text.js';
import { hostSites } from '../structure/nodes.js';
import type { RestorePoint } from './backups.js';
import { restoreParts } from './restore.js';
import type { Scope } from './scope.js';
import { assuming, type Steps, step } from './time.js';

/** A bucket or link that a restore reads from. */
interface Passage {
  readonly name: string;
  /** Bytes per second for everybody together, where stated. */
  readonly bandwidth: Fact<number> | undefined;
}

/** One store that is restored. */
export interface RestoreJob {
  readonly store: string;
  /** What is read, in bytes at so many bytes a second by itself; undefined where that is not known. */
  readonly parts: readonly { readonly bytes: number; readonly rate: number }[] | undefined;
  /** Seconds that a tested restore took, which stand where nothing else is known. */
  readonly tested: number | undefined;
  readonly passages: readonly Passage[];
}

/** What is restored from this point to a region; where that is not known no link is in the way. */
export function restoreJob(
  model: Model,
  store: Component,
  point: RestorePoint,
  scope: Scope,
  to: string | undefined,
  componentOf: (name: string) => Component | undefined,
): RestoreJob {
  const bucket = point.copy === undefined ? undefined : componentOf(point.copy.bucket.name);
  const link = bucket === undefined || to === undefined ? undefined : linkBetween(model, bucket, scope, to);
  return {
    store: store.name,
    parts: restoreParts(store, point),
    tested: point.backup.tested?.took?.value,
    passages: [...(bucket === undefined ? [] : [{ name: bucket.name, bandwidth: bucket.data.bandwidth }]), ...(link ?? [])],
  };
}

/** The widest link from a place of the bucket that is left; none where the bucket stands in the region, or no link says what it carries. */
function linkBetween(model: Model, bucket: Component, scope: Scope, to: string): readonly Passage[] | undefined {
  const gone = scope.hosts.get(bucket.name);
  const from = new Set(hostSites(bucket).flatMap((site) => (gone?.has(site) === true ? [] : [regionOf(site)])));
  if (from.has(to)) return undefined;
  const links = model.links.flatMap((link): readonly { readonly name: string; readonly bandwidth: Fact<number> }[] => {
    const [a, b] = [regionOf(link.a), regionOf(link.b)];
    const joins = (a === to && from.has(b)) || (b === to && from.has(a));
    return joins && link.bandwidth !== undefined ? [{ name: `${link.a} <-> ${link.b}`, bandwidth: link.bandwidth }] : [];
  });
  const [widest] = [...links].sort(
    (one, other) => other.bandwidth.value - one.bandwidth.value || (one.name < other.name ? -1 : 1),
  );
  return widest === undefined ? undefined : [widest];
}

/**
 * Whether restores of stores that have nothing else to do with each other may hold each other up: they are copied to one bucket, or a link says
 * what it carries. Where not, what a store recovers from is all that its recovery depends on.
 */
export function restoresMeet(model: Pick<Model, 'components' | 'links'>): boolean {
  const stores = model.components.filter(({ data }) => data.backups.some(({ copies }) => copies.length > 0));
  if (stores.length > 1 && model.links.some(({ bandwidth }) => bandwidth !== undefined)) return true;
  const used = new Map<string, string>();
  return stores.some(({ name, data }) =>
    data.backups.some(({ copies }) =>
      copies.some(({ bucket }) => {
        const first = used.get(bucket.name) ?? name;
        used.set(bucket.name, first);
        return first !== name;
      }),
    ),
  );
}

const fastestOfAll = calculations['bucket-reads-as-one'].sentence;

/** The restores of one scope. */
export class SharedRestores {
  private readonly through = new Map<string, RestoreJob[]>();

  /** `insteadOf`: restores that are only imagined, by the name of the store they would be of instead; nobody else waits for them. */
  constructor(
    jobs: readonly RestoreJob[],
    private readonly insteadOf: ReadonlyMap<string, string>,
  ) {
    for (const job of jobs) {
      for (const { name } of job.passages) {
        const list = this.through.get(name);
        if (list === undefined) this.through.set(name, [job]);
        else list.push(job);
      }
    }
  }

  /** What the restore takes longer than by itself, at worst; undefined where it does not. */
  waitOf(job: RestoreJob): Steps | undefined {
    const ways = job.passages.flatMap((passage) => this.wayOf(job, passage) ?? []);
    if (ways.length === 0) return undefined;
    const { parts, tested } = job;
    if (parts === undefined) {
      if (tested === undefined) return undefined;
      // At the rate that was tested, each of n has at least an n-th of it.
      const most = ways.reduce((one, other) => (other.volumes.length > one.volumes.length ? other : one));
      return told(tested * (most.volumes.length - 1), [most]);
    }
    const widest = Math.min(...ways.map((way) => way.bandwidth));
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    const slowed = parts.reduce((sum, { bytes: read, rate }) => sum + read / Math.min(rate, widest) - read / rate, 0);
    const fastest = Math.max(...parts.map(({ rate }) => Math.min(rate, widest)));
    const waits = ways.map((way) => Math.max(0, waitFor(way, bytes, fastest)));
    const binding = ways.filter((way, index) => (waits[index] ?? 0) > 0 || (slowed > 0 && way.bandwidth === widest));
    return told(
      waits.reduce((sum, each) => sum + each, slowed),
      binding,
    );
  }

  private wayOf(job: RestoreJob, passage: Passage): Way | undefined {
    const original = this.insteadOf.get(job.store);
    const sharing = (this.through.get(passage.name) ?? []).filter(
      (each) => each.store === job.store || (!this.insteadOf.has(each.store) && each.store !== original),
    );
    const volumes = sharing
      .map(({ parts }) => parts?.reduce((sum, part) => sum + part.bytes, 0) ?? Number.POSITIVE_INFINITY)
      .sort((a, b) => b - a);
    if (passage.bandwidth !== undefined) {
      const source = sourceOf(passage.bandwidth);
      return { name: passage.name, bandwidth: passage.bandwidth.value, stated: true, source, volumes };
    }
    const rates = sharing.flatMap(({ parts }) => parts?.map(({ rate }) => rate) ?? []);
    if (sharing.length < 2) return undefined;
    const bandwidth = rates.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...rates);
    return { name: passage.name, bandwidth, stated: false, source: undefined, volumes };
  }
}

/** A passage as one restore finds it: what it gives, and what everybody reads through it, the largest first. */
interface Way {
  readonly name: string;
  readonly bandwidth: number;
  readonly stated: boolean;
  readonly source: Source | undefined;
  readonly volumes: readonly number[];
}

/**
 * How much longer it takes to read so many bytes where n(s) others still read after s bytes: ∫ max(0, n(s)/B − 1/r) ds. n falls, so that
 * this ends where so few are left that the restore is no longer held up: Σ min(Vᵢ, x)/B − x/r.
 */
function waitFor({ bandwidth, volumes }: Way, bytes: number, rate: number): number {
  if (!Number.isFinite(bandwidth)) return 0;
  const unhindered = Math.floor(bandwidth / rate);
  const until = Math.min(bytes, volumes[unhindered] ?? 0);
  return volumes.reduce((sum, volume) => sum + Math.min(volume, until), 0) / bandwidth - until / rate;
}

function told(seconds: number, ways: readonly Way[]): Steps | undefined {
  if (!(seconds > 0)) return undefined;
  const note = ways
    .map(({ name, bandwidth, volumes }) => {
      const rate = Number.isFinite(bandwidth) ? `${quantityText(bandwidth, 'bytes')}/s for ` : '';
      return `${name}: ${rate}${volumes.length} ${volumes.length === 1 ? 'restore' : 'restores'}`;
    })
    .join(', ');
  const source = ways.find((way) => way.source !== undefined)?.source;
  const steps = step('shared bandwidth', seconds, source, note);
  return ways.every((way) => way.stated) ? steps : assuming(steps, fastestOfAll);
}
