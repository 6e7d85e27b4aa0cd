/** Survival, RTO and RPO per disruption class of components and journeys: the worst over the scopes of the class. */
import { MadeLater } from '../../model/made-later.js';
import { type ClassObjective, type DisruptionClass, disruptionClasses, type Objective } from '../../model/model.js';
import type { ClassRecovery, SiteRecovery } from '../analysis.js';
import type { Structure } from '../structure/evaluate.js';
import type { StructureNode } from '../structure/nodes.js';
import { caughtUp } from './caught-up.js';
import { WorstOfClass } from './class-recovery.js';
import { ClassScopes, type SingleScope } from './class-scopes.js';
import { type Outcome, outcomesOf } from './compose.js';
import { RecoveryGraph } from './graph.js';
import { ReachedScopes } from './reached-scopes.js';
import { type Scope, scopesOf, touchedBy } from './scope.js';
import { compareTimes, judged, missingStep, noTime, timeOf, withoutOwner, worse } from './time.js';
import { WorstCaughtUp } from './worst-caught-up.js';

/** Past so many lost instances, or stores with bad data, only the subject's own and the worst are told apart. */
const mostOfComponents = 100;

/** Whether the scopes of a class are components rather than places. */
function isOfComponents(disruption: DisruptionClass): boolean {
  return disruption === 'instance-loss' || disruption === 'corruption';
}

/** What is promised for one class. */
type Promised = Pick<ClassObjective, 'rto' | 'rpo'>;

/** The worst met so far: of the time and of the loss with the scope that first made it. */
interface Worst {
  readonly time: { readonly scope: Scope; readonly outcome: Outcome };
  readonly loss: { readonly scope: Scope; readonly outcome: Outcome };
  readonly survives: boolean;
  readonly lost: boolean;
}

/** Recovery of one model. Scopes are worked out when a subject first needs them and shared by all that follow. */
export class Recovery {
  readonly graph: RecoveryGraph;
  private readonly latest: WorstCaughtUp;
  private readonly scopes = new Map<DisruptionClass, ClassScopes>();
  private readonly reached = new Map<ClassScopes, ReachedScopes>();
  private readonly byRegion: boolean;
  /** Scopes of a try go with it. */
  private readonly outcomes = new WeakMap<Scope, ReadonlyMap<number, Outcome>>();
  private readonly subjects = new Map<string, ReadonlyMap<DisruptionClass, ClassRecovery>>();

  /**
   * `insteadOf`: components that are only imagined, by the name of what they stand for: no restore waits for theirs. `made` is told of
   * each figure of a class once.
   */
  constructor(
    private readonly structure: Structure,
    private readonly insteadOf?: ReadonlyMap<string, string>,
    private readonly made?: (subject: string, recovery: ClassRecovery) => void,
  ) {
    this.graph = new RecoveryGraph(structure);
    this.latest = new WorstCaughtUp(
      structure,
      this.graph,
      (disruption) => this.scopesOf(disruption),
      (scope) => this.outcomesIn(scope),
    );
    this.byRegion = structure.model.components.some((component) => component.edges.some((edge) => edge.sameRegion));
  }

  /**
   * All classes of a component or journey, in the order of {@link disruptionClasses}, each worked out when it is asked for. Empty for
   * unknown names; never throws.
   */
  of(subject: string): ReadonlyMap<DisruptionClass, ClassRecovery> {
    const kept = this.subjects.get(subject);
    if (kept !== undefined) return kept;
    const node = this.structure.compiled.nodeOf(subject);
    const result = new MadeLater(node === undefined ? [] : disruptionClasses, (disruption) => {
      const found = this.ofClass(subject, disruption) ?? this.beyondReach(disruption, undefined);
      this.made?.(subject, found);
      return found;
    });
    this.subjects.set(subject, result);
    return result;
  }

  /** One class alone of a component or journey; undefined for unknown names. */
  ofClass(subject: string, disruption: DisruptionClass): ClassRecovery | undefined {
    const node = this.structure.compiled.nodeOf(subject);
    return node === undefined ? undefined : this.worst(disruption, node, node.component?.objective ?? node.journey?.objective);
  }

  /** What one scope does to a component or journey; undefined where it does not reach it. Scenarios build their own scopes. */
  inScope(subject: string, scope: Scope): Outcome | undefined {
    const node = this.structure.compiled.nodeOf(subject);
    return node === undefined ? undefined : this.outcomesIn(scope).get(node.id);
  }

  /** Tells whether a component or journey is one of these nodes or depends on one of them for coming back. */
  reachOf(subject: string): (nodes: readonly number[]) => boolean {
    const id = this.structure.compiled.nodeOf(subject)?.id;
    return id === undefined ? () => false : (nodes) => nodes.some((node) => this.graph.reaches(id, node));
  }

