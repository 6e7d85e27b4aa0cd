/** Whatever can be written reaches the model: for every key of the table, in every block that takes it, some fact points at its statement. */
import { describe, expect, test } from 'vitest';
import type { Model } from '../../../language/model/model.js';
import { type KeyEntry, keyTable, type Place } from '../../../language/syntax/keys.js';
import { parseQuantity } from '../../../language/syntax/quantity.js';
import { blockHeads } from '../block-heads.js';
import { modelOf } from '../model-of.js';

/** What the examples refer to, and somebody who follows the policy. */
const world = `
region cn-north { zones a, b }
region cn-south { zones a }
service orders { runs 1 in cn-north }
service recommendations { }
service registry { }
service dns { }
service storefront { }
service kms { }
service adyen { }
service stripe { }
database orders-db { runs 1 in cn-north }
database payments-db { }
queue order-events { }
queue order-dlq { }
bucket vault { }
journey place-order { }
policy gold { }
scenario north-lost { }
`;

/** The block that a statement is put into; what reuses it stands below. */
const blocks: Readonly<Record<Place, string>> = {
  ...blockHeads,
  policy: 'database one { follows it }\npolicy it { … }',
};

/** What a statement says nothing without: one time alone gives no failure data, and one acceptance is of a block that says something. */
const company: Readonly<Record<string, string>> = { mtbf: 'mttr 2m', mttr: 'mtbf 30d' };
const companyOfAcceptance: Partial<Readonly<Record<Place, string>>> = { together: 'mtbf 30d  mttr 2m' };

interface Found {
  readonly start: number;
  readonly end: number;
}

/** Every source range of a model, and the value of the fact where it is one. */
function rangesOf(model: Model): readonly { readonly at: Found; readonly value: unknown }[] {
  const found: { at: Found; value: unknown }[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    if (isRange(value)) found.push({ at: value, value: undefined });
    if (
      'origin' in value &&
      'value' in value &&
      typeof value.origin === 'object' &&
      value.origin !== null &&
      'at' in value.origin
    ) {
      const { at } = value.origin;
      if (typeof at === 'object' && at !== null && isRange(at)) found.push({ at, value: value.value });
    }
    Object.values(value).forEach(walk);
  };
  walk(model);
  return found;
}

function isRange(value: object): value is Found {
  return 'uri' in value && 'start' in value && typeof value.start === 'number' && 'end' in value;
}

/** Ranges inside the statement, in the model that holds nothing else of note. */
async function kept(entry: KeyEntry, place: Place): Promise<readonly { readonly value: unknown }[]> {
  const beside = entry.key === 'accepts' ? companyOfAcceptance[place] : company[entry.key];
  const head = blocks[place].replace('…', () => `\n${entry.example}\n${beside ?? ''}\n`);
  // The names of the world must not be taken by the example itself.
  const declared = place === 'file' ? /^[a-z]+ ([\w-]+)/.exec(entry.example)?.[1] : undefined;
  const others = world
    .split('\n')
    .filter((line) => declared === undefined || line.split(' ')[1] !== declared || ['drill', 'link'].includes(entry.key));
  const text = `${head}\n${others.join('\n')}`;
  const start = text.indexOf(entry.example);
  const end = start + entry.example.length;
  return rangesOf(await modelOf(text)).filter(({ at }) => at.start >= start && at.end <= end);
}

describe.each(keyTable)('$phrase', (entry) => {
  test.each(entry.places)('in %s is kept, and its source range points at it', async (place) => {
    expect(await kept(entry, place)).not.toEqual([]);
  });

  test('is kept in SI units', async () => {
    // Availability is kept as its other side.
    if (entry.value.kind !== 'quantity' || entry.key === 'availability') return;
    const { dimension } = entry.value;
    const written = entry.example.slice(entry.phrase.length + 1).split(/ (?=[a-z])/)[0] ?? '';
    const parsed = parseQuantity(written, dimension);
    const [place] = entry.places;
    if (!parsed.ok || place === undefined) throw new Error(`The example of ${entry.phrase} cannot be read.`);
    expect((await kept(entry, place)).map(({ value }) => value)).toContain(parsed.quantity.value);
  });
});

