/** How likely a store is to lose its data within a year: all copies at once, and all copies with the backups. */
import { calculations } from '../../model/assumptions.js';
import { sourceOf } from '../../model/fact.js';
import type { Backup, Component } from '../../model/model.js';
import { register } from '../explanations.js';
import type { Explanation, Figure } from '../figure.js';
import { durationText, quantityText } from '../figure-text.js';
import { losesData } from '../recovery/data-loss.js';
import { chanceWithin, meanTimeToEnd } from './absorbing-chain.js';
import { copiesByRegion, copiesMeanTimeToLoss } from './copies.js';
import { arrayMeanTimeToLoss, arrayOf, type Disk } from './disk-arrays.js';

const year = 365 * 86_400;

export interface DurabilityFigures {
  /** Copies of the data: instances that hold it. */
  readonly copies: number;
  /** Chance to lose all copies at once within a year. What a backup holds is left then. */
  readonly copiesLost: Figure;
  /** Chance to lose all copies within a year while no backup in a bucket is left either; without backups that of `copiesLost`. */
  readonly everythingLost: Figure;
  /** Mean time until all copies are lost at once, in seconds. */
  readonly meanTimeToLoss: Figure;
}

/** Mean time to loss in seconds: known, at least that long, or not known. */
interface Lasting {
  readonly least: number;
  readonly most: number;
  readonly missing: readonly string[];
  readonly assumptions: readonly string[];
}

const losesItsCopy = calculations['copy-goes-with-instance'].sentence;
const isRebuilt = calculations['copy-back-after-repair'].sentence;

/**
 * Durability of a store; undefined for what keeps no data of its own. `disk`: failures of one disk under each copy, in place of those that
 * the store states; without either an array is known to be no worse than its instance.
 */
export function durabilityOf(
  store: Component,
  componentOf: (name: string) => Component | undefined,
  disk?: Disk,
): DurabilityFigures | undefined {
  if (!losesData(store)) return undefined;
  const lasting = lastingOf(store, disk ?? diskOf(store));
  const copiesLost = lossFigure(lasting);
  const everythingLost = lossFigure(withBackups(store, lasting, componentOf));
  const meanTimeToLoss = timeFigure(lasting, store.name);
  const figures = {
    copies: copiesByRegion(store).reduce((total, count) => total + count, 0),
    copiesLost,
    everythingLost,
    meanTimeToLoss,
  };
  for (const [figure, label] of [
    [copiesLost, 'all copies lost within a year'],
    [everythingLost, 'copies and backups lost within a year'],
    [meanTimeToLoss, 'mean time until all copies are lost'],
  ] as const) {
    register(figure, () => ({
      label: `${store.name} ${label}`,
      value: valueText(figure),
      formula: '1 − e^(−1 year / mean time to loss), the mean time of a birth–death chain over the lost copies',
      children: [
        { label: 'copies', value: copiesByRegion(store).join(' + '), children: [] },
        ...storageLeaf(store),
        ...(figure.status === 'unknown' ? figure.missing.map((what) => ({ label: 'missing', value: what, children: [] })) : []),
        ...figure.assumptions.map((sentence) => ({ label: 'assumed', value: sentence, children: [] })),
      ],
    }));
  }
  return figures;
}

/** How long the copies last. Ephemeral storage goes with its instance; any other lasts at least as long. */
function lastingOf(store: Component, disk: Disk | undefined): Lasting {
  const regions = copiesByRegion(store);
  const copies = regions.reduce((total, count) => total + count, 0);
  const storage = store.data.storage?.value;
  const array = storage === undefined ? undefined : arrayOf(storage, store.data.disks?.value);
  const mttr = store.failure.mttr;
  const together = store.together?.mtbf;
  if (array !== undefined && disk !== undefined) {
    if ('missing' in array) return unknown(`${array.missing} of ${store.name}`);
    const mean = arrayMeanTimeToLoss(array, disk);
    if (copies <= 1) return { least: mean, most: mean, missing: [], assumptions: [] };
    if (mttr === undefined) return unknown(`mttr of ${store.name}`);
    const rates = { failure: 1 / mean, repair: 1 / mttr.value, commonCause: 0, together: 0, crews: crewsOf(store) };
    const all = copiesMeanTimeToLoss(regions, rates);
    return { least: all, most: all, missing: [], assumptions: [isRebuilt] };
  }
  const { failure } = store;
  if (failure.unavailability.origin.kind === 'assumed' || failure.mtbf === undefined || mttr === undefined) {
    return unknown(`mtbf and mttr of ${store.name}`);
  }
  if (store.together !== undefined && together === undefined) return unknown(`mtbf of what takes ${store.name} together`);
  const mean = copiesMeanTimeToLoss(regions, {
    failure: 1 / failure.mtbf.value,
    repair: 1 / mttr.value,
    commonCause: copies > 1 ? store.commonCause.value : 0,
    together: together === undefined ? 0 : 1 / together.value,
    crews: crewsOf(store),
  });
  const ephemeral = storage === 'ephemeral';
  const rebuilt = copies > 1 ? [isRebuilt] : [];
  return {
    least: mean,
    most: ephemeral ? mean : Number.POSITIVE_INFINITY,
    missing: [],
    assumptions: ephemeral ? rebuilt : [losesItsCopy, ...rebuilt],
  };
}

