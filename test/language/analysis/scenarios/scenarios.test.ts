/** What scenarios take, what they lose, and whether it is as expected. */
import { describe, expect, test } from 'vitest';
import type { ScenarioFigures } from '../../../../language/analysis/analysis.js';
import { analyze } from '../../../../language/analysis/analyze.js';
import { timeText } from '../../../../language/analysis/figure-text.js';
import { parseFiles } from '../../model-of.js';

async function scenarioOf(text: string, name = 's'): Promise<ScenarioFigures> {
  const { documents, model } = await parseFiles({ 'model.drml': text });
  const errors = documents.flatMap((document) => (document.diagnostics ?? []).filter((each) => each.severity === 1));
  expect(errors.map((each) => each.message)).toEqual([]);
  const figures = analyze(model, { asOf: '2026-11-01' }).scenario(name);
  if (figures === undefined) throw new Error(`No scenario ${name}.`);
  return figures;
}

function met(figures: ScenarioFigures): readonly (boolean | undefined)[] {
  return figures.expectations.map((each) => each.met);
}

function reasons(list: ScenarioFigures['down']): readonly string[] {
  return list.map((each) => `${each.name}: ${each.because}`);
}

function times(figures: ScenarioFigures): Readonly<Record<string, string>> {
  return Object.fromEntries(figures.recovery.map((each) => [each.name, `${timeText(each.rto)} / ${timeText(each.rpo)}`]));
}

describe('the meaning of scenarios', () => {
  const model = `model m { }
region r1 { zones a, b, c }
region r2 { zones a, b }
service api { runs 3 in r1  needs 2  requires store }
database store {
  runs 3 in r1
  runs 1 in r2 as hot standby
  replicates sync within r1 quorum 2
  replicates async to r2 lag 5s
  failover { detect 30s  decide automatic  promote 60s  switch dns ttl 30s }
}
journey j { requires api }
scenario one-zone { fails r1.a  expect api up  expect store up }
scenario two-zones { fails r1.a, r1.b  expect api down }
scenario region { fails r1  expect store up rpo <= 5s rto <= 2m  expect api down  expect j rto <= 1h }`;

  test('one zone takes nothing', async () => {
    const figures = await scenarioOf(model, 'one-zone');
    expect(met(figures)).toEqual([true, true]);
    expect(figures.down).toEqual([]);
    expect(figures.lost).toEqual([]);
  });

  test('two zones leave too few instances; the store is promoted elsewhere', async () => {
    const figures = await scenarioOf(model, 'two-zones');
    expect(met(figures)).toEqual([true]);
    expect(figures.down.map((each) => each.name)).toEqual(['api', 'j']);
  });

  test('a region takes what has no standby; each expectation has its figure', async () => {
    const figures = await scenarioOf(model, 'region');
    expect(met(figures)).toEqual([true, true, false]);
    expect(times(figures)).toEqual({ api: 'never / 5 s', store: '2 min / 5 s', j: 'never / 5 s' });
    expect(reasons(figures.down)).toEqual(['api: r1 is down', 'j: requires api, which is down']);
    expect(figures.expectations[0]?.checks.map(({ measure, target, estimate }) => `${measure} ${target}: ${estimate}`)).toEqual([
      'state up: up',
      'rpo <= 5 s: 5 s',
      'rto <= 2 min: 2 min',
    ]);
    const missed = figures.expectations[2];
    expect([missed?.text, missed?.estimate, missed?.target]).toEqual(['expect j rto <= 1 h', 'never', '<= 1 h']);
    expect(missed?.checks[0]?.because).toBe('no recovery path: api runs nowhere else and no standby is placed');
  });
});

