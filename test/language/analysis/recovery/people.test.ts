/** `repairs N at once`: what so many people bring back, by hand and against every order of work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { modelOf } from '../../model-of.js';

const heading = (people: string): string => `model m { ${people} }
region r1 { zones a }
region r2 { zones a }
`;
/** Noticed after 60 s, then 100 MiB for each second of the restore; a bucket of its own. */
const store = (name: string, seconds: number, more = ''): string => `database ${name} {
  runs 1 in r1  size ${seconds * 100}MiB  ${more}
  backup nightly { full every 1d takes 1h  copies to vault-${name} takes 1h  restores at 100MiB/s }
  failover { detect 60s  decide automatic  switch mesh }
}
bucket vault-${name} in r2 { }
`;
const text = (people: string): string => `${heading(people)}${store('one', 600)}${store('two', 300)}${store('three', 100)}
journey all { requires one, two, three }
journey some { requires any of one, two }
`;

function range(figure: Figure | undefined): readonly number[] | string | undefined {
  if (figure?.status === 'known') return [figure.value, figure.value];
  return figure?.status === 'bounded' ? [figure.lower, figure.upper] : figure?.status;
}

async function recoveryOf(source: string): Promise<Recovery> {
  return new Recovery(new Structure(await modelOf(source)));
}

describe('people', () => {
  it('without a limit hold nobody up', async () => {
    const recovery = await recoveryOf(text(''));
    expect(range(recovery.of('all').get('region-loss')?.rto)).toEqual([660, 660]);
  });

  it('as many as there is work hold nobody up', async () => {
    const recovery = await recoveryOf(text('repairs 3 at once'));
    expect(range(recovery.of('all').get('region-loss')?.rto)).toEqual([660, 660]);
  });

  it('one does it all, one after the other: from 60 s on 1,000 s of work', async () => {
    const recovery = await recoveryOf(text('repairs 1 at once'));
    expect(range(recovery.of('all').get('region-loss')?.rto)).toEqual([1060, 1660]);
    // Alone it may be first, or last.
    expect(range(recovery.of('three').get('region-loss')?.rto)).toEqual([160, 1160]);
    // A choice needs neither for certain.
    expect(range(recovery.of('some').get('region-loss')?.rto)).toEqual([360, 1360]);
  });

  it('two share it: no less than the longest of it', async () => {
    const recovery = await recoveryOf(text('repairs 2 at once'));
    expect(range(recovery.of('all').get('region-loss')?.rto)).toEqual([660, 1160]);
  });

  it('are not needed where a standby takes over by itself', async () => {
    const standby = `${heading('repairs 1 at once')}
service a { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 10s  switch mesh } }
service b { runs 1 in r1  runs 1 in r2 as hot standby  failover { detect 20s  switch mesh } }
journey both { requires a, b }`;
    expect(range((await recoveryOf(standby)).of('both').get('region-loss')?.rto)).toEqual([20, 20]);
  });

  it('what nobody stated leaves the whole unknown', async () => {
    const open = text('repairs 1 at once').replace('restores at 100MiB/s }', '}');
    expect(range((await recoveryOf(open)).of('two').get('region-loss')?.rto)).toBe('unknown');
  });

  it('in whatever order they work, they are done within the bounds', async () => {
    const works = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(works, fc.integer({ min: 1, max: 3 }), fc.infiniteStream(fc.nat()), async (seconds, people, draw) => {
        const names = seconds.map((_, index) => `s${index}`);
        const source = `${heading(`repairs ${people} at once`)}${seconds.map((each, index) => store(names[index] ?? '', each)).join('')}
journey all { requires ${names.join(', ')} }`;
        const recovery = await recoveryOf(source);
        // Everybody takes the next of a random order; all is noticed after 60 s.
        const order = names.map((_, index) => ({ index, at: draw.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        const free = Array.from({ length: people }, () => 60);
        const ends = new Map<string, number>();
        for (const { index } of order) {
          free.sort((a, b) => a - b);
          const end = (free[0] ?? 0) + (seconds[index] ?? 0);
          free[0] = end;
          ends.set(names[index] ?? '', end);
        }
        ends.set('all', Math.max(...ends.values()));
        for (const [name, end] of ends) {
          const found = range(recovery.of(name).get('region-loss')?.rto);
          const [least = 0, most = 0] = typeof found === 'object' ? found : [];
          expect(least).toBeLessThanOrEqual(end + 1e-6);
          expect(most).toBeGreaterThanOrEqual(end - 1e-6);
        }
      }),
      { numRuns: 150, seed: 20261121 },
    );
  }, 60_000);
});
