/**
 * Published fault trees as models: basic events are externals, gates are journeys. They are other people's data and stand beside the
 * repository, where continuous integration has them; two classics are written out here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { modelOf } from '../model-of.js';

interface FaultTree {
  readonly name: string;
  readonly top: string;
  readonly events: readonly { readonly id: string; readonly p: number }[];
  readonly gates: readonly {
    readonly id: string;
    readonly type: string;
    readonly min?: number;
    readonly k?: number;
    readonly inputs: readonly string[];
  }[];
  readonly expected: { readonly probability: number | null; readonly mcsCount: string | null };
}

const folder = resolve(import.meta.dirname, '../../../../shared/data/fault-trees');
const published = existsSync(folder)
  ? readdirSync(folder).map((file): FaultTree => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  : [];

/** Theatre: the mains fail, and the generator or its relay. Two trains of valve and pump. */
const classics: readonly FaultTree[] = [
  {
    name: 'theatre',
    top: 'dark',
    events: [
      { id: 'mains', p: 0.03 },
      { id: 'generator', p: 0.02 },
      { id: 'relay', p: 0.05 },
    ],
    gates: [
      { id: 'dark', type: 'and', inputs: ['mains', 'backup'] },
      { id: 'backup', type: 'or', inputs: ['generator', 'relay'] },
    ],
    expected: { probability: 0.00207, mcsCount: '2' },
  },
  {
    name: 'two trains',
    top: 'stopped',
    events: [
      { id: 'valve-1', p: 0.5 },
      { id: 'pump-1', p: 0.7 },
      { id: 'valve-2', p: 0.5 },
      { id: 'pump-2', p: 0.7 },
    ],
    gates: [
      { id: 'stopped', type: 'and', inputs: ['train-1', 'train-2'] },
      { id: 'train-1', type: 'or', inputs: ['valve-1', 'pump-1'] },
      { id: 'train-2', type: 'or', inputs: ['valve-2', 'pump-2'] },
    ],
    expected: { probability: 0.7225, mcsCount: '4' },
  },
];

/** What fails when k of n fail is up while n − k + 1 are. */
function textOf(tree: FaultTree): string {
  const events = tree.events.map(({ id, p }) => `external ${nameOf(id)} { unavailability ${p} }`);
  const gates = tree.gates.map(({ id, type, min, k, inputs }) => {
    const failing = type === 'and' ? inputs.length : type === 'or' ? 1 : (min ?? k ?? 0);
    const need = inputs.length - failing + 1;
    const quantifier = need === inputs.length ? '' : need === 1 ? 'any of ' : `${need} of `;
    return `journey ${nameOf(id)} { requires ${quantifier}${inputs.map(nameOf).join(', ')} }`;
  });
  return ['model tree { }', ...events, ...gates].join('\n');
}

function nameOf(id: string): string {
  return `n-${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

const solvable = [...classics, ...published.filter(({ expected }) => expected.probability !== null)];
const unsolved = published.filter(({ expected }) => expected.probability === null);

describe('fault trees', () => {
  test.each(solvable)('$name: probability and number of minimal cut sets', { timeout: 300_000 }, async (tree) => {
    const analysis = analyze(await modelOf(textOf(tree)), { asOf: '2026-11-01' });
    const top = nameOf(tree.top);
    const figure = analysis.availability(top)?.structuralUnavailability;
    expect(figure?.status).toBe('known');
    const wanted = tree.expected.probability ?? 0;
    const found = figure?.status === 'known' ? figure.value : Number.NaN;
    expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-9);
    expect(analysis.cutSets(top)?.count).toBe(tree.expected.mcsCount);
  });

  test('past the budget there are labelled bounds, lower than upper', { timeout: 300_000 }, async () => {
    for (const tree of unsolved) {
      const figure = analyze(await modelOf(textOf(tree)), { asOf: '2026-11-01' }).availability(
        nameOf(tree.top),
      )?.structuralUnavailability;
      expect(figure?.status).toBe('bounded');
      if (figure?.status !== 'bounded') continue;
      expect(figure.lower).toBeGreaterThan(0);
      expect(figure.upper).toBeLessThan(0.5);
      expect(figure.lower).toBeLessThan(figure.upper);
    }
    // Where the published trees are absent, the classics above have been solved all the same.
    expect(solvable.length).toBeGreaterThanOrEqual(classics.length);
  });
});