describe('targets', () => {
  const sites = `model m { }
region r1 { zone a { building "B1" }  zone b { building "B1" }  zone c { building "B2" } }
region r2 { zones a, b }`;

  test.each([
    ['fails api', ['api: it is off']],
    ['fails api in r1', ['api: too few instances are up']],
    ['fails 2 of api', ['api: too few instances are up']],
    ['fails 1 of api', []],
    ['fails 2 of api in r2', []],
    ['fails building "B1"', ['api: r1.b is down']],
    ['fails building "B2"', []],
    ['fails r1.a, 1 of api in r1', []],
    ['fails r2', []],
  ])('%s', async (statement, down) => {
    const figures = await scenarioOf(`${sites}
service api { runs 3 in r1  runs 2 in r2 as pilot light  needs 2 }
scenario s { ${statement} }`);
    expect(reasons(figures.down)).toEqual(down);
  });

  test('a provider and an account take what belongs to them', async () => {
    const text = (statement: string): string => `model m { }
region r1 { provider "one"  account "live"  zones a }
region r2 { provider "two"  account "other"  zones a }
service here { runs 1 in r1 }
service there { runs 1 in r2 }
scenario s { ${statement} }`;
    for (const [statement, name] of [
      ['fails provider "one"', 'here'],
      ['fails provider "two"', 'there'],
      ['fails account "live"', 'here'],
      ['deletes account "other"', 'there'],
    ] as const) {
      expect(
        (await scenarioOf(text(statement))).down.map((each) => each.name),
        statement,
      ).toEqual([name]);
    }
  });

  test('what is off with its data is lost; replicas do not help against bad data', async () => {
    const text = (statement: string): string => `model m { }
region r1 { zones a, b }
region r2 { zones a }
database store {
  runs 2 in r1
  runs 1 in r2 as hot standby
  replicates async to r2 lag 5s
  failover { detect 10s  promote 20s  switch mesh }
}
scenario s { ${statement} }`;
    expect((await scenarioOf(text('fails r1'))).lost).toEqual([]);
    expect(reasons((await scenarioOf(text('fails r1, r2'))).lost)).toEqual(['store: no copy of store survives s']);
    expect(reasons((await scenarioOf(text('corrupts store'))).lost)).toEqual([
      'store: no earlier point in time of store is kept',
    ]);
    expect((await scenarioOf(text('deletes store'))).down.map((each) => each.name)).toEqual(['store']);
  });

  test('bad data takes what is derived from it, until that is built anew', async () => {
    const figures = await scenarioOf(`model m { }
region r { zones a, b }
database store { runs 1 in r  size 100GiB  corruption found within 1h  backup logs { full every 1d takes 1h  keeps 30d  restores at 1GiB/s } }
cache index { runs 1 in r  rebuilds from store takes 10m }
service search { runs 1 in r  requires index }
scenario s { corrupts store  expect search down rto <= 2h }`);
    expect(figures.down.map((each) => each.name)).toEqual(['index', 'search', 'store']);
    expect(figures.lost).toEqual([]);
    expect(met(figures)).toEqual([true]);
  });

  test('what fails for a time is back after it, with its data', async () => {
    const figures = await scenarioOf(`model m { }
region r1 { zones a }
service api { runs 1 in r1  requires store }
database store { runs 1 in r1 }
scenario s { fails r1 for 2h  expect api rto <= 2h  expect store rpo <= 0s }`);
    expect(figures.lost).toEqual([]);
    expect(times(figures)).toEqual({ api: '2 h / 0 s', store: '2 h / 0 s' });
    expect(met(figures)).toEqual([true, true]);
  });

  test('a standby that takes over sooner than the failure ends does so', async () => {
    const figures = await scenarioOf(`model m { }
region r1 { zones a }
region r2 { zones a }
service api { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 30s  switch mesh } }
scenario s { fails r1 for 2h }`);
    expect(times(figures)).toEqual({ api: '30 s / 0 s' });
  });
});

describe('degraded', () => {
  test('names what is missing, and through whom', async () => {
    const figures = await scenarioOf(`model m { }
service page { requires catalog  wants ads }
service catalog { wants reviews }
service ads { }
service reviews { }
journey browse { requires page }
scenario s { fails reviews  expect browse degraded  expect page up }
scenario t { fails ads  expect catalog degraded }`);
    expect(reasons(figures.degraded)).toEqual([
      'browse: requires page, which is degraded',
      'catalog: wants reviews, which is down',
      'page: requires catalog, which is degraded',
    ]);
    expect(met(figures)).toEqual([true, true]);
  });

  test('up with all that is wanted is not degraded', async () => {
    const figures = await scenarioOf(`model m { }
service page { wants ads }
service ads { }
service other { }
scenario s { fails other  expect page degraded }`);
    expect(met(figures)).toEqual([false]);
    expect(figures.expectations[0]?.estimate).toBe('up');
  });
});

describe('cut links', () => {
  const store = (votes: string): string => `model m { }
region r1 { zones a, b }
region r2 { zones a, b }
database store { ${votes} }
service near { runs 1 in r1  requires store }
service far { runs 1 in r2  requires store }
journey j { requires near, far }
scenario s { fails r1 <-> r2 for 30m  expect near up }`;

  test('a store lives on the side with the majority of its votes', async () => {
    const figures = await scenarioOf(store('runs 2 in r1  runs 1 in r2  replicates sync quorum 2'));
    expect(figures.down.map((each) => each.name)).toEqual(['far', 'j']);
    expect(met(figures)).toEqual([true]);
  });

  test('on none where they tie', async () => {
    const figures = await scenarioOf(store('runs 1 in r1  runs 1 in r2  replicates sync quorum 2'));
    expect(figures.down.map((each) => each.name)).toEqual(['far', 'j', 'near', 'store']);
    expect(figures.lost).toEqual([]);
    expect(met(figures)).toEqual([false]);
    expect(figures.recovery.map((each) => timeText(each.rto))).toEqual(['30 min', '30 min', '30 min', '30 min']);
  });

  test('a standby beyond it is not promoted while the active side stands', async () => {
    const figures = await scenarioOf(
      store('runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s  failover { detect 10s  switch mesh }'),
    );
    expect(figures.down.map((each) => each.name)).toEqual(['far', 'j']);
  });

  test('what serves on both sides is reached on both', async () => {
    const figures = await scenarioOf(`model m { }
region r1 { zones a }
region r2 { zones a }
service cart { runs 1 in r1  runs 1 in r2 }
service near { runs 1 in r1  requires cart }
service far { runs 1 in r2  requires near }
scenario s { fails r1 <-> r2 }`);
    expect(figures.down.map((each) => each.name)).toEqual(['far']);
  });
});

