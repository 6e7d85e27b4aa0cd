import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { folderReport } from '../../language/analysis/report/analysis-report.js';
import type { Model } from '../../language/model/model.js';
import { exampleModels } from '../example-models.js';
import { type Files, parseFiles } from '../language/model-of.js';
import { documentPath } from './console-blocks.js';

const asOf = '2026-11-21';

function validatorOf(schema: string): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  return ajv.compile(JSON.parse(readFileSync(documentPath(schema), 'utf8')));
}

const isModel = validatorOf('docs/model.schema.json');
const isAnalysis = validatorOf('docs/analysis.schema.json');

function text(...path: string[]): string {
  return readFileSync(documentPath(join(...path)), 'utf8');
}

/** The files of an example, its root first. */
function example(name: string): Files {
  return exampleModels.find((one) => one.name === name)?.files ?? {};
}

const golden = join('test', 'golden', 'models');
const cases: readonly (readonly [name: string, files: Files])[] = [
  ...exampleModels.map(({ name, files }) => [`examples/${name}`, files] as const),
  ...readdirSync(documentPath(golden)).map(
    (name) => [`golden/${name}`, { 'model.drml': text(golden, name, 'model.drml') }] as const,
  ),
  ['every statement', { 'model.drml': text('test', 'language', 'syntax', 'sample.drml') }],
];

function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function problems(validate: ValidateFunction, value: unknown): readonly string[] {
  return validate(overTheWire(value))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

async function modelOf(files: Files): Promise<Model> {
  return (await parseFiles(files)).model;
}

/** What each status has to hold, beyond what the schema can say. */
const holds: Readonly<Record<string, (figure: Readonly<Record<string, unknown>>) => boolean>> = {
  known: ({ value }) => typeof value === 'number',
  bounded: ({ value, lower }) => value === null && typeof lower === 'number',
  unknown: ({ value, missing }) => value === null && Array.isArray(missing) && missing.length > 0,
  unbounded: ({ value, because }) => value === null && typeof because === 'string',
  never: ({ value, because }) => value === null && typeof because === 'string',
};

/** Paths of the figures that do not hold what their status says; `seen` counts all of them. */
function hollowFigures(value: unknown, path: string, seen: { count: number }): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Readonly<Record<string, unknown>>;
  const wrong: string[] = [];
  if (typeof own.status === 'string') {
    seen.count += 1;
    if (holds[own.status]?.(own) !== true) wrong.push(path);
    if ((own.objective === undefined) !== (own.verdict === undefined)) wrong.push(`${path}.verdict`);
  }
  return [...wrong, ...Object.entries(value).flatMap(([key, inner]) => hollowFigures(inner, `${path}.${key}`, seen))];
}

describe.each(cases)('%s', (_, files) => {
  test('the model is as its schema says', async () => {
    expect(problems(isModel, await modelOf(files))).toEqual([]);
  });

  test('the analysis is as its schema says, and every figure holds what its status says', async () => {
    const report = analyze(await modelOf(files), { asOf }).report();
    expect(problems(isAnalysis, report)).toEqual([]);
    const seen = { count: 0 };
    expect(hollowFigures(overTheWire(report), '', seen)).toEqual([]);
    expect(seen.count).toBeGreaterThan(20);
  });
});

test('several models are a list, several analyses go by the paths of their roots', async () => {
  const model = await modelOf(example('first-steps'));
  expect(problems(isModel, { models: [model, model] })).toEqual([]);
  const analysis = analyze(model, { asOf });
  expect(problems(isAnalysis, folderReport([analysis], 'memory:///'))).toEqual([]);
  expect(problems(isAnalysis, { models: [analysis.report()] })).not.toEqual([]);
});

test('what the schemas do not know is refused', async () => {
  const model = await modelOf(example('first-steps'));
  expect(isModel(overTheWire({ ...model, mood: 'sunny' }))).toBe(false);
  expect(isModel(overTheWire({ ...model, components: [{ ...model.components[0], kind: 'teapot' }] }))).toBe(false);
  const { asOf: _day, ...rest } = analyze(model, { asOf }).report();
  expect(isAnalysis(overTheWire(rest))).toBe(false);
});

test.each(['analysis', 'check'])('every field of the %s is described in a sentence', (name) => {
  const undescribed: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'properties') {
        for (const [name, field] of Object.entries(inner as Record<string, { readonly description?: string }>)) {
          if (!/^\S.*[.:]$/.test(field.description ?? '')) undescribed.push(`${path}.${name}`);
        }
      }
      visit(inner, `${path}.${key}`);
    }
  };
  visit(JSON.parse(text('docs', `${name}.schema.json`)).$defs, '');
  expect(undescribed).toEqual([]);
});

test('the schemas are made from the types of today', () => {
  const { status, stderr } = spawnSync(process.execPath, [documentPath(join('scripts', 'model-schema.mjs')), '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