  private worst(disruption: DisruptionClass, node: StructureNode, objective: Objective | undefined): ClassRecovery {
    const promise = objective?.classes.find((each) => each.disruption === disruption);
    const worst = this.search(this.scopesOf(disruption), node);
    if (worst === undefined) return this.beyondReach(disruption, promise);
    const costsTime = compareTimes(worst.time.outcome.rto, noTime('')) !== 0;
    return new WorstOfClass(
      disruption,
      {
        survives: worst.survives,
        lost: worst.lost,
        scope: (costsTime ? worst.time : worst.loss).scope.name,
        rto: judged(withoutOwner(worst.time.outcome.rto, node.name), promise?.rto),
        rpo: judged(withoutOwner(worst.loss.outcome.rpo, node.name), promise?.rpo),
        ...failbackIn(worst.time.outcome, node),
      },
      () => this.everySite(disruption, node, promise, worst),
      () => withoutOwner(worse(worst.time.outcome.rto, this.latest.of(disruption, node)), node.name),
    );
  }

  /** Each scope of a class that reaches the subject, by name; scopes of the same name taken together. */
  private everySite(
    disruption: DisruptionClass,
    node: StructureNode,
    promise: Promised | undefined,
    worst: Worst,
  ): ReadonlyMap<string, SiteRecovery> {
    const { wide, single } = this.scopesOf(disruption);
    // Of every component on every component there would be millions.
    const many = isOfComponents(disruption) && wide.length + single.length > mostOfComponents;
    const isWorst = (scope: Scope): boolean => scope === worst.time.scope || scope === worst.loss.scope;
    const ones = [
      ...wide.filter((scope) => !many || isWorst(scope) || touchedBy(scope).includes(node.name)),
      ...single
        .filter(({ scope, component }) => !many || component === node.name || isWorst(scope))
        .filter(({ nodes }) => nodes.some((id) => this.graph.reaches(node.id, id)))
        .map(({ scope }) => scope),
    ];
    const found = new Map<string, SiteRecovery>();
    // What a scope does to the one component that it hits is known without asking what it does to all others.
    const alone = new Map(
      this.scopesOf(disruption)
        .ownOf(node.name)
        .map((each) => [each.scope, each.alone]),
    );
    for (const scope of ones) {
      const own = alone.get(scope);
      const outcomes = own === undefined ? this.outcomesIn(scope) : new Map([[node.id, own]]);
      const outcome = outcomes.get(node.id);
      if (outcome === undefined) continue;
      const caught = caughtUp(this.graph, this.structure.compiled.nodes, node, outcomes) ?? outcome.rto;
      const rto = withoutOwner(outcome.rto, node.name);
      const next: SiteRecovery = {
        survives: outcome.up,
        lost: outcome.lost,
        rto: judged(rto, promise?.rto),
        rpo: judged(withoutOwner(outcome.rpo, node.name), promise?.rpo),
        caughtUp: caught === outcome.rto ? rto : withoutOwner(caught, node.name),
        ...failbackIn(outcome, node),
      };
      const before = found.get(scope.name);
      found.set(scope.name, before === undefined ? next : worstSite(before, next));
    }
    return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The subject's own scopes first, then those that hit several components, then single ones as long as they can be worse. */
  private search(scopes: ClassScopes, node: StructureNode): Worst | undefined {
    let worst: Worst | undefined;
    // What is down with everything up is so in every scope, whatever its requirements do.
    const stands = !this.structure.compiled.network.baseline.has(this.structure.compiled.gates[node.id]?.up ?? -1);
    for (const { scope, alone } of scopes.ownOf(node.name)) worst = joined(worst, scope, alone);
    for (const scope of scopes.wide) worst = joined(worst, scope, this.outcomesIn(scope).get(node.id));
    const highest = scopes.ceilingFrom(0);
    // Mostly the subject's own is as bad as all others are, and then nobody need find out what it can meet.
    if (highest !== undefined && !mayWorsen(worst, highest, stands)) return worst;
    for (const at of this.reachedOf(scopes).placesFor(node.id)) {
      const ceiling = scopes.ceilingFrom(at);
      const next = scopes.single[at];
      if (next === undefined || (ceiling !== undefined && !mayWorsen(worst, ceiling, stands))) break;
      if (next.component === node.name || !mayWorsen(worst, next.alone, stands)) continue;
      worst = joined(worst, next.scope, this.outcomesIn(next.scope).get(node.id));
    }
    return worst;
  }

  private reachedOf(scopes: ClassScopes): ReachedScopes {
    let found = this.reached.get(scopes);
    if (found === undefined) {
      found = new ReachedScopes(this.graph, scopes.single);
      this.reached.set(scopes, found);
    }
    return found;
  }

  /** A class without a scope that reaches the subject. Providers that nobody stated are not providers that cannot fail. */
  private beyondReach(disruption: DisruptionClass, promise: Promised | undefined): ClassRecovery {
    const blind = disruption === 'provider-loss' && this.scopesOf(disruption).isEmpty;
    const figure = blind ? timeOf(missingStep('provider', 'provider of the regions')) : noTime('not affected');
    return new WorstOfClass(
      disruption,
      {
        survives: undefined,
        lost: false,
        scope: undefined,
        rto: judged(figure, promise?.rto),
        rpo: judged(figure, promise?.rpo),
      },
      () => new Map(),
      () => figure,
    );
  }

  /** All scopes of a class, those that hit one component with what they do to it. */
  scopesOf(disruption: DisruptionClass): ClassScopes {
    const kept = this.scopes.get(disruption);
    if (kept !== undefined) return kept;
    const wide: Scope[] = [];
    const single: SingleScope[] = [];
    for (const scope of scopesOf(this.structure.model, disruption)) {
      const known = this.singleOf(scope);
      if (known === undefined) wide.push(scope);
      else single.push(known);
    }
    const result = new ClassScopes(wide, single);
    this.scopes.set(disruption, result);
    return result;
  }

  /**
   * What a scope that hits one component does to this one, everything else standing. Not where that may come back to it, in a cycle, or
   * where instances count only beside others of their region: then a hit travels further than the component.
   */
  private singleOf(scope: Scope): SingleScope | undefined {
    // A place may be that of other components as well: how many there are must not decide in which order scopes are asked.
    if (!isOfComponents(scope.disruption)) return undefined;
    const [name, ...others] = touchedBy(scope);
    const node = name === undefined || others.length > 0 ? undefined : this.structure.compiled.nodeOf(name);
    if (node === undefined || this.byRegion || this.graph.isCyclic(node.id)) return undefined;
    const alone = outcomesOf(this.structure, this.graph, scope, new Set([node.id])).get(node.id);
    if (alone === undefined) return undefined;
    return { scope, component: node.name, nodes: this.graph.nodesOf(node.name), alone, order: this.graph.heightOf(node.id) };
  }

  private outcomesIn(scope: Scope): ReadonlyMap<number, Outcome> {
    const kept = this.outcomes.get(scope);
    if (kept !== undefined) return kept;
    const outcomes = outcomesOf(this.structure, this.graph, scope, undefined, this.insteadOf);
    this.outcomes.set(scope, outcomes);
    return outcomes;
  }
}

/**
 * Whether a scope that does `alone` to the component it hits can do worse to a subject than what is met already: whoever depends on what
 * is hit is hit no harder, unless it is down with everything up.
 */
function mayWorsen(worst: Worst | undefined, alone: Outcome, stands: boolean): boolean {
  if (worst === undefined) return true;
  if ((alone.lost && !worst.lost) || (worst.survives && !(alone.up && stands))) return true;
  if (compareTimes(alone.rpo, worst.loss.outcome.rpo) > 0) return true;
  return stands ? compareTimes(alone.rto, worst.time.outcome.rto) > 0 : worst.time.outcome.rto.status !== 'never';
}

function joined(worst: Worst | undefined, scope: Scope, outcome: Outcome | undefined): Worst | undefined {
  if (outcome === undefined) return worst;
  const next = { scope, outcome };
  if (worst === undefined) return { time: next, loss: next, survives: outcome.up, lost: outcome.lost };
  const later = compareTimes(outcome.rto, worst.time.outcome.rto) > 0;
  const deeper = compareTimes(outcome.rpo, worst.loss.outcome.rpo) > 0;
  const survives = worst.survives && outcome.up;
  const lost = worst.lost || outcome.lost;
  if (!later && !deeper && survives === worst.survives && lost === worst.lost) return worst;
  return { time: later ? next : worst.time, loss: deeper ? next : worst.loss, survives, lost };
}

function failbackIn({ failback }: Outcome, node: StructureNode): Pick<SiteRecovery, 'failback'> {
  return failback === undefined ? {} : { failback: withoutOwner(failback, node.name) };
}

/** The worst of two scopes of one name, each part by itself. */
function worstSite(a: SiteRecovery, b: SiteRecovery): SiteRecovery {
  const failback =
    a.failback === undefined || b.failback === undefined ? (a.failback ?? b.failback) : worse(a.failback, b.failback);
  return {
    survives: a.survives && b.survives,
    lost: a.lost || b.lost,
    rto: worse(a.rto, b.rto),
    rpo: worse(a.rpo, b.rpo),
    caughtUp: worse(a.caughtUp, b.caughtUp),
    ...(failback === undefined ? {} : { failback }),
  };
}

/** Recovery of one component or journey in every class. For many subjects of a model keep one {@link Recovery}. */
export function recoveryOf(structure: Structure, subject: string): ReadonlyMap<DisruptionClass, ClassRecovery> {
  return new Recovery(structure).of(subject);
}
