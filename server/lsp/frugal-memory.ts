import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DrmlServer } from './module.js';

/** So long nothing must have happened before waste is collected: a pause to think, in which nobody waits for an answer. */
const pauseMilliseconds = 3_000;
/** So long nothing must have happened before more is given back than waste: longer than a typist's pause, shorter than a meeting. */
const restMilliseconds = 10_000;
/** Less than this is not worth the work of a pause: some fifteen edits of a large model waste as much. */
const wastedBytes = 48 * 1024 * 1024;
/** More than this takes so long to collect that whoever types on would wait for it: such a heap is left alone until the rest. */
const largestInPause = 400 * 1024 * 1024;
/** Less than this is not worth the work of a rest. */
const worthwhileBytes = 64 * 1024 * 1024;

/** How much the heap may grow, in percent of what is in use, before it is collected. */
const growthPercent = 70;

type Collect = (options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;

/**
 * Lets the heap grow less between two collections than it would by itself. By default it grows to four times of what is in use; at
 * less than two times, the work was measured to be the same and the memory to be a quarter less.
 */
export function growHeapSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}

/**
 * Gives memory back to the system when the server has nothing to do. The engine lets its heap grow to several times of what is used
 * while files are built and analysed, and keeps it afterwards: one collection that is thorough returns most of it. In a pause only waste
 * goes, so that the next edit is as fast as the last. At rest, what figures are worked out from is let go before; it is made anew when
 * somebody asks.
 */
export function giveBackMemoryAtRest({ shared, figures }: DrmlServer): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // What was resident when the server last was at rest, the most since, and what is resident without waste.
  let least = process.memoryUsage.rss();
  let most = least;
  let clean = least;
  const collect = (): void => {
    collector()?.({ type: 'major', flavor: 'last-resort' });
    clean = process.memoryUsage.rss();
  };
  const rest = (): void => {
    if (most - least < worthwhileBytes) return;
    figures.rest();
    collect();
    least = clean;
    most = clean;
  };
  const pause = (): void => {
    const now = process.memoryUsage.rss();
    most = Math.max(most, now);
    if (now - clean >= wastedBytes && now < largestInPause) collect();
    timer = setTimeout(rest, restMilliseconds - pauseMilliseconds).unref();
  };
  const wait = (): void => {
    clearTimeout(timer);
    // Whoever ends the process need not wait for this.
    timer = setTimeout(pause, pauseMilliseconds).unref();
  };
  shared.workspace.DocumentBuilder.onUpdate(wait);
  figures.onAnalysed(wait);
}

let known: { readonly collect: Collect | undefined } | undefined;

/** The engine's own collector, which it shows only to those who ask; undefined where this engine has none to show. */
function collector(): Collect | undefined {
  if (known === undefined) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('typeof gc === "function" ? gc : undefined');
    known = { collect: typeof found === 'function' ? (found as Collect) : undefined };
  }
  return known.collect;
}
