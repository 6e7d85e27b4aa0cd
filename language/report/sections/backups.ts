import type { Analysis } from '../../analysis/analysis.js';
import { chanceText, durationText, quantityText } from '../../analysis/figure-text.js';
import { losesData } from '../../analysis/recovery/data-loss.js';
import type { Backup, BackupSeries, Component, Model } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import { daysBetween, restoreLimitDays } from '../../rules/restore-age.js';
import { activeSites } from '../../rules/sites.js';
import { effectiveTiers } from '../../rules/tier.js';
import { type Block, type Cell, code, paragraph, type Section, type Span, status } from '../document.js';
import { ageText, byText } from '../report-input.js';

/** One backup of one store, with the verdict on its last tested restore; `inTime` undefined: its tier has no limit. */
export interface TestedBackup {
  readonly store: Component;
  readonly backup: Backup;
  readonly tier: number | undefined;
  readonly limit: number | undefined;
  readonly inTime: boolean | undefined;
}

/** All backups, by the names of stores and backups, judged as of a day. */
export function testedBackups(model: Model, asOf: string): readonly TestedBackup[] {
  const tiers = effectiveTiers(model);
  const stores = [...model.components].sort((a, b) => byText(a.name, b.name));
  return stores.flatMap((store) =>
    [...store.data.backups]
      .sort((a, b) => byText(a.name, b.name))
      .map((backup) => {
        const tier = tiers.get(store.name);
        const limit = restoreLimitDays(tier);
        const days = backup.tested === undefined ? undefined : daysBetween(backup.tested.date, asOf);
        const inTime = limit === undefined ? undefined : days !== undefined && days >= 0 && days <= limit;
        return { store, backup, tier, limit, inTime };
      }),
  );
}

/** When each backup was last restored in a test, against the age that its tier allows. */
export function restoreTests(model: Model, asOf: string): Section {
  const backups = testedBackups(model, asOf);
  const blocks: readonly Block[] =
    backups.length === 0
      ? [paragraph('There is no backup that could be tested.')]
      : [
          paragraph(
            'A backup that was never restored is a hope. Limits of age: 90 days for tier 0, 180 for tier 1, 365 for tier 2; the tier is that of the store, or of the strictest that leans on it.',
          ),
          {
            kind: 'table',
            caption: 'Tested restores',
            header: ['Store', 'Backup', 'Tier', 'Last restored', 'Took', 'Age', 'Limit', 'Verdict'],
            rows: backups.map((each) => testRow(each, asOf)),
          },
        ];
  return { id: 'restores', title: 'Evidence: tested backups', blocks };
}

function testRow({ store, backup, tier, limit, inTime }: TestedBackup, asOf: string): readonly Cell[] {
  const { tested } = backup;
  return [
    code(store.name),
    backup.name,
    tier === undefined ? 'none' : String(tier),
    tested === undefined ? 'never' : tested.date,
    tested?.took === undefined ? 'not stated' : durationText(tested.took.value),
    tested === undefined ? '' : ageText(tested.date, asOf),
    limit === undefined ? 'none' : `${limit} d`,
    testVerdict(tested?.date, inTime, asOf),
  ];
}

function testVerdict(date: string | undefined, inTime: boolean | undefined, asOf: string): Span {
  if (date !== undefined && date > asOf) return status('open', 'still to come');
  if (inTime === undefined) return date === undefined ? status('open', 'never tested') : status('neutral', 'no limit');
  if (inTime) return status('good', 'in time');
  return date === undefined ? status('bad', 'never tested') : status('bad', 'too old');
}

/** What is kept of each store: what, where, how long, and who could delete it; and how likely its data is lost. */
export function backupOverview(model: Model, analysis: Analysis): Section {
  const backups = testedBackups(model, '');
  const components = componentsByName(model);
  const bare = model.components.filter((store) => losesData(store) && store.kind !== 'bucket' && store.data.backups.length === 0);
  const blocks: readonly Block[] = [
    ...(backups.length === 0
      ? [paragraph('No component has a backup.')]
      : ([
          {
            kind: 'table',
            caption: 'Backups',
            header: ['Store', 'Backup', 'What', 'Copies', 'Kept', 'Protected', 'Restored at'],
            rows: backups.map(({ store, backup }): readonly Cell[] => [
              code(store.name),
              backup.name,
              { lines: seriesTexts(backup.series) },
              { lines: copyTexts(backup, components) },
              backup.keeps === undefined ? 'not stated' : durationText(backup.keeps.value),
              { lines: protections(backup, components) },
              backup.restoresAt === undefined ? 'not stated' : `${quantityText(backup.restoresAt.value, 'bytes')}/s`,
            ]),
          },
        ] as const)),
    ...(bare.length === 0
      ? []
      : [
          paragraph([
            'Stores without a backup: ',
            bare
              .map(({ name }) => name)
              .sort()
              .join(', '),
            '.',
          ]),
        ]),
  ];
  return { id: 'backups', title: 'Backups', blocks: [...blocks, ...durability(model, analysis)] };
}

/** How likely stores are to lose their data, of those that say what it lies on. */
function durability(model: Model, analysis: Analysis): readonly Block[] {
  const stores = model.components.filter(({ data }) => data.storage !== undefined).map(({ name }) => name);
  const rows = stores.sort(byText).flatMap((name): readonly (readonly Cell[])[] => {
    const found = analysis.durability(name);
    if (found === undefined) return [];
    return [[code(name), String(found.copies), chanceText(found.copiesLost), chanceText(found.everythingLost)]];
  });
  if (rows.length === 0) return [];
  const header = ['Store', 'Copies', 'All copies', 'Copies and backups'];
  return [{ kind: 'table', caption: 'Chance to lose the data within a year', header, rows }];
}

function seriesTexts(series: readonly BackupSeries[]): readonly string[] {
  if (series.length === 0) return ['nothing stated'];
  return [...series]
    .sort((a, b) => byText(a.kind, b.kind) || a.every.value - b.every.value)
    .map(({ kind, every, at }) => `${kind} every ${durationText(every.value)}${at === undefined ? '' : ` at ${at}`}`);
}

function copyTexts({ copies }: Backup, components: ReadonlyMap<string, Component>): readonly string[] {
  if (copies.length === 0) return ['none: it lies with its store'];
  return copies
    .map(({ bucket }) => {
      const place = components.get(bucket.name);
      const sites = place === undefined ? [] : activeSites(place);
      const account = place?.fate.account?.value;
      const where = sites.length === 0 ? 'place not stated' : [...sites].sort().join(', ');
      return `${bucket.name} (${where}${account === undefined ? '' : `, account ${account}`})`;
    })
    .sort(byText);
}

function protections(backup: Backup, components: ReadonlyMap<string, Component>): readonly string[] {
  const locks = backup.copies.flatMap(({ bucket }) => components.get(bucket.name)?.data.locked?.value ?? []);
  const places = backup.copies.flatMap(({ bucket }) => components.get(bucket.name)?.data ?? []);
  const texts = [
    ...(backup.immutable !== undefined || places.some(({ immutable }) => immutable !== undefined) ? ['immutable'] : []),
    ...(locks.length === 0 ? [] : [`locked ${durationText(Math.max(...locks))}`]),
    ...(backup.offline !== undefined || places.some(({ offline }) => offline !== undefined) ? ['offline'] : []),
    ...(backup.encrypted === undefined ? [] : ['encrypted']),
  ];
  return texts.length === 0 ? ['nothing stated'] : texts;
}
