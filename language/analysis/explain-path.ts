/** Figures by name, as the command line and documents ask for them: `place-order.availability`, `orders.region-loss.rto`. */
import { disruptionClasses } from '../model/model.js';
import type { Analysis } from './analysis.js';
import { explainCallBudget } from './call-budget/explain-calls.js';
import { explainCapacity } from './capacity/explain-capacity.js';
import { explainContributions, explainCutSets, explainOutages } from './explain-events.js';
import { explain } from './explanations.js';
import type { Explanation, Figure } from './figure.js';

/** What can be asked of a component or journey, for messages. */
export const explainablePaths =
  'NAME.availability, NAME.degraded, NAME.outages, NAME.contributions, NAME.cut-sets, NAME.capacity, NAME.calls, NAME.cost, NAME.downtime, NAME.durability, NAME.CLASS.rto, NAME.CLASS.rpo or NAME.CLASS.cost';

/** The tree behind what `path` names; undefined where there is no such figure. */
export function explanationAt(analysis: Analysis, path: string): Explanation | undefined {
  const [subject = '', what = '', which = ''] = path.split('.');
  const figures = analysis.availability(subject);
  switch (what) {
    case 'availability':
      return explained(figures?.availability);
    case 'unavailability':
      return explained(figures?.unavailability);
    case 'degraded':
      return explained(figures?.degraded);
    case 'outages':
      return explainOutages(analysis, subject);
    case 'contributions':
      return explainContributions(analysis, subject);
    case 'cut-sets':
      return explainCutSets(analysis, subject);
    case 'capacity': {
      const capacity = analysis.capacity(subject);
      return capacity === undefined ? undefined : explainCapacity(capacity);
    }
    case 'calls': {
      const calls = analysis.callBudget(subject);
      return calls === undefined ? undefined : explainCallBudget(calls);
    }
    case 'cost':
      return explained(analysis.cost(subject)?.standing);
    case 'downtime':
      return explained(analysis.cost(subject)?.downtime);
    case 'durability':
      return explained(analysis.durability(subject)?.everythingLost);
    default: {
      if (figures === undefined) return undefined;
      const disruption = disruptionClasses.find((name) => name === what);
      if (disruption !== undefined && which === 'cost')
        return explained(analysis.cost(subject)?.classes.get(disruption)?.outagePerYear);
      const recovery = disruption === undefined ? undefined : analysis.recovery(subject).get(disruption);
      return explained(which === 'rto' ? recovery?.rto : which === 'rpo' ? recovery?.rpo : undefined);
    }
  }
}

function explained(figure: Figure | undefined): Explanation | undefined {
  return figure === undefined ? undefined : explain(figure);
}
