import type { Analysis } from '../../analysis/analysis.js';
import type { Figure } from '../../analysis/figure.js';
import { durationText, percentText, timeText } from '../../analysis/figure-text.js';
import type { Fact } from '../../model/fact.js';
import type { Drill, Model, Scenario } from '../../model/model.js';
import { type Block, type Cell, code, paragraph, type Section, status, verdict } from '../document.js';
import { ageText, byText } from '../report-input.js';
import { scenarioText } from './scenario-results.js';

/** What was tried for real: each drill, what it measured, against what is expected and what the model yields. */
export function drills(model: Model, analysis: Analysis): Section {
  const held = drillsOf(model);
  const scenarios = new Map(model.scenarios.map((scenario) => [scenario.name, scenario]));
  const tried = new Set(held.filter(({ date }) => date <= analysis.asOf).map(({ scenario }) => scenario));
  const untried = model.scenarios
    .filter(({ name }) => !tried.has(name))
    .map(({ name }) => name)
    .sort();
  const blocks: readonly Block[] = [
    ...(held.length === 0
      ? [paragraph('No drill is recorded. Every recovery time in this report is computed, none was measured.')]
      : ([
          paragraph(
            'Measured times are compared with the bound that the scenario expects, and shown beside the estimate of the model.',
          ),
          {
            kind: 'table',
            caption: 'Drills, the latest first',
            header: ['Scenario', 'Held', 'Of', 'Measured', 'Expected', 'Estimate', 'Verdict'],
            rows: held.flatMap((drill) => rowsOf(drill, scenarios.get(drill.scenario), analysis)),
          },
        ] as const)),
    ...(untried.length === 0 ? [] : [paragraph(['Scenarios never tried: ', untried.join(', '), '.'])]),
  ];
  return { id: 'drills', title: 'Evidence: drills', blocks };
}

/** The drills, latest first, those of one day by scenario. */
export function drillsOf(model: Model): readonly Drill[] {
  return [...model.drills].sort((a, b) => byText(b.date, a.date) || byText(a.scenario, b.scenario));
}

function rowsOf(drill: Drill, scenario: Scenario | undefined, analysis: Analysis): readonly (readonly Cell[])[] {
  const head = [scenarioText(scenario ?? { name: drill.scenario }), heldText(drill, analysis.asOf)] as const;
  if (drill.date > analysis.asOf) return [[...head, '', 'still to come', '', '', status('neutral', 'planned')]];
  const expected = [...new Set(scenario?.expects.map(({ target }) => target.name) ?? [])].sort(byText);
  const measured = drill.measured.flatMap(({ target, rto, rpo }) =>
    (target === undefined ? expected : [target.name]).map((name) => ({ name, rto, rpo })),
  );
  const rows = measured
    .sort((a, b) => byText(a.name, b.name))
    .flatMap(({ name, rto, rpo }) => [
      ...measuredRow(head, name, 'rto', rto, scenario, analysis),
      ...measuredRow(head, name, 'rpo', rpo, scenario, analysis),
    ]);
  return rows.length === 0 ? [[...head, '', 'nothing', '', '', status('open', 'not known')]] : rows;
}

function heldText({ date, environment, traffic, lasts }: Drill, asOf: string): Cell {
  const how = [
    ...(environment === undefined ? [] : [`in ${environment.value}`]),
    ...(traffic === undefined ? [] : [`${percentText(traffic.value)} of the traffic`]),
    ...(lasts === undefined ? [] : [`for ${durationText(lasts.value)}`]),
  ];
  return { lines: [`${date}, ${ageText(date, asOf)}`, ...(how.length === 0 ? [] : [how.join(', ')])] };
}

function measuredRow(
  head: readonly [Cell, Cell],
  name: string,
  measure: 'rto' | 'rpo',
  fact: Fact<number> | undefined,
  scenario: Scenario | undefined,
  analysis: Analysis,
): readonly (readonly Cell[])[] {
  if (fact === undefined) return [];
  const bounds = (scenario?.expects ?? []).filter(({ target }) => target.name === name).flatMap((each) => each.bounds);
  const bound = bounds.find((each) => each.measure === measure);
  const found = scenario === undefined ? undefined : analysis.scenario(scenario.name);
  const estimate = found?.recovery.find((each) => each.name === name)?.[measure];
  return [
    [
      ...head,
      code(name),
      `${measure.toUpperCase()} ${durationText(fact.value)}`,
      bound === undefined ? 'no bound' : `${bound.comparison} ${durationText(bound.value.value)}`,
      estimateText(estimate, fact.value),
      bound === undefined ? status('neutral', 'no bound') : verdict(holds(fact.value, bound.comparison, bound.value.value)),
    ],
  ];
}

function estimateText(estimate: Figure | undefined, measured: number): Cell {
  if (estimate === undefined) return 'not affected';
  const longer = estimate.status === 'known' && measured > estimate.value;
  return { lines: [timeText(estimate), ...(longer ? ['the drill took more'] : [])] };
}

function holds(value: number, comparison: '<=' | '>=' | '<' | '>', bound: number): boolean {
  switch (comparison) {
    case '<=':
      return value <= bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '>':
      return value > bound;
  }
}
