/** Capacity with numbers by hand. */
import { describe, expect, test } from 'vitest';
import { Capacity } from '../../../../language/analysis/capacity/capacity.js';
import type { ComponentCapacity, RegionCapacity } from '../../../../language/analysis/capacity/capacity-figures.js';
import { readyInRollout, spreadOver } from '../../../../language/analysis/capacity/site-headroom.js';
import { explain } from '../../../../language/analysis/explanations.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { modelOf } from '../../model-of.js';

async function capacity(text: string): Promise<Capacity> {
  return new Capacity(new Structure(await modelOf(text)));
}

async function component(text: string, name: string): Promise<ComponentCapacity> {
  const figures = (await capacity(text)).of(name);
  if (figures?.kind !== 'component') throw new Error(`no capacity of ${name}`);
  return figures;
}

async function regionOf(text: string, name: string): Promise<RegionCapacity> {
  const figures = (await capacity(text)).of(name);
  if (figures?.kind !== 'region') throw new Error(`no capacity of ${name}`);
  return figures;
}

function value(figure: Figure | undefined): number | string | undefined {
  return figure?.status === 'known' ? figure.value : figure?.status;
}

/** N+f: ⌈load / (S − f)⌉ in each site, by the published arithmetic. */
const spreads = [
  { required: 6, sites: 3, lost: 1, perSite: 3, total: 9, overprovision: 0.5, safe: 2 / 3 },
  { required: 6, sites: 2, lost: 1, perSite: 6, total: 12, overprovision: 1, safe: 0.5 },
  { required: 10, sites: 3, lost: 1, perSite: 5, total: 15, overprovision: 0.5, safe: 2 / 3 },
  { required: 9, sites: 3, lost: 1, perSite: 5, total: 15, overprovision: 2 / 3, safe: 2 / 3 },
  { required: 12, sites: 4, lost: 1, perSite: 4, total: 16, overprovision: 1 / 3, safe: 0.75 },
  { required: 100, sites: 5, lost: 2, perSite: 34, total: 170, overprovision: 0.7, safe: 0.6 },
];

describe('N+f sites', () => {
  test.each(spreads)(
    '$required over $sites sites, $lost lost',
    ({ required, sites, lost, perSite, total, overprovision, safe }) => {
      const spread = spreadOver(required, sites, lost);
      expect(spread).toMatchObject({ perSite, total });
      expect(spread?.overprovision).toBeCloseTo(overprovision, 12);
      expect(spread?.safeUtilisation).toBeCloseTo(safe, 12);
    },
  );

  test.each(spreads.filter(({ lost }) => lost === 1))(
    'as a model: $required over $sites zones',
    async ({ required, sites, perSite, total, safe }) => {
      const zones = Array.from({ length: sites }, (_, index) => `z${index}`).join(', ');
      const figures = await component(
        `model m { }
region r { zones ${zones} }
service api { runs ${total} in r  load ${required * 100}rps  capacity 100rps }`,
        'api',
      );
      const zone = figures.safeUtilisation.find(({ kind }) => kind === 'zone');
      expect(value(figures.neededAtLoad)).toBe(required);
      expect(zone?.sites).toBe(sites);
      expect(value(zone?.perSite)).toBe(perSite);
      expect(value(zone?.utilisation)).toBeCloseTo(safe, 12);
      for (const loss of figures.losses.filter(({ kind }) => kind === 'zone')) {
        expect(loss.survivors).toBe(total - perSite);
        expect(loss.utilisation.verdict?.met).toBe(true);
        expect(value(loss.catchesUp)).toBe(0);
      }
    },
  );

  test('no site is left', () => expect(spreadOver(3, 1, 1)).toBeUndefined());
});

