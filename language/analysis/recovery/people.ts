/**
 * People who bring back so many components at a time: `repairs N at once` of the model. Steps that nobody works on (detection, a switch that
 * waits for its time to live) take nobody. Whoever has more to do than people is back later, by the order in which they choose to work.
 */
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Figure } from '../figure.js';
import type { StructureNode } from '../structure/nodes.js';
import type { Outcome } from './compose.js';
import type { RecoveryGraph } from './graph.js';
import type { OwnTime } from './recovery-time.js';
import { step } from './time.js';

/** What one component takes of somebody's time. */
interface Work {
  /** Seconds from the fault until somebody may begin. */
  readonly from: number;
  /** Seconds of work; undefined where a step is not stated. */
  readonly seconds: number | undefined;
}

/** Steps that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['detect', 'found within', 'hold', 'switch']);

/**
 * The recoveries with what people can do. `owns`: the own part of each node, by id. `insteadOf`: components that are only imagined, by the name
 * of what they stand for; nobody works on them but in their own figures.
 */
export function limitedByPeople(
  results: ReadonlyMap<number, Outcome>,
  owns: ReadonlyMap<number, OwnTime | undefined>,
  nodes: readonly StructureNode[],
  graph: RecoveryGraph,
  people: Fact<number>,
  insteadOf: ReadonlyMap<string, string>,
): ReadonlyMap<number, Outcome> {
  const work = new Map<string, Work>();
  for (const [id, own] of owns) {
    const name = nodes[id]?.name;
    if (name !== undefined && own?.byHand === true && own.before.status !== 'never') work.set(name, workOf(own));
  }
  const real = [...work].filter(([name]) => !insteadOf.has(name));
  if (work.size <= people.value) return results;
  const all = { count: real.length, seconds: sumOf(real.map(([, each]) => each)) };
  const forSubject = (name: string): typeof all => {
    const original = insteadOf.get(name);
    if (original === undefined) return all;
    const others = real.filter(([each]) => each !== original).map(([, each]) => each);
    const own = work.get(name);
    const each = own === undefined ? others : [...others, own];
    return { count: each.length, seconds: sumOf(each) };
  };
  return new Map(
    [...results].map(([id, outcome]) => {
      const { count, seconds: everything } = forSubject(nodes[id]?.name ?? '');
      if (count <= people.value) return [id, outcome] as const;
      if (!namesUnder(id, nodes, graph, 'any').some((name) => work.has(name))) return [id, outcome] as const;
      const certain = namesUnder(id, nodes, graph, 'all').flatMap((name) => work.get(name) ?? []);
      return [id, { ...outcome, rto: withPeople(outcome.rto, certain, everything, people) }] as const;
    }),
  );
}

function workOf({ before, start }: OwnTime): Work {
  const terms = [...before.terms, ...start.terms].filter(({ name }) => !passing.has(name));
  const known = terms.every(({ seconds }) => seconds !== undefined);
  const from = before.terms.filter(({ name }) => passing.has(name));
  return { from: total(from), seconds: known ? total(terms) : undefined };
}

/** What a node waits for, itself included: whatever it may choose, or only what must be back in any case. */
function namesUnder(id: number, nodes: readonly StructureNode[], graph: RecoveryGraph, which: 'any' | 'all'): readonly string[] {
  const seen = new Set([id]);
  for (const each of seen) {
    for (const { need, targets } of [...(nodes[each]?.hard ?? []), ...graph.restartEdgesOf(each)])
      if (which === 'any' || need === targets.length) for (const target of targets) seen.add(target);
  }
  return [...new Set([...seen].flatMap((each) => nodes[each]?.name ?? []))];
}

/**
 * At least the longest chain, and the first moment plus all that is needed by so many people; at most that chain after all the work of
 * everybody (list scheduling, Graham 1966: at any moment either all are busy, or a step of a chain goes on).
 */
function withPeople(rto: Figure, certain: readonly Work[], everything: number | undefined, people: Fact<number>): Figure {
  if (rto.status !== 'known' && rto.status !== 'bounded') return rto;
  const [least, most] = rto.status === 'known' ? [rto.value, rto.value] : [rto.lower, rto.upper];
  const rest = { unit: rto.unit, assumptions: rto.assumptions } as const;
  const mine = certain.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const lower =
    certain.length === 0 ? least : Math.max(least, Math.min(...certain.map(({ from }) => from)) + mine / people.value);
  const note = `${people.value} at once, so that others are first`;
  if (everything === undefined)
    return { status: 'unknown', missing: ['the time of every recovery that people do'], terms: rto.terms, ...rest };
  const waits = step('people', everything / people.value, sourceOf(people), note);
  return { status: 'bounded', lower, upper: most + everything / people.value, terms: [...rto.terms, ...waits.terms], ...rest };
}

function sumOf(work: readonly Work[]): number | undefined {
  let sum = 0;
  for (const { seconds } of work) {
    if (seconds === undefined) return undefined;
    sum += seconds;
  }
  return sum;
}

function total(terms: readonly { readonly seconds: number | undefined }[]): number {
  return terms.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
}
