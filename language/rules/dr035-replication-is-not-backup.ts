import { durationText } from '../analysis/figure-text.js';
import { holdsData, instancesOf } from '../analysis/structure/sides.js';
import { type Fact, sourceOf } from '../model/fact.js';
import type { BackupSeries, Component } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { closureOf } from './lookup.js';
import { subjects } from './objectives.js';
import { lossCause } from './recovery-cause.js';
import { redundantDisks } from './redundant-disks.js';
import { rpoFixes } from './rpo-fixes.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { counted } from './wording.js';

/** DR035: replicas, or an array of disks, stand where an earlier point in time is asked for. */
export const replicationIsNotBackup: Rule = {
  code: 'DR035',
  name: 'replication-is-not-backup',
  title: 'Replicas instead of a backup',
  severity: 'error',
  subsumes: ['DR030'],
  docs: {
    what: 'A database or bucket has two or more copies, `replicates`, or an array of disks (`storage raid10`, `erasure 4+2`), an objective for corruption promises a data loss of at most R (its own, or that of whoever cannot do without it), and no series of its backups is taken at least every R. What has no backup at all is judged by DR037, what `rebuilds from` something else is left out.',
    why: 'A deletion or a bad migration reaches every replica within seconds: against corruption only earlier points in time count, and how far they lie apart is the least that is lost. RAID is not a backup either: it survives a disk, and repeats a deletion on all of them. Sources: GitLab on 31 January 2017, where the replica repeated the deletion and the last copy was six hours old; AWS Well-Architected REL09-BP01.',
    how: 'Take a `log` at least as often as the promised data loss.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  replicates sync within north quorum 2
  corruption found within 5m
  backup nightly { full every 1d takes 1h  copies to vault takes 30m }
  objective { corruption { rpo 1h } }
}
bucket vault in south { }
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger {
  runs 3 in north
  replicates sync within north quorum 2
  corruption found within 5m
  backup nightly { full every 1d takes 1h  log every 15m  copies to vault takes 30m }
  objective { corruption { rpo 1h } }
}
bucket vault in south { }
`,
  },
  check(context) {
    const promises = corruptionPromises(context);
    if (promises.length === 0) return [];
    return context.model.components.flatMap((store) => {
      if (!isReplicatedStore(store)) return [];
      const asking = promises.filter(({ owner }) => owner === store.name || closureOf(context.analysis, owner).has(store.name));
      const series = store.data.backups.flatMap((backup) => backup.series);
      const [best] = [...series].sort((a, b) => a.every.value - b.every.value);
      const [tightest] = asking;
      if (best === undefined || tightest === undefined || best.every.value <= tightest.target.value) return [];
      return [finding(store, best, asking, context)];
    });
  },
};

interface Promised {
  readonly owner: string;
  readonly target: Fact<number>;
}

/** Who promises how much data a corruption may cost, the tightest first. */
function corruptionPromises({ model }: RuleContext): readonly Promised[] {
  return subjects(model)
    .flatMap((subject) =>
      (subject.objective?.classes ?? []).flatMap(({ disruption, rpo }) =>
        disruption === 'corruption' && rpo !== undefined ? [{ owner: subject.name, target: rpo }] : [],
      ),
    )
    .sort((a, b) => a.target.value - b.target.value || (a.owner < b.owner ? -1 : 1));
}

/** Whether it keeps the only copy of something and looks safe by having it more than once. */
function isReplicatedStore(store: Component): boolean {
  if ((store.kind !== 'database' && store.kind !== 'bucket') || store.rebuildsFrom !== undefined) return false;
  const isRepeated = copiesOf(store) > 1 || store.data.replication.length > 0 || redundantDisks(store) !== undefined;
  return store.data.backups.length > 0 && isRepeated;
}

function copiesOf(store: Component): number {
  return instancesOf(store).filter(({ role }) => holdsData(role)).length;
}

function finding(store: Component, best: BackupSeries, asking: readonly Promised[], context: RuleContext): RawFinding {
  const { model, analysis } = context;
  const interval = best.every.value;
  const broken = asking.filter(({ target }) => target.value < interval);
  const target = broken[0]?.target.value ?? interval;
  const who = broken[0]?.owner === store.name ? 'its objective allows' : `${broken[0]?.owner} allows`;
  const copies = copiesOf(store);
  const disks = store.data.replication.length > 0 ? undefined : redundantDisks(store);
  const lone = disks === undefined ? `Replicas of ${store.name} repeat` : `${disks} of ${store.name} repeats`;
  const replicas = copies > 1 ? `${counted(copies, 'copy', 'copies')} of ${store.name} repeat` : lone;
  return {
    message: `${replicas} a corruption at once, and its points in time lie ${durationText(interval)} apart (${best.kind}); ${who} a loss of ${durationText(target)}. Take a log that often.`,
    at: best.source,
    related: [
      ...broken.flatMap(({ owner, target: promised }) => {
        const at = sourceOf(promised);
        return at === undefined ? [] : [{ message: `${owner} promises rpo ${durationText(promised.value)}.`, at }];
      }),
      ...store.data.replication.map(({ source }) => ({ message: 'What is replicated is no earlier point in time.', at: source })),
    ],
    fixes: [...rpoFixes(store, 'corruption', undefined, target, context), acceptFix('DR035', store, model, analysis.asOf)],
    subject: store.name,
    causes: broken.filter((promised) => isDecided(store, promised)).map(({ owner }) => lossCause(owner, 'corruption')),
  };
}

/** Whether the interval is what breaks the promise: a corruption that is found too late breaks it as well, and that is said apart. */
function isDecided(store: Component, { target }: Promised): boolean {
  const found = store.data.corruptionFoundWithin;
  return found !== undefined && found.value <= target.value;
}
