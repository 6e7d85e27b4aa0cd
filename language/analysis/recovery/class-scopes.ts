/** The scopes of one disruption class in the order in which subjects look for their worst: what hits most first. */
import type { Outcome } from './compose.js';
import type { Scope } from './scope.js';
import { compareTimes, worse } from './time.js';

/** A scope that hits one component and goes no further than its dependents. */
export interface SingleScope {
  readonly scope: Scope;
  readonly component: string;
  /** The component's nodes. */
  readonly nodes: readonly number[];
  /** What it does to the component, everything else standing. */
  readonly alone: Outcome;
  /** How high the component stands above what depends on nothing: callees have lower numbers. */
  readonly order: number;
}

/** The worst of several outcomes, each part by itself. */
export type Ceiling = Outcome;

/** All scopes of a class. */
export class ClassScopes {
  /** Scopes that hit one component, the worst and deepest first. */
  readonly single: readonly SingleScope[];
  private readonly ceilings: readonly Ceiling[];
  private readonly byComponent = new Map<string, SingleScope[]>();

  /** Scopes that hit several components, or come back to the one they hit; by name. */
  readonly wide: readonly Scope[];

  /** `wide`: scopes that hit several components, or come back to the one they hit. */
  constructor(wide: readonly Scope[], single: readonly SingleScope[]) {
    // By name, as those that are alike below: the first to be met is the one that is told, whatever the order of declaration.
    this.wide = [...wide].sort((a, b) => byText(a.name, b.name));
    this.single = [...single].sort(worstAndDeepest);
    for (const each of this.single) {
      const list = this.byComponent.get(each.component);
      if (list === undefined) this.byComponent.set(each.component, [each]);
      else list.push(each);
    }
    const ceilings: Ceiling[] = [];
    let ceiling: Ceiling | undefined;
    for (let at = this.single.length - 1; at >= 0; at--) {
      const alone = this.single[at]?.alone;
      if (alone === undefined) continue;
      ceiling = ceiling === undefined ? alone : together(alone, ceiling);
      ceilings.push(ceiling);
    }
    this.ceilings = ceilings.reverse();
  }

  /** Whether the class has no scope at all. */
  get isEmpty(): boolean {
    return this.wide.length + this.single.length === 0;
  }

  /** Scopes that hit this component alone. */
  ownOf(component: string): readonly SingleScope[] {
    return this.byComponent.get(component) ?? [];
  }

  /** The worst that the single scopes from this place on do to what they hit. */
  ceilingFrom(at: number): Ceiling | undefined {
    return this.ceilings[at];
  }
}

function worstAndDeepest(a: SingleScope, b: SingleScope): number {
  const up = (a.alone.up ? 1 : 0) - (b.alone.up ? 1 : 0);
  return (
    up ||
    compareTimes(b.alone.rto, a.alone.rto) ||
    a.order - b.order ||
    byText(a.component, b.component) ||
    byText(a.scope.name, b.scope.name)
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function together(a: Outcome, b: Outcome): Outcome {
  return { up: a.up && b.up, lost: a.lost || b.lost, rto: worse(a.rto, b.rto), rpo: worse(a.rpo, b.rpo) };
}
