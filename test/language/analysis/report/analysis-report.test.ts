/** What `drml analyze --format json` is made of: names of events, places, limits, and what hangs on the order of declaration. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { folderReport } from '../../../../language/analysis/report/analysis-report.js';
import { modelOf, parseFiles } from '../../model-of.js';

const asOf = '2026-11-21';

async function reportOf(text: string) {
  return analyze(await modelOf(text), { asOf }).report();
}

const twoRegions = `model m { }
region north { mtbf 1y  mttr 4h  zones a, b }
region south { zones a }
link north <-> south { failover { success 95% } }
service api {
  runs 3 in north
  runs 1 in south as hot standby
  mtbf 30d  mttr 10m
  together { mtbf 180d  mttr 20m }
  failover { detect 30s  decide automatic  switch dns ttl 60s }
  requires bank
}
service own {
  runs 1 in north
  runs 1 in south as hot standby
  mtbf 30d  mttr 10m
  failover { detect 30s  decide automatic  switch dns ttl 60s  success 90% }
}
external bank { availability 99.95% }
journey pay { requires api, own  objective { availability 99.9%  region-loss { rto 1m } } }`;

describe('events', () => {
  it('have the names under which data is exchanged', async () => {
    const { importance } = (await reportOf(twoRegions)).journeys.pay ?? { importance: [] };
    expect(importance.map(({ event }) => event).sort()).toEqual([
      'api together',
      'api@north common cause',
      'api@north.a#1',
      'api@north.a#2',
      'api@north.b#1',
      'api@south.a#1',
      'bank',
      'failover north → south',
      'north',
      'own failover north → south',
      'own@north.a#1',
      'own@south.a#1',
    ]);
  });

  it('stand in cut sets in the order of their names, smaller sets first, each set once', async () => {
    const { cutSets = [], cutSetCount } = (await reportOf(twoRegions)).journeys.pay ?? {};
    const keys = cutSets.map(({ events }) => events.join('\n'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(cutSets.every(({ events, order }) => events.length === order)).toBe(true);
    expect(cutSets.every(({ events }) => events.every((event, index) => index === 0 || (events[index - 1] ?? '') < event))).toBe(
      true,
    );
    expect(keys).toEqual(
      [...cutSets]
        .sort((a, b) => a.order - b.order || (a.events.join('\n') < b.events.join('\n') ? -1 : 1))
        .map(({ events }) => events.join('\n')),
    );
    expect(BigInt(cutSetCount ?? '0')).toBeGreaterThanOrEqual(BigInt(keys.length));
  });
});

describe('figures', () => {
  it('carry objective, verdict, terms and assumptions, and are in the units of their names', async () => {
    const { pay } = (await reportOf(twoRegions)).journeys;
    const u = pay?.unavailability.value ?? Number.NaN;
    expect(pay?.availability).toMatchObject({ status: 'known', objective: 0.999, verdict: u > 0.001 ? 'missed' : 'met' });
    expect(pay?.downtimeMinutesPerYear.value).toBeCloseTo(u * 365 * 24 * 60, 9);
    expect(pay?.downtimeMinutesPerMonth.value).toBeCloseTo(u * 30 * 24 * 60, 9);
    expect(pay?.structural.value).toBeCloseTo(1 - (pay?.structuralUnavailability.value ?? 0), 15);
    expect(u).toBeCloseTo((pay?.structuralUnavailability.value ?? 0) + (pay?.switchingUnavailability.value ?? 0), 15);
    const { rto, terms, worstSite } = pay?.recovery['region-loss'] ?? {};
    expect(rto).toMatchObject({ value: 90, status: 'known', objective: 60, verdict: 'missed' });
    expect(worstSite).toBe('north');
    expect(terms?.map(({ name, seconds }) => [name, seconds])).toEqual([
      ['detect', 30],
      ['decide', 0],
      ['switch', 60],
    ]);
    expect(rto?.terms).toEqual(terms);
  });

  it('are null with a reason where they are not known', async () => {
    const { recovery } = (await reportOf('model m { }\nregion r { zones a }\ndatabase d { runs 1 in r }')).components.d ?? {};
    expect(recovery?.['region-loss']).toMatchObject({
      survives: false,
      lost: true,
      rpo: { value: null, status: 'never', because: expect.any(String) },
    });
    expect(recovery?.['provider-loss']).toMatchObject({
      worstSite: null,
      survives: null,
      rto: { value: null, status: 'unknown', missing: ['provider of the regions'] },
      perSite: {},
    });
  });

  it('have a hundred terms at most, and say how many there are more', async () => {
    const chain = Array.from({ length: 130 }, (_, at) => {
      const before = at === 0 ? '' : `requires s${at - 1}  `;
      return `service s${at} { ${before}runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 1s  decide automatic  warmup 1s  switch mesh } }`;
    });
    const report = await reportOf(`model m { }\nregion r1 { zones a }\nregion r2 { zones a }\n${chain.join('\n')}`);
    const { rto } = report.components.s129?.recovery['region-loss'] ?? {};
    // Detected at once, then one warms up after the other.
    expect(rto?.value).toBe(131);
    expect(rto?.terms).toHaveLength(100);
    expect(rto?.termsLeftOut).toBeGreaterThan(0);
  });
});

describe('assumptions', () => {
  it('are told with their row of the table and the figures that rest on them', async () => {
    const { assumptions, components } = await reportOf(
      'model m { }\nregion r { zones a, b, c }\nservice api { runs 3 in r  availability 99.9% }',
    );
    expect(components.api?.assumptions).toEqual(['common cause 5%', 'sites without failure data']);
    expect(assumptions.find(({ text }) => text === 'common cause 5%')).toMatchObject({
      code: 'common-cause',
      source: expect.stringContaining('IEC 61508'),
      figures: ['api.availability', 'api.degraded', 'api.outages'],
      count: 3,
    });
  });
});

describe('places', () => {
  const files = {
    'shop/main.drml': 'import "../sites.drml"\nmodel shop { }\nservice api { runs 1 in r }',
    'sites.drml': 'region r { zones a }\n  external bank { }\njourney j { requires bank }',
  };

  it('are lines and columns of files as the root sees them', async () => {
    const report = analyze((await parseFiles(files)).model, { asOf }).report();
    expect(report.components.api?.at).toEqual({ file: 'main.drml', line: 3, column: 9 });
    expect(report.components.bank?.at).toEqual({ file: '../sites.drml', line: 2, column: 12 });
  });

  it('of several roots are as the folder sees them', async () => {
    const { model } = await parseFiles(files);
    const { roots } = folderReport([analyze(model, { asOf })], 'memory:///');
    expect(Object.keys(roots)).toEqual(['shop/main.drml']);
    expect(roots['shop/main.drml']?.components.bank?.at.file).toBe('sites.drml');
  });
});

describe('the order of declaration', () => {
  it('changes nothing but places', async () => {
    const [head = '', ...blocks] = twoRegions.split(/\n(?=[a-z])/);
    const plain = (key: string, value: unknown): unknown =>
      key === 'at' ? undefined : typeof value === 'number' ? Number(value.toPrecision(12)) : value;
    const forth = JSON.stringify(await reportOf([head, ...blocks].join('\n')), plain, 1);
    const back = JSON.stringify(await reportOf([head, ...blocks.reverse()].join('\n')), plain, 1);
    expect(back).toBe(forth);
  });
});

it('is of some names alone where they are given', async () => {
  const analysis = analyze(await modelOf(`${twoRegions}\nscenario lost { fails north  expect pay up }`), { asOf });
  const whole = analysis.report();
  const some = analysis.report(undefined, new Set(['pay', 'bank']));
  expect(some.journeys).toEqual({ pay: whole.journeys.pay });
  expect(some.components).toEqual({ bank: whole.components.bank });
  expect([some.scenarios, some.callBudgets, some.cost, some.durability]).toEqual([{}, {}, null, {}]);
});
