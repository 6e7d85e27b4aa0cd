/** What is offered for each finding: something for every error, and a change of the design wherever one is possible. */
import { describe, expect, test } from 'vitest';
import table from '../../../l10n/messages.zh-cn.json' with { type: 'json' };
import { rules } from '../../../language/rules/registry.js';
import type { Finding, Fix } from '../../../language/rules/rule.js';
import { Translation } from '../../../language/translation/translation.js';
import { fixtures } from './fixtures.js';
import { judge } from './judged.js';

/** Rules whose findings only people clear, by doing something and writing what they did, or what they alone know: a fix invents nothing. */
const clearedByPeople: Readonly<Record<string, string>> = {
  DR048: 'somebody has to restore the backup',
  DR056: 'somebody has to write or review the runbook',
  DR101: 'only its author knows the image',
};

const changes = (fix: Fix): boolean => !fix.edits.every(({ text }) => text.startsWith('accepts '));

const found: Promise<readonly Finding[]> = (async () => {
  const all: Finding[] = [];
  for (const { text } of fixtures()) all.push(...(await judge(text)).findings);
  return all.filter(({ accepted, severity }) => accepted === undefined && severity !== 'info');
})();

test('every error and every warning of the fixtures can be acted upon', async () => {
  const without = (await found).filter(({ fixes, code }) => fixes.length === 0 && rules.some((rule) => rule.code === code));
  expect(without.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
});

test('titles are short, one line, and tell the fixes of a finding apart', async () => {
  for (const { code, message, fixes } of await found) {
    const titles = fixes.map(({ title }) => title);
    expect(new Set(titles).size, `${code} ${message}`).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z`][^\n]{3,240}$/);
    expect(fixes.slice(0, -1).filter((fix) => !changes(fix)).length, `${code} ${message}`).toBe(0);
  }
});

describe('a change of the design is offered', () => {
  const judging = rules.filter(({ severity }) => severity !== 'info');
  test.each(judging)('by $code somewhere, or only people can clear it', async ({ code }) => {
    const offered = (await found).filter((finding) => finding.code === code).flatMap(({ fixes }) => fixes.filter(changes));
    expect(offered.length > 0).toBe(clearedByPeople[code] === undefined);
  });
});

test('a standby that runs is offered with what it gains', async () => {
  const titles = (await found).flatMap(({ fixes }) => fixes.map(({ title }) => title));
  // What is left: 30 s + 1 min + 60 s, and 30 s + 1 min + 1 min for the promotion.
  expect(titles).toContain('Keep orders as a hot standby in south: 22 min 30 s → 2 min 30 s');
  expect(titles).toContain('Keep ledger as a hot standby in south: 32 min 40 s → 2 min 30 s');
});

test('messages, what they point at and titles are all there in Chinese', async () => {
  const translation = new Translation(table);
  const texts = (await found).flatMap(({ message, related, fixes }) => [
    message,
    ...related.map((each) => each.message),
    ...fixes.map(({ title }) => title),
  ]);
  expect([...new Set(texts)].filter((text) => !translation.knows(text))).toEqual([]);
});
