import type { AffectedSubject, Analysis, ExpectationFigures } from '../../../language/analysis/analysis.js';
import { type Output, paint, printable } from '../console.js';

/** The section of `drml analyze` about scenarios: what each takes and loses, and which expectations hold. Nothing where there are none. */
export function printScenarios(analysis: Analysis, output: Output): void {
  const scenarios = analysis.model.scenarios.flatMap(({ name }) => analysis.scenario(name) ?? []);
  if (scenarios.length === 0) return;
  output.out('\nScenarios\n');
  for (const { name, down, degraded, overCapacity, lost, expectations } of scenarios) {
    output.out(`  ${paint(output, 'bold', printable(name))}\n`);
    const lists = [
      listed('down', down),
      listed('degraded', degraded),
      listed('over capacity', overCapacity),
      listed('lost', lost),
    ];
    const lines = lists.flatMap((list) => list ?? []);
    output.out((lines.length === 0 ? ['    nothing is down, degraded or lost'] : lines).map((text) => `${text}\n`).join(''));
    for (const expectation of expectations) output.out(`    ${verdict(expectation, output)}\n`);
  }
}

/** Names without their reasons past so many: a region takes hundreds of components. */
const mostReasons = 6;

function listed(word: string, subjects: readonly AffectedSubject[]): readonly string[] | undefined {
  if (subjects.length === 0) return undefined;
  const shown = subjects.slice(0, mostReasons).map(({ name, because }) => `    ${word}: ${name} (${because})`);
  const rest = subjects.slice(mostReasons);
  return rest.length === 0 ? shown : [...shown, `    ${word}: ${rest.map(({ name }) => name).join(', ')}`];
}

function verdict({ text, met, checks }: ExpectationFigures, output: Output): string {
  const word =
    met === undefined ? paint(output, 'yellow', 'not known') : paint(output, met ? 'green' : 'red', met ? 'met' : 'missed');
  // What the state is goes without saying where it is as expected.
  const figures = checks.filter((check) => check.measure !== 'state' || check.met !== true);
  const yields = figures.map(
    ({ measure, estimate, because }) =>
      `${measure === 'state' ? '' : `${measure} `}${estimate}${because === undefined ? '' : ` (${because})`}`,
  );
  return `${word}  ${text}${yields.length === 0 ? '' : `: ${yields.join(', ')}`}`;
}
