/**
 * Recovery of everything that one scope touches: each component's own time and loss, carried along its requirements. Strongly connected
 * components are visited callees first; inside one the times are raised until they stand still, so that no path is ever walked.
 */
import type { Component } from '../../model/model.js';
import type { Figure } from '../figure.js';
import { State, type Structure } from '../structure/evaluate.js';
import type { NodeEdge, StructureNode } from '../structure/nodes.js';
import { carriersOf } from './caught-up.js';
import { type DataLoss, dataLoss, unaffected } from './data-loss.js';
import type { RecoveryGraph } from './graph.js';
import { limitedByPeople } from './people.js';
import { failureEnds, type OwnTime, ownTime, type Situation } from './recovery-time.js';
import { isGone, type Scope, touchedBy } from './scope.js';
import { type RestoreJob, SharedRestores } from './shared-restores.js';
import { after, compareTimes, kthBest, never, noTime, termsOf, worse } from './time.js';

/** What one scope does to one component or journey. */
export interface Outcome {
  readonly up: boolean;
  readonly lost: boolean;
  readonly rto: Figure;
  readonly rpo: Figure;
  /** How long the way back of what moved takes, afterwards. Absent: nothing moves back, or nobody says how long that takes. */
  readonly failback?: Figure;
  /** Instances that carry the load once it is back; absent where no load is stated. */
  readonly carries?: number;
}

const none = noTime('not affected');

const nobody: ReadonlyMap<string, string> = new Map();

/** What is down with everything up is no alternative to what fails. */
const neverUp = never('it is down with everything up');

/**
 * Outcomes by node of everything the scope can reach; what is not in it is not affected. `only`: these nodes alone, all others being taken
 * as not affected. `insteadOf`: components that are only imagined, by the name of what they stand for: no restore waits for theirs.
 */
export function outcomesOf(
  structure: Structure,
  graph: RecoveryGraph,
  scope: Scope,
  only?: ReadonlySet<number>,
  insteadOf: ReadonlyMap<string, string> = nobody,
): ReadonlyMap<number, Outcome> {
  const { network, nodes, cleanLayer } = structure.compiled;
  const state = new State(structure, network.fall(structure.leavesOf(scope.off), cleanLayer), undefined);
  const usual = new State(structure, network.baseline, undefined);
  const affected = only ?? graph.dependentsOf(touchedBy(scope));
  const results = new Map<number, Outcome>();
  const losses = new Map<string, DataLoss>();
  const owns = new Map<number, OwnTime | undefined>();
  const carriers = new Map<number, number>();
  let movesBack = false;
  const lossOf = (component: Component): DataLoss => {
    const known = losses.get(component.name);
    if (known !== undefined) return known;
    const found = dataLoss(structure.model, component, scope, (name) => graph.component(name));
    const loss =
      found === unaffected ? found : { ...found, rpo: { ...found.rpo, terms: termsOf(component.name, found.rpo.terms) } };
    losses.set(component.name, loss);
    return loss;
  };
  // Stores that must agree go back to the oldest of the moments that each could go back to; what is lost for good binds nobody.
  const agreedLossOf = (component: Component): DataLoss => {
    const own = lossOf(component);
    const circle = graph.agreeingWith(component.name);
    if (own.lost || circle === undefined) return own;
    let { rpo } = own;
    for (const name of circle) {
      const other = graph.component(name);
      if (other === undefined || other === component) continue;
      const loss = lossOf(other);
      if (!loss.lost) rpo = worse(rpo, loss.rpo);
    }
    return rpo === own.rpo ? own : { ...own, rpo };
  };
  const situationOf = (node: StructureNode, component: Component): Situation => {
    // A provider or account takes components rather than sites, so that the sites of a component may stand without it.
    const gone = scope.hosts.has(component.name) && isGone(scope, component);
    const placed = component.placements.length + component.hosts.length > 0;
    const usually = placed ? usual.servingSide(node) : 'active';
    const standing = placed ? state.servingSide(node) : usually;
    return {
      model: structure.model,
      component,
      scope,
      serving: gone ? undefined : standing,
      usually,
      loss: lossOf(component),
      componentOf: (name) => graph.component(name),
      callers: graph.callersOf(component.name),
    };
  };
  let restores: SharedRestores | undefined;
  // Looked for where the first restore is met: how long each takes depends on which there are.
  const allRestores = (): SharedRestores => {
    const jobs = new Map<string, RestoreJob>();
    for (const id of affected) {
      const node = nodes[id];
      const component = node?.component;
      if (node === undefined || component === undefined || component.data.backups.length === 0 || jobs.has(component.name))
        continue;
      const job = ownTime(situationOf(node, component))?.restore;
      if (job !== undefined) jobs.set(component.name, job);
    }
    return new SharedRestores([...jobs.values()], insteadOf);
  };
  const ownOf = (node: StructureNode): OwnTime | undefined => {
    const { component } = node;
    if (component === undefined) return undefined;
    if (owns.has(node.id)) return owns.get(node.id);
    const situation = situationOf(node, component);
    let found = ownTime(situation);
    if (found?.restore !== undefined) {
      restores ??= allRestores();
      const waits = restores.waitOf(found.restore);
      if (waits !== undefined) found = ownTime({ ...situation, waits });
    }
    const own = found === undefined ? undefined : named(component.name, found);
    owns.set(node.id, own);
    if (component.demand.load !== undefined)
      carriers.set(node.id, own?.carries ?? carriersOf(component, state, situation.serving));
    return own;
  };
  const usualUp = (id: number): boolean => nodes[id] === undefined || usual.upNode(nodes[id]);
  const compute = (node: StructureNode, settled: boolean): Outcome => {
    const own = ownOf(node);
    const ready = readiness(graph, node, own, (id) => results.get(id)?.rto ?? (usualUp(id) ? undefined : neverUp));
    let rto = own === undefined ? ready : after(worse(own.before, ready), own.start);
    const up = state.upNode(node);
    // Down, and nothing to wait for: not even a chain of steps says how it comes back.
    if (settled && !up && rto.status === 'known' && rto.value === 0)
      rto = scope.ends === undefined ? never(`no recovery path: nothing brings ${node.name} back`) : failureEnds(scope.ends);
    const data = lossesOf(graph, node, node.component === undefined ? undefined : agreedLossOf(node.component), results);
    movesBack ||= own?.failback !== undefined;
    const failback = movesBack ? failbackOf(node, own, results) : undefined;
    const carries = carriers.get(node.id);
    const { lost, rpo } = data;
    // Most outcomes have neither.
    if (failback === undefined && carries === undefined) return { up, lost, rto, rpo };
    return {
      up,
      lost,
      rto,
      rpo,
      ...(failback === undefined ? {} : { failback }),
      ...(carries === undefined ? {} : { carries }),
    };
  };
  for (const group of graph.groupsOf(affected)) {
    const members = group.filter((id) => affected.has(id)).flatMap((id) => nodes[id] ?? []);
    // In a cycle, "nothing to wait for" can only be told once the times stand still.
    if (group.length > 1) settle(members, results, (node) => compute(node, false));
    settle(members, results, (node) => compute(node, true));
  }
  const people = structure.model.settings.repairsAtOnce;
  return people === undefined ? results : limitedByPeople(results, owns, nodes, graph, people, insteadOf);
}

