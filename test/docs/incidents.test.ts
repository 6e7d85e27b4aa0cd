/** The incidents in `examples/incidents`: the model of before draws what could have been known, the one of after is rid of it. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { checkModel } from '../../language/rules/check.js';
import { isPlanned, rules } from '../../language/rules/registry.js';
import type { Finding, Severity } from '../../language/rules/rule.js';
import { exampleModels, examplePath } from '../example-models.js';
import { pipeline, type Stages } from '../golden/pipeline.js';
import { testDay } from '../language/rules/judged.js';

/** What each incident must draw, with the severity in its model. A rule of the list that is registered later is asked for from then on. */
const incidents: Readonly<Record<string, Readonly<Record<string, Severity>>>> = {
  'github-2018': { DR030: 'error', DR032: 'error', DR041: 'error', DR049: 'error', DR058: 'warning' },
  'gitlab-2017': {
    DR030: 'error',
    DR035: 'error',
    DR043: 'error',
    DR048: 'error',
    DR049: 'error',
    DR051: 'warning',
    DR056: 'warning',
  },
  'ovh-2021': { DR011: 'error', DR012: 'error', DR042: 'warning', DR043: 'error' },
  'facebook-2021': { DR005: 'error', DR007: 'warning', DR020: 'error', DR057: 'error', DR062: 'error' },
  'unisuper-2024': { DR007: 'warning', DR042: 'warning', DR044: 'error', DR045: 'error' },
};

const registered: ReadonlySet<string> = new Set(rules.map((rule) => rule.code));

async function stages(incident: string, when: 'before' | 'after'): Promise<Stages> {
  const files = exampleModels.find(({ name }) => name === `incidents/${incident}/${when}`)?.files;
  if (files === undefined) throw new Error(`There is no ${when}.drml of ${incident}.`);
  return pipeline(files, `${when}.drml`);
}

/** The findings as of the day by which the dates of evidence in the examples are judged. */
async function findings(incident: string, when: 'before' | 'after'): Promise<readonly Finding[]> {
  const { model } = await stages(incident, when);
  return checkModel(model, analyze(model, { asOf: testDay }));
}

test('every incident has its folder, its page and its list', () => {
  const folders = readdirSync(examplePath('incidents'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(incidents).sort());
  for (const { name } of folders)
    expect(readdirSync(examplePath(`incidents/${name}`)).sort()).toEqual(['README.md', 'after.drml', 'before.drml']);
});

describe.each(Object.entries(incidents))('%s', (incident, wanted) => {
  test('names rules that are there, or planned', () => {
    expect(Object.keys(wanted).filter((code) => !registered.has(code) && !isPlanned(code))).toEqual([]);
  });

  test('before draws each of them, as severe as it was', async () => {
    const drawn = await findings(incident, 'before');
    for (const [code, severity] of Object.entries(wanted)) {
      if (!registered.has(code)) continue;
      const severities = drawn.filter((finding) => finding.code === code).map((finding) => finding.severity);
      expect(severities, code).toContain(severity);
    }
  });

  test('after draws none of them, and no other error that is not accepted with a reason', async () => {
    const left = await findings(incident, 'after');
    const told = left.filter(
      ({ code, severity, accepted }) => wanted[code] !== undefined || (severity === 'error' && accepted?.reason === undefined),
    );
    expect(told.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(left.filter(({ code }) => code === 'DR097' || code === 'DR098')).toEqual([]);
  });

  test.each(['before', 'after'] as const)('%s is formatted', async (when) => {
    const { formatted, documents } = await stages(incident, when);
    expect(formatted()).toBe(documents[0]?.textDocument.getText());
  });
});
