/** Restores that share a bucket or a link, by hand and against a simulation of what flows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { type RestoreJob, SharedRestores } from '../../../../language/analysis/recovery/shared-restores.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { DisruptionClass } from '../../../../language/model/model.js';
import { modelOf } from '../../model-of.js';
import { fact } from '../model-builder.js';

const places = `model m { }
region r1 { account a  zones x, y }
region r2 { account b  zones x }
`;
/** Noticed and decided in 60 s, switched at once; 100 GiB at 100 MiB/s are 1,024 s. */
const store = (name: string, size: string, more = '', rate = '100MiB/s'): string => `database ${name} {
  runs 1 in r1  size ${size}  corruption found within 1h  ${more}
  backup nightly { full every 1d takes 1h  copies to vault takes 1h  ${rate === '' ? '' : `restores at ${rate}`} }
  failover { detect 60s  decide automatic  provision 0s  switch mesh }
}
`;
const vault = (facts = ''): string => `bucket vault in r2 { ${facts} }\n`;

interface Row {
  readonly name: string;
  readonly text: string;
  readonly disruption?: DisruptionClass;
  /** Seconds beyond the 60 until it is decided. */
  readonly expected: Readonly<Record<string, number>>;
}

const rows: readonly Row[] = [
  {
    name: 'one alone takes its own time',
    text: `${places}${store('one', '100GiB')}${vault()}`,
    expected: { one: 1024 },
  },
  {
    name: 'two alike share what each of them reads at: twice as long',
    text: `${places}${store('one', '100GiB')}${store('two', '100GiB')}${vault()}`,
    expected: { one: 2048, two: 2048 },
  },
  {
    name: 'a bucket that gives enough holds nobody up',
    text: `${places}${store('one', '100GiB')}${store('two', '100GiB')}${vault('bandwidth 200MiB/s')}`,
    expected: { one: 1024, two: 1024 },
  },
  {
    // 150 of 200 MiB/s wanted: 75 each.
    name: 'a bucket that gives three quarters of what two want',
    text: `${places}${store('one', '75GiB')}${store('two', '75GiB')}${vault('bandwidth 150MiB/s')}`,
    expected: { one: 1024, two: 1024 },
  },
  {
    name: 'a bucket slower than one restore',
    text: `${places}${store('one', '100GiB')}${vault('bandwidth 50MiB/s')}`,
    expected: { one: 2048 },
  },
  {
    // Both at 50 until the small one has its 25 GiB after 512 s, then 75 GiB at 100 in 768 s: all 125 GiB in 1,280 s.
    name: 'the smaller is done first, the larger has the rest for itself',
    text: `${places}${store('small', '25GiB')}${store('large', '100GiB')}${vault()}`,
    expected: { small: 512, large: 1280 },
  },
  {
    name: 'other buckets are not shared',
    text: `${places}${store('one', '100GiB')}${store('two', '100GiB').replace('copies to vault', 'copies to safe')}${vault()}bucket safe in r2 { }\n`,
    expected: { one: 1024, two: 1024 },
  },
  {
    // What was tested alone is shared by two at worst: 10 min become 20.
    name: 'where only a test says how long',
    text: `${places}${store('one', '1GiB', '', '').replace('restores at', '').replace(' }\n  failover', '  tested 2026-10-01 took 10m }\n  failover')}${store('two', '100GiB')}${vault()}`,
    expected: { one: 1200, two: 2048 },
  },
  {
    name: 'in place over the link from the bucket: 25 MiB/s',
    text: `${places}link r1 <-> r2 { bandwidth 25MiB/s }\n${store('one', '25GiB')}${vault()}`,
    disruption: 'corruption',
    expected: { one: 3600 - 60 + 1024 },
  },
  {
    name: 'a bucket in the region needs no link',
    text: `${places}link r1 <-> r2 { bandwidth 25MiB/s }\n${store('one', '25GiB')}bucket vault in r1, r2 { }\n`,
    disruption: 'corruption',
    expected: { one: 3600 - 60 + 256 },
  },
  {
    name: 'bad data in one store is restored by itself',
    text: `${places}${store('one', '100GiB')}${store('two', '100GiB')}${vault()}`,
    disruption: 'corruption',
    expected: { one: 3600 - 60 + 1024 },
  },
  {
    // The account's stores come back where they were, over 50 MiB/s for both: each 100 GiB at 25 MiB/s.
    name: 'after the loss of an account two share the link as well',
    text: `${places}link r1 <-> r2 { bandwidth 50MiB/s }\n${store('one', '100GiB')}${store('two', '100GiB')}${vault()}`,
    disruption: 'account-loss',
    expected: { one: 4096, two: 4096 },
  },
];

