/** Money of models in text, each amount worked out by hand. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { explain } from '../../../../language/analysis/explanations.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { moneyText } from '../../../../language/analysis/figure-text.js';
import { modelOf } from '../../model-of.js';

const places = `model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b }
region r2 { zones a, b }
`;

/** A service in one region with a standby in another, and its prices. */
const standby = (more = ''): string => `${places}
service shop {
  mtbf 9d  mttr 1d
  runs 2 in r1
  runs 2 in r2 as hot standby
  failover { detect 30m  decide automatic  switch dns ttl 30m }
  probe readiness "/" every 10s failures 3 timeout 0s
  ${more}
}`;

async function costsOf(text: string) {
  return analyze(await modelOf(text), { asOf: '2026-11-21' });
}

function value(figure: Figure | undefined): number | string | readonly string[] | undefined {
  if (figure?.status === 'known') return figure.value;
  if (figure?.status === 'unknown') return figure.missing;
  return figure?.status === 'bounded' ? [String(figure.lower), String(figure.upper)] : figure?.status;
}

describe('standing cost', () => {
  it.each([
    ['a price a month is twelve a year', 'cost 120 USD/month', 1440],
    ['each instance pays, standbys as well', 'cost 100 USD/y each', 400],
    ['several prices add up', 'cost 100 USD/y each\n cost 10 USD/d', 400 + 3650],
    ['no price is not a price of nothing', '', ['cost of shop']],
    ['another currency is not converted', 'cost 10 EUR/y', ['cost of shop in USD']],
  ])('%s', async (_, more, expected) => {
    expect(value((await costsOf(standby(more))).cost('shop')?.standing)).toEqual(expected);
  });

  it('of a journey is that of everything it needs, each once', async () => {
    const analysis = await costsOf(`${standby('cost 100 USD/y each')}
service other { runs 1 in r1  cost 7 USD/y  requires shop }
journey buy { requires shop, other }`);
    expect(value(analysis.cost('buy')?.standing)).toBe(407);
  });

  it('of the model is what is stated, and names what is not', async () => {
    const analysis = await costsOf(`${standby('cost 100 USD/y each')}
service other { runs 1 in r1 }`);
    expect(value(analysis.costs().standing)).toBe(400);
    expect(analysis.costs().unstated).toEqual(['other']);
  });

  it('takes the only currency there is where the model names none, and knows no sum of two', async () => {
    const text = standby('cost 100 EUR/y').replace('currency USD', '');
    expect((await costsOf(text)).costs()).toMatchObject({ currency: 'EUR', standing: { value: 100 } });
    const mixed = await costsOf(`${text}
service other { runs 1 in r1  cost 7 USD/y }`);
    expect(mixed.costs().currency).toBeUndefined();
    expect(value(mixed.costs().standing)).toEqual([
      'currency of the model, with cost of other in it',
      'currency of the model, with cost of shop in it',
    ]);
  });
});

describe('links', () => {
  const store = (copies: number, more = 'changes 1GiB/d'): string => `${places}
link r1 <-> r2 { cost 2 USD/GiB  cost 10 USD/y }
database store { runs 1 in r1  runs ${copies} in r2 as hot standby  replicates async to r2 lag 5s  ${more} }`;

  it.each([
    ['every change crosses once for one copy', store(1), 10 + 2 * 365],
    ['several copies may each fetch it, or pass it on', store(2), [String(10 + 2 * 365), String(10 + 4 * 365)]],
    ['a flow nobody stated', store(1, ''), ['changes of store']],
  ])('%s', async (_, text, expected) => {
    const found = value((await costsOf(text)).costs().standing);
    if (typeof found === 'number' && typeof expected === 'number') expect(found).toBeCloseTo(expected, 9);
    else expect(found).toEqual(expected);
  });

  it('carries fulls as large as the store, and logs as large as the changes', async () => {
    const found = await costsOf(`${places}
link r1 <-> r2 { cost 2 USD/GiB }
bucket vault in r2 { }
database store {
  runs 1 in r1  size 5GiB  changes 1GiB/d
  backup b { full every 1d takes 1h  log every 5m  copies to vault takes 1h }
}`);
    expect(value(found.costs().standing)).toBeCloseTo(2 * 365 * (5 + 1), 9);
  });
});

