/** Products and sums along paths against the enumeration of all walks of small random graphs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallBudgets } from '../../../../language/analysis/call-budget/call-budget.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { Model } from '../../../../language/model/model.js';
import { component, edge, fact, model } from '../model-builder.js';

const size = 4;
const source = { uri: 'file:///m.drml', start: 0, end: 1 };

interface Link {
  readonly from: number;
  readonly to: number;
  readonly retries: number;
  readonly timeout: number;
}

const links = fc.array(
  fc.record({
    from: fc.nat(size - 1),
    to: fc.nat(size - 1),
    retries: fc.nat(2),
    timeout: fc.nat(4),
  }),
  { maxLength: 6 },
);

function modelOf(all: readonly Link[]): Model {
  return model({
    components: Array.from({ length: size }, (_, at) =>
      component('service', `s${at}`, {
        edges: all
          .filter(({ from }) => from === at)
          .map(({ to, retries, timeout }) =>
            edge('requires', [`s${to}`], {
              timeout: fact(timeout),
              retries: { count: fact(retries), causes: [], source },
            }),
          ),
      }),
    ),
  });
}

/** All walks from a node up to a length, as the links they take. */
function walks(all: readonly Link[], from: number, length: number): readonly (readonly Link[])[] {
  if (length === 0) return [[]];
  return [
    [],
    ...all.filter((link) => link.from === from).flatMap((link) => walks(all, link.to, length - 1).map((rest) => [link, ...rest])),
  ];
}

/** Whether some walk comes to a node from which a round trip adds something. */
function grows(all: readonly Link[], from: number, adds: (link: Link) => boolean): boolean {
  return walks(all, from, size).some((walk) => {
    const at = walk.at(-1)?.to ?? from;
    return walks(all, at, size).some((round) => round.length > 0 && round.at(-1)?.to === at && round.some(adds));
  });
}

function agrees(
  figure: Figure,
  all: readonly Link[],
  from: number,
  adds: (link: Link) => boolean,
  sum: (walk: readonly Link[]) => number,
): void {
  if (grows(all, from, adds)) {
    expect(figure.status).toBe('unbounded');
    return;
  }
  const most = Math.max(...walks(all, from, size).map(sum));
  expect(figure).toMatchObject({ status: 'known', value: most });
}

test('as all walks say', () => {
  fc.assert(
    fc.property(links, (all) => {
      const made = modelOf(all);
      const budgets = new CallBudgets(made, new Structure(made).compiled);
      for (let at = 0; at < size; at++) {
        const found = budgets.of(`s${at}`);
        if (found === undefined) throw new Error('every component has a budget');
        agrees(
          found.attempts,
          all,
          at,
          ({ retries }) => retries > 0,
          (walk) => walk.reduce((product, { retries }) => product * (1 + retries), 1),
        );
        agrees(
          found.longestWork,
          all,
          at,
          ({ timeout }) => timeout > 0,
          (walk) => walk.reduce((sum, { timeout }) => sum + timeout, 0),
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('a ladder of a thousand steps, each with two ways down, takes linear work', () => {
  const steps = 1000;
  const made = model({
    components: Array.from({ length: steps }, (_, at) =>
      component('service', `s${at}`, {
        edges: at + 2 < steps ? [edge('requires', [`s${at + 1}`, `s${at + 2}`], { timeout: fact(1) })] : [],
      }),
    ),
  });
  const found = new CallBudgets(made, new Structure(made).compiled).of('s0');
  expect(found?.attempts).toMatchObject({ status: 'known', value: 1 });
  expect(found?.longestWork).toMatchObject({ status: 'known', value: steps - 2 });
});
