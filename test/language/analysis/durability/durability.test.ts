/** Durability of stores in models of text. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { explain } from '../../../../language/analysis/explanations.js';
import { modelOf } from '../../model-of.js';

const places = `model m { }
region r1 { zones a, b }
region r2 { zones a, b }
`;
const day = 86_400;
const disk = { mtbf: 1e6 * 3600, mttr: 24 * 3600 };

async function durability(text: string, name = 'store', withDisk = false) {
  return analyze(await modelOf(`${places}${text}`), { asOf: '2026-11-21' }).durability(name, withDisk ? disk : undefined);
}

describe('durability', () => {
  it('ephemeral storage goes with its instance', async () => {
    const found = await durability('database store { runs 1 in r1  storage ephemeral  mtbf 100d  mttr 1h }');
    expect(found?.copies).toBe(1);
    expect(found?.copiesLost).toMatchObject({ status: 'known', value: -Math.expm1(-3.65) });
    expect(found?.meanTimeToLoss).toMatchObject({ status: 'known' });
  });

  it('any other storage lasts at least as long', async () => {
    const found = await durability('database store { runs 1 in r1  storage zonal  mtbf 100d  mttr 1h }');
    expect(found?.copiesLost).toMatchObject({ status: 'bounded', lower: 0, upper: -Math.expm1(-3.65) });
    expect(found?.copiesLost.assumptions).toEqual(['whatever takes an instance down takes its copy, at worst']);
  });

  it('two copies in two regions: a mirror', async () => {
    const found = await durability(`database store {
      runs 1 in r1  runs 1 in r2 as hot standby  storage ephemeral  mtbf 100d  mttr 1d  common cause 0%
      replicates async to r2 lag 5s
    }`);
    const mean = found?.meanTimeToLoss.status === 'known' ? found.meanTimeToLoss.value : 0;
    expect(mean / day).toBeCloseTo((3 / 100 + 1) / (2 / 100 ** 2), 9);
  });

  it('a witness holds no copy', async () => {
    const found = await durability('database store { runs 2 in r1  runs 1 in r2 as witness  mtbf 100d  mttr 1h }');
    expect(found?.copies).toBe(2);
  });

  it.each([
    ['database store { runs 1 in r1 }', 'mtbf and mttr of store'],
    ['database store { runs 1 in r1  availability 99.9% }', 'mtbf and mttr of store'],
  ])('%s is not known', async (text, missing) => {
    expect((await durability(text))?.copiesLost).toMatchObject({ status: 'unknown', missing: [missing] });
  });

  it('an array is known where its disks are', async () => {
    const text = 'database store { runs 1 in r1  storage raid5  disks 8 }';
    const lambda = 1 / disk.mtbf;
    const found = await durability(text, 'store', true);
    const mean = found?.meanTimeToLoss.status === 'known' ? found.meanTimeToLoss.value : 0;
    expect(mean / ((15 * lambda + 1 / disk.mttr) / (56 * lambda ** 2))).toBeCloseTo(1, 12);
    expect((await durability('database store { runs 1 in r1  storage raid5 }', 'store', true))?.copiesLost).toMatchObject({
      missing: ['disks of store'],
    });
  });

  it.each([
    // One group of 8, two of which may be lost: h0 = 1/8λ, h1 = (1 + μ·h0)/7λ, h2 = (1 + 2μ·h1)/6λ.
    ['raid6', 8, 1, [8, 7, 6]],
    // A pair: h0 = 1/2λ, h1 = (1 + μ·h0)/λ; any of three pairs.
    ['raid10', 6, 3, [2, 1]],
    // Two groups of 6 shards, two of which may be lost.
    ['erasure 4+2', 12, 2, [6, 5, 4]],
    ['raid1', 3, 1, [3, 2, 1]],
    ['raid0', 4, 1, [4]],
  ])('%s of disks that the store states', async (storage, disks, groups, alive) => {
    const [lambda, mu] = [1 / 1e6, 1 / 24];
    let [step, hours] = [0, 0];
    for (const [lost, left] of alive.entries()) {
      step = (1 + lost * mu * step) / (left * lambda);
      hours += step;
    }
    const found = await durability(
      `database store { runs 1 in r1  storage ${storage}  disks ${disks}  disk mtbf 1000000h rebuild 24h }`,
    );
    const mean = found?.meanTimeToLoss.status === 'known' ? found.meanTimeToLoss.value / 3600 : 0;
    expect(mean / (hours / groups)).toBeCloseTo(1, 12);
    const chance = found?.copiesLost.status === 'known' ? found.copiesLost.value : 0;
    expect(chance / ((8760 * groups) / hours)).toBeCloseTo(1, storage === 'raid0' ? 1 : 4);
  });

  it('a zonal disk is by itself, and outlives its instance', async () => {
    // 1 − e^(−1/500) for one disk of 500 years.
    const one = await durability('database store { runs 1 in r1  storage zonal  disk mtbf 500y rebuild 1h  mtbf 100d  mttr 1h }');
    expect(one?.copiesLost.status === 'known' ? one.copiesLost.value : 0).toBeCloseTo(-Math.expm1(-1 / 500), 15);
    // Two copies, each of which is made again within an hour: a mirror, 2·(1/λ)² / (2·(1 h)) years and a little.
    const two = await durability(`database store {
      runs 1 in r1  runs 1 in r2 as hot standby  replicates async to r2 lag 5s  storage zonal
      disk mtbf 500y rebuild 1h  mtbf 100d  mttr 1h
    }`);
    const [lambda, mu] = [1 / 500, 365 * 24];
    const mean = two?.meanTimeToLoss.status === 'known' ? two.meanTimeToLoss.value / (365 * day) : 0;
    expect(mean / ((3 * lambda + mu) / (2 * lambda ** 2))).toBeCloseTo(1, 12);
  });

  it('RAID 6 agrees with the published approximation, three lost at once', async () => {
    // μ² / (n(n−1)(n−2)λ³) where one disk is rebuilt at a time (Chen et al., RAID: High-Performance, Reliable Secondary Storage, 1994).
    const found = await durability('database store { runs 1 in r1  storage raid6  disks 8  disk mtbf 1000000h rebuild 24h }');
    const mean = found?.meanTimeToLoss.status === 'known' ? found.meanTimeToLoss.value / 3600 : 0;
    // Rebuilding both lost disks at once keeps the data twice as long.
    expect(mean / ((2 * 1e6 ** 3) / (8 * 7 * 6 * 24 ** 2))).toBeCloseTo(1, 2);
  });

  it('a disk whose rebuild nobody stated leaves the array no worse than its instance', async () => {
    const found = await durability(
      'database store { runs 1 in r1  storage raid5  disks 8  disk mtbf 1000000h  mtbf 100d  mttr 1h }',
    );
    expect(found?.copiesLost.status).toBe('bounded');
    expect(found?.meanTimeToLoss).toMatchObject({ missing: ['disk mtbf and rebuild of store'] });
  });

  it('a backup elsewhere is one more copy, no worse than none', async () => {
    const store = (vault: string) => `bucket vault in r2 { ${vault} }
database store {
  runs 1 in r1  storage ephemeral  mtbf 100d  mttr 1h  size 100GiB
  backup b { full every 1d takes 1h  copies to vault takes 1h  restores at 100MiB/s }
}`;
    const bare = await durability(store(''));
    expect(bare?.everythingLost).toMatchObject({ status: 'bounded', upper: -Math.expm1(-3.65) });
    const known = await durability(store('mtbf 1000d  mttr 1h'));
    // Both within the time of a restore, 1,024 s, or of the next full, 26 h: about λ₁λ₂ of each a day.
    const rate = (1 / 100) * (1 / 1000) * (1024 / day + 26 / 24);
    const upper = known?.everythingLost.status === 'bounded' ? known.everythingLost.upper : 0;
    expect(upper / (365 * rate)).toBeCloseTo(1, 1);
    expect(upper).toBeLessThan(-Math.expm1(-3.65));
  });

  it('is not asked of what keeps no data of its own', async () => {
    expect(await durability('service store { runs 1 in r1 }')).toBeUndefined();
    expect(await durability('cache store { runs 1 in r1 }')).toBeUndefined();
    expect(await durability('', 'nobody')).toBeUndefined();
  });

  it('explains itself', async () => {
    const found = await durability('database store { runs 2 in r1  runs 1 in r2  storage ephemeral  mtbf 100d  mttr 1h }');
    const tree = found === undefined ? undefined : explain(found.copiesLost);
    expect(tree?.children.map(({ label, value }) => `${label} ${value}`)).toEqual([
      'copies 2 + 1',
      'storage ephemeral',
      'assumed a lost copy is complete again after mttr',
    ]);
  });
});
