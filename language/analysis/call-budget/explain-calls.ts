/** The tree behind the call budget of a component or journey: every figure of it with its own terms. */
import { explain } from '../explanations.js';
import type { Explanation, Figure } from '../figure.js';
import { amountText } from '../figure-text.js';
import type { CallBudgetFigures } from './call-budget-figures.js';

/** `orders calls`: attempts, work and round trips below, then each call. */
export function explainCallBudget(figures: CallBudgetFigures): Explanation {
  const trees = (list: readonly Figure[]): readonly Explanation[] => list.flatMap((figure) => explain(figure) ?? []);
  return {
    label: `${figures.name} calls`,
    value: `${amountText(figures.attempts)} attempts in the worst case`,
    children: [
      ...trees([figures.attempts, figures.longestWork, figures.roundTrips]),
      ...figures.calls.map((call) => ({
        label: `${call.kind} ${call.target}`,
        value: call.tries === 1 ? 'tried once' : `tried ${call.tries} times`,
        source: call.source,
        children: trees([call.spent, call.below, call.workBelow, call.roundTrips]),
      })),
    ],
  };
}
