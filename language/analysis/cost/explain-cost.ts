/** Trees behind amounts of money. */
import type { ClassRecovery } from '../analysis.js';
import type { Explanation, Figure } from '../figure.js';
import { moneyText, timeText } from '../figure-text.js';
import { type Amount, figureOf } from './amount.js';
import type { ClassCost } from './cost-figures.js';

/** Why an amount is what it is: its parts, what is missing, what is assumed. */
export function explainAmount(
  label: string,
  figure: Figure,
  currency: string | undefined,
  parts: readonly (readonly [name: string, amount: Amount])[],
  formula?: string,
): Explanation {
  return {
    label,
    value: moneyText(figure, currency),
    ...(formula === undefined ? {} : { formula }),
    children: [
      ...parts.map(([name, amount]) => leaf(name, moneyText(figureOf(amount, figure.unit), currency))),
      ...reasons(figure),
    ],
  };
}

/** What one class of disruption costs: how often, how long and how much data at worst, and what that comes to. */
export function explainClass(
  subject: string,
  cost: ClassCost,
  recovery: ClassRecovery | undefined,
  currency: string | undefined,
): Explanation {
  const figures = [cost.frequency, cost.outagePerIncident, cost.lossPerIncident, cost.outagePerYear, cost.lossPerYear];
  const seen = new Set<string>();
  return {
    label: `${subject} ${cost.disruption} cost`,
    value: `${moneyText(cost.outagePerYear, currency)} of outage, ${moneyText(cost.lossPerYear, currency)} of lost data`,
    formula: 'sum over the scopes of the class: how often a year × (outage costs × RTO + loss costs × RPO)',
    children: [
      leaf('how often', moneyText(cost.frequency, currency)),
      ...(recovery === undefined
        ? []
        : [
            {
              ...leaf('one outage', moneyText(cost.outagePerIncident, currency)),
              formula: `outage costs × RTO ${timeText(recovery.rto)}`,
            },
            {
              ...leaf('one loss of data', moneyText(cost.lossPerIncident, currency)),
              formula: `loss costs × RPO ${timeText(recovery.rpo)}`,
            },
          ]),
      ...figures.flatMap(reasons).filter(({ label, value }) => {
        const key = `${label} ${value}`;
        const first = !seen.has(key);
        seen.add(key);
        return first;
      }),
    ],
  };
}

function reasons(figure: Figure): readonly Explanation[] {
  return [
    ...(figure.status === 'unknown' ? figure.missing.map((what) => leaf('missing', what)) : []),
    ...(figure.status === 'unbounded' || figure.status === 'never' ? [leaf('because', figure.because)] : []),
    ...figure.assumptions.map((sentence) => leaf('assumed', sentence)),
  ];
}

function leaf(label: string, value: string): Explanation {
  return { label, value, children: [] };
}
