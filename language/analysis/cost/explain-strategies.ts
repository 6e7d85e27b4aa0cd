/** The tree behind the table of ways to stand by. */
import { explain } from '../explanations.js';
import type { Explanation, Figure } from '../figure.js';
import { figureText, moneyText, timeText } from '../figure-text.js';
import type { Strategy } from './cost-figures.js';

/** `orders strategies`: each way with what it yields and what it costs; undefined for what does not run in two regions. */
export function explainStrategies(
  subject: string,
  strategies: readonly Strategy[],
  currency: string | undefined,
): Explanation | undefined {
  if (strategies.length === 0) return undefined;
  const best = strategies.find((each) => each.best);
  return {
    label: `${subject} strategies`,
    value: best === undefined ? 'none is known to be the best' : `${best.name} is the best`,
    formula: 'the cheapest that keeps the objectives for region-loss and availability',
    children: strategies.map((strategy) => ({
      label: `${strategy.name}${strategy.current ? ' (now)' : ''}`,
      value:
        strategy.meets === undefined
          ? moneyText(strategy.total, currency)
          : strategy.meets
            ? 'keeps the objectives'
            : 'misses one',
      children: [
        leaf('region-loss RTO', timeText(strategy.rto), strategy.rto),
        leaf('region-loss RPO', timeText(strategy.rpo), strategy.rpo),
        leaf('availability', figureText(strategy.unavailability), strategy.unavailability),
        ...[explain(strategy.total)].flatMap((tree) => tree ?? []),
      ],
    })),
  };
}

function leaf(label: string, value: string, figure: Figure): Explanation {
  const missing = figure.status === 'unknown' ? figure.missing : [];
  return { label, value, children: missing.map((what) => ({ label: 'missing', value: what, children: [] })) };
}
