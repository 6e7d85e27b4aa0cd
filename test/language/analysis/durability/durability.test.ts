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
