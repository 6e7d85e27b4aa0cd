import type { AffectedSubject, Analysis, ExpectationFigures } from '../../analysis/analysis.js';
import { durationText } from '../../analysis/figure-text.js';
import type { FailedTarget, Model, Scenario } from '../../model/model.js';
import { type Block, type Cell, code, paragraph, type Section, strong, type Text, verdict } from '../document.js';
import { byText } from '../report-input.js';

/** What each scenario takes, what it does, and whether it ends as expected. */
export function scenarioResults(model: Model, analysis: Analysis): Section {
  const scenarios = [...model.scenarios].sort((a, b) => byText(a.name, b.name));
  const effects = scenarios.map((scenario): readonly Cell[] => {
    const found = analysis.scenario(scenario.name);
    return [
      scenarioText(scenario),
      takes(scenario),
      listed(found?.down),
      listed(found?.degraded),
      listed(found?.overCapacity),
      listed(found?.lost),
    ];
  });
  const expectations = scenarios.flatMap((scenario) =>
    [...(analysis.scenario(scenario.name)?.expectations ?? [])]
      .sort((a, b) => byText(a.text, b.text))
      .map((expectation) => expectationRow(scenario, expectation)),
  );
  const blocks: readonly Block[] =
    scenarios.length === 0
      ? [paragraph('The model states no scenario.')]
      : [
          {
            kind: 'table',
            caption: 'Scenarios and what they do',
            header: ['Scenario', 'Takes', 'Down', 'Degraded', 'Over capacity', 'Data lost'],
            rows: effects,
          },
          ...(expectations.length === 0
            ? [paragraph('No scenario says what is expected of it.')]
            : ([
                {
                  kind: 'table',
                  caption: 'Expectations',
                  header: ['Scenario', 'Expected', 'The model yields', 'Verdict'],
                  rows: expectations,
                },
              ] as const)),
        ];
  return { id: 'scenarios', title: 'Scenarios and expectations', blocks };
}

/** A scenario as the head of a row. */
export function scenarioText({ name, title }: Pick<Scenario, 'name' | 'title'>): Text {
  return title === undefined || title === '' ? code(name) : [strong(title), ' ', code(name)];
}

function expectationRow(scenario: Scenario, { text, met, checks }: ExpectationFigures): readonly Cell[] {
  const lines = checks.map(
    ({ measure, estimate, because }) =>
      `${measure === 'state' ? '' : `${measure === 'availability' ? measure : measure.toUpperCase()} `}${estimate}${because === undefined ? '' : ` (${because})`}`,
  );
  return [scenarioText(scenario), text, { lines: lines.length === 0 ? [''] : lines }, verdict(met)];
}

function listed(subjects: readonly AffectedSubject[] | undefined): Cell {
  if (subjects === undefined || subjects.length === 0) return 'nothing';
  return { lines: [...subjects].sort((a, b) => byText(a.name, b.name)).map(({ name }) => code(name)) };
}

function takes({ fails, corrupts, deletes }: Scenario): Cell {
  const lines = [
    ...fails.flatMap(({ targets, duration }) =>
      targets.map((target) => `${targetText(target)}${duration === undefined ? '' : ` for ${durationText(duration.value)}`}`),
    ),
    ...corrupts.map(({ name }) => `bad data in ${name}`),
    ...deletes.map((deletion) =>
      deletion.kind === 'account' ? `what account ${deletion.account} can delete` : `the data of ${deletion.component.name}`,
    ),
  ];
  return lines.length === 0 ? 'nothing' : { lines: lines.sort(byText) };
}

function targetText(target: FailedTarget): string {
  switch (target.kind) {
    case 'site':
      return target.site;
    case 'component': {
      const count = target.count === undefined ? '' : `${target.count.value} of `;
      return `${count}${target.component}${target.site === undefined ? '' : ` in ${target.site}`}`;
    }
    case 'link':
      return `link ${[target.a, target.b].sort().join(' to ')}`;
    case 'provider':
    case 'account':
    case 'building':
      return `${target.kind} ${target.name}`;
  }
}
