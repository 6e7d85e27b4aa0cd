/** Every figure of the examples and of the published cases explains itself: its terms add up, and what it assumes stands in the table. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../language/analysis/analysis.js';
import { analyze } from '../../../language/analysis/analyze.js';
import { explainableNames, explanationAt, pathsOf } from '../../../language/analysis/explain-path.js';
import type { Explanation, Figure } from '../../../language/analysis/figure.js';
import { assumptionTable } from '../../../language/model/assumptions.js';
import { project } from '../../architecture/imports.js';
import { parseFiles } from '../model-of.js';

/** A folder's files, the one with the name of the folder first. */
function folder(path: string, root: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(project, path)).filter((name) => name.endsWith('.drml'));
  return Object.fromEntries(
    [root, ...names.filter((name) => name !== root)].map((name) => [name, readFileSync(join(project, path, name), 'utf8')]),
  );
}

/** Models that state everything a figure is made of: the examples, and the cases beside the repository where they stand. */
const cases = join(project, '../shared/data/cases');
const models: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ...['first-steps', 'online-boutique', 'shop'].map((name) => [name, folder(join('examples', name), `${name}.drml`)] as const),
  ...(existsSync(cases)
    ? readdirSync(cases)
        .filter((name) => name.endsWith('.drml'))
        .map((name) => [name, { [name]: readFileSync(join(cases, name), 'utf8') }] as const)
    : []),
];

async function analysisOf(files: Readonly<Record<string, string>>): Promise<Analysis> {
  return analyze((await parseFiles(files)).model, { asOf: '2026-11-21' });
}

/** All lines of a tree. */
function nodesOf(tree: Explanation): readonly Explanation[] {
  return [tree, ...tree.children.flatMap(nodesOf)];
}

function value(figure: Figure | undefined): number | undefined {
  return figure?.status === 'known' ? figure.value : undefined;
}

function addsUp(whole: number, terms: readonly number[]): void {
  const sum = terms.reduce((total, term) => total + term, 0);
  expect(Math.abs(sum - whole)).toBeLessThanOrEqual(Math.abs(whole) * 1e-9);
}

const sentences = new Set(assumptionTable.map(({ sentence }) => sentence));

describe.each(models)('%s', (_, files) => {
  test('every figure that has a name has a tree, whole, with assumptions of the table only', async () => {
    const analysis = await analysisOf(files);
    const names = explainableNames(analysis.model);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const paths = pathsOf(analysis, name);
      expect(paths.length, name).toBeGreaterThan(0);
      for (const path of paths) {
        const tree = explanationAt(analysis, path);
        if (tree === undefined) throw new Error(`${path} has no tree`);
        for (const { label, value: text, formula = '' } of nodesOf(tree)) {
          expect(label, path).not.toBe('');
          expect(`${label} ${text} ${formula}`, path).not.toMatch(/NaN|Infinity|undefined|and \d+ more/);
          if (label === 'assumed') expect(sentences, path).toContain(text);
        }
      }
    }
  });

  test('the terms of each sum add up to its value', async () => {
    const analysis = await analysisOf(files);
    for (const { name } of [...analysis.model.components, ...analysis.model.journeys]) {
      const figures = analysis.availability(name);
      const outages = analysis.outages(name);
      const [whole, structural, switching] = [
        figures?.unavailability,
        figures?.structuralUnavailability,
        figures?.switchingUnavailability,
      ].map(value);
      if (whole !== undefined && structural !== undefined && switching !== undefined) {
        addsUp(whole, [structural, switching]);
        addsUp(
          switching,
          analysis.switches(name).map(({ unavailability }) => unavailability),
        );
        addsUp(value(figures?.downtimePerYear) ?? 0, [whole * 365 * 86_400]);
        addsUp(value(figures?.downtimePerMonth) ?? 0, [whole * 30 * 86_400]);
      }
      const often = value(outages?.perYear);
      if (often !== undefined) addsUp(often, [value(outages?.structural) ?? 0, value(outages?.switches) ?? 0]);
      for (const { rto, rpo } of analysis.recovery(name).values()) {
        for (const figure of [rto, rpo]) {
          const time = value(figure);
          if (time !== undefined)
            addsUp(
              time,
              figure.terms.map(({ seconds = 0 }) => seconds),
            );
        }
      }
    }
  });

  test('an unavailability is printed as the sum that it is', async () => {
    const analysis = await analysisOf(files);
    for (const { name } of [...analysis.model.components, ...analysis.model.journeys]) {
      const formula = explanationAt(analysis, `${name}.availability`)?.formula ?? '';
      const [, whole, structural, switching] = /unavailability = (\S+) = (\S+) \+ switching (\S+):/.exec(formula) ?? [];
      if (whole === undefined) continue;
      // Four digits are printed of each.
      expect(Math.abs(Number(structural) + Number(switching) - Number(whole))).toBeLessThan(Number(whole) * 1e-3);
    }
  });
});

test('the sums of the shop are there to be checked', async () => {
  const analysis = await analysisOf(folder('examples/shop', 'shop.drml'));
  expect(explanationAt(analysis, 'orders.availability')?.formula).toMatch(/ = \S+ \+ switching \S+:/);
  expect(analysis.switches('orders').length).toBeGreaterThan(0);
});
