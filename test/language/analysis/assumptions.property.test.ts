/**
 * What a figure lists as assumed is what it rests on: with a row of the table replaced by another value, figures that list the row may
 * change, and all the others stay as they are.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { assumptions } from '../../../language/model/assumptions.js';
import type { AssumptionCode } from '../../../language/model/fact.js';
import { modelOf } from '../model-of.js';

interface Drawn {
  readonly sites: readonly boolean[];
  readonly components: readonly DrawnComponent[];
}

interface DrawnComponent {
  readonly kind: 'service' | 'database' | 'external';
  readonly active: number;
  readonly standby: 'none' | 'hot' | 'warm' | 'cold';
  readonly failure: 'none' | 'availability' | 'times';
  readonly failover: readonly boolean[];
  readonly commonCause: boolean;
  readonly requires: readonly number[];
  readonly wants: readonly number[];
  readonly backup: readonly boolean[];
}

const components: fc.Arbitrary<DrawnComponent> = fc.record({
  kind: fc.constantFrom('service', 'service', 'database', 'external'),
  active: fc.integer({ min: 1, max: 3 }),
  standby: fc.constantFrom('none', 'hot', 'hot', 'warm', 'cold'),
  failure: fc.constantFrom('none', 'availability', 'times'),
  failover: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  commonCause: fc.boolean(),
  requires: fc.array(fc.nat(9), { maxLength: 2 }),
  wants: fc.array(fc.nat(9), { maxLength: 1 }),
  backup: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

const drawings: fc.Arbitrary<Drawn> = fc.record({
  sites: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  components: fc.array(components, { minLength: 1, maxLength: 4 }),
});

/** What a row takes for granted, said otherwise: statements in a `defaults` block, or in each place that says nothing. */
interface Override {
  readonly rows: readonly AssumptionCode[];
  readonly defaults?: string;
  readonly site?: string;
  readonly log?: string;
  readonly only?: RegExp;
}

const overrides: readonly Override[] = [
  { rows: ['common-cause'], defaults: 'common cause 23%' },
  { rows: ['instance-availability', 'managed-availability'], defaults: 'availability 97%' },
  { rows: ['mean-time-to-repair'], defaults: 'mttr 3h' },
  { rows: ['failover-success'], defaults: 'failover { success 90% }' },
  { rows: ['no-time-stated'], defaults: 'failover { decide manual 4m  provision 3m  promote 2m  warmup 10m  verify 7m }' },
  { rows: ['sites-perfect'], site: 'availability 99%' },
  { rows: ['no-failed-runs'], defaults: 'backup nightly { tolerates 1 failed runs }' },
  { rows: ['consistent-at-start'], defaults: 'backup nightly { consistent at end }' },
  // Where the time of a copy is stated it stands for the lag, except after corruption.
  { rows: ['upload-lag-zero'], log: 'lags 3h', only: /corruption/ },
];

function textOf({ sites, components: drawn }: Drawn, override: Override | undefined): string {
  let place = 0;
  const failing = (): string => (sites[place++ % sites.length] === true ? 'mtbf 200d  mttr 6h' : (override?.site ?? ''));
  const region = (name: string): string =>
    `region ${name} { ${failing()}\n  zone a { ${failing()} }\n  zone b { ${failing()} }\n}`;
  const blocks = drawn.map((each, index) => componentText(each, index, drawn.length, override));
  return [
    'model m { }',
    region('r1'),
    region('r2'),
    'bucket vault in r2 { availability 99.9% }',
    ...(override?.defaults === undefined ? [] : [`defaults { ${override.defaults} }`]),
    ...blocks,
    `journey j { requires c0${drawn.length > 1 ? '  wants c1' : ''} }`,
  ].join('\n');
}

