import { describe, expect, it } from 'vitest';
import { chanceWithin, meanTimeToEnd, meanTimeToLoss } from '../../../../language/analysis/durability/absorbing-chain.js';
import { copiesMeanTimeToLoss } from '../../../../language/analysis/durability/copies.js';
import { arrayMeanTimeToLoss, arrayOf } from '../../../../language/analysis/durability/disk-arrays.js';

const lambda = 1 / 1e6;
const mu = 1 / 24;
const disk = { mtbf: 1e6, mttr: 24 };

function relative(found: number, expected: number): number {
  return Math.abs(found / expected - 1);
}

describe('mean time to loss', () => {
  it.each([
    ['no redundancy', { units: 8, tolerated: 0 }, 1 / (8 * lambda)],
    ['one parity, as published for RAID 5', { units: 8, tolerated: 1 }, (15 * lambda + mu) / (8 * 7 * lambda ** 2)],
    ['a mirror', { units: 2, tolerated: 1 }, (3 * lambda + mu) / (2 * lambda ** 2)],
  ])('%s', (_, group, expected) => {
    expect(relative(meanTimeToLoss({ ...group, failureRate: lambda, repairRate: mu, crews: 1 }), expected)).toBeLessThan(1e-12);
  });

  it('two parities, solved by hand', () => {
    // h0 = 1/7λ, h1 = (1 + μh0)/6λ, h2 = (1 + μh1)/5λ with one rebuild at a time.
    const h0 = 1 / (7 * lambda);
    const h1 = (1 + mu * h0) / (6 * lambda);
    const h2 = (1 + mu * h1) / (5 * lambda);
    const found = meanTimeToLoss({ units: 7, tolerated: 2, failureRate: lambda, repairRate: mu, crews: 1 });
    expect(relative(found, h0 + h1 + h2)).toBeLessThan(1e-12);
  });

  it('is the mean time of the same chain written as states', () => {
    for (const crews of [1, 2, 5]) {
      const states = [0, 1, 2, 3].map((lost) => ({
        to: [
          ...(lost < 3 ? [[lost + 1, (6 - lost) * lambda] as const] : []),
          ...(lost > 0 ? [[lost - 1, Math.min(lost, crews) * mu] as const] : []),
        ],
        end: lost === 3 ? 3 * lambda : 0,
      }));
      const found = meanTimeToLoss({ units: 6, tolerated: 3, failureRate: lambda, repairRate: mu, crews });
      expect(relative(meanTimeToEnd(states), found)).toBeLessThan(1e-12);
    }
  });

  it('what never ends takes for ever', () => {
    expect(meanTimeToEnd([{ to: [], end: 0 }])).toBe(Number.POSITIVE_INFINITY);
  });

  it('a chance within a time keeps its digits', () => {
    expect(relative(chanceWithin(1, 1e15), 1e-15)).toBeLessThan(1e-12);
  });
});

describe('arrays', () => {
  it.each([
    ['raid0', 4, { groups: 1, disksPerGroup: 4, tolerated: 0 }],
    ['raid1', 3, { groups: 1, disksPerGroup: 3, tolerated: 2 }],
    ['raid5', 6, { groups: 1, disksPerGroup: 6, tolerated: 1 }],
    ['raid6', 8, { groups: 1, disksPerGroup: 8, tolerated: 2 }],
    ['raid10', 8, { groups: 4, disksPerGroup: 2, tolerated: 1 }],
    ['raid10', 5, { missing: 'disks as an even number' }],
    ['erasure 4+2', undefined, { groups: 1, disksPerGroup: 6, tolerated: 2 }],
    ['erasure 4+2', 12, { groups: 2, disksPerGroup: 6, tolerated: 2 }],
    ['erasure 4+2', 8, { missing: 'disks as a multiple of 6' }],
    ['raid5', undefined, { missing: 'disks' }],
    ['zonal', undefined, { groups: 1, disksPerGroup: 1, tolerated: 0 }],
    ['zonal', 3, { groups: 3, disksPerGroup: 1, tolerated: 0 }],
    ['regional', undefined, undefined],
  ])('%s of %s disks', (storage, disks, expected) => {
    expect(arrayOf(storage, disks)).toEqual(expected);
  });

  it('RAID 6 with one rebuild at a time loses data twice as often as with two', () => {
    const array = { groups: 1, disksPerGroup: 8, tolerated: 2 };
    const ratio = arrayMeanTimeToLoss(array, disk) / arrayMeanTimeToLoss(array, disk, 1);
    expect(ratio).toBeCloseTo(2, 2);
  });

  it('RAID 10 is as many mirrors, any of which loses data', () => {
    const mirror = arrayMeanTimeToLoss({ groups: 1, disksPerGroup: 2, tolerated: 1 }, disk);
    expect(arrayMeanTimeToLoss({ groups: 4, disksPerGroup: 2, tolerated: 1 }, disk)).toBe(mirror / 4);
  });
});

describe('copies', () => {
  const rates = { failure: lambda, repair: mu, commonCause: 0, together: 0, crews: 9 };

  it('without common causes are one group', () => {
    const one = meanTimeToLoss({ units: 3, tolerated: 2, failureRate: lambda, repairRate: mu, crews: 9 });
    expect(copiesMeanTimeToLoss([2, 1], rates)).toBe(one);
    expect(relative(copiesMeanTimeToLoss([2, 1], { ...rates, commonCause: 1e-12 }), one)).toBeLessThan(1e-6);
  });

  it('in one region are lost as often as the common cause comes, at least', () => {
    const found = copiesMeanTimeToLoss([3], { ...rates, commonCause: 0.05 });
    expect(relative(found, 1 / (0.05 * lambda))).toBeLessThan(1e-2);
  });

  it('in two regions outlive the common cause of one', () => {
    const shared = { ...rates, commonCause: 0.05 };
    expect(copiesMeanTimeToLoss([2, 1], shared)).toBeGreaterThan(1000 * copiesMeanTimeToLoss([3], shared));
  });

  it('fewer crews, more common causes and events for all never help', () => {
    const best = copiesMeanTimeToLoss([2, 2], { ...rates, commonCause: 0.05 });
    for (const worse of [{ crews: 1 }, { commonCause: 0.1 }, { together: 1e-9 }]) {
      expect(copiesMeanTimeToLoss([2, 2], { ...rates, commonCause: 0.05, ...worse })).toBeLessThan(best);
    }
  });

  it('past the budget is a bound on the safe side', () => {
    const shared = { ...rates, commonCause: 0.05 };
    expect(copiesMeanTimeToLoss([7, 7, 7], shared)).toBeLessThan(copiesMeanTimeToLoss([7, 7], shared));
  });
});
