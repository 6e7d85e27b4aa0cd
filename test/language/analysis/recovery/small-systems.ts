/**
 * Small random systems of stores and services over two regions, with their buckets in a third, and what they must yield, worked out case by
 * case from the words of the documentation and nothing of the analysis.
 */
import fc from 'fast-check';
import type { Backup, Component, Edge, Model, Replication } from '../../../../language/model/model.js';
import {
  backup,
  component,
  copyTo,
  edge,
  fact,
  failover,
  model,
  region,
  replicates,
  runs,
  series,
  use,
} from '../model-builder.js';

export interface SketchBackup {
  readonly every: number;
  readonly takes: number;
  readonly copy: number;
  /** `near` stands in r1 with the stores, `far` in r3; `locked` stands there too and nobody can delete what is in it. */
  readonly buckets: readonly ('near' | 'far' | 'locked')[];
}

export interface SketchStore {
  /** Active copies in r1, one in zone a, the next in zone b. */
  readonly copies: number;
  /** What stands in r2. */
  readonly standby: 'none' | { readonly lag: number } | { readonly quorum: number | undefined };
  readonly backups: readonly SketchBackup[];
  readonly found: number;
  readonly size: number;
  readonly detect: number | undefined;
  readonly promote: number;
}

export interface SketchService {
  readonly standby: boolean;
  readonly detect: number | undefined;
  readonly warmup: number;
  readonly edges: readonly { readonly to: readonly number[]; readonly need: 'all' | 'any' | 2; readonly reads: boolean }[];
}

/** Stores first, then services; a service requires what stands before it. */
export interface SketchSystem {
  readonly stores: readonly SketchStore[];
  readonly services: readonly SketchService[];
}

const backups: fc.Arbitrary<SketchBackup> = fc.record({
  every: fc.integer({ min: 5, max: 30 }),
  takes: fc.integer({ min: 0, max: 5 }),
  copy: fc.integer({ min: 0, max: 5 }),
  buckets: fc.uniqueArray(fc.constantFrom<'near' | 'far' | 'locked'>('near', 'far', 'locked'), { maxLength: 2 }),
});

const stores: fc.Arbitrary<SketchStore> = fc.record({
  copies: fc.integer({ min: 1, max: 2 }),
  standby: fc.oneof(
    fc.constant<'none'>('none'),
    fc.record({ lag: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ quorum: fc.constantFrom(undefined, 1, 2) }),
  ),
  backups: fc.array(backups, { maxLength: 2 }),
  found: fc.integer({ min: 1, max: 40 }),
  size: fc.integer({ min: 1, max: 30 }),
  detect: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  promote: fc.integer({ min: 0, max: 20 }),
});