describe('expected losses', () => {
  it('a region: how often, times the price of its recovery', async () => {
    const analysis = await costsOf(standby('outage costs 500 USD/h'));
    const region = analysis.cost('shop')?.classes.get('region-loss');
    // r1 fails every 100 days and the switch takes an hour; nobody says how often r2 fails, but losing it costs nothing.
    expect(value(region?.outagePerIncident)).toBe(500);
    expect(value(region?.outagePerYear)).toBeCloseTo(3.65 * 500, 9);
    expect(value(region?.frequency)).toEqual(['mtbf and mttr of r2']);
    expect(value(region?.lossPerYear)).toBe(0);
  });

  it('instances: as often as all of a placement fail', async () => {
    const instance = (await costsOf(standby('outage costs 3600 USD/h'))).cost('shop')?.classes.get('instance-loss');
    // Four instances each every 10 days; the two that serve cost the 30 s until the probe has failed three times.
    expect(value(instance?.frequency)).toBeCloseTo(4 * 36.5, 9);
    expect(value(instance?.outagePerYear)).toBeCloseTo(2 * 36.5 * 30, 6);
  });

  it('providers, accounts and bad data: as often as the model expects, or the store itself', async () => {
    const text = (
      own: string,
    ) => `model m { currency USD  expects provider-loss every 50y  expects account-loss every 20y  expects corruption every 10y }
region r1 { provider one  zones a }
region r2 { provider two  zones a }
bucket vault in r2 { locked 35d }
database store {
  runs 1 in r1  outage costs 100 USD/h  loss costs 10 USD/h  corruption found within 1h  size 3600MiB  ${own}
  failover { detect 0s  decide manual 1h  provision 1h  switch mesh }
  backup b { full every 1d takes 1h  copies to vault takes 1h  restores at 1MiB/s  keeps 35d }
}`;
    const classes = (await costsOf(text(''))).cost('store')?.classes;
    // Lost with its provider: an hour to decide while an hour provisions, an hour to restore; a day, an hour and an hour of writes are gone.
    expect(value(classes?.get('provider-loss')?.frequency)).toBeCloseTo(1 / 50, 12);
    expect(value(classes?.get('provider-loss')?.lossPerYear)).toBeCloseTo((26 * 10) / 50, 9);
    expect(value(classes?.get('account-loss')?.frequency)).toBeCloseTo(1 / 20, 12);
    expect(value(classes?.get('account-loss')?.lossPerYear)).toBeCloseTo((26 * 10) / 20, 9);
    // Found after an hour, decided in one, restored in one; a day and then what found and copied it takes, the run and the copy being longer.
    expect(value(classes?.get('corruption')?.frequency)).toBeCloseTo(1 / 10, 12);
    expect(value(classes?.get('corruption')?.outagePerYear)).toBeCloseTo((3 * 100) / 10, 9);
    expect(value(classes?.get('corruption')?.lossPerYear)).toBeCloseTo((26 * 10) / 10, 9);
    const own = (await costsOf(text('expects corruption every 2y'))).cost('store')?.classes.get('corruption');
    expect(value(own?.frequency)).toBeCloseTo(1 / 2, 12);
  });

  it('what nobody expects is not known, and says what to write', async () => {
    const classes = (await costsOf(standby('outage costs 500 USD/h'))).cost('shop')?.classes;
    expect(value(classes?.get('account-loss')?.frequency)).toEqual(['expects account-loss every … of the model']);
  });

  it('no recovery path has no limit', async () => {
    const text = standby('outage costs 500 USD/h').replace('runs 2 in r2 as hot standby', '');
    const region = (await costsOf(text)).cost('shop')?.classes.get('region-loss');
    expect(region?.outagePerIncident.status).toBe('unbounded');
    expect(region?.outagePerYear.status).toBe('unbounded');
  });

  it('says which price or frequency is missing', async () => {
    const analysis = await costsOf(`${places}
database store {
  runs 1 in r1  runs 1 in r2 as hot standby  outage costs 1 USD/h
  replicates async to r2 lag 5s  failover { detect 1m  decide automatic  promote 1m  switch mesh }
}`);
    const classes = analysis.cost('store')?.classes;
    expect(value(classes?.get('region-loss')?.lossPerYear)).toEqual(['loss costs of store']);
    expect(value(classes?.get('zone-loss')?.outagePerYear)).toContain('mtbf and mttr of r1.a');
  });

  it('nothing is priced where no price is stated', async () => {
    expect((await costsOf(standby())).cost('shop')?.classes.size).toBe(0);
  });

  it('downtime is priced by the unavailability', async () => {
    const analysis = await costsOf(standby('outage costs 2 USD/h'));
    const unavailability = analysis.availability('shop')?.unavailability;
    const expected = unavailability?.status === 'known' ? unavailability.value * 365 * 24 * 2 : Number.NaN;
    expect(value(analysis.cost('shop')?.downtime)).toBeCloseTo(expected, 9);
  });

  it('every amount explains itself', async () => {
    const cost = (await costsOf(standby('outage costs 500 USD/h'))).cost('shop');
    const region = cost?.classes.get('region-loss');
    const tree = region === undefined ? undefined : explain(region.outagePerYear);
    expect(tree?.value).toBe('1,825 USD a year of outage, 0 USD a year of lost data');
    expect(tree?.children.map(({ label }) => label)).toContain('one outage');
  });
});

describe('strategies', () => {
  it('are the same model with another standby', async () => {
    const found = (await costsOf(standby('cost 100 USD/y each'))).strategies('shop');
    expect(found.map(({ name, current, rto, standing }) => [name, current, value(rto), value(standing)])).toEqual([
      ['backup and restore', false, 'never', 200],
      ['pilot light', false, 3600, ['200', '400']],
      ['warm standby', false, 3600, ['300', '400']],
      ['hot standby', true, 3600, 400],
      ['active-active', false, 30, 400],
    ]);
  });

  it('none where nobody says which region would stand by', async () => {
    expect((await costsOf(`${places} service one { runs 2 in r1 }`)).strategies('one')).toEqual([]);
    expect((await costsOf(places)).strategies('nobody')).toEqual([]);
  });
});

it.each([
  [1234567.8, 'money', '1,234,568 USD'],
  [12.345, 'money-per-year', '12.35 USD a year'],
  [0.00123, 'money', '0.0012 USD'],
] as const)('%d is printed as money', (amount, unit, expected) => {
  expect(moneyText({ status: 'known', value: amount, unit, terms: [], assumptions: [] }, 'USD')).toBe(expected);
});
