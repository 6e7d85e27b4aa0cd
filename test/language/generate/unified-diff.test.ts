import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../language/generate/unified-diff.js';

/** Applies a unified diff, checking every line it claims to find. */
function apply(before: readonly string[], diff: string): string[] {
  const out: string[] = [];
  let at = 0;
  for (const row of diff.split('\n').slice(2, -1)) {
    const hunk = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(row);
    if (hunk !== null) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      while (at < start) out.push(before[at++] ?? '');
    } else if (row.startsWith('+')) out.push(row.slice(1));
    else {
      expect(row.slice(1)).toBe(before[at]);
      if (row.startsWith(' ')) out.push(row.slice(1));
      at += 1;
    }
  }
  return [...out, ...before.slice(at)];
}

describe('unifiedDiff', () => {
  it('shows one change with three lines around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\n';
    expect(unifiedDiff('x.yaml', before, before.replace('e', 'E'))).toBe(
      '--- a/x.yaml\n+++ b/x.yaml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    );
  });

  it('is empty for equal texts, whatever their line endings', () => {
    expect(unifiedDiff('x', 'a\r\nb\r\n', 'a\nb\n')).toBe('');
  });

  it('leads from one text to the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const text = (list: readonly string[]): string => list.map((row) => `${row}\n`).join('');
        expect(apply(before, unifiedDiff('x', text(before), text(after)))).toEqual(after);
      }),
    );
  });
});
