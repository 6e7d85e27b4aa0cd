/** Alerts on scenarios that nobody has tried for too long, or ever. */
import type { Model, Scenario } from '../../model/model.js';
import type { Context } from '../context.js';
import { promDuration, promNumber } from './promql.js';
import type { AlertingRule, RuleGroup } from './rule.js';

const day = 86_400;

/** How old a drill may become, by the tier of what is expected to survive (NIST SP 800-34: every plan at least once a year). */
const cadence: Readonly<Record<number, number>> = { 0: 90 * day, 1: 180 * day };
const longestCadence = 365 * day;

/** Rules on all scenarios: the dates stand in the model, so the alert needs no metric, and no scrape can lose it. */
export function drillRules(context: Context): readonly RuleGroup[] {
  const { model } = context;
  const rules = [...model.scenarios].sort((a, b) => (a.name < b.name ? -1 : 1)).map((scenario) => drillAlert(model, scenario));
  return rules.length === 0 ? [] : [{ name: 'drills', rules }];
}

function drillAlert(model: Model, scenario: Scenario): AlertingRule {
  const last = model.drills
    .filter((drill) => drill.scenario === scenario.name)
    .reduce<string | undefined>(
      (latest, drill) => (latest === undefined || drill.date > latest ? drill.date : latest),
      undefined,
    );
  const oldest = cadence[tierOf(model, scenario)] ?? longestCadence;
  const shared = {
    severity: 'ticket' as const,
    labels: { scenario: scenario.name },
    runbook: (scenario.runbook ?? model.settings.runbook)?.url,
    source: scenario.nameSource,
  };
  if (last === undefined) {
    return {
      ...shared,
      alert: 'DrillMissing',
      expr: 'vector(1)',
      note: 'the model holds no drill of it',
      summary: `Scenario ${scenario.name} was never tried`,
      description: `Nobody knows whether ${scenario.name} goes as the model says. Try it, and write the drill into the model.`,
    };
  }
  return {
    ...shared,
    alert: 'DrillTooOld',
    expr: `vector(time()) - ${promNumber(Date.parse(`${last}T00:00:00Z`) / 1000)} > ${promNumber(oldest)}`,
    note: `${last}, and ${promDuration(oldest)} on`,
    summary: `Scenario ${scenario.name} was last tried on ${last}`,
    description: `{{ $value | humanizeDuration }} without a drill of ${scenario.name}; ${promDuration(oldest)} is the longest for its tier.`,
  };
}

/** The most important of what the scenario expects something of. */
function tierOf(model: Model, scenario: Scenario): number {
  const expected = new Set(scenario.expects.map(({ target }) => target.name));
  const tiers = [...model.components, ...model.journeys].flatMap((subject) =>
    expected.has(subject.name) && subject.tier !== undefined ? [subject.tier.value] : [],
  );
  return tiers.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...tiers);
}
