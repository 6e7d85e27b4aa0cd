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
    figures: { onAnalysed: listen, rest: vi.fn() },
  };
  return {
    server: server as unknown as DrmlServer,
    rests: server.figures.rest,
    works: () => listeners.forEach((listener) => void listener()),
  };
}

describe('memory at rest', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it.each([
    ['is given back when much of it was taken', 200, 1, 1],
    ['loses only waste when some of it was taken', 50, 1, 0],
    ['is left alone when little of it was taken', 10, 0, 0],
  ])('%s', (_name, taken, collections, rested) => {
    const resident = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(100 * mebibyte);
    const { server, rests, works } = quietServer();
    giveBackMemoryAtRest(server);
    resident.mockReturnValue((100 + taken) * mebibyte);
    works();
    vi.advanceTimersByTime(2_900);
    works();
    vi.advanceTimersByTime(2_900);
    // Once at the start; work goes on, and nothing is measured before it has ended.
    expect(resident).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    // One look in the pause, and one more after a collection.
    expect(resident).toHaveBeenCalledTimes(2 + collections);
    vi.advanceTimersByTime(6_900);
    expect(rests).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(rests).toHaveBeenCalledTimes(rested);
    expect(resident).toHaveBeenCalledTimes(2 + collections + rested);
  });

  it('leaves a large heap alone in a pause, since whoever types on would wait', () => {
    const resident = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(100 * mebibyte);
    const { server, rests, works } = quietServer();
    giveBackMemoryAtRest(server);
    resident.mockReturnValue(900 * mebibyte);
    works();
    vi.advanceTimersByTime(9_900);
    expect(resident).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(200);
    expect(rests).toHaveBeenCalledTimes(1);
  });

  it('lets nothing go that the next edit needs, pause after pause', () => {
    const resident = vi.spyOn(process.memoryUsage, 'rss').mockReturnValue(100 * mebibyte);
    const { server, rests, works } = quietServer();
    giveBackMemoryAtRest(server);
    resident.mockReturnValue(300 * mebibyte);
    for (let edit = 0; edit < 20; edit++) {
      works();
      vi.advanceTimersByTime(5_000);
    }
    expect(rests).not.toHaveBeenCalled();
    // At the start, once an edit, and once after the only collection: nothing was wasted since.
    expect(resident).toHaveBeenCalledTimes(1 + 20 + 1);
    vi.advanceTimersByTime(5_000);
    expect(rests).toHaveBeenCalledTimes(1);
  });
});
