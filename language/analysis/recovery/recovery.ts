/** Survival, RTO and RPO per disruption class of components and journeys: the worst over the scopes of the class. */
import type { Fact } from '../../model/fact.js';
import { type DisruptionClass, disruptionClasses, type Objective } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import type { StructureNode } from '../structure/compile.js';
import type { Structure } from '../structure/evaluate.js';
import { type Outcome, outcomesOf } from './compose.js';
import { RecoveryGraph } from './graph.js';
import { type Scope, scopesOf, touchedBy } from './scope.js';
import { compareTimes, judged, missingStep, noTime, timeOf, withoutOwner } from './time.js';

/** Recovery of one model. Scopes are worked out when a subject first needs them and shared by all that follow. */
export class Recovery {
  private readonly graph: RecoveryGraph;
  private readonly scopes = new Map<DisruptionClass, readonly Scope[]>();
  private readonly outcomes = new Map<Scope, ReadonlyMap<number, Outcome>>();
  private readonly subjects = new Map<string, ReadonlyMap<DisruptionClass, ClassRecovery>>();

  constructor(private readonly structure: Structure) {
    this.graph = new RecoveryGraph(structure);
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
    for (const scope of this.scopesOf(disruption)) {
      if (!touchedBy(scope).some((name) => closure.has(name))) continue;
      const outcome = this.outcomesIn(scope).get(node.id);
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

  private scopesOf(disruption: DisruptionClass): readonly Scope[] {
    const kept = this.scopes.get(disruption);
    if (kept !== undefined) return kept;
    const scopes = scopesOf(this.structure.model, disruption);
    this.scopes.set(disruption, scopes);
    return scopes;
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
