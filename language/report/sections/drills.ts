import type { Analysis } from '../../analysis/analysis.js';
import { durationText, percentText, timeText } from '../../analysis/figure-text.js';
import type { DrillFigures, MeasuredTime } from '../../analysis/recovery/drills.js';
import type { Drill, Model } from '../../model/model.js';
import type { Bound } from '../../model/scenario.js';
import { type Block, type Cell, code, paragraph, type Section, status, verdict } from '../document.js';
import { ageText, byText } from '../report-input.js';
import { scenarioText } from './scenario-results.js';

/** What was tried for real: each drill, what it measured, against what is promised and what the model yields. */
export function drills(model: Model, analysis: Analysis): Section {
  const held = analysis.drills();
  const planned = model.drills
    .filter(({ date }) => date > analysis.asOf)
    .sort((a, b) => byText(a.date, b.date) || byText(a.scenario, b.scenario));
  const rows = [
    ...planned.map((drill): readonly Cell[] => [
      scenarioOf(model, drill.scenario),
      heldText(drill, analysis.asOf),
      '',
      'still to come',
      '',
      '',
      status('neutral', 'planned'),
    ]),
    ...held.flatMap((drill) => rowsOf(drill, model, analysis)),
  ];
  const tried = new Set(held.map(({ scenario }) => scenario));
  const untried = model.scenarios
    .filter(({ name }) => !tried.has(name))
    .map(({ name }) => name)
    .sort();
  const blocks: readonly Block[] = [
    ...(held.length === 0
      ? [paragraph('No drill has taken place. Every recovery time in this report is computed, none was measured.')]
      : [
          paragraph(
            'Measured times against the bound that the scenario expects and the promise for its class of disruption, beside the estimate of the model.',
          ),
        ]),
    ...(rows.length === 0
      ? []
      : ([
          {
            kind: 'table',
            caption: 'Drills, the latest first',
            header: ['Scenario', 'Held', 'Of', 'Measured', 'Allowed', 'Estimate', 'Verdict'],
            rows,
          },
        ] as const)),
    ...(untried.length === 0 ? [] : [paragraph(['Scenarios never tried: ', untried.join(', '), '.'])]),
  ];
  return { id: 'drills', title: 'Evidence: drills', blocks };
}

function scenarioOf(model: Model, name: string): ReturnType<typeof scenarioText> {
  return scenarioText(model.scenarios.find((scenario) => scenario.name === name) ?? { name });
}

function rowsOf(figures: DrillFigures, model: Model, analysis: Analysis): readonly (readonly Cell[])[] {
  const drill = model.drills.find(({ source }) => source.uri === figures.source.uri && source.start === figures.source.start);
  const head = [
    scenarioOf(model, figures.scenario),
    drill === undefined ? figures.date : heldText(drill, analysis.asOf),
  ] as const;
  if (figures.times.length === 0) return [[...head, '', 'nothing', '', '', status('open', 'not known')]];
  return [...figures.times]
    .sort((a, b) => byText(a.subject, b.subject) || byText(b.measure, a.measure))
    .map((time) => [...head, ...measuredCells(time, figures, model)]);
}

function heldText({ date, environment, traffic, lasts }: Drill, asOf: string): Cell {
  const how = [
    ...(environment === undefined ? [] : [`in ${environment.value}`]),
    ...(traffic === undefined ? [] : [`${percentText(traffic.value)} of the traffic`]),
    ...(lasts === undefined ? [] : [`for ${durationText(lasts.value)}`]),
  ];
  return { lines: [`${date}, ${ageText(date, asOf)}`, ...(how.length === 0 ? [] : [how.join(', ')])] };
}

function measuredCells(time: MeasuredTime, drill: DrillFigures, model: Model): readonly Cell[] {
  const { subject, measure, measured, estimate, within } = time;
  const limits = limitsOf(time, drill, model);
  const met = limits.every(({ comparison, seconds }) => holds(measured.value, comparison, seconds));
  return [
    code(subject),
    `${measure.toUpperCase()} ${durationText(measured.value)}`,
    limits.length === 0
      ? 'no bound'
      : { lines: limits.map(({ comparison, seconds, whose }) => `${comparison} ${durationText(seconds)} (${whose})`) },
    { lines: [timeText(estimate), ...(within === false ? ['the drill took more'] : [])] },
    limits.length === 0 ? status('neutral', 'no bound') : verdict(met),
  ];
}

interface Limit {
  readonly comparison: Bound['comparison'];
  readonly seconds: number;
  readonly whose: string;
}

/** What the scenario expects of the subject, and what its objective promises for the class that the scenario is a case of. */
function limitsOf({ subject, measure }: MeasuredTime, { scenario, tried }: DrillFigures, model: Model): readonly Limit[] {
  const expected = (model.scenarios.find(({ name }) => name === scenario)?.expects ?? [])
    .filter(({ target }) => target.name === subject)
    .flatMap(({ bounds }) => bounds)
    .filter((bound) => bound.measure === measure)
    .map(({ comparison, value }): Limit => ({ comparison, seconds: value.value, whose: 'scenario' }));
  const owner = [...model.components, ...model.journeys].find(({ name }) => name === subject);
  const promised = owner?.objective?.classes.find(({ disruption }) => disruption === tried?.disruption)?.[measure];
  const objective: readonly Limit[] =
    promised === undefined ? [] : [{ comparison: '<=', seconds: promised.value, whose: 'objective' }];
  return [...expected.sort((a, b) => a.seconds - b.seconds), ...objective];
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