const services: fc.Arbitrary<SketchService> = fc.record({
  standby: fc.boolean(),
  detect: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  warmup: fc.integer({ min: 0, max: 20 }),
  edges: fc.array(
    fc.record({
      to: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }),
      need: fc.constantFrom<'all' | 'any' | 2>('all', 'any', 2),
      reads: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
});

export const systems: fc.Arbitrary<SketchSystem> = fc
  .record({
    stores: fc.array(stores, { minLength: 1, maxLength: 3 }),
    services: fc.array(services, { minLength: 1, maxLength: 3 }),
  })
  .map(({ stores: all, services: callers }) => ({
    stores: all,
    services: callers.map((each, index) => ({
      ...each,
      edges: each.edges
        .map(({ to, ...rest }) => ({ ...rest, to: [...new Set(to.map((target) => target % (all.length + index)))] }))
        .filter(({ to, need }) => need !== 2 || to.length >= 2),
    })),
  }));

const r1 = region('r1', ['a', 'b'], { fate: { buildings: [], account: fact('prod') } });
const r2 = region('r2', ['a'], { fate: { buildings: [], account: fact('prod') } });
const r3 = region('r3', ['a'], { fate: { buildings: [], account: fact('prod') } });

/** The name of what stands at a place of the list: `n0`, `n1`, … */
export const nameOf = (index: number): string => `n${index}`;

/** The system as a model. Buckets give whatever is asked of them. */
export function modelOfSystem({ stores: all, services: callers }: SketchSystem): Model {
  const bucket = (name: string, site: string, locked: boolean): Component =>
    component('bucket', name, {
      hosts: [use(site)],
      data: { replication: [], residency: [], backups: [], bandwidth: fact(1e12), ...(locked ? { locked: fact(1e9) } : {}) },
    });
  return model({
    regions: [r1, r2, r3],
    components: [
      ...all.map((store, index) => storeOf(store, nameOf(index))),
      ...callers.map((service, index) => serviceOf(service, nameOf(all.length + index))),
      bucket('near', 'r1', false),
      bucket('far', 'r3', false),
      bucket('locked', 'r3', true),
    ],
  });
}

function storeOf({ copies, standby, backups: kept, found, size, detect, promote }: SketchStore, name: string): Component {
  const replication: readonly Replication[] =
    standby === 'none'
      ? []
      : 'lag' in standby
        ? [replicates('async', { scope: 'to', region: 'r2', lag: fact(standby.lag) })]
        : [replicates('sync', standby.quorum === undefined ? {} : { quorum: fact(standby.quorum) })];
  return component('database', name, {
    placements: [runs(copies, r1), ...(standby === 'none' ? [] : [runs(1, r2, 'hot-standby')])],
    failovers: [
      failover({
        promote: fact(promote),
        switch: fact({ means: 'mesh' }),
        ...(detect === undefined ? {} : { detect: fact(detect) }),
      }),
    ],
    data: {
      replication,
      residency: [],
      size: fact(size),
      corruptionFoundWithin: fact(found),
      backups: kept.map(
        (each, index): Backup =>
          backup([series('full', each.every, { takes: fact(each.takes) })], {
            name: `b${index}`,
            copies: each.buckets.map((to) => copyTo(to, each.copy)),
            restoresAt: fact(1),
          }),
      ),
    },
  });
}

function serviceOf({ standby, detect, warmup, edges }: SketchService, name: string): Component {
  return component('service', name, {
    placements: [runs(1, r1), ...(standby ? [runs(1, r2, 'hot-standby')] : [])],
    failovers: [
      failover({
        warmup: fact(warmup),
        switch: fact({ means: 'mesh' }),
        ...(detect === undefined ? {} : { detect: fact(detect) }),
      }),
    ],
    edges: edges.map(
      ({ to, need, reads }): Edge =>
        edge('requires', to.map(nameOf), {
          quantifier: need === 2 ? { kind: 'at-least', count: 2, source: use('it').at } : { kind: need },
          ...(reads ? { reads: use('it').at } : {}),
        }),
    ),
  });
}

/** Seconds, not known, or never. */
export type Answer = number | 'unknown' | 'never';

/** What one disruption does to each of the list. */
export interface Answers {
  readonly rpo: readonly Answer[];
  readonly rto: readonly Answer[];
}

function rank(answer: Answer): number {
  if (answer === 'never') return Number.POSITIVE_INFINITY;
  return answer === 'unknown' ? Number.MAX_VALUE : answer;
}

function worst(answers: readonly Answer[]): Answer {
  return answers.reduce((a, b) => (rank(b) > rank(a) ? b : a), 0);
}

function least(answers: readonly Answer[]): Answer {
  return answers.reduce((a, b) => (rank(b) < rank(a) ? b : a), 'never');
}

function sum(...answers: readonly Answer[]): Answer {
  return worst(answers) === 'never' || worst(answers) === 'unknown'
    ? worst(answers)
    : answers.reduce<number>((total, each) => total + Number(each), 0);
}

/** What a backup loses where buckets like these are left. */
function fromBackups(store: SketchStore, left: readonly string[], corrupted: boolean): readonly number[] {
  return store.backups.flatMap(({ every, takes, copy, buckets }) => {
    // Without a bucket it lies with its store: bad data leaves it alone, everything else takes it.
    const copies = buckets.length === 0 && corrupted ? [0] : buckets.filter((each) => left.includes(each)).map(() => copy);
    return copies.map((time) => every + (corrupted ? Math.max(store.found, takes + time) : takes + time));
  });
}

/** After the loss of r1. */
export function withoutRegion({ stores: all, services: callers }: SketchSystem): Answers {
  const left = ['far', 'locked'];
  const rpo: Answer[] = all.map((store) => least([...fromBackups(store, left, false), ...fromReplica(store, store.copies)]));
  const rto: Answer[] = all.map((store, index) => {
    const detect = store.detect ?? 'unknown';
    if (promotes(store)) return sum(detect, store.promote);
    if (fromBackups(store, left, false).length === 0) return 'never';
    return rpo[index] === 'never' ? 'never' : sum(detect, store.size);
  });
  for (const service of callers) {
    const before = service.standby ? (service.detect ?? 'unknown') : 'never';
    rpo.push(lossOf(service, rpo));
    rto.push(sum(worst([before, ready(service, rto)]), service.warmup));
  }
  return { rpo, rto };
}

/** Whether the standby may serve: with a quorum, enough copies must be left. */
function promotes({ standby }: SketchStore): boolean {
  if (standby === 'none') return false;
  return 'lag' in standby || standby.quorum !== 2;
}

/** What the copy in r2 lacks when so many active copies are gone. */
function fromReplica({ standby, copies }: SketchStore, gone: number): readonly Answer[] {
  if (standby === 'none') return gone < copies ? ['unknown'] : [];
  if ('lag' in standby) return [standby.lag];
  return [gone < (standby.quorum ?? copies + 1) ? 0 : 'unknown'];
}

/** After the loss of zone a of r1: one copy of each store. The loss of data alone. */
export function withoutZone({ stores: all, services: callers }: SketchSystem): readonly Answer[] {
  const rpo: Answer[] = all.map((store) =>
    least([...fromBackups(store, ['far', 'locked', 'near'], false), ...fromReplica(store, 1)]),
  );
  for (const service of callers) rpo.push(lossOf(service, rpo));
  return rpo;
}

/** After the credentials of the account are used: what nobody can delete is left. The loss of data alone. */
export function withoutAccount({ stores: all, services: callers }: SketchSystem): readonly Answer[] {
  const rpo: Answer[] = all.map((store) => least(fromBackups(store, ['locked'], false)));
  for (const service of callers) rpo.push(lossOf(service, rpo));
  return rpo;
}

/** After the data of one store went bad. Whoever requires it waits, and starts nothing anew. */
export function corrupted({ stores: all, services: callers }: SketchSystem, bad: number): Answers {
  const rpo: Answer[] = all.map((store, index) =>
    index === bad ? least(fromBackups(store, ['near', 'far', 'locked'], true)) : 0,
  );
  const rto: Answer[] = all.map((store, index) =>
    index === bad ? (rpo[index] === 'never' ? 'never' : store.found + store.size) : 0,
  );
  for (const service of callers) {
    rpo.push(lossOf(service, rpo));
    rto.push(ready(service, rto));
  }
  return { rpo, rto };
}

/** The worst loss of what it writes to. */
function lossOf(service: SketchService, rpo: readonly Answer[]): Answer {
  return worst(service.edges.flatMap(({ to, reads }) => (reads ? [] : to.map((target) => rpo[target] ?? 0))));
}

/** When what it requires is there: all of them, the first, or the second. */
function ready(service: SketchService, rto: readonly Answer[]): Answer {
  return worst(
    service.edges.map(({ to, need }) => {
      const times = to.map((target) => rto[target] ?? 0).sort((a, b) => rank(a) - rank(b));
      return times[need === 'all' ? times.length - 1 : need === 'any' ? 0 : 1] ?? 0;
    }),
  );
}
