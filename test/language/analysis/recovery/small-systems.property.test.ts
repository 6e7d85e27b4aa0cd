/** RPO and RTO of small random systems against what they must yield case by case, and laws that hold whatever the system. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClassRecovery, SiteRecovery } from '../../../../language/analysis/analysis.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { compareTimes } from '../../../../language/analysis/recovery/time.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { type DisruptionClass, disruptionClasses } from '../../../../language/model/model.js';
import {
  type Answer,
  type Answers,
  corrupted,
  modelOfSystem,
  nameOf,
  type SketchSystem,
  systems,
  withoutAccount,
  withoutRegion,
  withoutZone,
} from './small-systems.js';

const many = { numRuns: 1000, seed: 20261121 } as const;

function recoveryOf(system: SketchSystem): Recovery {
  return new Recovery(new Structure(modelOfSystem(system)));
}

function answerOf(figure: Figure | undefined): Answer | undefined {
  if (figure === undefined) return 0;
  if (figure.status === 'known') return figure.value;
  return figure.status === 'never' || figure.status === 'unknown' ? figure.status : undefined;
}

function sitesOf(
  recovery: Recovery,
  system: SketchSystem,
  disruption: DisruptionClass,
  site: string,
): readonly (SiteRecovery | undefined)[] {
  const count = system.stores.length + system.services.length;
  return Array.from({ length: count }, (_, index) => recovery.of(nameOf(index)).get(disruption)?.perSite.get(site));
}

function expectSite(
  system: SketchSystem,
  disruption: DisruptionClass,
  site: string,
  expected: Partial<Answers>,
  recovery = recoveryOf(system),
): void {
  const found = sitesOf(recovery, system, disruption, site);
  if (expected.rpo !== undefined)
    expect(
      found.map((each) => answerOf(each?.rpo)),
      `${site} rpo`,
    ).toEqual(expected.rpo);
  if (expected.rto !== undefined)
    expect(
      found.map((each) => answerOf(each?.rto)),
      `${site} rto`,
    ).toEqual(expected.rto);
}

describe('case by case', () => {
  it('a region is lost', () => {
    fc.assert(
      fc.property(systems, (system) => expectSite(system, 'region-loss', 'r1', withoutRegion(system))),
      many,
    );
  });

  it('a zone is lost', () => {
    fc.assert(
      fc.property(systems, (system) => expectSite(system, 'zone-loss', 'r1.a', { rpo: withoutZone(system) })),
      many,
    );
  });

  it('an account is lost', () => {
    fc.assert(
      fc.property(systems, (system) => expectSite(system, 'account-loss', 'account prod', { rpo: withoutAccount(system) })),
      many,
    );
  });

  it('data goes bad', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const recovery = recoveryOf(system);
        system.stores.forEach((_, bad) => {
          expectSite(system, 'corruption', nameOf(bad), corrupted(system, bad), recovery);
        });
      }),
      many,
    );
  });
});

/** Every figure of every subject, class by class. */
function everything(system: SketchSystem): readonly (readonly [string, ClassRecovery])[] {
  const recovery = recoveryOf(system);
  const count = system.stores.length + system.services.length;
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    [...recovery.of(nameOf(index))].map(([disruption, found]): readonly [string, ClassRecovery] => [
      `${nameOf(index)} ${disruption}`,
      found,
    ]),
  );
}

function withStores(
  system: SketchSystem,
  change: (store: SketchSystem['stores'][number]) => SketchSystem['stores'][number],
): SketchSystem {
  return { ...system, stores: system.stores.map(change) };
}

function expectNoMoreLost(before: SketchSystem, after: SketchSystem): void {
  const found = new Map(everything(after));
  for (const [what, { rpo, lost }] of everything(before)) {
    const better = found.get(what);
    expect(better === undefined ? 1 : compareTimes(better.rpo, rpo), what).toBeLessThanOrEqual(0);
    if (!lost) expect(better?.lost, what).toBe(false);
  }
}

describe('laws', () => {
  it('a copy inside the scope never helps', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const near = withStores(system, (store) => ({
          ...store,
          backups: [...store.backups, { every: 5, takes: 0, copy: 0, buckets: ['near'] }],
        }));
        const [before, after] = [system, near].map((each) => sitesOf(recoveryOf(each), each, 'region-loss', 'r1'));
        expect(after?.map((each) => [answerOf(each?.rpo), answerOf(each?.rto), each?.lost])).toEqual(
          before?.map((each) => [answerOf(each?.rpo), answerOf(each?.rto), each?.lost]),
        );
      }),
      many,
    );
  });

  it('one more copy elsewhere never loses more', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const more = withStores(system, (store) => ({
          ...store,
          backups: [...store.backups, { every: 20, takes: 3, copy: 3, buckets: ['locked'] }],
        }));
        expectNoMoreLost(system, more);
      }),
      many,
    );
  });

  it('a better copy never loses more', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const better = withStores(system, (store) => ({
          ...store,
          found: Math.max(1, store.found - 1),
          backups: store.backups.map((each) => ({
            ...each,
            every: Math.max(5, each.every - 1),
            takes: Math.max(0, each.takes - 1),
          })),
          standby:
            store.standby !== 'none' && 'lag' in store.standby ? { lag: Math.max(0, store.standby.lag - 1) } : store.standby,
        }));
        expectNoMoreLost(system, better);
      }),
      many,
    );
  });

  it('faster steps never recover later', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const faster: SketchSystem = {
          stores: system.stores.map((each) => ({
            ...each,
            size: 1,
            promote: 0,
            detect: each.detect === undefined ? undefined : 1,
          })),
          services: system.services.map((each) => ({ ...each, warmup: 0, detect: each.detect === undefined ? undefined : 1 })),
        };
        const found = new Map(everything(faster));
        for (const [what, { rto }] of everything(system)) {
          const better = found.get(what);
          expect(better === undefined ? 1 : compareTimes(better.rto, rto), what).toBeLessThanOrEqual(0);
        }
      }),
      many,
    );
  });

  it('the worst of a class is the worst of its scopes', () => {
    fc.assert(
      fc.property(systems, (system) => {
        for (const [what, { survives, lost, rto, rpo, perSite }] of everything(system)) {
          if (survives === undefined) continue;
          const sites = [...perSite.values()];
          expect(
            sites.reduce<Figure | undefined>((most, { rto: each }) => worseOf(most, each), undefined),
            what,
          ).toSatisfy(equals(rto));
          expect(
            sites.reduce<Figure | undefined>((most, { rpo: each }) => worseOf(most, each), undefined),
            what,
          ).toSatisfy(equals(rpo));
          expect(lost, what).toBe(sites.some((each) => each.lost));
        }
      }),
      many,
    );
  });

  it('all classes are told, in their order', () => {
    fc.assert(
      fc.property(systems, (system) => {
        expect([...recoveryOf(system).of(nameOf(0)).keys()]).toEqual(disruptionClasses);
      }),
      { numRuns: 10, seed: 20261121 },
    );
  });
});

function worseOf(most: Figure | undefined, each: Figure): Figure {
  return most === undefined || compareTimes(each, most) > 0 ? each : most;
}

function equals(figure: Figure): (other: Figure | undefined) => boolean {
  return (other) => other !== undefined && compareTimes(figure, other) === 0;
}
