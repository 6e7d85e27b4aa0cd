import { expect, test } from 'vitest';
import { imageScales, largestScale, mostPixels } from '../../../../language/diagram/export/image-size.js';

// By hand: 120 million pixels are a square of 10,954 pixels.
test.each([
  [1_000, 1_000, 10.95],
  [10_954, 10_954, 1],
  [12_000, 10_000, 1],
  [40_000, 3_000, 1],
  [48_000, 10_000, 0.5],
  [100_000, 100_000, 0.1],
])('a picture of %i x %i pixels is drawn at %f at most', (width, height, scale) => {
  expect(largestScale(width, height)).toBe(scale);
  expect(width * scale * (height * scale)).toBeLessThanOrEqual(mostPixels);
  const finer = scale + 0.01;
  expect(width * finer * (height * finer)).toBeGreaterThan(mostPixels);
});

test('what is usual is readable, and all scales are in order', () => {
  const { smallest, readable, usual, largest } = imageScales;
  expect([smallest, readable, usual, largest].toSorted((a, b) => a - b)).toEqual([smallest, readable, usual, largest]);
});
