import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveBackMemoryAtRest } from '../../../server/lsp/frugal-memory.js';
import type { DrmlServer } from '../../../server/lsp/module.js';

const mebibyte = 1024 * 1024;

/** A server of which only the news that it builds and analyses are heard. */
function quietServer() {
  const listeners: (() => void)[] = [];
  const listen = (listener: () => void): void => {
    listeners.push(listener);
  };
  const server = {
    shared: { workspace: { DocumentBuilder: { onUpdate: listen } } },
    figures: { onAnalysed: listen, rest: () => undefined },
  };
  return { server: server as unknown as DrmlServer, works: () => listeners.forEach((listener) => void listener()) };
}

describe('memory at rest', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it.each([
    ['is given back when much of it was taken', 200, 1],
    ['is left alone when little of it was taken', 10, 0],
  ])('%s', (_name, taken, collections) => {
    const resident = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(100 * mebibyte);
    const { server, works } = quietServer();
    giveBackMemoryAtRest(server);
    resident.mockReturnValue((100 + taken) * mebibyte);
    works();
    vi.advanceTimersByTime(9_000);
    works();
    vi.advanceTimersByTime(9_000);
    // Once at the start; work goes on, and nothing is measured before it has ended.
    expect(resident).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    // One look, and one more after a collection.
    expect(resident).toHaveBeenCalledTimes(2 + collections);
    vi.advanceTimersByTime(60_000);
    expect(resident).toHaveBeenCalledTimes(2 + collections);
  });
});
