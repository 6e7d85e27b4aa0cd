/** Survival, RTO and RPO per disruption class of components and journeys: the worst over the scopes of the class. */
import type { Fact } from '../../model/fact.js';
import { type DisruptionClass, disruptionClasses, type Objective } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import type { Structure } from '../structure/evaluate.js';
import type { StructureNode } from '../structure/nodes.js';
import { type Outcome, outcomesOf } from './compose.js';
import { RecoveryGraph } from './graph.js';
import { type Scope, scopesOf, touchedBy } from './scope.js';
import { compareTimes, judged, missingStep, noTime, timeOf, withoutOwner } from './time.js';

/** A scope, the components it touches, and what it does to the only one it touches. */
interface KnownScope {
  readonly scope: Scope;
  readonly touched: readonly string[];
  readonly alone: Outcome | undefined;
  readonly order: number;
}

function worstAndDeepest(a: KnownScope, b: KnownScope): number {
  if (a.alone === undefined || b.alone === undefined) return (a.alone === undefined ? 0 : 1) - (b.alone === undefined ? 0 : 1);
  const up = (a.alone.up ? 1 : 0) - (b.alone.up ? 1 : 0);
  return up || compareTimes(b.alone.rto, a.alone.rto) || a.order - b.order;
}

/** Recovery of one model. Scopes are worked out when a subject first needs them and shared by all that follow. */
export class Recovery {
  private readonly graph: RecoveryGraph;
  private readonly scopes = new Map<DisruptionClass, readonly KnownScope[]>();
  private readonly own = new Map<DisruptionClass, ReadonlyMap<string, readonly KnownScope[]>>();
  private readonly byRegion: boolean;
  private readonly outcomes = new Map<Scope, ReadonlyMap<number, Outcome>>();
  private readonly subjects = new Map<string, ReadonlyMap<DisruptionClass, ClassRecovery>>();

  constructor(private readonly structure: Structure) {
    this.graph = new RecoveryGraph(structure);
    this.byRegion = structure.model.components.some((component) => component.edges.some((edge) => edge.sameRegion));
  }

  /** All classes of a component or journey, in the order of {@link disruptionClasses}. Empty for unknown names; never throws. */
  of(subject: string): ReadonlyMap<DisruptionClass, ClassRecovery> {
    const kept = this.subjects.get(subject);
    if (kept !== undefined) return kept;
    const node = this.structure.compiled.nodeOf(subject);
    const result = new Map<DisruptionClass, ClassRecovery>();
    if (node !== undefined) {
      const closure = this.graph.closureOf(subject);
      const objective = node.component?.objective ?? node.journey?.objective;
      for (const disruption of disruptionClasses) result.set(disruption, this.worst(disruption, node, closure, objective));
    }
    this.subjects.set(subject, result);
    return result;
  }

  /** What one scope does to a component or journey; undefined where it does not reach it. Scenarios build their own scopes. */
  inScope(subject: string, scope: Scope): Outcome | undefined {
    const node = this.structure.compiled.nodeOf(subject);
    return node === undefined ? undefined : this.outcomesIn(scope).get(node.id);
  }

  private worst(
    disruption: DisruptionClass,
    node: StructureNode,
    closure: ReadonlySet<string>,
    objective: Objective | undefined,
  ): ClassRecovery {
    const promise = objective?.classes.find((each) => each.disruption === disruption);
    let worstTime: { readonly scope: Scope; readonly outcome: Outcome } | undefined;
    let worstLoss: { readonly scope: Scope; readonly outcome: Outcome } | undefined;
    let survives: boolean | undefined;
    let lost = false;
    // What is down with everything up is so in every scope.
    const stands = !this.structure.compiled.network.baseline.has(this.structure.compiled.gates[node.id]?.up ?? -1);
    for (const { scope, touched, alone } of this.scopesOf(disruption, node.name)) {
      if (!touched.some((name) => closure.has(name))) continue;
      if (stands && alone !== undefined && worstTime !== undefined && worstLoss !== undefined) {
        // Nothing but one component is hit: whoever depends on it is hit no harder, so that what is already worse need not be asked.
        const worse = compareTimes(alone.rto, worstTime.outcome.rto) > 0 || compareTimes(alone.rpo, worstLoss.outcome.rpo) > 0;
        if (!worse && (alone.up || survives === false) && (!alone.lost || lost)) continue;
      }
      const outcome =
        touched.length === 1 && touched[0] === node.name && alone !== undefined ? alone : this.outcomesIn(scope).get(node.id);
      if (outcome === undefined) continue;
      survives = (survives ?? true) && outcome.up;
      lost ||= outcome.lost;
      if (worstTime === undefined || compareTimes(outcome.rto, worstTime.outcome.rto) > 0) worstTime = { scope, outcome };
      if (worstLoss === undefined || compareTimes(outcome.rpo, worstLoss.outcome.rpo) > 0) worstLoss = { scope, outcome };
    }
    if (worstTime === undefined || worstLoss === undefined) return this.beyondReach(disruption, promise);
    const costsTime = compareTimes(worstTime.outcome.rto, noTime('')) !== 0;
    return {
      disruption,
      survives,
      lost,
      scope: (costsTime ? worstTime : worstLoss).scope.name,
      rto: judged(withoutOwner(worstTime.outcome.rto, node.name), promise?.rto),
      rpo: judged(withoutOwner(worstLoss.outcome.rpo, node.name), promise?.rpo),
    };
  }