describe('a service in two regions', () => {
  const text = `model m { }
region n { zones a, b, c }
region s { zones a, b }
service api {
  runs 3 in n
  runs 2 in s as warm standby
  load 900rps peak 1400rps  capacity 700rps
  scales to 4 at 60% cpu within 3m
  rollout { surge 0%  unavailable 50% }
}`;

  test('while all is well', async () => {
    const api = await component(text, 'api');
    expect(api.serving).toBe(3);
    expect(value(api.neededAtLoad)).toBe(2);
    expect(value(api.neededAtPeak)).toBe(2);
    expect(value(api.utilisationAtLoad)).toBeCloseTo(900 / 2100, 12);
    expect(value(api.utilisationAtPeak)).toBeCloseTo(1400 / 2100, 12);
    expect(value(api.headroom)).toBe(700);
  });

  test('a standby takes over all of it', async () => {
    const region = (await component(text, 'api')).safeUtilisation.find(({ kind }) => kind === 'region');
    expect(value(region?.perSite)).toBe(2);
    expect(value(region?.utilisation)).toBeCloseTo(2 / 3, 12);
  });

  test.each([
    { kind: 'instance', site: undefined, carriedBy: 'active', survivors: 2, headroom: 0 },
    { kind: 'zone', site: 'n.a', carriedBy: 'active', survivors: 2, headroom: 0 },
    { kind: 'region', site: 'n', carriedBy: 's', survivors: 2, headroom: 0 },
    // Half of three, rounded down, is one.
    { kind: 'rollout', site: undefined, carriedBy: 'active', survivors: 2, headroom: 0 },
    { kind: 'rollout-and-zone', site: 'n.a', carriedBy: 'active', survivors: 1, headroom: -700 },
  ])('after $kind $site', async ({ kind, site, carriedBy, survivors, headroom }) => {
    const loss = (await component(text, 'api')).losses.find((each) => each.kind === kind && each.site === site);
    expect(loss).toMatchObject({ carriedBy, survivors });
    expect(value(loss?.headroom)).toBe(headroom);
    expect(value(loss?.utilisation)).toBeCloseTo(1400 / (survivors * 700), 12);
    expect(loss?.utilisation.verdict?.met).toBe(headroom >= 0);
    // Four in one region carry twice the peak: 1400 / 2800.
    expect(value(loss?.scaledUtilisation)).toBe(0.5);
    expect(value(loss?.catchesUp)).toBe(headroom < 0 ? 180 : 0);
  });
});

describe('what is missing or never comes', () => {
  test('without a capacity nothing is known, and it says so', async () => {
    const api = await component('model m { }\nregion r { zones a, b }\nservice api { runs 2 in r  load 10rps }', 'api');
    expect(api.neededAtLoad).toMatchObject({ status: 'unknown', missing: ['capacity of api'] });
    expect(api.losses[0]?.catchesUp).toMatchObject({ status: 'unknown', missing: ['capacity of api'] });
  });

  test('a time of scaling that is not stated is not invented', async () => {
    const api = await component(
      'model m { }\nregion r { zones a, b }\nservice api { runs 2 in r  load 20rps  capacity 10rps  scales to 4 at 60% cpu }',
      'api',
    );
    expect(api.losses.find(({ kind }) => kind === 'zone')?.catchesUp).toMatchObject({
      status: 'unknown',
      missing: ['within of scales'],
    });
  });

  test('the only region takes everything with it', async () => {
    const api = await component(
      'model m { }\nregion r { zones a }\nservice api { runs 2 in r  load 20rps  capacity 10rps }',
      'api',
    );
    const region = api.losses.find(({ kind }) => kind === 'region');
    expect(region).toMatchObject({ carriedBy: undefined, survivors: 0 });
    expect(region?.utilisation.status).toBe('unbounded');
    expect(region?.catchesUp.status).toBe('never');
  });

  test('copies of a store do not share its load', async () => {
    const text = (load: number): string =>
      `model m { }\nregion r { zones a, b, c }\ndatabase db { runs 3 in r  load ${load}rps  capacity 100rps  replicates sync within r quorum 2 }`;
    const fits = await component(text(80), 'db');
    expect(value(fits.utilisationAtPeak)).toBe(0.8);
    expect(value(fits.losses.find(({ kind }) => kind === 'zone')?.utilisation)).toBe(0.8);
    expect((await component(text(120), 'db')).neededAtPeak.status).toBe('never');
  });

  test('journeys and unknown names have none', async () => {
    const all = await capacity('model m { }\nregion r { zones a }\nservice api { runs 1 in r }\njourney j { requires api }');
    expect(all.of('j')).toBeUndefined();
    expect(all.of('nobody')).toBeUndefined();
  });
});

