/** The latest that a subject has caught up over all scopes of a class, found by asking only the scopes that can be worse. */
import type { Component, DisruptionClass } from '../../model/model.js';
import type { Figure } from '../figure.js';
import { State, type Structure } from '../structure/evaluate.js';
import type { StructureNode } from '../structure/nodes.js';
import { carriersOf, caughtUp, caughtUpOf, journeysUnder } from './caught-up.js';
import type { ClassScopes } from './class-scopes.js';
import type { Outcome } from './compose.js';
import type { RecoveryGraph } from './graph.js';
import type { Scope } from './scope.js';
import { compareTimes, kthBest, noTime, worse } from './time.js';

const none = noTime('not affected');

/** Asks the scopes of one model; what one subject has made known serves the next. */
export class WorstCaughtUp {
  private readonly known = new Map<DisruptionClass, Map<number, Figure>>();
  private usual: State | undefined;

  constructor(
    private readonly structure: Structure,
    private readonly graph: RecoveryGraph,
    private readonly scopesOf: (disruption: DisruptionClass) => ClassScopes,
    private readonly outcomesIn: (scope: Scope) => ReadonlyMap<number, Outcome>,
  ) {}

  /**
   * Of a component exact. Of a journey with a choice (`any of`) and scopes that hit one component each, at most that: for each alternative
   * its own worst scope counts.
   */
  of(disruption: DisruptionClass, node: StructureNode): Figure {
    const scopes = this.scopesOf(disruption);
    const { nodes } = this.structure.compiled;
    let most = none;
    for (const scope of scopes.wide) most = worse(most, caughtUp(this.graph, nodes, node, this.outcomesIn(scope)) ?? none);
    for (const id of journeysUnder(this.graph, nodes, node)) {
      const kept = this.keptFor(disruption);
      const times = (nodes[id]?.hard ?? []).map((entry) => {
        const figures = entry.targets.map((target) => kept.get(target) ?? this.ofComponent(disruption, nodes[target]));
        return kthBest(figures, entry.need) ?? none;
      });
      kept.set(id, times.reduce(worse, none));
    }
    return worse(most, this.keptFor(disruption).get(node.id) ?? this.ofComponent(disruption, node));
  }

  private keptFor(disruption: DisruptionClass): Map<number, Figure> {
    const kept = this.known.get(disruption) ?? new Map<number, Figure>();
    this.known.set(disruption, kept);
    return kept;
  }

  /** Over the scopes that hit one component. Whoever depends on what is hit is back no later, and loses no more, than what is hit. */
  private ofComponent(disruption: DisruptionClass, node: StructureNode | undefined): Figure {
    const component = node?.component;
    if (node === undefined || component === undefined) return none;
    const kept = this.keptFor(disruption);
    const before = kept.get(node.id);
    if (before !== undefined) return before;
    const scopes = this.scopesOf(disruption);
    let most = none;
    for (const { alone } of scopes.ownOf(node.name)) most = worse(most, caughtUpOf(component, alone));
    const carries = this.carriersUsually(node, component);
    const atMost = (alone: Outcome): Figure => caughtUpOf(component, { ...alone, carries });
    for (let at = 0; at < scopes.single.length; at++) {
      const [next, ceiling] = [scopes.single[at], scopes.ceilingFrom(at)];
      if (next === undefined || (ceiling !== undefined && compareTimes(atMost(ceiling), most) <= 0)) break;
      if (next.component === node.name || compareTimes(atMost(next.alone), most) <= 0) continue;
      if (!next.nodes.some((id) => this.graph.reaches(node.id, id))) continue;
      const outcome = this.outcomesIn(next.scope).get(node.id);
      if (outcome !== undefined) most = worse(most, caughtUpOf(component, outcome));
    }
    kept.set(node.id, most);
    return most;
  }

  private carriersUsually(node: StructureNode, component: Component): number {
    this.usual ??= new State(this.structure, this.structure.compiled.network.baseline, undefined);
    return carriersOf(component, this.usual, this.usual.servingSide(node));
  }
}