describe('restores at the same time', () => {
  it.each(rows)('$name', async ({ text, disruption = 'region-loss', expected }) => {
    const recovery = new Recovery(new Structure(await modelOf(text)));
    for (const [name, seconds] of Object.entries(expected)) {
      const rto = recovery.of(name).get(disruption)?.rto;
      expect(rto?.status === 'known' ? rto.value : rto, name).toBeCloseTo(60 + seconds, 6);
    }
  });

  it('names what is shared, by how many, at which rate, and where that is written', async () => {
    const text = `${places}${store('one', '100GiB')}${store('two', '100GiB')}${vault('bandwidth 100MiB/s')}`;
    const rto = new Recovery(new Structure(await modelOf(text))).of('one').get('region-loss')?.rto;
    const term = rto?.terms.find(({ name }) => name === 'shared bandwidth');
    expect(term).toMatchObject({ seconds: 1024, note: 'vault: 100 MiB/s for 2 restores' });
    expect(text.slice(term?.source?.start, term?.source?.end)).toContain('bandwidth');
    expect(rto?.assumptions.filter((each) => each.includes('bucket'))).toEqual([]);
  });

  it('says what is taken for granted where the bucket does not say what it gives', async () => {
    const text = `${places}${store('one', '100GiB')}${store('two', '100GiB')}${vault()}`;
    const rto = new Recovery(new Structure(await modelOf(text))).of('one').get('region-loss')?.rto;
    expect(rto?.assumptions).toContain('a bucket gives to all restores together what the fastest of them reads at by itself');
  });
});

/** A restore of the simulation. */
interface Flow {
  readonly begins: number;
  readonly bytes: number;
  readonly rate: number;
}

/** When each is done: at every moment the bandwidth is dealt out evenly, and what one cannot take the others get. */
function simulated(flows: readonly Flow[], bandwidth: number): readonly number[] {
  const left = flows.map((flow) => flow.bytes);
  const ends = flows.map(() => Number.POSITIVE_INFINITY);
  let now = 0;
  for (;;) {
    const running = flows.flatMap((flow, index) => (flow.begins <= now && (ends[index] ?? 0) > now ? [index] : []));
    const rates = new Map<number, number>();
    let rest = bandwidth;
    const byRate = [...running].sort((a, b) => (flows[a]?.rate ?? 0) - (flows[b]?.rate ?? 0));
    byRate.forEach((index, position) => {
      const rate = Math.min(flows[index]?.rate ?? 0, rest / (byRate.length - position));
      rates.set(index, rate);
      rest -= rate;
    });
    const events = [
      ...flows.map((flow) => flow.begins).filter((time) => time > now),
      ...running.map((index) => now + (left[index] ?? 0) / (rates.get(index) ?? 1)),
    ];
    if (events.length === 0) return ends;
    const next = Math.min(...events);
    for (const index of running) {
      left[index] = (left[index] ?? 0) - (next - now) * (rates.get(index) ?? 0);
      if ((left[index] ?? 0) < 1e-9) ends[index] = next;
    }
    now = next;
  }
}

const flow = fc.record({
  begins: fc.integer({ min: 0, max: 20 }),
  bytes: fc.integer({ min: 1, max: 30 }),
  rate: fc.integer({ min: 1, max: 8 }),
});
const flows = fc.array(flow, { minLength: 1, maxLength: 5 });

function waitsOf(list: readonly Flow[], bandwidth: number): readonly number[] {
  const jobs = list.map(
    ({ bytes, rate }, index): RestoreJob => ({
      store: `s${index}`,
      parts: [{ bytes, rate }],
      tested: undefined,
      passages: [{ name: 'vault', bandwidth: fact(bandwidth) }],
    }),
  );
  const shared = new SharedRestores(jobs, new Map());
  return jobs.map((job) => shared.waitOf(job)?.terms[0]?.seconds ?? 0);
}

describe('against a simulation', () => {
  it('no restore takes longer than that, whenever they begin', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 12 }), (list, bandwidth) => {
        const ends = simulated(list, bandwidth);
        waitsOf(list, bandwidth).forEach((wait, index) => {
          const { begins = 0, bytes = 0, rate = 1 } = list[index] ?? {};
          expect((ends[index] ?? 0) - begins).toBeLessThanOrEqual(bytes / rate + wait + 1e-6);
        });
      }),
      { numRuns: 2000, seed: 20261121 },
    );
  });

  it('all that read as fast and begin together take just that long', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }), (list, bandwidth, rate) => {
        const together = list.map((each) => ({ ...each, begins: 0, rate }));
        const ends = simulated(together, bandwidth);
        waitsOf(together, bandwidth).forEach((wait, index) => {
          expect(ends[index]).toBeCloseTo((together[index]?.bytes ?? 0) / rate + wait, 6);
        });
      }),
      { numRuns: 2000, seed: 20261121 },
    );
  });

  it('more bandwidth never takes longer', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 12 }), (list, bandwidth) => {
        const wider = waitsOf(list, bandwidth + 1);
        waitsOf(list, bandwidth).forEach((wait, index) => {
          expect(wider[index]).toBeLessThanOrEqual(wait + 1e-9);
        });
      }),
      { numRuns: 1000, seed: 20261121 },
    );
  });
});
