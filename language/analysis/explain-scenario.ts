/** Trees about scenarios: what each takes, and whether it ends as expected. */
import type { AffectedSubject, ExpectationCheck, ExpectationFigures, ScenarioFigures } from './analysis.js';
import { explainTime } from './explain.js';
import { reason } from './explained-figure.js';
import type { Explanation } from './figure.js';

/** What can be asked of a subject in a scenario. */
export const scenarioMeasures = ['rto', 'rpo', 'availability'] as const;

/** Everything a scenario takes, with the reasons, and every expectation with the terms of its figure. */
export function explainScenario(scenario: ScenarioFigures): Explanation {
  const { name, source, expectations } = scenario;
  const missed = expectations.filter(({ met }) => met === false).length;
  const open = expectations.filter(({ met }) => met === undefined).length;
  const counted = [
    `${expectations.length - missed - open} of ${expectations.length} expectations met`,
    ...(open > 0 ? [`${open} not known`] : []),
  ];
  return {
    label: `scenario ${name}`,
    value: expectations.length === 0 ? 'nothing is expected of it' : counted.join(', '),
    source,
    children: [
      ...listed('down', scenario.down),
      ...listed('degraded', scenario.degraded),
      ...listed('over capacity', scenario.overCapacity),
      ...listed('lost', scenario.lost),
      ...expectations.map(ofExpectation),
    ],
  };
}

/** One figure of a subject in a scenario: its RTO or RPO, or the availability that an expectation asks for. */
export function explainScenarioFigure(scenario: ScenarioFigures, subject: string, measure: string): Explanation | undefined {
  const label = `${scenario.name} ${subject}`;
  if (measure === 'rto' || measure === 'rpo') {
    const found = scenario.recovery.find(({ name }) => name === subject);
    return found === undefined ? undefined : explainTime(found[measure], `${label} ${measure.toUpperCase()}`);
  }
  const checks = scenario.expectations.filter((each) => each.subject === subject).flatMap((each) => each.checks);
  const check = measure === 'availability' ? checks.find((each) => each.measure === 'availability') : undefined;
  return check === undefined ? undefined : { ...ofCheck(check, subject), label: `${label} availability` };
}

function listed(label: string, subjects: readonly AffectedSubject[]): readonly Explanation[] {
  return subjects.map(({ name, because }) => reason(label, `${name} (${because})`));
}

function ofExpectation({ text, met, subject, checks, source }: ExpectationFigures): Explanation {
  return {
    label: text,
    value: verdictText(met),
    source,
    children: checks.map((check) => ofCheck(check, subject)),
  };
}

function ofCheck(check: ExpectationCheck, subject: string): Explanation {
  const { measure, estimate, target, met, figure, because, source } = check;
  const terms =
    figure !== undefined && (measure === 'rto' || measure === 'rpo') ? explainTime(figure, subject) : reason(subject, estimate);
  const children = figure === undefined && because !== undefined ? [reason('because', because)] : terms.children;
  return {
    label: measure === 'state' ? subject : `${subject} ${measure === 'availability' ? measure : measure.toUpperCase()}`,
    value: `${estimate}, expected ${target}: ${verdictText(met)}`,
    ...(terms.formula === undefined ? {} : { formula: terms.formula }),
    ...(source === undefined ? {} : { source }),
    children: [
      ...children,
      ...(measure === 'availability' ? (figure?.assumptions ?? []).map((sentence) => reason('assumed', sentence)) : []),
    ],
  };
}

function verdictText(met: boolean | undefined): string {
  return met === undefined ? 'not known' : met ? 'met' : 'missed';
}
