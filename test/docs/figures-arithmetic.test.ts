/** The arithmetic of docs/figures.md, done again from the formulas alone; where the program has the figure, it must yield the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../language/analysis/analysis.js';
import { analyze } from '../../language/analysis/analyze.js';
import type { Figure } from '../../language/analysis/figure.js';
import { project } from '../architecture/imports.js';
import { modelOf, parseFiles } from '../language/model-of.js';
import { documentPath } from './console-blocks.js';

const page = readFileSync(documentPath('docs/figures.md'), 'utf8');
const section = (title: string): string => {
  const start = page.indexOf(`## ${title}\n`);
  const end = page.indexOf('\n## ', start + 1);
  return page.slice(start, end < 0 ? undefined : end);
};
const byHand = section('The shop by hand');
const wrong = section('What the literature gets wrong');

async function shop(): Promise<Analysis> {
  const names = ['shop.drml', 'platform.drml', 'sites.drml'];
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(project, 'examples/shop', name), 'utf8')]));
  return analyze((await parseFiles(files)).model, { asOf: '2026-11-21' });
}

function known(figure: Figure | undefined): number {
  if (figure?.status !== 'known') throw new Error(`The figure is ${figure?.status ?? 'absent'}.`);
  return figure.value;
}

/** As the page prints numbers with an exponent: `2.3148e-5`. */
const short = (value: number): string => value.toExponential(4);

// The facts of `edge` and its sites, in minutes, hours and seconds as they are written.
const u = 2 / (60 * 24 * 60 + 2);
const zone = 1 / (365 * 24 + 1);
const region = 4 / (3 * 365 * 24 + 4);
const q = 1 - (1 - zone) * (1 - 0.95 * u);
const down = 1 - (1 - region) * (1 - 0.05 * u) * (1 - q ** 3);
const serves = 0.98 * (1 - down);
const structural = down * (1 - serves);
const afterRegion = (region / 14_400) * 90;
const afterCommonCause = ((0.05 * u) / 120) * 90;
const switching = serves * (afterRegion + afterCommonCause);

describe('the availability of one component', () => {
  test.each([
    ['an instance', u],
    ['alone', 0.95 * u],
    ['together', 0.05 * u],
    ['a zone', zone],
    ['a region', region],
    ['an instance or its zone', q],
    ['all three', q ** 3],
    ['the active side', down],
    ['neither side', structural],
    ['switching after the region', afterRegion],
    ['switching after the common cause', afterCommonCause],
    ['switching', switching],
    ['in all', structural + switching],
  ])('%s', (_, value) => expect(byHand).toContain(short(value)));

  test('the standby serves', () => expect(byHand).toContain(serves.toFixed(6)));

  test('the program agrees: what is left out by hand is less than a thousandth', async () => {
    const figures = (await shop()).availability('edge');
    expect(known(figures?.structuralUnavailability) / structural).toBeCloseTo(1, 9);
    expect(known(figures?.switchingUnavailability) / switching).toBeCloseTo(1, 3);
    expect(known(figures?.unavailability) / (structural + switching)).toBeCloseTo(1, 3);
  });
});

describe('a recovery time, a data loss, a price', () => {
  const gibibyte = 2 ** 30;
  const rate = 200 * 2 ** 20;
  const restore = 1800 + (200 * gibibyte) / rate + (24 * 2 * gibibyte) / rate;
  const outage = (240 / 3600) * 5000;

  test('the page has the sums', () => {
    for (const text of [
      `10 + 50 + 60 + 60 + 60 = **${10 + 50 + 60 + 60 + 60} s**`,
      `1,800 + ${((200 * gibibyte) / rate).toLocaleString('en-US')} + ${(48 * gibibyte) / rate} = **${restore.toLocaleString('en-US')} s**`,
      `5 + 20 = **${5 + 20} min**`,
      `max(30, 5 + 20) = **${Math.max(30, 5 + 20)} min**`,
      `**24 h ${Math.max(30, 15 + 10)} min**`,
      `**${outage.toFixed(2)} USD**`,
      `**${((8760 / 26_284) * outage).toFixed(2)} USD**`,
    ])
      expect(byHand).toContain(text);
  });

  test('the program agrees', async () => {
    const analysis = await shop();
    const recovery = (name: string, disruption: 'region-loss' | 'corruption' | 'account-loss') =>
      analysis.recovery(name).get(disruption);
    expect(known(recovery('place-order', 'region-loss')?.rto)).toBe(240);
    expect(known(recovery('orders-db', 'corruption')?.rto)).toBeCloseTo(restore, 9);
    expect(known(recovery('orders-db', 'account-loss')?.rpo)).toBe(25 * 60);
    expect(known(recovery('orders-db', 'corruption')?.rpo)).toBe(30 * 60);
    expect(known(recovery('catalog-db', 'corruption')?.rpo)).toBe(24.5 * 3600);
    const cost = analysis.cost('place-order');
    expect(known(cost?.classes.get('region-loss')?.outagePerIncident)).toBeCloseTo(outage, 9);
    expect(known(cost?.classes.get('region-loss')?.outagePerYear)).toBeCloseTo((8760 / 26_284) * outage, 6);
    const downtime = known(analysis.availability('place-order')?.unavailability) * 8760 * 5000;
    expect(known(cost?.downtime)).toBeCloseTo(downtime, 6);
    expect(byHand).toContain(`**${Math.round(downtime).toLocaleString('en-US')} USD**`);
  });
});

