import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '../../client/restart-policy.js';

describe('a server that ends by itself', () => {
  it('is started at once the first time, later the longer it goes on, and at last not at all', () => {
    const policy = new RestartPolicy();
    const pauses = [0, 10, 20, 30, 40, 50].map((second) => policy.pauseAfterEnd(second * 1000));
    expect(pauses).toEqual([0, 1_000, 4_000, 15_000, undefined, undefined]);
  });

  it('is forgiven after some minutes', () => {
    const policy = new RestartPolicy();
    for (const second of [0, 10, 20, 30]) policy.pauseAfterEnd(second * 1000);
    expect(policy.pauseAfterEnd(10 * 60_000)).toBe(0);
  });
});
