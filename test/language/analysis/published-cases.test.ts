/** Cases that others have published or worked out, written as models: their figures to the last digit. */
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { modelOf } from '../model-of.js';

async function analysisOf(text: string): Promise<Analysis> {
  return analyze(await modelOf(`model m { }\n${text}`), { asOf: '2026-11-01' });
}

function known(figure: Figure | undefined): number {
  if (figure?.status !== 'known') throw new Error(`The figure is ${figure?.status ?? 'absent'}.`);
  return figure.value;
}

/** Equal to 1e-12 of the wanted value. */
function same(actual: number, wanted: number): void {
  expect(Math.abs(actual - wanted), `${actual} instead of ${wanted}`).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));
}

interface Case {
  readonly name: string;
  readonly text: string;
  readonly unavailability?: Readonly<Record<string, number>>;
  readonly availability?: Readonly<Record<string, number>>;
}

const independent = 'defaults { common cause 0% }';

function zoned(layout: readonly number[], need: number, zone: number, replica: number): string {
  const names = layout.map((_, index) => String.fromCharCode(97 + index));
  const zones = names.map((name) => `zone ${name} { unavailability ${zone} }`).join('  ');
  const runs = layout.map((count, index) => `runs ${count} in r.${names[index]}`).join('  ');
  return `${independent}\nregion r { ${zones} }\nservice api { ${runs}  needs ${need}  unavailability ${replica} }`;
}

/** k of n alike and independent. */
const alike: readonly (readonly [need: number, of: number, unavailability: number, availability: number])[] = [
  [1, 1, 0.001, 0.999],
  [1, 2, 0.001, 0.9999990000000001],
  [2, 3, 0.001, 0.999997002],
  [1, 3, 0.01, 0.9999990000000001],
  [3, 5, 0.01, 0.9999901494],
  [8, 10, 0.001, 0.9999998806284901],
  [3, 4, 0.005, 0.999850998125],
  [2, 2, 0.001, 0.998001],
  [2, 3, 0.1, 0.972],
  [3, 4, 0.03, 0.99481357],
];

/** Zones up 99.95 %, replicas up 99.9 %. */
const overZones: readonly (readonly [layout: readonly number[], need: number, availability: number])[] = [
  [[3], 2, 0.9994970034990001],
  [[2, 1], 2, 0.9994960059970005],
  [[1, 1, 1], 2, 0.9999932612425021],
  [[1, 1, 1], 1, 0.9999999966283738],
  [[2, 2, 2], 4, 0.9999932453083914],
  [[3, 3], 3, 0.9999967544825396],
  [[3, 3], 4, 0.9990002300649142],
  [[3, 3, 3], 6, 0.9999902815699995],
];

/** Zones and replicas down 0.1 % of the time each. */
const equalZones: readonly (readonly [layout: readonly number[], need: number, unavailability: number])[] = [
  [[3], 1, 1.000000999e-3],
  [[1, 1, 1], 1, 7.988005999e-9],
  [[3], 2, 1.002995002e-3],
  [[1, 1, 1], 2, 1.1972026988002e-5],
  [[2, 1], 2, 1.004989007998e-3],
];

const commonCauses: readonly (readonly [instances: number, unavailability: number, percent: number, whole: number])[] = [
  [2, 0.001, 0, 1e-6],
  [2, 0.001, 5, 5.0902454875e-5],
  [2, 0.001, 10, 0.000100809919],
  [2, 0.01, 10, 0.001080919],
  [3, 0.001, 0, 1e-9],
  [3, 0.001, 5, 5.000085733213125e-5],
  [3, 0.001, 10, 0.0001000007289271],
  [3, 0.01, 10, 0.001000728271],
];

const perRegion = `unavailability 0.0001  zone a { unavailability 0.0005 }  zone b { unavailability 0.0005 }  zone c { unavailability 0.0005 }`;
const externals = (availability: string, ...names: readonly string[]): string =>
  names.map((name) => `external ${name} { availability ${availability} }`).join('\n');