test('what stands beside a statement is kept with it', async () => {
  const model = await modelOf(`import "./none.drml"
region r "R" { zone a { accepts DR001 }  quota cpu 400  quota memory 1GiB  mirrors images, config  version istio "1.28" }
link r <-> r2 { cost 1 USD/GiB  failover to r { detect 3s }  failover to r2 { detect 4s } }
region r2 { }
policy p { probe readiness "/r" every 5s failures 3 timeout 1s  outage costs 5 USD/h  publishes to q { payload 2kB } }
queue q { holds 1GiB }
service s tier 0 { runs 1 in r  follows p  load 1rps peak 2rps from 22:00 to 06:00  probe readiness every 7s  needs 1 in r.a }
journey j tier 1 { requires s  follows p }
scenario x { fails 2 of s in r.a, r <-> r2, building "b" for 2h  expect j degraded rto < 5m availability >= 99% }
drill x on 2026-09-14 { in staging  traffic 10%  lasts 30m  stops when "it hurts"  measured j rto 3m rpo 6s  measured rto 4m }
bucket b { media tape }
database d { disks 6  disk mtbf 1000000h rebuild 24h  expects corruption every 5y  replicates sync within r.a quorum 2 shrinks to 1 after 30s  objective { retention 7d  budget 10 EUR/month } }
`);
  const [region] = model.regions;
  expect(region?.quotas.map(({ resource, amount }) => [resource, amount.value])).toEqual([
    ['cpu', 400],
    ['memory', 2 ** 30],
  ]);
  expect(region?.mirrors.map(({ value }) => value)).toEqual(['images', 'config']);
  expect(region?.versions).toMatchObject([{ name: 'istio', version: '1.28' }]);
  expect(region?.zones[0]?.accepts).toMatchObject([{ rule: 'DR001' }]);
  expect(model.files[0]?.imports).toMatchObject([{ path: './none.drml', source: { start: 0, end: 20 } }]);
  expect(model.policies).toMatchObject([{ name: 'p' }]);
  expect(model.links[0]?.failovers.map(({ region: to, detect }) => [to, detect?.value])).toEqual([
    ['r', 3],
    ['r2', 4],
  ]);
  expect(model.links[0]?.costs).toMatchObject([{ kind: 'standing', amount: { value: 1 }, currency: 'USD', per: 'GiB' }]);
  const service = model.components.find(({ name }) => name === 's');
  expect(service?.demand.peakHours?.value).toEqual({ from: '22:00', to: '06:00' });
  expect(service?.needsIn).toMatchObject([{ region: 'r', zone: 'r.a', count: { value: 1 } }]);
  expect(service?.edges).toMatchObject([{ kind: 'publishes', from: 'policy p', payload: { value: 2000 } }]);
  expect(service?.costs).toMatchObject([{ kind: 'outage', amount: { value: 5, origin: { from: 'policy p' } } }]);
  // Item by item: the nearer probe says how often, the policy says all else.
  expect(service?.deployment.probes).toMatchObject([
    { kind: 'readiness', path: { value: '/r' }, every: { value: 7 }, failures: { value: 3 }, timeout: { value: 1 } },
  ]);
  expect(service?.deployment.probes[0]?.from).toBeUndefined();
  expect(model.journeys[0]?.follows).toMatchObject([{ name: 'p' }]);
  expect(model.scenarios).toMatchObject([
    {
      fails: [
        {
          targets: [
            { kind: 'component', component: 's', count: { value: 2 }, site: 'r.a' },
            { kind: 'link', a: 'r', b: 'r2' },
            { kind: 'building', name: 'b' },
          ],
          duration: { value: 7200 },
        },
      ],
      expects: [
        {
          target: { name: 'j' },
          state: { value: 'degraded' },
          bounds: [
            { measure: 'rto', comparison: '<', value: { value: 300 } },
            { measure: 'availability', comparison: '>=', value: { value: 0.99 } },
          ],
        },
      ],
    },
  ]);
  expect(model.drills).toMatchObject([
    {
      scenario: 'x',
      environment: { value: 'staging' },
      traffic: { value: 0.1 },
      lasts: { value: 1800 },
      stopsWhen: { value: 'it hurts' },
      measured: [{ target: { name: 'j' }, rto: { value: 180 }, rpo: { value: 6 } }, { rto: { value: 240 } }],
    },
  ]);
  const store = model.components.find(({ name }) => name === 'd');
  expect(store?.data).toMatchObject({
    disks: { value: 6 },
    diskMtbf: { value: 3.6e9 },
    diskRebuild: { value: 86_400 },
    corruptionEvery: { value: 5 * 31_536_000 },
    replication: [{ zone: 'r.a', shrinksAfter: { value: 30 } }],
  });
  expect(store?.objective).toMatchObject({
    retention: { value: 604_800 },
    budget: { amount: { value: 10 }, currency: 'EUR', per: 'month' },
  });
  expect(model.components.find(({ name }) => name === 'b')?.data.media?.value).toBe('tape');
});

test('what the model expects, and where a store or its defaults say otherwise', async () => {
  const year = 31_536_000;
  const { settings, components } = await modelOf(`model m {
  expects provider-loss every 50y  expects account-loss every 20y  expects corruption every 10y
}
defaults database { expects corruption every 8y }
database a { }
database b { expects corruption every 4y }
queue c { }
`);
  expect(settings).toMatchObject({
    providerLossEvery: { value: 50 * year },
    accountLossEvery: { value: 20 * year },
    corruptionEvery: { value: 10 * year },
  });
  expect(components.map(({ data }) => data.corruptionEvery?.value)).toEqual([8 * year, 4 * year, undefined]);
});
