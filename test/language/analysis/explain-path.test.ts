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
