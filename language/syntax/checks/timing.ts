/** Times of one block that cannot fit each other. */
import { countOf, secondsOf } from './amounts.js';
import type { Block, BlockStatement } from './blocks.js';
import { type Report, spanOf, spanOfProperty } from './problem.js';

/** Reports calls that end before their retries, backups that overlap or are gone before the next, peaks of no length. */
export function checkTiming(block: Block, report: Report): void {
  if (block.place === 'edge') checkRetries(block.statements, report);
  else if (block.place === 'backup') checkBackup(block.statements, report);
  for (const statement of block.statements) if (statement.$type === 'Load') checkPeak(statement, report);
}

function checkRetries(options: readonly BlockStatement[], report: Report): void {
  const timeout = factOf(options, 'timeout');
  const retries = options.find((option) => option.$type === 'Retries');
  if (timeout === undefined || retries?.$type !== 'Retries') return;
  const [whole, each, pause] = [secondsOf(timeout.value), secondsOf(retries.each), secondsOf(retries.backoff ?? '0s')];
  const count = countOf(retries.count);
  if (whole === undefined || each === undefined || pause === undefined || count === undefined) return;
  // Sums of milliseconds are not exact in binary.
  const needed = toMicroseconds((count + 1) * each + count * pause);
  if (needed <= toMicroseconds(whole)) return;
  const at = spanOfProperty(timeout, 'value');
  report({
    severity: 'warning',
    code: 'syntax/retries-timeout',
    message: `${tries(count)} may take ${written(needed)}; \`timeout ${timeout.value}\` is for the whole call and ends it before. Allow ${written(needed)}, or retry less.`,
    at,
    fix: { title: `Change to \`timeout ${written(needed)}\``, ...at, text: written(needed) },
    related: { node: retries, at: spanOf(retries), message: 'The retries.' },
  });
}

function checkBackup(details: readonly BlockStatement[], report: Report): void {
  let shortest: { readonly seconds: number; readonly text: string } | undefined;
  for (const detail of details) {
    if (detail.$type !== 'Series') continue;
    const [every, takes] = [secondsOf(detail.every), secondsOf(detail.takes)];
    if (every === undefined) continue;
    // The copy of a log is a stream, not a job: it may trail.
    if (detail.kind !== 'log' && takes !== undefined && takes > every) {
      report({
        severity: 'warning',
        code: 'syntax/takes-longer',
        message: `One run takes \`${detail.takes}\` and the next starts every \`${detail.every}\`: they pile up. Take it less often.`,
        at: spanOfProperty(detail, 'takes'),
      });
    }
    if ((detail.kind === 'full' || detail.kind === 'snapshot') && every < (shortest?.seconds ?? Number.POSITIVE_INFINITY))
      shortest = { seconds: every, text: detail.every };
  }
  const keeps = factOf(details, 'keeps');
  const kept = secondsOf(keeps?.value);
  if (keeps === undefined || kept === undefined || shortest === undefined || kept >= shortest.seconds) return;
  report({
    severity: 'warning',
    code: 'syntax/keeps-shorter',
    message: `Copies are kept \`${keeps.value}\` and taken every \`${shortest.text}\`: in between there is none. Keep them longer, or take them more often.`,
    at: spanOfProperty(keeps, 'value'),
  });
}

function checkPeak(load: Extract<BlockStatement, { $type: 'Load' }>, report: Report): void {
  if (load.from === undefined || load.from !== load.to) return;
  const { start } = spanOfProperty(load, 'from');
  const peak = spanOfProperty(load, 'peak');
  const { end } = spanOf(load);
  report({
    severity: 'warning',
    code: 'syntax/peak-hours',
    message: `A peak from \`${load.from}\` to \`${load.to}\` has no length. Write when it ends, or leave the times out.`,
    at: { start, end },
    fix: { title: 'Leave the times out', start: peak.end, end, text: '' },
  });
}

type Fact = Extract<BlockStatement, { $type: 'Fact' }>;

function factOf(statements: readonly BlockStatement[], key: string): Fact | undefined {
  return statements.find((statement): statement is Fact => statement.$type === 'Fact' && statement.key === key);
}

function tries(retries: number): string {
  if (retries === 0) return 'One try';
  return `One try and ${retries} ${retries === 1 ? 'retry' : 'retries'}`;
}

function toMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

/** `1.2` seconds as `1200ms`, whole ones as `3s`. */
function written(seconds: number): string {
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.ceil(toMicroseconds(seconds * 1000))}ms`;
}
