/** What disruptions cost a subject: how often, how long, how much data, at the prices it states. */
import { type Component, type Cost, type DisruptionClass, disruptionClasses, type Model } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import type { Outcome } from '../recovery/compose.js';
import type { Recovery } from '../recovery/recovery.js';
import type { Scope } from '../recovery/scope.js';
import { type Amount, amountOfFigure, figureOf, missingAmount, product, sum, upTo } from './amount.js';
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

/** A scope that reaches the subject. */
interface Hit {
  readonly frequency: Amount;
  readonly rto: Amount;
  readonly rpo: Amount;
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
      const hits = this.hits(disruption, subject.name, found);
      result.set(disruption, {
        disruption,
        frequency: figureOf(sum(hits.map(({ frequency }) => frequency)), 'per-year'),
        outagePerIncident: figureOf(product(outage, amountOfFigure(found.rto)), 'money'),
        lossPerIncident: figureOf(product(loss, amountOfFigure(found.rpo)), 'money'),
        outagePerYear: figureOf(product(outage, sum(hits.map((hit) => product(hit.frequency, hit.rto)))), 'money-per-year'),
        lossPerYear: figureOf(product(loss, sum(hits.map((hit) => product(hit.frequency, hit.rpo)))), 'money-per-year'),
      });
    }
    return result;
  }

  private hits(disruption: DisruptionClass, subject: string, worst: ClassRecovery): readonly Hit[] {
    const reaches = this.recovery.reachOf(subject);
    const near = this.scopesOf(disruption).filter(({ single }) => single === undefined || reaches(single.nodes));
    const spelledOut = near.length * this.model.components.length <= mostSteps;
    const most = { rto: amountOfFigure(worst.rto), rpo: amountOfFigure(worst.rpo) };
    return near.flatMap(({ scope, frequency, single }): readonly Hit[] => {
      if (single?.component === subject) return [{ frequency, rto: single.rto, rpo: single.rpo }];
      // Whoever depends on what is hit is hit no harder than that is.
      if (single !== undefined && !spelledOut) {
        return [{ frequency, rto: upTo(least(single.rto, most.rto)), rpo: upTo(least(single.rpo, most.rpo)) }];
      }
      const outcome: Outcome | undefined = this.recovery.inScope(subject, scope);
      return outcome === undefined ? [] : [{ frequency, rto: amountOfFigure(outcome.rto), rpo: amountOfFigure(outcome.rpo) }];
    });
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

/** The lesser of two amounts of which one may have no limit, or not be known. */
function least(a: Amount, b: Amount): Amount {
  const open = (amount: Amount): boolean => amount.because !== undefined || amount.missing.length > 0;
  if (open(a)) return b;
  return open(b) || a.upper <= b.upper ? a : b;
}
