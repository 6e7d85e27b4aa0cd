/** What disruptions cost a subject: how often, how long, how much data, at the prices it states. */
import { type Component, type Cost, type DisruptionClass, disruptionClasses, type Model } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import type { Outcome } from '../recovery/compose.js';
import type { Recovery } from '../recovery/recovery.js';
import type { Scope } from '../recovery/scope.js';
import { type Amount, amountOf, amountOfFigure, between, figureOf, missingAmount, product, sum, upTo } from './amount.js';
import type { ClassCost } from './cost-figures.js';
import { perSecond } from './currency.js';
import { scopeFrequency } from './frequency.js';

/** Scopes of one component that reach a subject, times components of the model: past so many each counts up to what it does alone. */
const mostSteps = 40_000;

/** A component or journey with prices. */
export interface Priced {
  readonly name: string;
  readonly costs: readonly Cost[];
}

/** Price per second of being down or of lost data; unknown where it is not stated. */
export function priceOf(subject: Priced, kind: 'outage' | 'loss', currency: string | undefined): Amount {
  const prices = subject.costs.filter((price) => price.kind === kind);
  if (prices.length === 0) return missingAmount(`${kind} costs of ${subject.name}`);
  return sum(prices.map((price) => perSecond(price, currency, `${kind} costs of ${subject.name}`)));
}

/** How often a year, and how long and how much data that comes to. */
interface Yearly {
  readonly frequency: Amount;
  readonly time: Amount;
  readonly data: Amount;
}

/** A scope with how often it is hit. */
interface Struck {
  readonly scope: Scope;
  readonly frequency: Amount;
  /** What it does to the one component that it hits, and the nodes of that; absent where it hits several. */
  readonly single?: { readonly component: string; readonly nodes: readonly number[]; readonly rto: Amount; readonly rpo: Amount };
}

/** Works out what every class costs. */
export class Losses {
  private readonly scopes = new Map<DisruptionClass, readonly Struck[]>();

  constructor(
    private readonly model: Model,
    private readonly recovery: Recovery,
    private readonly componentOf: (name: string) => Component | undefined,
  ) {}

  /** Of every class that reaches the subject; none where neither an outage nor lost data has a price. */
  of(
    subject: Priced,
    worst: ReadonlyMap<DisruptionClass, ClassRecovery>,
    currency: string | undefined,
  ): ReadonlyMap<DisruptionClass, ClassCost> {
    const result = new Map<DisruptionClass, ClassCost>();
    if (!subject.costs.some(({ kind }) => kind !== 'standing')) return result;
    const outage = priceOf(subject, 'outage', currency);
    const loss = priceOf(subject, 'loss', currency);
    for (const disruption of disruptionClasses) {
      const found = worst.get(disruption);
      if (found?.survives === undefined) continue;
      const { frequency, time, data } = this.yearly(disruption, subject.name, found);
      result.set(disruption, {
        disruption,
        frequency: figureOf(frequency, 'per-year'),
        outagePerIncident: figureOf(product(outage, amountOfFigure(found.rto)), 'money'),
        lossPerIncident: figureOf(product(loss, amountOfFigure(found.rpo)), 'money'),
        outagePerYear: figureOf(product(outage, time), 'money-per-year'),
        lossPerYear: figureOf(product(loss, data), 'money-per-year'),
      });
    }
    return result;
  }

  private yearly(disruption: DisruptionClass, subject: string, worst: ClassRecovery): Yearly {
    const reaches = this.recovery.reachOf(subject);
    const near = this.scopesOf(disruption).filter(({ single }) => single === undefined || reaches(single.nodes));
    const spelledOut = near.length * this.model.components.length <= mostSteps;
    const far = new Far(amountOfFigure(worst.rto), amountOfFigure(worst.rpo));
    const parts: Yearly[] = [];
    for (const { scope, frequency, single } of near) {
      if (single !== undefined && single.component !== subject && !spelledOut) far.add(frequency, single);
      else if (single?.component === subject) parts.push(times(frequency, single));
      else {
        const outcome: Outcome | undefined = this.recovery.inScope(subject, scope);
        if (outcome === undefined) continue;
        parts.push(times(frequency, { rto: amountOfFigure(outcome.rto), rpo: amountOfFigure(outcome.rpo) }));
      }
    }
    parts.push(...far.parts());
    return {
      frequency: sum(parts.map((part) => part.frequency)),
      time: sum(parts.map((part) => part.time)),
      data: sum(parts.map((part) => part.data)),
    };
  }

  private scopesOf(disruption: DisruptionClass): readonly Struck[] {
    const kept = this.scopes.get(disruption);
    if (kept !== undefined) return kept;
    const { wide, single } = this.recovery.scopesOf(disruption);
    const struck = (scope: Scope, more: Pick<Struck, 'single'> = {}): readonly Struck[] => {
      const frequency = scopeFrequency(this.model, scope, this.componentOf);
      return frequency === undefined ? [] : [{ scope, frequency, ...more }];
    };
    const result = [
      ...wide.flatMap((scope) => struck(scope)),
      ...single.flatMap(({ scope, component, nodes, alone }) =>
        struck(scope, { single: { component, nodes, rto: amountOfFigure(alone.rto), rpo: amountOfFigure(alone.rpo) } }),
      ),
      // By name, so that the order of declaration changes not even the last digit of a sum.
    ].sort((a, b) => (a.scope.name < b.scope.name ? -1 : 1));
    this.scopes.set(disruption, result);
    return result;
  }
}

function times(frequency: Amount, { rto, rpo }: { readonly rto: Amount; readonly rpo: Amount }): Yearly {
  return { frequency, time: product(frequency, rto), data: product(frequency, rpo) };
}

/** Scopes far below a subject: it depends on what they hit, and is hit no harder than that is, or than it is at worst. */
class Far {
  private frequency = 0;
  private time = 0;
  private data = 0;
  private readonly assumptions = new Set<string>();
  private readonly others: Yearly[] = [];

  constructor(
    private readonly rto: Amount,
    private readonly rpo: Amount,
  ) {}

  /** Numbers are summed as numbers, since there may be thousands for each of thousands of subjects. */
  add(frequency: Amount, single: { readonly rto: Amount; readonly rpo: Amount }): void {
    const rto = least(single.rto, this.rto);
    const rpo = least(single.rpo, this.rpo);
    if (isOpen(frequency) || frequency.lower !== frequency.upper || isOpen(rto) || isOpen(rpo)) {
      this.others.push(times(frequency, { rto: upTo(rto), rpo: upTo(rpo) }));
      return;
    }
    this.frequency += frequency.lower;
    this.time += frequency.upper * rto.upper;
    this.data += frequency.upper * rpo.upper;
    for (const { assumptions } of [frequency, rto, rpo]) for (const each of assumptions) this.assumptions.add(each);
  }

  parts(): readonly Yearly[] {
    const assumptions = [...this.assumptions];
    const most = (upper: number): Amount => ({ ...between(0, upper), assumptions: upper === 0 ? [] : assumptions });
    return [{ frequency: amountOf(this.frequency), time: most(this.time), data: most(this.data) }, ...this.others];
  }
}

/** The lesser of two amounts of which one may have no limit, or not be known. */
function least(a: Amount, b: Amount): Amount {
  if (isOpen(a)) return b;
  return isOpen(b) || a.upper <= b.upper ? a : b;
}

function isOpen(amount: Amount): boolean {
  return amount.because !== undefined || amount.missing.length > 0;
}
