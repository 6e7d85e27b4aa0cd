/**
 * When the backlog is gone as well: recovery time + window × r. The window is the work that must be done again (the data loss) and, for
 * what works off a queue, the work that waited; r = λ / (μ − λ) from the load and what survives of the capacity, so that it has no unit.
 */
import { sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import type { Figure } from '../figure.js';
import { durationText, quantityText } from '../figure-text.js';
import type { State } from '../structure/evaluate.js';
import type { StructureNode } from '../structure/nodes.js';
import { instancesOf } from '../structure/sides.js';
import type { Outcome } from './compose.js';
import type { RecoveryGraph } from './graph.js';
import { after, inSequence, kthBest, missingStep, never, noTime, type Steps, step, unbounded, worse } from './time.js';

const none = noTime('not affected');

/**
 * Time from the fault until a component or journey has caught up: of a journey the worst over what it requires, `any of` the best.
 * Unknown where load or capacity is not stated, unbounded where the survivors carry no more than the load. Undefined: not affected.
 */
export function caughtUp(
  graph: RecoveryGraph,
  nodes: readonly StructureNode[],
  node: StructureNode,
  outcomes: ReadonlyMap<number, Outcome>,
): Figure | undefined {
  const found = new Map<number, Figure>();
  // Journeys of journeys, callees first: inside a cycle the recovery time stands for what is not there yet.
  for (const id of journeysUnder(graph, nodes, node)) {
    const [at, outcome] = [nodes[id], outcomes.get(id)];
    if (at === undefined || outcome === undefined) continue;
    const times = at.hard.flatMap((entry) => {
      const figures = entry.targets.map((target) => found.get(target) ?? ownOf(nodes[target], outcomes.get(target)) ?? none);
      return kthBest(figures, entry.need) ?? [];
    });
    found.set(id, times.reduce(worse, outcome.rto));
  }
  return found.get(node.id) ?? ownOf(node, outcomes.get(node.id));
}

/** The journeys that a journey needs, itself included, callees first; none for a component. */
export function journeysUnder(graph: RecoveryGraph, nodes: readonly StructureNode[], node: StructureNode): readonly number[] {
  if (node.journey === undefined) return [];
  const seen = new Set([node.id]);
  for (const id of seen) {
    for (const target of nodes[id]?.hard.flatMap((entry) => entry.targets) ?? []) {
      if (nodes[target]?.journey !== undefined) seen.add(target);
    }
  }
  return [...seen].sort((a, b) => graph.orderOf(a) - graph.orderOf(b) || a - b);
}

function ownOf(node: StructureNode | undefined, outcome: Outcome | undefined): Figure | undefined {
  if (outcome === undefined) return undefined;
  const component = node?.component;
  return component === undefined ? outcome.rto : caughtUpOf(component, outcome);
}

/** Of a component in one scope; `carries` of the outcome: how many of its instances carry the load once it is back. */
export function caughtUpOf(component: Component, { rto, rpo, carries }: Outcome): Figure {
  const waits = component.kind === 'job' || component.edges.some((edge) => edge.kind === 'consumes');
  const again = rpo.status !== 'known' || rpo.value > 0;
  const waited = waits && (rto.status !== 'known' || rto.value > 0);
  if (rto.status === 'never' || rto.status === 'unbounded' || (!again && !waited)) return rto;
  if (rpo.status === 'never') return never(rpo.because);
  if (rpo.status === 'unbounded') return unbounded(rpo.because, rpo.terms);
  const { load, capacity } = component.demand;
  const missing = [
    ...(rpo.status === 'unknown' ? rpo.missing : []),
    ...(load === undefined ? [`load of ${component.name}`] : []),
    ...(capacity === undefined ? [`capacity of ${component.name}`] : []),
  ];
  if (load === undefined || capacity === undefined || missing.length > 0) {
    return after(rto, inSequence(...missing.map((each) => missingStep('catch up', each))));
  }
  const carried = (component.data.replication.length > 0 ? Math.min(1, carries ?? 1) : (carries ?? 1)) * capacity.value;
  const rates = `${quantityText(load.value, 'per-second')} of ${quantityText(carried, 'per-second')}`;
  if (carried <= load.value) return unbounded(`${component.name} has no capacity left to catch up: ${rates}`);
  const ratio = load.value / (carried - load.value);
  const worked = (name: string, window: Figure): Steps => {
    const seconds = window.status === 'bounded' ? window.upper : window.status === 'known' ? window.value : 0;
    return step(name, seconds * ratio, sourceOf(load), `${component.name}: ${durationText(seconds)} of work, ${rates}`);
  };
  return after(
    rto,
    inSequence(...(again ? [worked('do lost work again', rpo)] : []), ...(waited ? [worked('work off what waited', rto)] : [])),
  );
}

/** How many instances carry the load once the component is back: those of the side that serves, or all active ones where it is made anew. */
export function carriersOf(component: Component, state: State, serving: string | undefined): number {
  if (component.placements.length === 0) return 1;
  const up = state.instancesUp(component.name);
  return instancesOf(component).filter(({ index, role, region }) => {
    if (serving === undefined) return role === 'active';
    const onSide = serving === 'active' ? role === 'active' : region === serving && role.endsWith('-standby');
    return onSide && up[index] === true;
  }).length;
}
