/**
 * Published fault trees as models: basic events are externals, gates are journeys. They are other people's data and stand beside the
 * repository, where continuous integration has them; two classics are written out here.
 */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { modelOf } from '../model-of.js';
import { type FaultTree, faultTreesIn, nameOf, textOf } from './fault-tree.js';

const published = faultTreesIn(resolve(import.meta.dirname, '../../../../shared/data/fault-trees'));

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
