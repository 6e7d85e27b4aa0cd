/** Money and durability as the report prints them. */
import { expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { explanationAt } from '../../../../language/analysis/explain-path.js';
import { modelOf } from '../../model-of.js';

it('the report holds what is priced, and only that', async () => {
  const model = await modelOf(`model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b }
region r2 { zones a, b }
service shop { runs 2 in r1  runs 2 in r2 as hot standby  cost 10 USD/y each }
database store { runs 1 in r1  storage ephemeral  mtbf 100d  mttr 1h }
journey buy { requires shop  outage costs 5 USD/h }
journey look { requires shop }`);
  const { cost, durability } = JSON.parse(JSON.stringify(analyze(model, { asOf: '2026-11-21' }).report()));
  expect(Object.keys(cost.subjects)).toEqual(['buy', 'shop']);
  expect(cost).toMatchObject({ currency: 'USD', standing: { value: 40, status: 'known' }, unstated: ['store'] });
  expect(Object.keys(cost.subjects.buy.classes)).toContain('region-loss');
  expect(cost.subjects.shop.strategies).toHaveLength(5);
  expect(durability).toMatchObject({ store: { copies: 1, copiesLost: { status: 'known' } } });
});

it('a model without prices has no costs', async () => {
  const report = analyze(await modelOf('model m { }\nservice s { }'), { asOf: '2026-11-21' }).report();
  expect(report.cost).toBeNull();
  expect(report.durability).toEqual({});
});

it.each([
  ['shop.cost', 'shop standing cost', '40 USD a year'],
  ['buy.downtime', 'buy downtime', undefined],
  ['buy.region-loss.cost', 'buy region-loss cost', undefined],
  ['store.durability', 'store copies and backups lost within a year', '97.4%'],
])('%s can be asked for by name', async (path, label, value) => {
  const model = await modelOf(`model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b }
service shop { runs 4 in r1  cost 10 USD/y each }
database store { runs 1 in r1  storage ephemeral  mtbf 100d  mttr 1h }
journey buy { requires shop  outage costs 5 USD/h }`);
  const found = explanationAt(analyze(model, { asOf: '2026-11-21' }), path);
  expect(found?.label).toBe(label);
  if (value !== undefined) expect(found?.value).toBe(value);
});