function componentText(each: DrawnComponent, index: number, count: number, override: Override | undefined): string {
  const { kind, active, standby, failure, failover, backup } = each;
  const failing = failure === 'none' ? '' : failure === 'availability' ? 'availability 99.7%' : 'mtbf 40d  mttr 20m';
  const later = (targets: readonly number[]): string => {
    const names = [...new Set(targets.map((target) => index + 1 + (target % Math.max(1, count - index - 1))))].filter(
      (target) => target < count,
    );
    return names.map((target) => `c${target}`).join(', ');
  };
  const edges = [
    ...(later(each.requires) === '' ? [] : [`requires ${later(each.requires)}`]),
    ...(later(each.wants) === '' ? [] : [`wants ${later(each.wants)}`]),
  ];
  if (kind === 'external') return `external c${index} { ${[failing, ...edges].join('\n  ')} }`;
  const [warm, works, promotes, decides] = failover;
  const steps = [
    'detect 30s  switch mesh',
    ...(decides === true ? ['decide automatic'] : []),
    ...(promotes === true || kind === 'database' ? ['promote 1m'] : []),
    ...(warm === true ? ['warmup 2m  verify 1m  provision 5m'] : []),
    ...(works === true ? ['success 95%'] : []),
  ];
  const [tolerates, consistent, logs, lags] = backup;
  const statements = [
    `runs ${active} in r1`,
    ...(standby === 'none' ? [] : [`runs ${active} in r2 as ${standby} standby`]),
    `failover { ${steps.join('  ')} }`,
    failing,
    ...(each.commonCause ? ['common cause 10%'] : []),
    ...edges,
    ...(kind === 'database'
      ? [
          'size 100GiB  changes 1GiB/h  corruption found within 2h',
          'replicates async to r2 lag 5s',
          `backup nightly {
    full every 1d takes 30m
    ${logs === true ? `log every 5m ${lags === true ? 'lags 2m' : (override?.log ?? '')}` : ''}
    copies to vault takes 5m  keeps 30d  restores at 100MiB/s
    ${tolerates === true ? 'tolerates 2 failed runs' : ''}
    ${consistent === true ? 'consistent at start' : ''}
  }`,
        ]
      : []),
  ];
  return `${kind} c${index} {\n  ${statements.join('\n  ')}\n}`;
}

/** Figures by name: everything of availability, outages and recovery. */
function figuresOf(analysis: Analysis): ReadonlyMap<string, Figure> {
  const found = new Map<string, Figure>();
  for (const { name } of [...analysis.model.components, ...analysis.model.journeys]) {
    const { availability: _, ...figures } = analysis.availability(name) ?? {};
    for (const [what, figure] of Object.entries(figures)) found.set(`${name}.${what}`, figure);
    for (const [what, figure] of Object.entries(analysis.outages(name) ?? {})) found.set(`${name}.outages.${what}`, figure);
    // Which site is the worst of a class may hang on more than what its own figure rests on: each tells of itself.
    for (const { disruption, perSite } of analysis.recovery(name).values()) {
      for (const [site, { rto, rpo }] of perSite) {
        found.set(`${name}.${disruption}.${site}.rto`, rto);
        found.set(`${name}.${disruption}.${site}.rpo`, rpo);
      }
    }
  }
  return found;
}

/** Everything that is said of a figure but its assumptions; numbers to ten digits. */
function outcome(figure: Figure): string {
  const digits = (value: number): string => value.toPrecision(10);
  switch (figure.status) {
    case 'known':
      return digits(figure.value);
    case 'bounded':
      return `${digits(figure.lower)} to ${digits(figure.upper)}`;
    case 'unknown':
    case 'unbounded':
    case 'never':
      return figure.status;
  }
}

async function analysisOf(text: string): Promise<Analysis> {
  return analyze(await modelOf(text), { asOf: '2026-11-01' });
}

describe('a row of the table of assumptions', () => {
  test.each(overrides)('$rows: no figure that does not list it changes with it', async (override) => {
    const sentences = override.rows.map((row) => assumptions[row].sentence);
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(drawings, async (drawn) => {
        const before = figuresOf(await analysisOf(textOf(drawn, undefined)));
        const after = figuresOf(await analysisOf(textOf(drawn, override)));
        for (const [name, figure] of before) {
          const other = after.get(name);
          // What was not known may become known by what is stated now.
          if (override.only?.test(name) === false) continue;
          if (other === undefined || figure.status === 'unknown' || outcome(figure) === outcome(other)) continue;
          changed++;
          const lists = sentences.some((sentence) => figure.assumptions.includes(sentence));
          expect(lists, `${name}: ${outcome(figure)} became ${outcome(other)}\n${textOf(drawn, override)}`).toBe(true);
        }
      }),
      { numRuns: 50, seed: 20261124 },
    );
    // A row that nothing changes with would say nothing.
    expect(changed).toBeGreaterThan(0);
  });
});
