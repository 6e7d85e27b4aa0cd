/** What is drawn of a random model, before names are given and what cannot stand together is left out. */
import fc from 'fast-check';
import type { Failing, SketchComponent, SketchEdge, SketchFailover, SketchRegion, SketchRuns } from './sketch.js';

const chance = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0.001, max: 0.5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e-9, 1e-4, 0.999) },
);
const failing: fc.Arbitrary<Failing> = fc.record(
  { u: chance, repairHours: fc.constantFrom(0.01, 0.5, 2, 24) },
  { requiredKeys: ['u'] },
);
/** `oneIn` 4: one of four has it. */
function rarely<T>(of: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> {
  return fc.integer({ min: 1, max: oneIn }).chain((drawn) => (drawn === oneIn ? of : fc.constant(undefined)));
}

const regions: fc.Arbitrary<readonly SketchRegion[]> = fc
  .array(
    fc.record({
      failing: rarely(failing, 2),
      provider: rarely(fc.constantFrom('p', 'q'), 2),
      zones: fc.array(fc.record({ failing: rarely(failing, 2) }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) =>
    list.map(({ failing: own, provider, zones }, index) => ({
      name: `r${index + 1}`,
      failing: own,
      provider,
      zones: zones.map((zone, at) => ({ name: ['a', 'b', 'c'][at] ?? 'd', failing: zone.failing })),
    })),
  );

const success = fc.constantFrom(0.5, 0.9, 0.98, 1);
const seconds = fc.constantFrom(0, 5, 60, 3600);
const failover: fc.Arbitrary<SketchFailover> = fc.record({
  detect: rarely(seconds, 1),
  decide: rarely(seconds, 2),
  promote: seconds,
  warmup: rarely(seconds, 2),
  ttl: seconds,
  verify: rarely(seconds, 3),
  success: rarely(success, 2),
});
const partialFailover: fc.Arbitrary<SketchFailover> = fc.record({
  detect: rarely(seconds, 2),
  ttl: rarely(seconds, 2),
  success: rarely(success, 2),
});

export interface DrawnEdge {
  readonly verb: SketchEdge['verb'];
  readonly need: number;
  readonly targets: readonly number[];
  readonly journeys: readonly string[];
  readonly sameRegion: boolean;
  readonly bestEffort: boolean;
}

const drawnEdge: fc.Arbitrary<DrawnEdge> = fc.record({
  verb: fc.constantFrom<SketchEdge['verb']>('requires', 'requires', 'requires', 'wants', 'publishes to', 'consumes from'),
  /** 0: all, 1: any, above: so many where there are more targets than that. */
  need: fc.constantFrom(0, 0, 1, 2),
  targets: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
  journeys: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(['j0', 'j1'], { minLength: 1 }) },
  ),
  sameRegion: fc.boolean(),
  bestEffort: fc.boolean(),
});

export interface DrawnComponent {
  readonly form: 'placed' | 'placed' | 'placed' | 'hosted' | 'external';
  readonly kind: SketchComponent['kind'];
  readonly runs: readonly {
    readonly count: number;
    readonly region: number;
    readonly zone: number | undefined;
    readonly role: SketchRuns['role'];
  }[];
  readonly sites: readonly number[];
  readonly failing: Failing;
  readonly commonCause: number | undefined;
  readonly together: Failing | undefined;
  readonly needs: number | undefined;
  readonly needsIn: number | undefined;
  readonly load: { readonly load: number; readonly peak: number | undefined; readonly capacity: number } | undefined;
  readonly sync: { readonly where: 0 | 1 | 2; readonly quorum: number | undefined; readonly shrinks: boolean } | undefined;
  readonly async: boolean;
  readonly edges: readonly DrawnEdge[];
  readonly failover: SketchFailover | undefined;
  readonly failoverTo: SketchFailover | undefined;
  readonly follows: boolean;
}

const drawnComponent: fc.Arbitrary<DrawnComponent> = fc.record({
  form: fc.constantFrom<DrawnComponent['form']>('placed', 'placed', 'placed', 'hosted', 'external'),
  kind: fc.constantFrom<SketchComponent['kind']>('service', 'service', 'database', 'cache', 'queue', 'coordinator', 'gateway'),
  runs: fc.array(
    fc.record({
      count: fc.integer({ min: 1, max: 3 }),
      region: fc.nat(2),
      zone: rarely(fc.nat(2), 3),
      role: fc.constantFrom<SketchRuns['role']>(
        'active',
        'hot standby',
        'hot standby',
        'warm standby',
        'cold standby',
        'pilot light',
        'witness',
      ),
    }),
    { maxLength: 3 },
  ),
  sites: fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 2 }),
  failing,
  commonCause: rarely(fc.constantFrom(0, 0.05, 0.3, 1), 2),
  together: rarely(failing, 4),
  needs: rarely(fc.integer({ min: 1, max: 4 }), 2),
  needsIn: rarely(fc.integer({ min: 1, max: 2 }), 5),
  load: rarely(
    fc.record({
      load: fc.integer({ min: 1, max: 300 }),
      peak: rarely(fc.integer({ min: 300, max: 400 }), 2),
      capacity: fc.integer({ min: 100, max: 200 }),
    }),
    4,
  ),
  sync: rarely(
    fc.record({
      where: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      quorum: rarely(fc.integer({ min: 1, max: 3 }), 1),
      shrinks: fc.boolean(),
    }),
    2,
  ),
  async: fc.boolean(),
  edges: fc.array(drawnEdge, { maxLength: 2 }),
  failover: rarely(failover, 2),
  failoverTo: rarely(partialFailover, 4),
  follows: fc.boolean(),
});

export interface Drawn {
  readonly regions: readonly SketchRegion[];
  readonly components: readonly DrawnComponent[];
  readonly journeys: readonly (readonly DrawnEdge[])[];
  readonly link: number | undefined;
  readonly policy: SketchFailover | undefined;
  readonly defaultCommonCause: number | undefined;
  readonly defaultFailover: SketchFailover | undefined;
  readonly fails: readonly { readonly kind: 0 | 1 | 2 | 3 | 4; readonly at: number; readonly count: number }[];
}

export const drawings: fc.Arbitrary<Drawn> = fc.record({
  regions,
  components: fc.array(drawnComponent, { minLength: 2, maxLength: 5 }),
  journeys: fc.array(fc.array(drawnEdge, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
  link: rarely(success, 3),
  policy: rarely(failover, 3),
  defaultCommonCause: rarely(fc.constantFrom(0, 0.1), 2),
  defaultFailover: rarely(failover, 3),
  fails: fc.array(
    fc.record({
      kind: fc.constantFrom<0 | 1 | 2 | 3 | 4>(0, 1, 2, 3, 4),
      at: fc.nat(20),
      count: fc.integer({ min: 1, max: 2 }),
    }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
});
