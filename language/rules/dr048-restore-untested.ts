import { type Source, sourceOf } from '../model/fact.js';
import type { Component, Model } from '../model/model.js';
import { acceptFix } from './accept-fix.js';
import { daysBetween, restoreLimitDays } from './restore-age.js';
import type { RawFinding, Rule, RuleContext } from './rule.js';
import { effectiveTiers, isTopTier } from './tier.js';

/** DR048: nobody has tried of late to restore from a backup. */
export const restoreUntested: Rule = {
  code: 'DR048',
  name: 'restore-untested',
  title: 'Restore not tested',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component has a backup, and by the date of the analysis no restore of it was tried, or the last one is older than 90 days on tier 0, 180 days on tier 1 and 365 days on tier 2 (an unstated tier is that of the strictest caller). A restore is shown by `tested` in a backup, or by a drill of a scenario that corrupts or deletes the component. An error on tier 0 and 1.',
    why: 'A backup that was never restored is a hope: empty dumps, missing keys and wrong versions show when it is too late. Sources: GitLab on 31 January 2017, where five ways to restore failed; AWS Well-Architected REL09-BP04; NIST SP 800-34 (CP-4).',
    how: 'Restore to a place aside, and write `tested DATE took DURATION` in the backup. Or write that the risk is taken.',
    bad: `region north { zones a, b, c }
region south { zones a, b }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d  copies to vault }
}
bucket vault in south { }
`,
    good: `region north { zones a, b, c }
region south { zones a, b }

database ledger tier 0 {
  runs 3 in north
  backup nightly { full every 1d  copies to vault  tested 2026-10-01 took 40m }
}
bucket vault in south { }
`,
  },
  check(context) {
    const stores = context.model.components.filter((component) => component.data.backups.length > 0);
    if (stores.length === 0) return [];
    const drills = restoreDrills(context.model);
    return stores.flatMap((store) => judge(store, drills.get(store.name) ?? [], context) ?? []);
  },
};

interface Restore {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly at: Source;
}

/** By component, the drills of scenarios in which its data goes bad or is deleted. */
function restoreDrills(model: Model): ReadonlyMap<string, readonly Restore[]> {
  const damaged = new Map(
    model.scenarios.map(({ name, corrupts, deletes }) => [
      name,
      [
        ...corrupts.map((use) => use.name),
        ...deletes.flatMap((deletion) => (deletion.kind === 'component' ? [deletion.component.name] : [])),
      ],
    ]),
  );
  const found = new Map<string, Restore[]>();
  for (const { scenario, date, scenarioSource } of model.drills) {
    for (const store of damaged.get(scenario) ?? []) {
      const restore = { date, at: scenarioSource };
      const before = found.get(store);
      if (before === undefined) found.set(store, [restore]);
      else before.push(restore);
    }
  }
  return found;
}

function judge(store: Component, drills: readonly Restore[], { model, analysis }: RuleContext): RawFinding | undefined {
  const [backup] = store.data.backups;
  if (backup === undefined) return undefined;
  const tier = effectiveTiers(model).get(store.name);
  const limit = restoreLimitDays(tier);
  const tests = store.data.backups.flatMap(({ tested }) =>
    tested === undefined ? [] : [{ date: tested.date, at: tested.source }],
  );
  const past = [...tests, ...drills].filter(({ date }) => date <= analysis.asOf);
  const [last] = past.sort((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : 0));
  const age = last === undefined ? undefined : daysBetween(last.date, analysis.asOf);
  if (age !== undefined && (limit === undefined || age <= limit)) return undefined;
  const allowed = limit === undefined ? '' : `Tier ${tier} allows ${limit} days. `;
  const when =
    last === undefined
      ? `No restore of ${store.name} was tried`
      : `The last restore of ${store.name}, on ${last.date}, is ${age} days old`;
  const tierAt = store.tier === undefined ? undefined : sourceOf(store.tier);
  return {
    severity: isTopTier(tier) ? 'error' : 'warning',
    message: `${when}: nobody knows whether its backup can be read. ${allowed}Try one and write \`tested\`.`,
    at: last?.at ?? backup.nameSource,
    related: [
      ...(tierAt === undefined || tier === undefined ? [] : [{ message: `Tier ${tier}.`, at: tierAt }]),
      ...(last === undefined ? [] : [{ message: `The backup of ${store.name}.`, at: backup.nameSource }]),
    ],
    fixes: [acceptFix('DR048', store, model, analysis.asOf)],
    subject: store.name,
    causes: [`restore:${store.name}`],
  };
}
