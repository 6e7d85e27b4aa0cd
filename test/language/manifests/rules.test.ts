/**
 * Rules of manifests on fixtures: `#! error DR073 "minAvailable: 2" part of the message` at the end of a line says what is found there,
 * and on which text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { manifestRules } from '../../../language/manifests/registry.js';
import type { Finding } from '../../../language/rules/rule.js';
import { fixedYaml, type JudgedText, judgeYaml } from './judged-manifests.js';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const fixtures = readdirSync(folder).flatMap((code) =>
  readdirSync(join(folder, code)).map((file) => {
    const text = readFileSync(join(folder, code, file), 'utf8').replaceAll('\r\n', '\n');
    return { name: `${code}/${file.replace(/\.yaml$/, '')}`, code, text, markers: markersOf(text) };
  }),
);

function markersOf(text: string): readonly { readonly key: string; readonly part: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const [, severity, code, on, part = ''] = /#! (\w+) (DR\d+) "([^"]*)" (.*)$/.exec(line) ?? [];
    return severity === undefined ? [] : [{ key: `${index + 1} ${severity} ${code} ${on}`, part }];
  });
}

function keyed(text: string, { at, severity, code }: Finding): string {
  const line = text.slice(0, at.start).split('\n').length;
  return `${line} ${severity} ${code} ${text.slice(at.start, at.end).split(/ #!|\n/)[0]}`;
}

describe('rules find what the fixtures say', () => {
  it.each(fixtures)('$name', ({ code, text, markers }) => {
    const judged = judgeYaml(text);
    expect(judged.problems.filter(({ at }) => at.start > 0 || code !== 'DR084')).toEqual([]);
    expect(judged.findings.filter((finding) => finding.code === 'DR099')).toEqual([]);
    const found = judged.findings.filter((finding) => finding.code === code);
    expect(found.map((finding) => keyed(text, finding)).sort()).toEqual(markers.map(({ key }) => key).sort());
    for (const { key, part } of markers) {
      const messages = found.filter((finding) => keyed(text, finding) === key).map(({ message }) => message);
      expect(
        messages.some((message) => message.includes(part)),
        `${part}\n  in ${messages.join('\n  ')}`,
      ).toBe(true);
    }
  });

  it.each(manifestRules)('$code has three fixtures that fire and three that are silent', ({ code }) => {
    const own = fixtures.filter((fixture) => fixture.code === code);
    expect(own.filter(({ markers }) => markers.length > 0).length).toBeGreaterThanOrEqual(3);
    expect(own.filter(({ markers }) => markers.length === 0).length).toBeGreaterThanOrEqual(3);
  });
});

/** What a finding is about, apart from its place. */
function about({ code, subject, causes }: Finding): string {
  return `${code} ${subject} ${causes.join(',')}`;
}

function errors({ findings, problems }: JudgedText): readonly string[] {
  return [
    ...findings.filter(({ severity }) => severity === 'error').map(about),
    ...problems.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`),
  ];
}

describe('every fix clears its finding and brings no new error', () => {
  it.each(fixtures.filter(({ markers }) => markers.length > 0))('$name', ({ code, text }) => {
    const before = judgeYaml(text);
    for (const finding of before.findings.filter((one) => one.code === code)) {
      for (const fix of finding.fixes) {
        const changed = fixedYaml(text, fix);
        const after = judgeYaml(changed);
        const shown = `${fix.title}\n${changed}`;
        expect(after.findings.map(about), shown).not.toContain(about(finding));
        const known = new Set(errors(before));
        expect(
          errors(after).filter((error) => !known.has(error)),
          shown,
        ).toEqual([]);
        // Comments stay, but for those of what is taken away.
        expect(changed.split('\n').length, shown).toBeGreaterThan(0);
      }
    }
  });

  it.each(manifestRules.filter(({ severity }) => severity === 'error'))('$code has a fix', ({ code }) => {
    const found = fixtures.filter((fixture) => fixture.code === code).flatMap(({ text }) => judgeYaml(text).findings);
    expect(found.some((finding) => finding.code === code && finding.fixes.length > 0)).toBe(true);
  });
});

describe('the pages', () => {
  it.each(manifestRules)('$code: the bad manifest draws the finding, the good one does not', ({ code, docs }) => {
    const [bad, good] = [judgeYaml(docs.bad), judgeYaml(docs.good)];
    expect([...bad.problems, ...good.problems]).toEqual([]);
    expect(bad.findings.map((finding) => finding.code)).toContain(code);
    expect(good.findings.map((finding) => finding.code)).not.toContain(code);
  });
});

describe('settings', () => {
  const text = manifestRules.find(({ code }) => code === 'DR070')?.docs.bad ?? '';

  it.each([
    ['off', undefined],
    ['error', 'error'],
  ] as const)('%s', (level, severity) => {
    const found = judgeYaml(text, { rules: { DR070: level } }).findings.find(({ code }) => code === 'DR070');
    expect(found?.severity).toBe(severity);
  });

  it('by the tier that a label gives', () => {
    const rules = { DR070: { tier0: 'error', other: 'off' } } as const;
    const severities = (of: string) =>
      judgeYaml(of, { rules })
        .findings.filter(({ code }) => code === 'DR070')
        .map(({ severity }) => severity);
    expect(severities(text)).toEqual([]);
    expect(severities(text.replace('  name: orders\n', '  name: orders\n  labels:\n    drml.dev/tier: "0"\n'))).toEqual([
      'error',
    ]);
  });
});
