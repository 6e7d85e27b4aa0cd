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

  const small = solvable.filter(({ events }) => events.length <= 14);

  test.each(small)('$name: importances by going through every state of its events', async (tree) => {
    const contributions = analyze(await modelOf(textOf(tree)), { asOf: '2026-11-01' }).contributions(nameOf(tree.top));
    const whole = failureByStates(tree);
    for (const [index, { id, p }] of tree.events.entries()) {
      const found = contributions.find(({ event }) => event.name === nameOf(id));
      const [without, during] = [0, 1].map((fixed) => failureByStates(tree, { index, fixed }));
      if (without === undefined || during === undefined) continue;
      // Nothing is told of what makes no difference.
      if (found === undefined) {
        expect(p === 0 || Math.abs(during - without) < 1e-15, id).toBe(true);
        continue;
      }
      const pairs: readonly (readonly [number | undefined, number])[] = [
        [found.importance, during - without],
        [found.gain, whole - without],
        [found.criticality, 1 - without / whole],
        [found.riskAchievement, during / whole],
        // What is nothing without the event is unlikelier by more than any number.
        [found.riskReduction, without / whole < 1e-12 ? Number.NaN : whole / without],
        [found.unavailability, p],
      ];
      for (const [value, wanted] of pairs) {
        if (Number.isNaN(wanted)) expect(value).toBeUndefined();
        else expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
      }
    }
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

/** The top's probability as the sum over all states of the events, gates read as they are written; `event` is certain or impossible. */
function failureByStates(tree: FaultTree, event?: { readonly index: number; readonly fixed: number }): number {
  const gates = new Map(tree.gates.map((gate) => [gate.id, gate]));
  const places = new Map(tree.events.map(({ id }, index) => [id, index]));
  const fails = (id: string, state: number): boolean => {
    const place = places.get(id);
    if (place !== undefined) return (state >> place) % 2 === 1;
    const gate = gates.get(id);
    const failing = (gate?.inputs ?? []).filter((input) => fails(input, state)).length;
    return failing >= (gate?.type === 'and' ? gate.inputs.length : gate?.type === 'or' ? 1 : (gate?.min ?? gate?.k ?? 0));
  };
  let sum = 0;
  for (let state = 0; state < 2 ** tree.events.length; state++) {
    let probability = 1;
    tree.events.forEach(({ p }, index) => {
      const chance = event?.index === index ? event.fixed : p;
      probability *= (state >> index) % 2 === 1 ? chance : 1 - chance;
    });
    if (probability > 0 && fails(tree.top, state)) sum += probability;
  }
  return sum;
}
