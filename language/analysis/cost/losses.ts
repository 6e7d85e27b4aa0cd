/** What disruptions cost a subject: how often, how long, how much data, at the prices it states. */
import { type Component, type Cost, type DisruptionClass, disruptionClasses, type Model } from '../../model/model.js';
import type { ClassRecovery } from '../analysis.js';
import type { Recovery } from '../recovery/recovery.js';
import { type Scope, scopesOf, touchedBy } from '../recovery/scope.js';
import { type Amount, amountOf, amountOfFigure, figureOf, isNothing, missingAmount, product, sum } from './amount.js';
import type { ClassCost } from './cost-figures.js';
import { perSecond } from './currency.js';
import { scopeFrequency } from './frequency.js';

/** Past so many scopes of a class each is taken to be as bad as the worst, and the amount is a bound. */
const mostScopes = 200;

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

/** Works out what every class costs. `closure`: names of everything the subject can be reached through. */
export class Losses {
  private readonly scopes = new Map<DisruptionClass, readonly Scope[]>();

  constructor(
    private readonly model: Model,
    private readonly recovery: Recovery,
    private readonly componentOf: (name: string) => Component | undefined,
  ) {}

  of(
    subject: Priced,
    worst: ReadonlyMap<DisruptionClass, ClassRecovery>,
    closure: ReadonlySet<string>,
    currency: string | undefined,
  ): ReadonlyMap<DisruptionClass, ClassCost> {
    const result = new Map<DisruptionClass, ClassCost>();
    if (!subject.costs.some(({ kind }) => kind !== 'standing')) return result;
    const outage = priceOf(subject, 'outage', currency);
    const loss = priceOf(subject, 'loss', currency);
    for (const disruption of disruptionClasses) {
      const found = worst.get(disruption);
      if (found?.survives === undefined) continue;
      const hits = this.hits(disruption, subject.name, found, closure);
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

  private hits(disruption: DisruptionClass, subject: string, worst: ClassRecovery, closure: ReadonlySet<string>): readonly Hit[] {
    const near = this.scopesOf(disruption).filter((scope) => touchedBy(scope).some((name) => closure.has(name)));
    return near.flatMap((scope): readonly Hit[] => {
      const frequency = scopeFrequency(this.model, scope, this.componentOf);
      if (frequency === undefined) return [];
      if (near.length > mostScopes) {
        return [{ frequency, rto: upTo(amountOfFigure(worst.rto)), rpo: upTo(amountOfFigure(worst.rpo)) }];
      }
      const outcome = this.recovery.inScope(subject, scope);
      return outcome === undefined ? [] : [{ frequency, rto: amountOfFigure(outcome.rto), rpo: amountOfFigure(outcome.rpo) }];
    });
  }

  private scopesOf(disruption: DisruptionClass): readonly Scope[] {
    const kept = this.scopes.get(disruption) ?? scopesOf(this.model, disruption);
    this.scopes.set(disruption, kept);
    return kept;
  }
}

/** At most this. */
function upTo(amount: Amount): Amount {
  return isNothing(amount) ? amountOf(0) : { ...amount, lower: 0 };
}
