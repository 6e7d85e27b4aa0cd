/** SARIF as code scanning takes it: what the standard's types allow and nothing else, and what GitHub asks for beyond them. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log, Region, Result } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

const project = join(import.meta.dirname, '../../..');

const broken = `import "./nowhere.drml"
model broken { }
region r { zones a }
service s tier 0 { runs 1 in r frob 3 }
service t { requires nix }
service u tier 0 {
  runs 1 in r
  accepts DR001 until 2999-01-01 by "team" because "a \\"quoted\\" reason"
}
`;

/** What the program prints of all examples, of a broken file with a hostile name, and of a folder without models. */
async function printed(): Promise<Readonly<Record<string, string>>> {
  const examples = mkdtempSync(join(tmpdir(), 'drml-sarif-'));
  cpSync(join(project, 'examples'), join(examples, 'examples'), { recursive: true });
  const sarif = async (folder: string, ...more: readonly string[]): Promise<string> =>
    (await drml(folder, 'check', '.', '--as-of', '2026-11-21', '--format', 'sarif', ...more)).out;
  const odd = folderOf({ 'a, b: c%ü.drml': broken, 'drml.config.json': '{ "rules": { "DR777": "off" } }' });
  return {
    examples: await sarif(examples),
    broken: await sarif(odd),
    'against a baseline': await sarif(odd, '--write-baseline', 'base.json'),
    nothing: await sarif(folderOf({ 'fine.drml': 'region r { zones a }\n' })),
  };
}

let logs: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  logs = await printed();
}, 60_000);
const names = ['examples', 'broken', 'against a baseline', 'nothing'] as const;
const logOf = (name: string): Log => JSON.parse(logs[name] ?? '') as Log;
const resultsOf = (log: Log): readonly Result[] => log.runs.flatMap(({ results }) => results ?? []);

/**
 * What the compiler says of a text as a log, written out as one literal: every property that the types do not know, every one that
 * is missing and every word that is none of those allowed is an error. The types are made from the published schema.
 */
function typeErrors(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'drml-sarif-'));
  writeFileSync(join(folder, 'log.ts'), `import type { Log } from 'sarif';\nexport const log: Log = ${text};\n`);
  const types = join(project, 'node_modules', '@types', 'sarif', 'index.d.ts');
  const compilerOptions = { strict: true, noEmit: true, types: [], lib: ['ES2023'], paths: { sarif: [types] } };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['log.ts'] }));
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  return spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' }).stdout;
}

describe.each(names)('SARIF of %s', (name) => {
  test('is as its types say', () => {
    expect(typeErrors(logs[name] ?? '')).toBe('');
  });

  test('holds what the schema says beyond types', () => {
    const log = logOf(name);
    expect(log.version).toBe('2.1.0');
    for (const { tool, results = [] } of log.runs) {
      const { rules = [], semanticVersion } = tool.driver;
      expect(semanticVersion).toMatch(/^\d+\.\d+\.\d+/);
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      for (const result of results) {
        expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
        for (const list of [result.relatedLocations, result.fixes, result.suppressions]) expect(repeated(list)).toEqual([]);
        for (const { artifactChanges } of result.fixes ?? []) {
          expect(artifactChanges.length).toBeGreaterThan(0);
          for (const { replacements } of artifactChanges) expect(replacements.length).toBeGreaterThan(0);
        }
        for (const region of regionsOf(result)) {
          const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = region;
          expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThanOrEqual(1);
          expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn), JSON.stringify(region)).toBe(true);
        }
      }
    }
  });

  /** The properties that GitHub calls required, and its limits on their lengths. */
  test('has what code scanning needs', () => {
    const log = logOf(name);
    for (const { tool } of log.runs) {
      for (const { id, name: title, shortDescription, fullDescription, help, helpUri } of tool.driver.rules ?? []) {
        expect(`${id}${title ?? ''}`.length, id).toBeLessThanOrEqual(255);
        for (const text of [shortDescription?.text ?? '', fullDescription?.text ?? '']) {
          expect([id, text.length > 0 && text.length <= 1024, text.length]).toEqual([id, true, text.length]);
        }
        expect(help?.text, id).toMatch(/\S/);
        expect(help?.markdown, id).toMatch(/\S/);
        expect(() => new URL(helpUri ?? ''), id).not.toThrow();
      }
    }
    for (const result of resultsOf(log)) {
      expect(result.message.text).toMatch(/\S/);
      expect(result.partialFingerprints?.['drml/v1']).toMatch(/^[0-9a-f]{16}$/);
      for (const { physicalLocation } of [...(result.locations ?? []), ...(result.relatedLocations ?? [])]) {
        const uri = physicalLocation?.artifactLocation?.uri ?? '';
        // A path as seen from the checkout: not absolute, without a scheme, escaped.
        expect(uri).toMatch(/^(?!\/)(?:[\w.~/-]|%[0-9A-F]{2})+$/);
      }
    }
    const fingerprints = resultsOf(log).map(({ partialFingerprints }) => partialFingerprints?.['drml/v1']);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });
});

test('the check of the types can fail', () => {
  const text = logs.broken ?? '';
  expect(text).toContain('"ruleIndex"');
  expect(typeErrors(text.replace('"ruleIndex"', '"ruleNumber"'))).toContain('\'"ruleNumber"\' does not exist');
  expect(typeErrors(text.replace('"level": "error"', '"level": "fatal"'))).toContain('"fatal"');
  expect(typeErrors(text.replace(/"message": \{[^}]*\},/, ''))).toContain("'message' is missing");
});

test('problems of every kind are among them', () => {
  const codes = new Set(resultsOf(logOf('broken')).map(({ ruleId }) => ruleId));
  for (const code of ['DR001', 'unreadable', 'syntax/unknown-name', 'syntax/import-missing']) expect(codes).toContain(code);
  expect(resultsOf(logOf('broken')).filter(({ suppressions }) => suppressions !== undefined).length).toBeGreaterThan(0);
  const states = resultsOf(logOf('against a baseline')).map(({ baselineState }) => baselineState);
  expect(new Set(states)).toEqual(new Set(['new', 'unchanged']));
});

function repeated(list: readonly unknown[] | undefined): readonly string[] {
  const texts = (list ?? []).map((value) => JSON.stringify(value));
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

function regionsOf({ locations = [], relatedLocations = [], fixes = [] }: Result): readonly Region[] {
  const places = [...locations, ...relatedLocations].map(({ physicalLocation }) => physicalLocation?.region);
  const deleted = fixes.flatMap(({ artifactChanges }) =>
    artifactChanges.flatMap(({ replacements }) => replacements.map(({ deletedRegion }) => deletedRegion)),
  );
  return [...places, ...deleted].filter((region) => region !== undefined);
}