  /** A class without a scope that reaches the subject. Providers that nobody stated are not providers that cannot fail. */
  private beyondReach(
    disruption: DisruptionClass,
    promise: { readonly rto?: Fact<number>; readonly rpo?: Fact<number> } | undefined,
  ): ClassRecovery {
    const blind = disruption === 'provider-loss' && this.scopesOf(disruption).length === 0;
    const figure = blind ? timeOf(missingStep('provider', 'provider of the regions')) : noTime('not affected');
    return {
      disruption,
      survives: undefined,
      lost: false,
      scope: undefined,
      rto: judged(figure, promise?.rto),
      rpo: judged(figure, promise?.rpo),
    };
  }

  /** Scopes of a class, the subject's own first, then the worst and deepest, so that most subjects find their worst at once. */
  private scopesOf(disruption: DisruptionClass, subject?: string): readonly KnownScope[] {
    let kept = this.scopes.get(disruption);
    if (kept === undefined) {
      const known = scopesOf(this.structure.model, disruption).map((scope) => this.know(scope));
      kept = known.some((each) => each.alone !== undefined) ? known.sort(worstAndDeepest) : known;
      this.scopes.set(disruption, kept);
    }
    if (subject === undefined) return kept;
    const own = this.ownScopes(disruption, kept).get(subject);
    return own === undefined ? kept : [...own, ...kept];
  }

  private ownScopes(disruption: DisruptionClass, kept: readonly KnownScope[]): ReadonlyMap<string, readonly KnownScope[]> {
    const known = this.own.get(disruption);
    if (known !== undefined) return known;
    const result = new Map<string, KnownScope[]>();
    for (const each of kept) {
      const [name] = each.touched;
      if (each.alone === undefined || name === undefined) continue;
      const list = result.get(name);
      if (list === undefined) result.set(name, [each]);
      else list.push(each);
    }
    this.own.set(disruption, result);
    return result;
  }

  /**
   * What a scope that hits one component does to this one, everything else standing. Not where that may come back to it, in a cycle, or
   * where instances count only beside others of their region: then a hit travels further than the component.
   */
  private know(scope: Scope): KnownScope {
    const touched = touchedBy(scope);
    const [name] = touched;
    const node = name === undefined || touched.length > 1 ? undefined : this.structure.compiled.nodeOf(name);
    const order = node === undefined ? 0 : this.graph.orderOf(node.id);
    if (node === undefined || this.byRegion || this.graph.isCyclic(node.id)) return { scope, touched, alone: undefined, order };
    return { scope, touched, alone: outcomesOf(this.structure, this.graph, scope, new Set([node.id])).get(node.id), order };
  }

  private outcomesIn(scope: Scope): ReadonlyMap<number, Outcome> {
    const kept = this.outcomes.get(scope);
    if (kept !== undefined) return kept;
    const outcomes = outcomesOf(this.structure, this.graph, scope);
    this.outcomes.set(scope, outcomes);
    return outcomes;
  }
}

/** Recovery of one component or journey in every class. For many subjects of a model keep one {@link Recovery}. */
export function recoveryOf(structure: Structure, subject: string): ReadonlyMap<DisruptionClass, ClassRecovery> {
  return new Recovery(structure).of(subject);
}