describe('quotas', () => {
  const text = `model m { }
region n { zones a, b }
region s { zones a, b  quota cpu 10  quota memory 8GiB  quota gpu 2 }
service web { runs 4 in n  runs 2 in s as warm standby  cpu 1  memory 1GiB  load 400rps capacity 100rps  scales to 6 at 80% cpu within 1m  needs 2 }
service batch { runs 3 in n  runs 3 in s as pilot light  cpu 1  memory 1GiB }
service reports { runs 2 in n  runs 1 in s as cold standby  cpu 0.5 }`;

  test('everything that fails over together is counted together', async () => {
    const cpu = (await regionOf(text, 's')).quotas.find(({ resource }) => resource === 'cpu');
    expect(value(cpu?.standing)).toBe(2);
    const loss = cpu?.afterLoss[0];
    expect(loss?.region).toBe('n');
    expect(loss?.arriving).toEqual(['web', 'batch', 'reports']);
    // web: 400 / (100 × 80 %) = 5; batch: 3; reports: 1 of half a core.
    expect(value(loss?.use)).toBe(8.5);
    expect(loss?.use.verdict?.met).toBe(true);
  });

  test('what is not stated leaves it unknown, unless what is stated is too much already', async () => {
    const memory = (await regionOf(text, 's')).quotas.find(({ resource }) => resource === 'memory');
    expect(memory?.afterLoss[0]?.use).toMatchObject({
      status: 'unknown',
      missing: ['memory of reports'],
      verdict: { met: undefined },
    });
    const less = (await regionOf(text.replace('memory 8GiB', 'memory 7GiB'), 's')).quotas.find(
      ({ resource }) => resource === 'memory',
    );
    expect(less?.afterLoss[0]?.use).toMatchObject({ status: 'unknown', verdict: { met: false } });
  });

  test('a resource that no component can state is unknown', async () => {
    const gpu = (await regionOf(text, 's')).quotas.find(({ resource }) => resource === 'gpu');
    expect(gpu?.standing.status).toBe('unknown');
  });
});

test.each([
  { count: 10, surge: 0.25, unavailable: 0, ready: 10, most: 13 },
  { count: 10, surge: 0.25, unavailable: 0.25, ready: 8, most: 13 },
  { count: 3, surge: 0, unavailable: 0, ready: 2, most: 3 },
  { count: 100, surge: 0, unavailable: 0.07, ready: 93, most: 100 },
])('a rollout of $count with surge $surge and unavailable $unavailable', ({ count, surge, unavailable, ready, most }) => {
  expect(readyInRollout(count, surge, unavailable)).toEqual({ ready, most });
});

test('a figure says its formula, its terms and where they stand', async () => {
  const api = await component(
    'model m { }\nregion r { zones a, b }\nservice api { runs 2 in r  load 15rps  capacity 10rps }',
    'api',
  );
  const tree = explain(api.utilisationAtLoad);
  expect(tree).toMatchObject({ label: 'api utilisation at load', value: '75%', formula: '15 rps / (2 × 10 rps)' });
  expect(tree?.children[0]).toMatchObject({ label: 'load', value: '15 rps' });
  expect(tree?.children[0]?.source).toBeDefined();
});
