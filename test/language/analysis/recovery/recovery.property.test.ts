/** The worst over a class, found by asking only what can be worse, against the worst over every scope, on small random models. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { scopesOf } from '../../../../language/analysis/recovery/scope.js';
import { compareTimes } from '../../../../language/analysis/recovery/time.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { disruptionClasses, type Edge, type Model } from '../../../../language/model/model.js';
import {
  backup,
  component,
  copyTo,
  edge,
  fact,
  failover,
  journey,
  model,
  region,
  replicates,
  runs,
  series,
  use,
} from '../model-builder.js';

const r1 = region('r1', ['a', 'b']);
const r2 = region('r2', ['a']);
const names = ['c0', 'c1', 'c2', 'c3', 'c4'];

const parts = fc.record({
  store: fc.boolean(),
  active: fc.integer({ min: 1, max: 3 }),
  needs: fc.integer({ min: 1, max: 2 }),
  standby: fc.boolean(),
  detect: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
  warmup: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
  quorum: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  lag: fc.integer({ min: 0, max: 9 }),
  found: fc.integer({ min: 1, max: 9 }),
  backedUp: fc.boolean(),
  probe: fc.boolean(),
  targets: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
  quantifier: fc.constantFrom<'all' | 'any'>('all', 'any'),
  reads: fc.boolean(),
  load: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  capacity: fc.integer({ min: 1, max: 9 }),
});

const models = fc.array(parts, { minLength: names.length, maxLength: names.length }).map((list): Model => {
  const components = list.map((each, index) => {
    const edges: Edge[] =
      each.targets.length === 0
        ? []
        : [
            edge('requires', each.targets, {
              quantifier: { kind: each.quantifier },
              ...(each.reads ? { reads: use('it').at } : {}),
            }),
          ];
    return component(each.store ? 'database' : 'service', `c${index}`, {
      placements: [runs(each.active, r1), ...(each.standby ? [runs(1, r2, 'hot-standby')] : [])],
      needs: fact(each.needs),
      demand: each.load === undefined ? {} : { load: fact(each.load), capacity: fact(each.capacity) },
      edges,
      failovers: [
        failover({
          promote: fact(10),
          switch: fact({ means: 'mesh' }),
          ...(each.detect === undefined ? {} : { detect: fact(each.detect) }),
          ...(each.warmup === undefined ? {} : { warmup: fact(each.warmup) }),
        }),
      ],
      deployment: {
        ports: [],
        routes: [],
        mounts: [],
        probes: each.probe ? [{ kind: 'readiness', source: { uri: '', start: 0, end: 0 } }] : [],
      },
      data: {
        replication: each.store
          ? [
              replicates('sync', {
                scope: 'within',
                region: 'r1',
                ...(each.quorum === undefined ? {} : { quorum: fact(each.quorum) }),
              }),
              replicates('async', { scope: 'to', region: 'r2', lag: fact(each.lag) }),
            ]
          : [],
        residency: [],
        corruptionFoundWithin: fact(each.found),
        backups: each.backedUp ? [backup([series('full', 100, { takes: fact(10) })], { copies: [copyTo('vault', 5)] })] : [],
      },
    });
  });
  return model({
    regions: [r1, r2],
    components: [...components, component('bucket', 'vault', { hosts: [use('r2')] })],
    journeys: [
      journey('j', [edge('requires', ['c0', 'c1'])]),
      journey('k', [edge('requires', ['c2', 'c3'], { quantifier: { kind: 'any' } })]),
    ],
  });
});

it('finds the worst scope of each class', () => {
  fc.assert(
    fc.property(models, (of) => {
      const recovery = new Recovery(new Structure(of));
      for (const disruption of disruptionClasses) {
        const scopes = scopesOf(of, disruption);
        for (const subject of [...names, 'vault', 'j', 'k']) {
          const outcomes = scopes.flatMap((scope) => recovery.inScope(subject, scope) ?? []);
          const found = recovery.of(subject).get(disruption);
          const [first] = outcomes;
          if (found === undefined || first === undefined) {
            expect(found?.survives, `${subject} ${disruption}`).toBeUndefined();
            expect(found?.perSite.size).toBe(0);
            continue;
          }
          const worst = (which: 'rto' | 'rpo') =>
            outcomes.reduce((a, b) => (compareTimes(b[which], a[which]) > 0 ? b : a), first)[which];
          expect(found.survives, `${subject} ${disruption} survives`).toBe(outcomes.every((each) => each.up));
          expect(found.lost, `${subject} ${disruption} lost`).toBe(outcomes.some((each) => each.lost));
          expect(compareTimes(found.rto, worst('rto')), `${subject} ${disruption} rto`).toBe(0);
          expect(compareTimes(found.rpo, worst('rpo')), `${subject} ${disruption} rpo`).toBe(0);
          const sites = [...found.perSite.values()];
          expect(sites).not.toHaveLength(0);
          expect(found.survives).toBe(sites.every((each) => each.survives));
          expect(found.lost).toBe(sites.some((each) => each.lost));
          for (const which of ['rto', 'rpo'] as const) {
            expect(sites.every((each) => compareTimes(each[which], found[which]) <= 0)).toBe(true);
            expect(sites.some((each) => compareTimes(each[which], found[which]) === 0)).toBe(true);
          }
          const latest = sites.map((each) => each.caughtUp).reduce((a, b) => (compareTimes(b, a) > 0 ? b : a), found.rto);
          // Of a choice the figure is an upper bound: each alternative counts with its own worst. Unknown ones are all alike.
          const unknown = found.caughtUp.status === 'unknown' && latest.status === 'unknown';
          const compared = unknown ? 0 : compareTimes(found.caughtUp, latest);
          if (subject === 'k') expect(compared, `${subject} ${disruption} caught up`).toBeGreaterThanOrEqual(0);
          else expect(compared, `${subject} ${disruption} caught up`).toBe(0);
          if (found.scope !== undefined) expect(found.perSite.has(found.scope)).toBe(true);
        }
      }
    }),
    { numRuns: 300, seed: 20261121 },
  );
}, 60_000);
