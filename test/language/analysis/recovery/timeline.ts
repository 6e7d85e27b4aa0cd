/** A backup as it runs, moment by moment: a second opinion on how much is lost at worst. All times are whole seconds. */

export interface Series {
  /** From one start to the next. */
  readonly every: number;
  /** How long a run takes. */
  readonly takes: number;
  /** Runs fail so often in a row, once. */
  readonly failed: number;
  readonly consistent: 'start' | 'end';
}

export interface Timeline {
  readonly series: Series;
  readonly copy: number;
  /** Copies are deleted when what they show is so old. */
  readonly keeps: number | undefined;
}

/** A moment that can be gone back to: it shows `at`, can be used from `usable` on, and is gone at `gone`. */
interface Point {
  readonly at: number;
  readonly usable: number;
  readonly gone: number;
}

/** Runs start every interval, or when the one before is over; some of the middle ones fail. */
function pointsOf({ series, copy, keeps }: Timeline, found: number): readonly Point[] {
  const apart = Math.max(series.every, series.takes);
  const runs = 3 * (series.failed + 2) + 12 + 2 * Math.ceil(found / apart);
  const points: Point[] = [];
  for (let run = 0, start = 0; run < runs; run++, start += apart) {
    if (run > runs / 2 && run <= runs / 2 + series.failed) continue;
    const at = series.consistent === 'start' ? start : start + series.takes;
    points.push({ at, usable: start + series.takes + copy, gone: at + (keeps ?? Number.POSITIVE_INFINITY) });
  }
  return points;
}

/** The moments just before something changes, once the first copies are there. */
function momentsOf(points: readonly Point[], found: number): readonly number[] {
  const from = points[0]?.usable ?? 0;
  const until = points.at(-1)?.usable ?? 0;
  const changes = points.flatMap(({ at, usable, gone }) => [usable, gone, at + found]);
  return changes.filter((time) => time > from + found && time <= until && Number.isFinite(time));
}

/**
 * The most that is lost, over all moments: what is older than `found` is good. Infinite where at some moment nothing is left to restore.
 * Moments are approached from before: what happens at `t` has not happened yet.
 */
export function mostLost(timeline: Timeline, found = 0): number {
  const points = pointsOf(timeline, found);
  let most = 0;
  for (const now of momentsOf(points, found)) {
    const good = points.filter(({ at, usable, gone }) => usable < now && at < now - found && gone >= now);
    const latest = Math.max(Number.NEGATIVE_INFINITY, ...good.map(({ at }) => at));
    most = Math.max(most, now - latest);
  }
  return most;
}

/** Increments beside fulls that hold them up: an increment that is due while a full runs starts when that is over. */
export function mostLostBesideFulls(
  full: { readonly every: number; readonly takes: number; readonly first: number },
  increment: { readonly every: number; readonly takes: number },
  copy: number,
): number {
  const end = full.first + 3 * full.every;
  const fulls: number[] = [];
  for (let start = full.first; start < end; start += full.every) fulls.push(start);
  const heldUntil = (due: number): number => {
    const running = fulls.find((start) => due >= start && due < start + full.takes);
    return running === undefined ? due : running + full.takes;
  };
  const starts = new Set<number>();
  for (let due = 0; due < end; due += increment.every) starts.add(heldUntil(due));
  const points = [
    ...fulls.map((at) => ({ at, usable: at + full.takes + copy })),
    ...[...starts].map((at) => ({ at, usable: at + increment.takes + copy })),
  ].sort((a, b) => a.usable - b.usable);
  let most = 0;
  let latest: number | undefined;
  for (const { at, usable } of points) {
    if (usable > end) break;
    if (latest !== undefined) most = Math.max(most, usable - latest);
    latest = Math.max(latest ?? at, at);
  }
  return most;
}

/** The same for logs that are shipped beside fulls: what is restored is a full, then the logs since, up to the last good moment. */
export function mostLostOfLogs(fulls: Timeline, log: { readonly every: number; readonly lags: number }, found: number): number {
  const points = pointsOf(fulls, found);
  const until = points.at(-1)?.usable ?? 0;
  const shipped = Array.from({ length: Math.ceil(until / log.every) }, (_, index) => index * log.every);
  const changes = shipped.map((at) => at + log.lags);
  let most = 0;
  for (const now of [...momentsOf(points, found), ...changes]) {
    const from = (points[0]?.usable ?? 0) + found + log.every + log.lags;
    if (now <= from || now > until) continue;
    const last = Math.max(...shipped.filter((at) => at + log.lags < now));
    const back = Math.min(now - found, last);
    const base = points.some(({ at, usable, gone }) => usable < now && at < back && gone >= now);
    most = Math.max(most, base ? now - back : Number.POSITIVE_INFINITY);
  }
  return most;
}