/**
 * Computes the members until nothing changes. A cycle whose starts wait for each other never stands still: after as many rounds as it has
 * members it is called so.
 */
function settle(
  members: readonly StructureNode[],
  results: Map<number, Outcome>,
  compute: (node: StructureNode) => Outcome,
): void {
  for (let round = 0; round <= members.length; round++) {
    let changed = false;
    for (const node of members) {
      const next = compute(node);
      const before = results.get(node.id);
      const same = before !== undefined && compareTimes(before.rto, next.rto) === 0 && compareTimes(before.rpo, next.rpo) === 0;
      if (same && before.lost === next.lost) continue;
      results.set(node.id, next);
      changed = true;
    }
    if (!changed || members.length === 1) return;
  }
  for (const node of members) {
    const stuck = results.get(node.id);
    if (stuck !== undefined) results.set(node.id, { ...stuck, rto: never('each start in the cycle waits for another') });
  }
}

function named(owner: string, own: OwnTime): OwnTime {
  return {
    ...own,
    before: { ...own.before, terms: termsOf(owner, own.before.terms) },
    start: { ...own.start, terms: termsOf(owner, own.start.terms) },
    ...(own.failback === undefined ? {} : { failback: { ...own.failback, terms: termsOf(owner, own.failback.terms) } }),
  };
}

/** The longest way back of what moved: its own, or of what it requires. */
function failbackOf(node: StructureNode, own: OwnTime | undefined, results: ReadonlyMap<number, Outcome>): Figure | undefined {
  let longest = own?.failback;
  for (const { targets } of node.hard) {
    for (const target of targets) {
      const next = results.get(target)?.failback;
      if (next !== undefined) longest = longest === undefined ? next : worse(longest, next);
    }
  }
  return longest;
}

/** When everything a node requires is ready: all the worst, any the best, N the N-th best. What is not affected is ready at once. */
function readiness(
  graph: RecoveryGraph,
  node: StructureNode,
  own: OwnTime | undefined,
  rtoOf: (id: number) => Figure | undefined,
): Figure {
  let ready = none;
  const wait = (entry: Pick<NodeEdge, 'need' | 'targets'>): void => {
    const times: Figure[] = [];
    let touched = false;
    for (const target of entry.targets) {
      const rto = rtoOf(target);
      if (rto !== undefined) touched = true;
      times.push(rto ?? none);
    }
    const time = touched ? kthBest(times, entry.need) : undefined;
    if (time !== undefined) ready = worse(ready, time);
  };
  for (const entry of node.hard) wait(entry);
  // What starts anew also waits for what it recovers after, and derived data for its source.
  if (own?.restarts === true) for (const entry of graph.restartEdgesOf(node.id)) wait(entry);
  return ready;
}

/** The worst loss over its own data, the stores it writes and the source of derived data. Edges marked only `reads` carry none. */
function lossesOf(
  graph: RecoveryGraph,
  node: StructureNode,
  own: DataLoss | undefined,
  results: ReadonlyMap<number, Outcome>,
): Pick<Outcome, 'rpo' | 'lost'> {
  let rpo = own?.rpo ?? none;
  let lost = own?.lost ?? false;
  const take = (id: number): void => {
    const outcome = results.get(id);
    if (outcome === undefined) return;
    rpo = worse(rpo, outcome.rpo);
    lost ||= outcome.lost;
  };
  for (const { edge, targets } of node.hard) if (!edge.reads || edge.writes) for (const target of targets) take(target);
  for (const source of graph.sourcesOf(node.id)) take(source);
  return { rpo, lost };
}