describe('availability given what is off', () => {
  const text = `model m { }
defaults { common cause 0% }
region r { zones a, b, c }
service api { runs 3 in r  needs 1  unavailability 0.01 }
journey j { requires api }
scenario s { fails r.a  expect j availability >= 99.99%  expect j availability >= 99.9900001%  expect j availability < 99.999% }
scenario t { fails r  expect api availability >= 1% }`;

  test('is the structure with the rest', async () => {
    const figures = await scenarioOf(text);
    expect(met(figures)).toEqual([true, false, true]);
    const figure = figures.expectations[0]?.checks[0]?.figure;
    expect(figure?.status === 'known' ? figure.value : undefined).toBeCloseTo(1e-4, 16);
  });

  test('is none where nothing is left', async () => {
    const figures = await scenarioOf(text, 't');
    expect(figures.expectations[0]?.estimate).toBe('0% (365 d/yr)');
    expect(met(figures)).toEqual([false]);
  });
});

test('what is left may be too little for its load', async () => {
  const figures = await scenarioOf(`model m { }
region r { zones a, b, c }
service api { runs 3 in r  needs 1  load 900rps  capacity 450rps }
service idle { runs 3 in r  needs 1  load 300rps  capacity 450rps }
scenario s { fails r.a, r.b }`);
  expect(reasons(figures.overCapacity)).toEqual(['api: 900 rps on 1 instance of 450 rps']);
});

describe('beside a cut link', () => {
  const text = `model m { }
region r1 { zones a }
region r2 { zones a }
defaults { unavailability 0.1  common cause 0% }
service api { runs 1 in r1  requires any of near, far }
service both { runs 1 in r1  requires split }
service near { runs 1 in r1 }
service far { runs 1 in r2 }
service split { runs 1 in r1  runs 1 in r2 }
scenario lost { fails near, r1 <-> r2  expect api down }
scenario choice { fails r1 <-> r2  expect api availability >= 81%  expect api availability > 81% }
scenario part { fails r1 <-> r2  expect both availability >= 81% }`;

  test('a choice is what is reached of it', async () => {
    expect(met(await scenarioOf(text, 'lost'))).toEqual([true]);
    // 0.9 of its own times 0.9 of the near one: the far one is no help.
    expect(met(await scenarioOf(text, 'choice'))).toEqual([true, false]);
  });

  test('where a part is reached the availability is bounded', async () => {
    const figure = (await scenarioOf(text, 'part')).expectations[0]?.checks[0]?.figure;
    expect(figure).toMatchObject({ status: 'bounded', upper: 1 });
    expect(figure?.status === 'bounded' ? figure.lower : 0).toBeCloseTo(1 - 0.9 * 0.99, 12);
  });
});

test('the load of instances without what they require in their region goes to the others', async () => {
  // Without the cache of r1 the two instances there serve nobody, and those of r2 carry all of it.
  const figures = await scenarioOf(`model m { }
region r1 { zones a, b }
region r2 { zones a, b }
service api { runs 2 in r1  runs 2 in r2  needs 2  load 1200rps  capacity 450rps  requires near in same region }
cache near { runs 1 in r1  runs 1 in r2 }
scenario s { fails near in r1  expect api up }`);
  expect(met(figures)).toEqual([true]);
  expect(reasons(figures.overCapacity)).toEqual(['api: 1200 rps on 2 instances of 450 rps']);
});

test('an unknown time is neither met nor missed, and says what is missing', async () => {
  const figures = await scenarioOf(`model m { }
region r1 { zones a }
region r2 { zones a }
service api { runs 1 in r1  runs 1 in r2 as hot standby }
scenario s { fails r1  expect api up rto <= 5m }`);
  expect(met(figures)).toEqual([undefined]);
  expect(figures.expectations[0]?.checks[1]?.because).toBe('not stated: detect in failover of api, switch in failover of api');
});
