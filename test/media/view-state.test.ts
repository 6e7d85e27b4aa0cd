import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, moved, parseView, type ViewState, zoomed } from '../../media/preview/view-state.js';

const view: ViewState = { x: 10, y: 20, scale: 0.5, fitted: true };

describe('fitted', () => {
  it.each([
    ['a wide picture', { width: 2000, height: 500 }, { x: 0, y: 0, scale: 0.5 }],
    ['a high picture', { width: 500, height: 2000 }, { x: 375, y: 0, scale: 0.5 }],
    ['a small picture, at its own size', { width: 400, height: 200 }, { x: 300, y: 0, scale: 1 }],
  ])('shows the whole of %s', (_, picture, expected) => {
    expect(fitted(picture, { width: 1000, height: 1000 })).toEqual({ ...expected, fitted: true });
  });
});

describe('zoomed', () => {
  it('keeps the point under the pointer, within limits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ max: 2000 }),
        fc.integer({ max: 2000 }),
        (factor, x, y) => {
          const after = zoomed(view, factor, { x, y });
          expect((x - after.x) / after.scale).toBeCloseTo((x - view.x) / view.scale, 3);
          expect((y - after.y) / after.scale).toBeCloseTo((y - view.y) / view.scale, 3);
          expect(after.scale).toBeGreaterThanOrEqual(0.05);
          expect(after.scale).toBeLessThanOrEqual(4);
          expect(after.fitted).toBe(false);
        },
      ),
    );
  });
});

describe('moved', () => {
  const pane = { width: 800, height: 600 };
  const picture = { width: 1000, height: 1000 };

  it('moves by pixels of the pane', () => {
    expect(moved(view, 5, -7, picture, pane)).toEqual({ x: 15, y: 13, scale: 0.5, fitted: false });
  });

  it.each([
    [9999, 9999, 752, 552],
    [-9999, -9999, -452, -452],
  ])('keeps a corner in sight after %d, %d', (dx, dy, x, y) => {
    expect(moved(view, dx, dy, picture, pane)).toMatchObject({ x, y });
  });
});

describe('parseView', () => {
  it('takes back what was kept', () => {
    expect(parseView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  });

  it.each([
    undefined,
    null,
    3,
    {},
    { ...view, x: '10' },
    { ...view, scale: 0 },
    { ...view, scale: Number.NaN },
    { ...view, fitted: 1 },
  ])('refuses %j', (kept) => {
    expect(parseView(kept)).toBeUndefined();
  });
});