function diskOf({ data: { diskMtbf, diskRebuild } }: Component): Disk | undefined {
  return diskMtbf === undefined || diskRebuild === undefined ? undefined : { mtbf: diskMtbf.value, mttr: diskRebuild.value };
}

function crewsOf(store: Component): number {
  return store.repairsAtOnce?.value ?? Number.POSITIVE_INFINITY;
}

/**
 * How long the data lasts with the best of its backups as the last copy: a chain of two, in which lost copies are restored, and a lost
 * backup is taken again. Where a time is not stated, no worse than without the backup.
 */
function withBackups(store: Component, copies: Lasting, componentOf: (name: string) => Component | undefined): Lasting {
  const lasting = store.data.backups.flatMap((backup) =>
    backup.copies.map((copy): Lasting => {
      const bucket = componentOf(copy.bucket.name);
      const own = bucket === undefined ? unknown(`bucket ${copy.bucket.name}`) : lastingOf(bucket, diskOf(bucket));
      const restore = restoreTime(store, backup);
      const again = retakenAfter(backup, copy.takes?.value);
      const least =
        own.missing.length > 0 || restore === undefined || again === undefined || copies.missing.length > 0
          ? copies.least
          : bothLost(1 / copies.least, 1 / own.least, 1 / restore, 1 / again);
      return {
        least,
        most: Number.POSITIVE_INFINITY,
        missing: copies.missing,
        assumptions: [...new Set([...copies.assumptions, ...(own.missing.length > 0 ? [] : own.assumptions)])],
      };
    }),
  );
  return lasting.reduce((best, each) => (each.least >= best.least ? each : best), lasting[0] ?? copies);
}

/** Mean time until copies and backup are both lost, in seconds. */
function bothLost(copies: number, backup: number, restored: number, retaken: number): number {
  return meanTimeToEnd([
    {
      to: [
        [1, copies],
        [2, backup],
      ],
      end: 0,
    },
    { to: [[0, restored]], end: backup },
    { to: [[0, retaken]], end: copies },
  ]);
}

function restoreTime(store: Component, backup: Backup): number | undefined {
  if (store.data.size !== undefined && backup.restoresAt !== undefined && backup.restoresAt.value > 0) {
    return store.data.size.value / backup.restoresAt.value;
  }
  return backup.tested?.took?.value;
}

/** Until the next full lies in the bucket: its interval, its run and its copy. */
function retakenAfter(backup: Backup, copyTakes: number | undefined): number | undefined {
  const full = backup.series.find(({ kind }) => kind === 'full');
  if (full?.takes === undefined || copyTakes === undefined) return undefined;
  return full.every.value + full.takes.value + copyTakes;
}

function unknown(...missing: readonly string[]): Lasting {
  return { least: 0, most: Number.POSITIVE_INFINITY, missing, assumptions: [] };
}

function lossFigure(lasting: Lasting): Figure {
  const rest = { unit: 'probability', terms: [], assumptions: lasting.assumptions } as const;
  if (lasting.missing.length > 0) return { status: 'unknown', missing: lasting.missing, ...rest };
  const upper = chanceWithin(year, lasting.least);
  if (lasting.least === lasting.most) return { status: 'known', value: upper, ...rest };
  return { status: 'bounded', lower: chanceWithin(year, lasting.most), upper, ...rest };
}

/** A mean time of which only the least is known is not known: the chance says what that least comes to. */
function timeFigure(lasting: Lasting, store: string): Figure {
  const rest = { unit: 'seconds', terms: [], assumptions: lasting.assumptions } as const;
  if (lasting.missing.length > 0) return { status: 'unknown', missing: lasting.missing, ...rest };
  if (lasting.least !== lasting.most) return { status: 'unknown', missing: [`disk mtbf and rebuild of ${store}`], ...rest };
  return { status: 'known', value: lasting.least, ...rest };
}

function storageLeaf(store: Component): readonly Explanation[] {
  const { storage } = store.data;
  if (storage === undefined) return [];
  const source = sourceOf(storage);
  return [{ label: 'storage', value: storage.value, ...(source === undefined ? {} : { source }), children: [] }];
}

function valueText(figure: Figure): string {
  const text = (value: number): string =>
    figure.unit === 'seconds'
      ? durationText(value)
      : value === 0
        ? '0%'
        : quantityText(Number(value.toPrecision(3)), 'probability');
  switch (figure.status) {
    case 'known':
      return text(figure.value);
    case 'bounded':
      return `at most ${text(figure.upper)}`;
    case 'unknown':
      return 'not known';
    case 'unbounded':
    case 'never':
      return figure.because;
  }
}
