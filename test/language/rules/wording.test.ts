import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityText, durationText, percentText } from '../../../language/analysis/figure-text.js';
import { keptAvailability, spokenList, writtenDuration } from '../../../language/rules/wording.js';

describe('wording', () => {
  it.each([
    [1.022e-4, '99.9898% (53.7 min/yr)'],
    [1e-9, '99.9999999% (0.0315 s/yr)'],
    [0, '100%'],
    [0.5, '50% (183 d/yr)'],
  ])('says %d as %s', (unavailability, text) => {
    expect(availabilityText(unavailability)).toBe(text);
  });

  it.each([
    [0.00293, '99.7%'],
    [0.001, '99.9%'],
    [1e-9, '99.9999999%'],
    [1.01e-4, '99.989%'],
    [0.2501, '74%'],
    [0, '100%'],
    [1, '0%'],
  ])('keeps %d as %s', (unavailability, text) => {
    expect(keptAvailability(unavailability)).toBe(text);
  });

  it('never promises more than is reached', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 0.999, noNaN: true }), (unavailability) => {
        const promised = 1 - Number(keptAvailability(unavailability).replace('%', '')) / 100;
        expect(promised).toBeGreaterThanOrEqual(unavailability * (1 - 1e-6) - 1e-15);
        expect(promised).toBeLessThanOrEqual(unavailability * 1.12 + 1e-11);
      }),
      { seed: 7 },
    );
  });

  it.each([
    [90, '90s'],
    [900, '15m'],
    [5400, '90m'],
    [86_400, '1d'],
    [0, '0s'],
    [0.25, '250ms'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(writtenDuration(seconds)).toBe(text);
  });

  it('speaks of durations and lists as people do', () => {
    expect(durationText(91_800)).toBe('25 h 30 min');
    expect(durationText(5400)).toBe('1 h 30 min');
    expect(percentText(0.9995)).toBe('99.95%');
    expect(spokenList(['a', 'b', 'c'])).toBe('a, b and c');
    expect(spokenList(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
