import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allDescribedRules as describedRules } from '../../../language/manifests/registry.js';
import { ruleLink } from '../../../language/rules/links.js';
import { rulePages } from '../../../language/rules/pages.js';
import { ownManifestRules, rules } from '../../../language/rules/registry.js';
import { type Judged, judge, judgeBeside } from './judged.js';

const folder = fileURLToPath(new URL('../../../docs/rules/', import.meta.url));
const pages = Object.entries(rulePages(describedRules));

describe('the documentation of the rules', () => {
  it.each(pages)('%s is up to date: node scripts/rule-docs.mjs', (name, text) => {
    expect(existsSync(`${folder}${name}`)).toBe(true);
    expect(readFileSync(`${folder}${name}`, 'utf8').replaceAll('\r\n', '\n')).toBe(text);
  });

  it('has no page of a rule that is gone', () => {
    expect(readdirSync(folder).sort()).toEqual(pages.map(([name]) => name).sort());
  });

  it('stands where diagnostics link to', () => {
    for (const rule of describedRules) {
      expect(ruleLink(rule.code)).toMatch(/^https:\/\/github\.com\/drml\/drml\/blob\/main\/docs\/rules\/DR\d{3}\.md$/);
      expect(existsSync(`${folder}${ruleLink(rule.code).split('/').at(-1)}`)).toBe(true);
    }
  });

  it('has codes and names that are used once', () => {
    expect(new Set(describedRules.map((rule) => rule.code)).size).toBe(describedRules.length);
    expect(new Set(describedRules.map((rule) => rule.name)).size).toBe(describedRules.length);
  });

  it('is of rules that stand in a file of their code and name', () => {
    for (const rule of [...rules, ...ownManifestRules]) {
      const file = fileURLToPath(new URL(`../../../language/rules/${rule.code.toLowerCase()}-${rule.name}.ts`, import.meta.url));
      expect(existsSync(file), file).toBe(true);
    }
    expect(rules.map((rule) => rule.code)).toEqual(rules.map((rule) => rule.code).sort());
  });

  const withModels = describedRules.filter((rule) => rule.docs.bad !== '' && rule.docs.language === undefined);
  it.each(withModels)('$code: the bad model draws the finding, the good one does not', async ({ code, docs }) => {
    const { beside } = docs;
    const judged = (text: string): Promise<Judged> =>
      beside === undefined ? judge(text) : judgeBeside(text, { [beside.path]: beside.text });
    const bad = await judged(docs.bad);
    const good = await judged(docs.good);
    expect([...bad.problems, ...good.problems]).toEqual([]);
    expect(bad.findings.map((finding) => finding.code)).toContain(code);
    expect(good.findings.filter((finding) => finding.accepted === undefined).map((finding) => finding.code)).not.toContain(code);
  });
});
