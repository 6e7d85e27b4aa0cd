/** Unified diffs of short texts. */

const context = 3;

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * The steps from one list of lines to another by their longest common subsequence, or a plain replacement where the changed
 * middle is so large that the table would not fit.
 */
function steps(from: readonly string[], to: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < from.length - head && tail < to.length - head && from[from.length - 1 - tail] === to[to.length - 1 - tail])
    tail += 1;
  const a = from.slice(head, from.length - tail);
  const b = to.slice(head, to.length - tail);
  const keep = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: ' ', line }));
  const middle: Step[] = [];
  if (a.length * b.length > 4_000_000) {
    for (const line of a) middle.push({ sign: '-', line });
    for (const line of b) middle.push({ sign: '+', line });
  } else {
    const width = b.length + 1;
    const common = new Uint32Array((a.length + 1) * width);
    const at = (i: number, j: number): number => common[i * width + j] ?? 0;
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) {
        middle.push({ sign: ' ', line: a[i] ?? '' });
        i += 1;
        j += 1;
      } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
        middle.push({ sign: '-', line: a[i] ?? '' });
        i += 1;
      } else {
        middle.push({ sign: '+', line: b[j] ?? '' });
        j += 1;
      }
    }
  }
  return [...keep(from.slice(0, head)), ...middle, ...keep(from.slice(from.length - tail))];
}

/** The unified diff of two texts with three lines of context, empty where they are the same line by line. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const all = steps(linesOf(before), linesOf(after));
  const changed = all.flatMap((step, index) => (step.sign === ' ' ? [] : [index]));
  if (changed.length === 0) return '';
  const groups: { start: number; end: number }[] = [];
  for (const index of changed) {
    const last = groups.at(-1);
    if (last !== undefined && index - last.end <= 2 * context) last.end = index + 1;
    else groups.push({ start: index, end: index + 1 });
  }
  const out = [`--- a/${path}`, `+++ b/${path}`];
  for (const group of groups) {
    const start = Math.max(0, group.start - context);
    const end = Math.min(all.length, group.end + context);
    const lines = all.slice(start, end);
    const count = (list: readonly Step[], sign: '-' | '+'): number =>
      list.filter((step) => step.sign !== (sign === '-' ? '+' : '-')).length;
    const range = (sign: '-' | '+'): string => {
      const length = count(lines, sign);
      const before = count(all.slice(0, start), sign);
      return `${length === 0 ? before : before + 1},${length}`;
    };
    out.push(`@@ -${range('-')} +${range('+')} @@`, ...lines.map((step) => `${step.sign}${step.line}`));
  }
  return `${out.join('\n')}\n`;
}