test('a durability', async () => {
  const mean = (3 * 0.001 + 0.1) / (2 * 0.001 ** 2);
  const chance = 1 - Math.exp(-8760 / mean);
  expect(byHand).toContain(`**${Math.round(mean).toLocaleString('en-US')} h**`);
  expect(byHand).toContain(`**${(chance * 100).toFixed(2)} %**`);
  expect(byHand).toContain((1 / (1 / 1000 + 1 / 10)).toFixed(5));
  // The way there in the text: a first loss, then a second with the chance 1/101, else back to the start.
  const again = 500 + 1 / 0.101;
  expect(again * 101).toBeCloseTo(mean, 6);
  const analysis = analyze(
    await modelOf(`model m { }
region r { zones a, b }
database d { runs 2 in r  mtbf 1000h  mttr 10h  common cause 0%  storage ephemeral }`),
    { asOf: '2026-11-21' },
  );
  expect(known(analysis.durability('d')?.copiesLost)).toBeCloseTo(chance, 9);
});

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

describe('what the literature gets wrong', () => {
  const atLeastThree = [3, 4, 5, 6, 7, 8, 9, 10].reduce((sum, k) => sum + choose(10, k) * 0.001 ** k * 0.999 ** (10 - k), 0);
  const marginal = 1 - 0.999 * 0.999;
  const sharedZone = 1 - 0.999 * (1 - 0.001 ** 3);
  const common = 1 - (1 - 0.05 * 0.01) * (1 - (0.95 * 0.01) ** 3);
  const naive = down ** 2;
  // One of three: λ = 1/1,000 h, μ = 1/10 h; shares of time with 0 to 3 down, one crew each or one for all.
  const allDown = (crews: number): number => {
    const weights = [0, 1, 2, 3].map((failed) =>
      Array.from({ length: failed }, (_, i) => ((3 - i) * 0.001) / (Math.min(i + 1, crews) * 0.1)).reduce((a, b) => a * b, 1),
    );
    return (weights[3] ?? 0) / weights.reduce((a, b) => a + b, 0);
  };
  // Two of three needed, two in zone a and one in b, each down 0.001 of the time, or all in one zone.
  const oneZone = 1 - 0.999 * (0.999 ** 3 + 3 * 0.999 ** 2 * 0.001);
  const bothUp = 0.999 ** 2 * (0.999 ** 3 + 3 * 0.999 ** 2 * 0.001);
  const onlyA = 0.999 * 0.001 * 0.999 ** 2;

  test.each([
    ['three of ten down', atLeastThree.toExponential(4)],
    ['times as often', `${Math.round(atLeastThree / 1e-9)} times`],
    ['marginals', (marginal ** 3).toExponential(3)],
    ['a shared zone', sharedZone.toExponential(6)],
    ['shared, times as often', `${Math.round(sharedZone / marginal ** 3).toLocaleString('en-US')} times`],
    ['twelve factors', (0.999 ** 12).toFixed(6)],
    ['eight components', (0.999 ** 8).toFixed(6)],
    ['common cause', common.toExponential(2)],
    ['common cause, times as often', `${Math.round(common / 1e-6)} times`],
    ['no failover to pay', naive.toExponential(4)],
    ['failover, times as much', `${Math.round((structural + switching) / naive)} times`],
    ['25.5 h', `${24 + 1 + 0.5} h`],
    ['caught up', `1 h + 24 h · 0.5 = ${1 + 24 * 0.5} h`],
    ['missed by a hundred checks', (0.99 ** 100).toFixed(3)],
    ['a hundred checks every 10 s', `${Math.round(1000 / 60)} min`],
    ['runs to find it', `${Math.ceil(Math.log(0.05) / Math.log(0.99))} independent runs`],
    ['a crew for each', allDown(3).toExponential(4)],
    ['one crew', allDown(1).toExponential(4)],
    ['crews, times as much', `${(allDown(1) / allDown(3)).toFixed(1)} times`],
    ['from up time', (10 / 11).toFixed(3)],
    ['two zones', (1 - bothUp - onlyA).toExponential(6)],
    ['one zone', oneZone.toExponential(6)],
    ['1 − A', `1 − 1e-17 is ${1 - 1e-17} in double precision`],
  ])('%s', (_, text) => expect(wrong).toContain(text));
});
