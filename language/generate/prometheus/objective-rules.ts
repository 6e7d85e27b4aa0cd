/**
 * Alerts on promised availability: how fast the error budget burns, over a long window that knows it matters and a short one that
 * knows it still does (Google, The Site Reliability Workbook, chapter 5).
 */

import { type Fact, sourceOf } from '../../model/fact.js';
import type { Component, Journey } from '../../model/model.js';
import { componentsByName, isHard } from '../../model/queries.js';
import type { Context } from '../context.js';
import type { Overlay } from '../overlays.js';
import { oneOf, promDuration, promNumber, series } from './promql.js';
import { type AlertingRule, type RecordingRule, type RuleGroup, runbookOf, type Severity } from './rule.js';
import { serviceLevel } from './service-level.js';

/** A budget of 30 days is gone in 30 d / factor; both windows have to burn that fast. */
const burns: readonly { readonly factor: number; readonly long: string; readonly short: string; readonly severity: Severity }[] =
  [
    { factor: 14.4, long: '1h', short: '5m', severity: 'page' },
    { factor: 6, long: '6h', short: '30m', severity: 'page' },
    { factor: 1, long: '3d', short: '6h', severity: 'ticket' },
  ];
/** What a promise is kept over. */
const budgetSeconds = 30 * 86_400;
const windows = ['5m', '30m', '1h', '6h', '3d'] as const;

/** The series of a component's or journey's share of failures over a window. */
export function errorRatioSeries(window: string): string {
  return `drml:error_ratio:rate${window}`;
}

/** Groups of one cluster: what is measured, and what burns. Empty where nothing is promised of what serves there. */
export function objectiveRules(context: Context, overlay: Overlay): readonly RuleGroup[] {
  const measured = measuredComponents(context, overlay);
  const records: RecordingRule[] = [];
  const alerts: AlertingRule[] = [];
  for (const [name, { errorRatio, component }] of measured) {
    for (const window of windows) {
      records.push({
        record: errorRatioSeries(window),
        expr: errorRatio(window),
        labels: { component: name },
        source:
          component.objective?.availability === undefined
            ? component.nameSource
            : placeOf(component.objective.availability, component),
      });
    }
    const promised = component.objective?.availability;
    if (promised !== undefined) alerts.push(...burnAlerts(context, 'component', component, promised));
  }
  for (const journey of [...context.model.journeys].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const promised = journey.objective?.availability;
    const steps = stepsOf(journey).filter((name) => measured.has(name));
    if (promised === undefined || steps.length === 0) continue;
    for (const window of windows) {
      records.push({
        record: errorRatioSeries(window),
        expr: `max(${series(errorRatioSeries(window), { model: context.names.model, component: oneOf(steps) })})`,
        labels: { journey: journey.name },
        source: placeOf(promised, journey),
      });
    }
    alerts.push(...burnAlerts(context, 'journey', journey, promised));
  }
  if (alerts.length === 0) return [];
  return [
    { name: 'error-ratios', rules: records },
    { name: 'error-budgets', rules: alerts },
  ];
}

/** Components whose requests or pods are measured here: those with a promise, and those a journey with a promise begins with. */
function measuredComponents(
  context: Context,
  overlay: Overlay,
): ReadonlyMap<string, { readonly component: Component; errorRatio(window: string): string }> {
  const wanted = new Set(
    context.model.journeys.flatMap((journey) => (journey.objective?.availability === undefined ? [] : stepsOf(journey))),
  );
  const measured = new Map<string, { component: Component; errorRatio(window: string): string }>();
  for (const [name, component] of [...componentsByName(context.model)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const promised = component.objective?.availability !== undefined;
    if (!promised && !wanted.has(name)) continue;
    const deployed = context.deployed.get(name);
    const residence = overlay.residents.get(name);
    const level = deployed === undefined || residence === undefined ? undefined : serviceLevel(context, deployed, residence);
    if (level !== undefined && residence !== undefined && residence.active > 0) {
      measured.set(name, { component, errorRatio: (window) => level.errorRatio(window) });
    } else if (promised && deployed === undefined) {
      context.report({
        kind: 'left-out',
        component: name,
        message: `${name}: its availability is promised, and nothing generated measures it, since its pods are not generated.`,
        source: component.nameSource,
      });
    }
  }
  return measured;
}

/** What a journey calls: each of them has to answer, so the worst of them is how the journey does. Choices are left out. */
function stepsOf(journey: Journey): readonly string[] {
  const hard = journey.edges.filter((edge) => isHard(edge) && edge.quantifier.kind === 'all');
  return [
    ...new Set(hard.flatMap((edge) => edge.targets.filter((target) => target.resolved).map((target) => target.name))),
  ].sort();
}

function burnAlerts(
  context: Context,
  label: 'component' | 'journey',
  subject: Component | Journey,
  promised: Fact<number>,
): readonly AlertingRule[] {
  const budget = 1 - promised.value;
  const of = { model: context.names.model, [label]: subject.name };
  return burns.flatMap(({ factor, long, short, severity }): readonly AlertingRule[] => {
    const threshold = factor * budget;
    // More than everything cannot fail; a promise of everything leaves nothing to burn.
    if (threshold >= 1 || budget <= 0) return [];
    const limit = promNumber(threshold);
    const [slow, fast] = [long, short].map((window) => `${series(errorRatioSeries(window), of)} > ${limit}`);
    return [
      {
        alert: 'ErrorBudgetBurn',
        expr: `${slow} and ${fast}`,
        note: `${promNumber(factor)} x (1 - ${promNumber(promised.value)})`,
        severity,
        labels: { [label]: subject.name, window: long, ...tierLabel(subject) },
        summary: `At this rate the error budget of ${subject.name} for 30 days is gone in ${promDuration(budgetSeconds / factor)}`,
        description: `{{ $value | humanizePercentage }} of ${subject.name} failed over ${long}; ${percentage(budget)} is promised at most, over 30 days.`,
        runbook: runbookOf(context.model, subject),
        source: placeOf(promised, subject),
      },
    ];
  });
}

function percentage(share: number): string {
  return `${promNumber(share * 100)}%`;
}

/** The tier as a label, where one is stated. */
export function tierLabel(subject: Component | Journey): Readonly<Record<string, string>> {
  return subject.tier === undefined ? {} : { tier: String(subject.tier.value) };
}

function placeOf(fact: Fact<number>, subject: Component | Journey) {
  return sourceOf(fact) ?? subject.nameSource;
}