const cases: readonly Case[] = [
  {
    name: 'three or more of ten down: not the cube of one',
    text: `${independent}\nregion r { zones a }\nservice api { runs 10 in r  needs 8  unavailability 0.001 }`,
    unavailability: { api: 1.1937150990179906e-7 },
  },
  ...alike.map(([need, of, unavailability, availability]) => ({
    name: `${need} of ${of} at ${unavailability}`,
    text: `${independent}\nregion r { zones a, b }\nservice api { runs ${of} in r  needs ${need}  unavailability ${unavailability} }`,
    availability: { api: availability },
  })),
  ...overZones.map(([layout, need, availability]) => ({
    name: `${need} of ${layout.join(' + ')} over zones`,
    text: zoned(layout, need, 0.0005, 0.001),
    availability: { api: availability },
  })),
  ...equalZones.map(([layout, need, unavailability]) => ({
    name: `${need} of ${layout.join(' + ')} in zones as good as the replicas`,
    text: zoned(layout, need, 0.001, 0.001),
    unavailability: { api: unavailability },
  })),
  ...commonCauses.map(([instances, unavailability, percent, whole]) => ({
    name: `common cause of ${percent}% among ${instances} at ${unavailability}`,
    text: `region r { zones a, b, c }\nservice api { runs ${instances} in r  unavailability ${unavailability}  common cause ${percent}% }`,
    unavailability: { api: whole },
  })),
  {
    name: 'two of three in one region, and either of two regions',
    text: `${independent}
region r1 { ${perRegion} }
region r2 { ${perRegion} }
service one { runs 3 in r1  needs 2  unavailability 0.001 }
service other { runs 3 in r2  needs 2  unavailability 0.001 }
journey either { requires any of one, other }`,
    availability: { one: 0.999893261916378, either: 0.9999999886069815 },
  },
  {
    name: 'two services over the same zones: the product of both would be wrong',
    text: `${independent}
region r { zone a { unavailability 0.001 }  zone b { unavailability 0.001 } }
service one { runs 2 in r  unavailability 0.001 }
service other { runs 2 in r  unavailability 0.001 }
journey both { requires one, other }`,
    availability: { both: 0.999993009996998 },
  },
  {
    name: 'a web application and its database, with a queue to fall back on, in two regions and in four',
    text: `external web { availability 99.95% }
external sql { availability 99.99% }
external queue { availability 99.9% }
${externals('99.95%', 'r1', 'r2', 'r3', 'r4')}
journey plain { requires web, sql }
journey fallback { requires web  requires any of sql, queue }
journey two { requires any of r1, r2 }
journey four { requires any of r1, r2, r3, r4 }`,
    availability: { plain: 0.99940005, fallback: 0.99949990005, two: 0.99999975, four: 0.9999999999999375 },
    unavailability: { two: 2.5e-7, four: 6.25e-14 },
  },
  {
    name: 'two redundant parts, and three hard dependencies',
    text: `${externals('99%', 'a', 'b')}
${externals('99.99%', 'x', 'y', 'z')}
journey redundant { requires any of a, b }
journey chain { requires x, y, z }`,
    availability: { redundant: 0.9999, chain: 0.999700029999 },
  },
  {
    name: 'a shop of ten services: what two paths require counts once',
    text: `defaults { availability 99.9% }
service frontend {
  requires productcatalogservice, currencyservice, cartservice
  requires shippingservice for view-cart
  requires checkoutservice for place-order
  wants recommendationservice, adservice
}
service checkoutservice {
  requires cartservice, productcatalogservice, currencyservice, shippingservice, paymentservice
  wants emailservice
}
service cartservice { requires redis-cart }
cache redis-cart { }
service productcatalogservice { }
service currencyservice { }
service shippingservice { }
service paymentservice { }
service recommendationservice { requires productcatalogservice }
service adservice { }
service emailservice { }
journey home { requires frontend }
journey view-cart { requires frontend }
journey place-order { requires frontend }`,
    availability: { home: 0.995009990004999, 'view-cart': 0.994014980014994, 'place-order': 0.992027944069944 },
  },
];

