/** Figures by name: every path has a tree, and what is no figure has none. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { explanationAt } from '../../../language/analysis/explain-path.js';
import type { Explanation } from '../../../language/analysis/figure.js';
import { modelOf } from '../model-of.js';

const text = `model m { }
region home { zones a, b  mtbf 3y  mttr 4h }
service web { runs 2 in home  mtbf 30d  mttr 5m  requires any of adyen, stripe }
external adyen { mtbf 99h  mttr 1h }
external stripe { mtbf 49h  mttr 1h }
journey buy { requires web }`;

function printed({ label, value, children }: Explanation, depth = 0): readonly string[] {
  return [`${'  '.repeat(depth)}${label}  ${value}`, ...children.flatMap((child) => printed(child, depth + 1))];
}

async function treeOf(path: string) {
  const tree = explanationAt(analyze(await modelOf(text), { asOf: '2026-11-01' }), path);
  return tree === undefined ? undefined : printed(tree);
}

describe('a figure by name', () => {
  test('outages say how often, and what is assumed', async () => {
    expect(await treeOf('buy.outages')).toEqual([
      'buy outages  4.45 a year',
      '  down until repaired  4.45 a year',
      '  assumed  common cause 5%',
      '  assumed  sites without failure data',
    ]);
  });

  test('contributions begin with what gains most', async () => {
    expect((await treeOf('buy.contributions'))?.slice(0, 5)).toEqual([
      'buy contributions  99.9642% (3.14 h/yr) without switching',
      '  without adyen  99.9842% (83 min/yr), 56% of the outage',
      '  without stripe  99.9842% (83 min/yr), 56% of the outage',
      '  without region home  99.9794% (108 min/yr), 43% of the outage',
      '  without web common cause in home  99.9648% (3.08 h/yr), 1.6% of the outage',
    ]);
  });

  test('cut sets are named by size', async () => {
    expect((await treeOf('buy.cut-sets'))?.slice(0, 5)).toEqual([
      'buy cut sets  7 minimal sets of events take it down',
      '  alone  region home: 1.522e-4, 43% of the outage',
      '  alone  web common cause in home: 5.786e-6, 1.6% of the outage',
      '  two together  adyen + stripe: 2.000e-4, 56% of the outage',
      '  two together  web in home.a + web in home.b: 1.209e-8, less than 0.1% of the outage',
    ]);
  });

  test('all cut sets are written out', async () => {
    expect(await treeOf('buy.cut-sets')).toHaveLength(1 + 7);
  });

  test('where they are too many it says so', async () => {
    // Four times ten of a kind: one of each kind down, ten thousand sets.
    const kinds = ['a', 'b', 'c', 'd'];
    const externals = kinds.flatMap((kind) => Array.from({ length: 10 }, (_, i) => `${kind}${i}`));
    const many = `model m { }
${externals.map((name) => `external ${name} { unavailability 0.01 }`).join('\n')}
${kinds.map((kind) => `journey ${kind} { requires ${externals.filter((name) => name.startsWith(kind)).join(', ')} }`).join('\n')}
journey buy { requires any of a, b, c, d }`;
    const tree = explanationAt(analyze(await modelOf(many), { asOf: '2026-11-01' }), 'buy.cut-sets');
    expect(tree?.value).toBe('10000 minimal sets of events take it down');
    expect(tree?.children.at(-1)?.value).toBe('0 of the smallest, 10 of the likeliest; all are too many to write out');
  });

  test('downtime is a year, a month, and its terms', async () => {
    // U = 1 − (1 − adyen·stripe)(…): 3.582e-4 of 365 days are 3.14 h, of 30 days 15 min 28 s.
    expect(await treeOf('buy.downtime')).toEqual([
      'buy downtime  3.14 h/yr',
      '  a month  15 min 28 s',
      '  down until repaired  3.14 h/yr',
      '  one outage, on average  42 min 18 s',
      '  assumed  common cause 5%',
      '  assumed  sites without failure data',
    ]);
  });

  test('the loss of a site names what is down', async () => {
    expect(await treeOf('home.down')).toEqual(['without home  2 down', '  down  buy', '  down  web']);
    expect(await treeOf('home.a.down')).toEqual(['without home.a  everything stays up']);
    expect(await treeOf('buy.down')).toBeUndefined();
  });

  test('a scenario tells what it takes and how its expectations end, with the terms of each', async () => {
    const model = await modelOf(`${text}
scenario dark { fails home for 2h  expect buy up  expect buy rto <= 3h }`);
    const analysis = analyze(model, { asOf: '2026-11-01' });
    const tree = explanationAt(analysis, 'dark');
    expect(tree === undefined ? [] : printed(tree)).toEqual([
      'scenario dark  1 of 2 expectations met',
      '  down  buy (requires web, which is down)',
      '  down  web (home is down)',
      '  expect buy up  missed',
      '    buy  down, expected up: missed',
      '      because  requires web, which is down',
      '  expect buy rto <= 3 h  met',
      '    buy RTO  2 h, expected <= 3 h: met',
      '      failure ends  2 h (web)',
      '      assumed  steps without a time take none',
    ]);
    expect(explanationAt(analysis, 'dark.buy.rto')?.value).toBe('2 h');
    expect(explanationAt(analysis, 'dark.nobody.rto')).toBeUndefined();
    expect(explanationAt(analysis, 'dark.buy.availability')).toBeUndefined();
  });

  test('one scope of a class has its own figures', async () => {
    expect((await treeOf('buy.region-loss.home.rto'))?.[0]).toContain('buy region-loss RTO, home');
    expect(await treeOf('buy.region-loss.away.rto')).toBeUndefined();
  });

  test.each(['buy', 'buy.', 'nobody.outages', 'buy.region-loss', 'buy.region-loss.mttr', 'region-loss.rto'])(
    '%s is none',
    async (path) => {
      expect(await treeOf(path)).toBeUndefined();
    },
  );

  test.each(['buy.availability', 'web.degraded', 'web.zone-loss.rto', 'buy.region-loss.rpo'])('%s is one', async (path) => {
    expect(await treeOf(path)).toBeDefined();
  });
});
