import { describe, expect, it } from 'vitest';
import { duplexUnavailability, unavailabilityWithCrews } from '../../../../language/analysis/availability/repair-crews.js';

const rates = { failureRate: 1 / 1000, repairRate: 1 / 10 };
const minutesPerYear = 365 * 24 * 60;

describe('repair crews', () => {
  it.each([
    { required: 2, units: 3, crews: 3, availability: 0.9997078523654739 },
    { required: 2, units: 3, crews: 1, availability: 0.9994119964370478 },
  ])('$required of $units with $crews crews', ({ required, units, crews, availability }) => {
    expect(1 - unavailabilityWithCrews({ ...rates, required, units, crews })).toBeCloseTo(availability, 14);
  });

  it.each([
    { units: 2, crews: 2, expected: 9.802960494e-5 },
    { units: 2, crews: 1, expected: 1.960399922e-4 },
    // 1 / 101³; through 1 − A the last digit is lost.
    { units: 3, crews: 3, expected: 9.705901479e-7 },
    { units: 3, crews: 1, expected: 5.821817455e-6 },
  ])('one of $units with $crews crews', ({ units, crews, expected }) => {
    const found = unavailabilityWithCrews({ ...rates, required: 1, units, crews });
    expect(Number(found.toPrecision(10))).toBe(expected);
  });

  it('with a crew for each unit is the binomial sum', () => {
    const u = rates.failureRate / (rates.failureRate + rates.repairRate);
    const found = unavailabilityWithCrews({ ...rates, required: 1, units: 7, crews: 7 });
    expect(Math.abs(found / u ** 7 - 1)).toBeLessThan(1e-12);
  });

  it('more crews never make it worse', () => {
    const at = [1, 2, 3, 4, 5].map((crews) => unavailabilityWithCrews({ ...rates, required: 3, units: 5, crews }));
    expect(at).toEqual([...at].sort((a, b) => b - a));
  });

  it('none required is never down, more than there are is never up', () => {
    expect(unavailabilityWithCrews({ ...rates, required: 0, units: 2, crews: 1 })).toBe(0);
    expect(unavailabilityWithCrews({ ...rates, required: 3, units: 2, crews: 1 })).toBe(1);
  });

  it.each([
    { coverage: 1, minutes: 16.685 },
    { coverage: 0.99, minutes: 21.899 },
    { coverage: 0.95, minutes: 42.754 },
    { coverage: 0.9, minutes: 68.82 },
  ])('duplex with coverage $coverage', ({ coverage, minutes }) => {
    const found = duplexUnavailability({ failureRate: 1 / 1000, repairRate: 1 / 4, coverage, uncoveredOutage: 0.5 });
    expect(Number((found * minutesPerYear).toFixed(3))).toBe(minutes);
  });
});