describe('availability', () => {
  test.each(cases)('$name', async ({ text, unavailability, availability }) => {
    const analysis = await analysisOf(text);
    for (const [subject, wanted] of Object.entries(unavailability ?? {}))
      same(known(analysis.availability(subject)?.unavailability), wanted);
    for (const [subject, wanted] of Object.entries(availability ?? {}))
      same(known(analysis.availability(subject)?.availability), wanted);
  });

  test.each([
    ['99%', 5256, 432],
    ['99.9%', 525.6, 43.2],
    ['99.95%', 262.8, 21.6],
    ['99.99%', 52.56, 4.32],
    ['99.999%', 5.256, 0.432],
  ])('%s is %d minutes a year and %d in thirty days', async (availability, year, month) => {
    const figures = (await analysisOf(externals(availability, 'bank'))).availability('bank');
    same(known(figures?.downtimePerYear) / 60, year);
    same(known(figures?.downtimePerMonth) / 60, month);
  });
});

describe('a failover', () => {
  const service = (failover: string): string => `service api {
  runs 1 in r1.a
  runs 1 in r2 as hot standby
  unavailability 0
  failover { decide automatic  switch mesh  ${failover} }
}`;
  test.each([
    {
      name: 'that works 95 times of a hundred, in five minutes',
      text: `region r1 { unavailability 0.001  mttr 1h  zones a }
region r2 { availability 99.9% }
${service('detect 5m  success 95%')}`,
      structural: 5.095e-5,
      switching: 7.90875e-5,
      whole: 0.0001300375,
      failures: 8.76,
    },
    {
      name: 'of two parts in series, in 90 seconds',
      text: `region r1 { unavailability 0.001  mttr 1h  zone a { unavailability 0.002  mttr 2h } }
region r2 { availability 99.9% }
${service('detect 90s  success 98%')}`,
      structural: 6.289804e-5,
      switching: 4.88775735e-5,
      whole: 0.0001117756135,
      failures: 17.49372,
    },
    {
      name: 'that always works, to a standby that never fails',
      text: `region r1 { unavailability 0.0001  mttr 4h  zones a }
region r2 { zones a }
${service('detect 3m')}`,
      structural: 0,
      switching: 1.25e-6,
      whole: 1.25e-6,
      failures: 0.219,
    },
  ])('$name', async ({ text, structural, switching, whole, failures }) => {
    const analysis = await analysisOf(text);
    const figures = analysis.availability('api');
    same(known(figures?.structuralUnavailability), structural);
    same(known(figures?.switchingUnavailability), switching);
    same(known(figures?.unavailability), whole);
    same(known(analysis.outages('api')?.activeFailures), failures);
  });
});

describe('data and restores', () => {
  const store = (backup: string, more = ''): string => `region r1 { zones a, b, c }
region r2 { zones a }
database store { runs 3 in r1  replicates sync within r1 quorum 2  ${more}  backup nightly { ${backup} } }
bucket vault in r2 { }`;

  test.each([
    ['a day, an hour and thirty minutes', 'full every 1d takes 1h  copies to vault takes 30m', 1530],
    ['fifteen, two and three minutes', 'snapshot every 15m takes 2m  copies to vault takes 3m', 20],
  ])('lose %s', async (_, backup, minutes) => {
    const region = (await analysisOf(store(backup))).recovery('store').get('region-loss');
    expect(known(region?.rpo)).toBe(minutes * 60);
  });

  test.each([
    ['1 TiB at 200 MiB/s', 'size 1024GiB', 'restores at 200MiB/s', 5242.88],
    ['310 GB at 60 Mbit/s', 'size 310GB', 'restores at 60Mbit/s', 11.481481481481483 * 3600],
  ])('restore %s', async (_, size, rate, seconds) => {
    const text = store(`full every 1d takes 1h  copies to vault takes 30m  ${rate}`, size);
    const region = (await analysisOf(text)).recovery('store').get('region-loss');
    same(region?.rto.terms.find(({ name }) => name === 'restore')?.seconds ?? 0, seconds);
  });

  test('a switch by DNS takes three probes of ten seconds and the time to live', async () => {
    const analysis = await analysisOf(`region r1 { zones a }
region r2 { zones a }
service api { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 30s  decide automatic  switch dns ttl 60s } }`);
    expect(known(analysis.recovery('api').get('region-loss')?.rto)).toBe(90);
  });
});
