import { describe, expect, it } from 'vitest';
import { locate } from '../../../language/model/queries.js';
import { rules } from '../../../language/rules/registry.js';
import type { Finding } from '../../../language/rules/rule.js';
import { fixtures } from './fixtures.js';
import { fixed, type Judged, judge } from './judged.js';

const all = fixtures();

describe('rules find what the fixtures say', () => {
  it.each(all)('$name', async ({ code, text, markers }) => {
    const judged = await judge(text);
    expect(judged.problems).toEqual([]);
    const found = judged.findings.filter((finding) => finding.code === code);
    const lines = found.map((finding) => described(finding, judged)).sort();
    const wanted = markers
      .map((marker) => `${marker.place} ${marker.accepted ? 'accepted ' : ''}${marker.severity} ${marker.code}`)
      .sort();
    expect(lines).toEqual(wanted);
    for (const marker of markers) {
      const match = found.some(
        (finding) => described(finding, judged).startsWith(marker.place) && finding.message.includes(marker.part),
      );
      expect(match, `${marker.part}\n  in ${found.map((finding) => finding.message).join('\n  ')}`).toBe(true);
    }
  });

  it.each(rules)('$code has three fixtures that fire and three that are silent', ({ code }) => {
    const own = all.filter((fixture) => fixture.code === code);
    expect(own.filter((fixture) => fixture.markers.length > 0).length).toBeGreaterThanOrEqual(3);
    expect(own.filter((fixture) => fixture.markers.length === 0).length).toBeGreaterThanOrEqual(3);
  });
});

describe('every fix clears its finding and brings no new error', () => {
  it.each(all.filter((fixture) => fixture.markers.some((marker) => marker.severity !== 'info')))(
    '$name',
    async ({ code, text }) => {
      const before = await judge(text);
      for (const finding of before.findings) {
        if (finding.code !== code || finding.severity === 'info' || finding.accepted !== undefined) continue;
        expect(finding.fixes.length, finding.message).toBeGreaterThan(0);
        for (const fix of finding.fixes) {
          const after = await judge(fixed(text, fix));
          const shown = `${finding.message}\n${fix.title}\n${fixed(text, fix)}`;
          expect(after.problems, shown).toEqual([]);
          expect(
            open(after).filter((line) => line === keyOf(finding)),
            shown,
          ).toEqual([]);
          const known = new Set(open(before));
          expect(
            errors(after).filter((line) => !known.has(line)),
            shown,
          ).toEqual([]);
        }
      }
    },
  );

  it('never writes evidence', async () => {
    for (const fixture of all) {
      const { findings } = await judge(fixture.text);
      for (const fix of findings.flatMap((finding) => finding.fixes)) {
        for (const edit of fix.edits) expect(edit.text).not.toMatch(/\b(tested|drill|measured|lag|takes|took|mtbf|mttr)\b/);
      }
    }
  });
});

/** `4:3-18 accepted error DR001`, from 1. */
function described(finding: Finding, { model }: Judged): string {
  const start = locate(model, finding.at.uri, finding.at.start);
  const end = locate(model, finding.at.uri, finding.at.end);
  const accepted = finding.accepted === undefined ? '' : 'accepted ';
  const last = end.line === start.line ? end.character + 1 : `${end.line + 1}:${end.character + 1}`;
  return `${start.line + 1}:${start.character + 1}-${last} ${accepted}${finding.severity} ${finding.code}`;
}

/** What a finding is about, apart from its place, which a fix moves. */
function keyOf(finding: Finding): string {
  return `${finding.code} ${finding.subject} ${finding.causes.join(',')}`;
}

function open({ findings }: Judged): readonly string[] {
  return findings.filter((finding) => finding.accepted === undefined && finding.severity !== 'info').map(keyOf);
}

/** Rules that ask for evidence: a fix never writes any, so a backup that it adds is one that nobody has tried yet. */
const asksForEvidence: ReadonlySet<string> = new Set(['DR048']);

function errors({ findings }: Judged): readonly string[] {
  return findings
    .filter(({ code, accepted, severity }) => accepted === undefined && severity === 'error' && !asksForEvidence.has(code))
    .map(keyOf);
}
