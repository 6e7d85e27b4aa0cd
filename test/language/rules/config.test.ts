import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import table from '../../../l10n/messages.zh-cn.json' with { type: 'json' };
import { allDescribedRules as describedRules } from '../../../language/manifests/registry.js';
import { isExcluded, parseConfig } from '../../../language/rules/config.js';
import { configSchema } from '../../../language/rules/pages.js';
import { ruleNames } from '../../../language/rules/rule-names.js';
import { isOff, levelFor } from '../../../language/rules/severities.js';
import { Translation } from '../../../language/translation/translation.js';

const translation = new Translation(table);

describe('settings', () => {
  it('know the rules there are', () => {
    expect(ruleNames).toEqual(Object.fromEntries(describedRules.map(({ code, name }) => [code, name])));
  });

  it('are read', () => {
    const text = '{ "rules": { "DR001": "warning", "DR002": "off" }, "exclude": ["dist"], "asOf": "2026-11-21" }';
    expect(parseConfig(text)).toEqual({
      config: { rules: { DR001: 'warning', DR002: 'off' }, exclude: ['dist'], asOf: '2026-11-21' },
      problems: [],
    });
    expect(parseConfig('\uFEFF{}')).toEqual({ config: {}, problems: [] });
  });

  const wrong: readonly { readonly text: string; readonly message: string; readonly at: string }[] = [
    {
      text: '{ "rule": {} }',
      message: '"rule" is not a setting. Known are "rules", "exclude", "baseline" and "asOf".',
      at: '"rule"',
    },
    { text: '{ "rules": { "DR777": "off" } }', message: '"DR777" is not a rule. Known are DR001,', at: '"DR777"' },
    { text: '{ "rules": { "dr001": "off" } }', message: 'did you mean "DR001"?', at: '"dr001"' },
    { text: '{ "rules": { "DR01": "off" } }', message: 'did you mean "DR001"?', at: '"DR01"' },
    { text: '{ "rules": { "DRO15": { "tier0": "off" } } }', message: 'did you mean "DR015"?', at: '"DRO15"' },
    { text: '{ "baseline": "/home/me/drml-baseline.json" }', message: '"baseline" must be a path from', at: '"baseline"' },
    { text: '{ "baseline": "known.json" }', message: '"baseline" must be a path from', at: '"baseline"' },
    { text: '{ "rules": { "spof-cut-set": "off" } }', message: 'did you mean "DR002"?', at: '"spof-cut-set"' },
    {
      text: '{ "rules": { "DR001": "fatal" } }',
      message: '"DR001" is "fatal"; it must be one of "error", "warning", "info", "off".',
      at: '"DR001"',
    },
    {
      text: '{ "rules": { "DR001": { "tier9": "off" } } }',
      message: '"tier9" is not a tier. Known are "tier0", "tier1", "tier2", "tier3", "tier4", "other".',
      at: '"tier9"',
    },
    {
      text: '{ "rules": { "DR001": { "tier0": "of" } } }',
      message: '"tier0" of "DR001" is "of"; it must be one of',
      at: '"tier0"',
    },
    { text: '{ "rules": ["DR001"] }', message: '"rules" must be an object', at: '"rules"' },
    { text: '{ "exclude": "dist" }', message: '"exclude" must be a list', at: '"exclude"' },
    { text: '{ "asOf": "2026-02-30" }', message: '"asOf" is "2026-02-30"; it must be a day', at: '"asOf"' },
    { text: '[]', message: 'must hold an object', at: '[]' },
    { text: '{ "rules": ', message: 'drml.config.json is not valid JSON', at: '{ "rules": ' },
  ];
  it.each(wrong)('says what is wrong with $text', ({ text, message, at }) => {
    const { problems } = parseConfig(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(text.slice(problems[0]?.start, problems[0]?.end)).toBe(at);
    expect(problems.filter((problem) => !translation.knows(problem.message))).toEqual([]);
  });

  it('keep what is right beside what is wrong', () => {
    expect(parseConfig('{ "rules": { "DR777": "off", "DR001": "info" }, "exclude": 3 }').config).toEqual({
      rules: { DR001: 'info' },
    });
  });

  it('may set a severity for each tier', () => {
    const setting = { tier0: 'error', other: 'off' } as const;
    expect(parseConfig(`{ "rules": { "DR001": ${JSON.stringify(setting)} } }`)).toEqual({
      config: { rules: { DR001: setting } },
      problems: [],
    });
    expect([0, 1, undefined].map((tier) => levelFor(setting, tier))).toEqual(['error', 'off', 'off']);
    expect([0, 1].map((tier) => levelFor({ tier1: 'info' }, tier))).toEqual([undefined, 'info']);
    expect([levelFor('warning', 2), levelFor(undefined, 2)]).toEqual(['warning', undefined]);
    const rules = { DR001: setting, DR002: { tier0: 'off', other: 'off' }, DR004: { tier0: 'off' }, DR010: 'off' } as const;
    expect(Object.keys(rules).filter((code) => isOff({ rules }, code))).toEqual(['DR002', 'DR010']);
  });

  it.each([
    ['dist/a.drml', ['dist'], true],
    ['packages/dist/a.drml', ['dist'], true],
    ['distant/a.drml', ['dist'], false],
    ['examples/old/a.drml', ['examples/old'], true],
    ['x/examples/old/a.drml', ['examples/old'], false],
    ['examples/older/a.drml', ['./examples/old/'], false],
    ['a.drml', ['', '/'], false],
    ['a.drml', ['a.drml'], true],
    ['a.generated.drml', ['*.generated.drml'], true],
    ['x/y/a.generated.drml', ['*.generated.drml'], true],
    ['a.generated.drml', ['?.drml'], false],
    ['a/b/c/old/d.drml', ['a/**/old'], true],
    ['a/old/d.drml', ['a/**/old'], true],
    ['a/older/d.drml', ['a/**/old'], false],
    ['tests/one/fixtures/a.drml', ['**/fixtures/*.drml'], true],
    ['tests/one/fixtures/b/a.drml', ['**/fixtures/*.drml'], false],
    ['packages/x/gen/a.drml', ['packages/*/gen'], true],
    ['packages/gen/a.drml', ['packages/*/gen'], false],
    [`${'a'.repeat(200)}.drml`, [`${'*a'.repeat(60)}b`], false],
    ['a(b).drml', ['a(b).drml'], true],
  ])('leave out %s under %j: %s', (path, exclude, left) => {
    expect(isExcluded(path, { exclude })).toBe(left);
  });
});

describe('the schema of the settings', () => {
  it('offers every rule by its name, with a severity or one for each tier', () => {
    type Property = { readonly description?: string; readonly $ref?: string; readonly default?: string };
    const schema: {
      readonly definitions: { readonly setting: { readonly anyOf: readonly { readonly properties?: object }[] } };
      readonly properties: { readonly rules: { readonly properties: Readonly<Record<string, Property>> } };
    } = JSON.parse(configSchema(describedRules));
    const offered = schema.properties.rules.properties;
    expect(Object.keys(offered).sort()).toEqual(Object.keys(ruleNames).sort());
    for (const { code, name, severity } of describedRules) {
      expect(offered[code]).toMatchObject({ $ref: '#/definitions/setting', default: severity });
      expect(offered[code]?.description).toContain(name);
    }
    const tiers = schema.definitions.setting.anyOf.flatMap(({ properties }) => Object.keys(properties ?? {}));
    expect(tiers).toEqual(['tier0', 'tier1', 'tier2', 'tier3', 'tier4', 'other']);
    const manifest: { contributes: { jsonValidation: readonly { fileMatch: string; url: string }[] } } = JSON.parse(
      readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8'),
    );
    expect(manifest.contributes.jsonValidation).toContainEqual({
      fileMatch: 'drml.config.json',
      url: './media/drml.config.schema.json',
    });
  });

  it('accepts and refuses as the reader does', () => {
    const file = fileURLToPath(new URL('../../../media/drml.config.schema.json', import.meta.url));
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    expect(text, 'run node scripts/rule-docs.mjs').toBe(configSchema(describedRules));
    const validate = new Ajv({ strict: false }).compile(JSON.parse(text));
    expect(validate({ rules: { DR001: { tier0: 'error', other: 'off' } } })).toBe(true);
    expect(validate({ rules: { DR001: 'off' }, exclude: ['dist'], baseline: 'drml-baseline.json', asOf: '2026-11-21' })).toBe(
      true,
    );
    for (const wrong of [
      { rule: {} },
      { rules: { DR777: 'off' } },
      { rules: { DR001: 'fatal' } },
      { rules: { DR001: { tier9: 'off' } } },
      { exclude: 'dist' },
      { baseline: '/home/me/drml-baseline.json' },
      { baseline: 'known.json' },
      { asOf: 'today' },
    ]) {
      expect(validate(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });
});
