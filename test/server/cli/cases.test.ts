/**
 * The cases that stand beside the repository, as an outsider meets them: the program is run on each file where it lies, and what it prints
 * must hold every expectation, to 1e-12 relative.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Recovery {
  readonly survives?: boolean;
  readonly lost?: boolean;
  readonly rtoSeconds?: number;
  readonly rpoSeconds?: number;
  readonly restoreSeconds?: number;
}

interface Subject {
  readonly recovery?: { readonly [disruption: string]: Recovery };
  readonly cutSets?: readonly (readonly string[])[];
  readonly cutSetCount?: string;
  readonly assumptions?: readonly string[];
  /** All others are figures. */
  readonly [figure: string]: unknown;
}

interface Case {
  readonly name: string;
  readonly components?: { readonly [name: string]: Subject };
  readonly journeys?: { readonly [name: string]: Subject };
  readonly scenarios?: { readonly [name: string]: { readonly met: readonly boolean[] } };
  readonly findings?: readonly string[];
}

const folder = resolve(import.meta.dirname, '../../../../shared/data/cases');
const cases: readonly Case[] = existsSync(folder) ? JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')).cases : [];

const schema: unknown = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../docs/analysis.schema.json'), 'utf8'));
const isAnalysis = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema as object);

function expectSchema(report: Json): void {
  isAnalysis(report);
  expect(isAnalysis.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? []).toEqual([]);
}

/** What stands at the end of a path of keys. */
function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, key) =>
      found !== null && typeof found === 'object' && !Array.isArray(found)
        ? Object.entries(found).find(([name]) => name === key)?.[1]
        : undefined,
    value,
  );
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function expectNumber(actual: Json | undefined, wanted: unknown, what: string): void {
  if (typeof wanted !== 'number' || typeof actual !== 'number') {
    expect(actual, what).toEqual(wanted);
    return;
  }
  const distance = actual === wanted ? 0 : Math.abs(actual - wanted) / Math.abs(wanted);
  expect(distance, `${what}: ${actual} instead of ${wanted}`).toBeLessThan(1e-12);
}

/** Holds what is expected of a subject, and says how much that was. */
function holdSubject(
  report: Json | undefined,
  { recovery, cutSets, cutSetCount, assumptions, ...figures }: Subject,
  name: string,
): number {
  let held = 0;
  for (const [figure, wanted] of Object.entries(figures)) {
    expectNumber(at(report, figure, 'value'), wanted, `${name}.${figure}`);
    held += 1;
  }
  if (cutSets !== undefined) {
    expect(
      list(at(report, 'cutSets')).map((set) => at(set, 'events')),
      `${name}.cutSets`,
    ).toEqual(cutSets);
    held += 1;
  }
  if (cutSetCount !== undefined) {
    expect(at(report, 'cutSetCount'), `${name}.cutSetCount`).toBe(cutSetCount);
    held += 1;
  }
  if (assumptions !== undefined) {
    expect(at(report, 'assumptions'), `${name}.assumptions`).toEqual(assumptions);
    held += 1;
  }
  for (const [disruption, wanted] of Object.entries(recovery ?? {})) {
    const found = at(report, 'recovery', disruption);
    const restore = list(at(found, 'rto', 'terms')).find((term) => at(term, 'name') === 'restore');
    const actual: Readonly<Record<string, Json | undefined>> = {
      survives: at(found, 'survives'),
      lost: at(found, 'lost'),
      rtoSeconds: at(found, 'rto', 'value'),
      rpoSeconds: at(found, 'rpo', 'value'),
      restoreSeconds: at(restore, 'seconds'),
    };
    for (const [what, value] of Object.entries(wanted)) {
      expectNumber(actual[what], value, `${name}.${disruption}.${what}`);
      held += 1;
    }
  }
  return held;
}

/** Runs the program on the file of a case and holds all that is expected. */
async function holdCase(place: string, { name, components, journeys, scenarios, findings }: Case): Promise<void> {
  const file = `${name}.drml`;
  const { code, out, error } = await drml(place, 'analyze', file, '--format', 'json');
  expect([code, error]).toEqual([0, '']);
  const report: Json = JSON.parse(out);
  expectSchema(report);
  let held = 0;
  for (const kind of ['components', 'journeys'] as const) {
    for (const [subject, wanted] of Object.entries((kind === 'components' ? components : journeys) ?? {}))
      held += holdSubject(at(report, kind, subject), wanted, subject);
  }
  for (const [scenario, { met }] of Object.entries(scenarios ?? {})) {
    expect(
      list(at(report, 'scenarios', scenario, 'expectations')).map((each) => at(each, 'met')),
      scenario,
    ).toEqual(met);
    held += met.length;
  }
  if (findings !== undefined) {
    const checked: Json = JSON.parse((await drml(place, 'check', file, '--format', 'json')).out);
    expect(list(at(checked, 'problems')).map((problem) => at(problem, 'code'))).toEqual(expect.arrayContaining([...findings]));
    held += findings.length;
  }
  expect(held).toBeGreaterThan(0);
  // What is read by others holds nothing of this machine.
  expect(out).not.toContain(place);
}

describe('a case, as others read it', () => {
  test('of our own', async () => {
    const text = `model m { }
external a { unavailability 0.001 }
external b { unavailability 0.005 }
journey either { requires any of a, b }
scenario both { fails a, b  expect either down  expect a up }
`;
    await holdCase(folderOf({ 'own.drml': text }), {
      name: 'own',
      journeys: { either: { unavailability: 5e-6, cutSets: [['a', 'b']], cutSetCount: '1', assumptions: [] } },
      scenarios: { both: { met: [true, false] } },
    });
  });

  for (const each of cases) test(each.name, () => holdCase(folder, each));

  test('is one of the roots of their folder', async () => {
    const place = cases.length > 0 ? folder : folderOf({ 'a.drml': 'model a { }\n', 'b.drml': 'model b { }\n' });
    const report: Json = JSON.parse((await drml(place, 'analyze', '.', '--format', 'json')).out);
    expectSchema(report);
    const files = readdirSync(place).filter((file) => file.endsWith('.drml'));
    expect(Object.keys(at(report, 'roots') ?? {})).toEqual(files.sort());
    if (cases.length > 0) expect(cases.map(({ name }) => `${name}.drml`).sort()).toEqual(files);
  });
});
