import type { Analysis, SinglePoint } from '../../../language/analysis/analysis.js';
import { explainableNames, explainablePaths, explanationAt, pathsOf } from '../../../language/analysis/explain-path.js';
import { type ExplanationLine, explanationLines, whereText } from '../../../language/analysis/explanation-lines.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { figureText, timeText } from '../../../language/analysis/figure-text.js';
import { disruptionClasses, type Model } from '../../../language/model/model.js';
import { nearest } from '../../../language/syntax/nearest.js';
import { type Output, paint, printable } from '../console.js';
import { shownPath } from '../problem-list.js';
import { openSoundSession, type Session } from '../session.js';
import { table } from '../table.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { printCalls, printCapacity } from './analyze-capacity.js';
import { printCosts, printDurability } from './analyze-costs.js';
import { printJson } from './analyze-json.js';
import { printOutages } from './analyze-outages.js';
import { printScenarios } from './analyze-scenarios.js';

export interface AnalyzeOptions {
  readonly format: 'text' | 'json';
  readonly asOf?: string;
  /** `place-order.availability`, `orders.region-loss.rto`: prints the breakdown of one figure. */
  readonly explain?: string;
  /** Comma-separated names of journeys, components and scenarios: JSON of these alone. */
  readonly only?: string;
}

/** `drml analyze PATH`: the figures of all journeys and components, as tables or as JSON. */
export async function analyze(path: string, options: AnalyzeOptions, output: Output): Promise<ExitCode> {
  const session = await openSoundSession([path], options);
  if (options.explain !== undefined) return explainFigure(session, options.explain, options.format, output);
  const only = options.only === undefined ? undefined : namesOf(session, options.only);
  if (only !== undefined && options.format !== 'json')
    throw new UnusableInput('--only chooses what is in the JSON: add --format json.');
  if (options.format === 'json') {
    printJson(path, session, only, output);
    return exitCodes.done;
  }
  session.models.forEach(({ model, analysis }, index) => {
    if (index > 0) output.out('\n');
    printModel(model, analysis, output);
  });
  return exitCodes.done;
}

function printModel(model: Model, analysis: Analysis, output: Output): void {
  output.out(`${paint(output, 'bold', printable(model.name))} ${shownPath(model.root)}, as of ${analysis.asOf}\n`);
  printSubjects(
    'Journeys',
    model.journeys.map(({ name }) => name),
    analysis,
    output,
  );
  printOutages(analysis, output);
  printSubjects(
    'Components',
    model.components.map(({ name }) => name),
    analysis,
    output,
  );
  printCapacity(analysis, output);
  printCalls(analysis, output);
  printCosts(analysis, output);
  printDurability(analysis, output);
  printScenarios(analysis, output);
}

function printSubjects(title: string, names: readonly string[], analysis: Analysis, output: Output): void {
  if (names.length === 0) return;
  const figures = names.map((name) => {
    const found = analysis.availability(name);
    const availability = found === undefined ? '-' : `${figureText(found.unavailability)}${mark(found.availability)}`;
    return [name, availability, named(analysis.singlePoints(name)), named(analysis.sharedFate(name).filter(saysSomething))];
  });
  // Replicas that share nothing worth naming need no column.
  const columns = figures.every(([, , , shared]) => shared === 'none') ? 3 : 4;
  const header = [title, 'availability', 'single points of failure', 'shared fate'].slice(0, columns);
  output.out(
    `\n${table(
      header,
      figures.map((row) => row.slice(0, columns)),
    )}`,
  );
  // Classes that hit nothing here would only widen the table.
  const hit = disruptionClasses.filter((disruption) =>
    names.some((name) => analysis.recovery(name).get(disruption)?.survives !== undefined),
  );
  if (hit.length === 0) return;
  const recovery = names.map((name) => [
    name,
    ...hit.map((disruption) => {
      const found = analysis.recovery(name).get(disruption);
      return found?.survives === undefined ? '-' : `${cell(found.rto)} / ${cell(found.rpo)}`;
    }),
  ]);
  output.out(`\n${table(['RTO / RPO after', ...hit], recovery)}`);
}

/** The first three by name, the others counted. */
function named(points: readonly SinglePoint[]): string {
  const names = points.map(({ event }) => event.name);
  if (names.length === 0) return 'none';
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} +${names.length - 3}` : names.join(', ');
}

/** The names of `--only`. Throws {@link UnusableInput} where no model has one of them. */
function namesOf(session: Session, written: string): ReadonlySet<string> {
  const known = new Set(
    session.models.flatMap(({ model }) => [...model.journeys, ...model.components, ...model.scenarios].map(({ name }) => name)),
  );
  const wanted = new Set(written.split(',').map((name) => name.trim()));
  for (const name of wanted) {
    if (known.has(name)) continue;
    const like = nearest(name, known);
    throw new UnusableInput(
      `--only ${name}: no journey, component or scenario is called that.${like === undefined ? '' : ` Did you mean ${like}?`}`,
    );
  }
  return wanted;
}

/** Whether an event goes with at least a hundredth of the outage. */
function saysSomething({ share }: SinglePoint): boolean {
  return share === undefined || share >= 0.01;
}

function cell(figure: Figure): string {
  return `${timeText(figure)}${mark(figure)}`;
}

/** Whether the promise is kept, where there is one. */
function mark(figure: Figure): string {
  const met = figure.verdict?.met;
  return met === undefined ? '' : met ? ' (met)' : ' (missed)';
}

function explainFigure(session: Session, wanted: string, format: 'text' | 'json', output: Output): ExitCode {
  for (const { model, analysis } of session.models) {
    const tree = explanationAt(analysis, wanted);
    if (tree === undefined) continue;
    if (format === 'json') output.out(`${JSON.stringify(tree, undefined, 2)}\n`);
    else for (const line of explanationLines(tree, model)) output.out(`${printedLine(line, output)}\n`);
    return exitCodes.done;
  }
  throw new UnusableInput(noSuchFigure(session, wanted));
}

/** So many names are listed where none of them was meant. */
const mostNames = 20;

/** Says what is like the path that was asked for: the figures of the name in it, or the forms that there are. */
function noSuchFigure(session: Session, wanted: string): string {
  const [name = ''] = wanted.split('.');
  const names = new Set(session.models.flatMap(({ model }) => explainableNames(model)));
  const known = names.has(name) ? name : nearest(name, names);
  const paths = known === undefined ? [] : session.models.flatMap(({ analysis }) => pathsOf(analysis, known));
  const like = known === undefined ? undefined : nearest(`${known}${wanted.slice(name.length)}`, paths);
  const hint = like === undefined ? '' : ` Did you mean ${like}?`;
  if (known === undefined)
    return `--explain ${wanted}: nothing is called ${name}. ${namesText([...names])}Write ${explainablePaths.join(', ')}.`;
  if (paths.length === 0) return `--explain ${wanted}: no such figure. Write ${explainablePaths.join(', ')}.`;
  const figures = [...new Set(paths)].map((path) => (path === known ? path : path.slice(known.length + 1)));
  return `--explain ${wanted}: no such figure.${hint} Of ${known} there are: ${figures.join(', ')}.`;
}

/** `The model has a, b and 3 more. ` Empty where it has nothing that a figure could be of. */
function namesText(names: readonly string[]): string {
  const shown = names.slice(0, mostNames);
  const rest = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return names.length === 0 ? '' : `The model has ${shown.join(', ')}${rest}. `;
}

function printedLine(line: ExplanationLine, output: Output): string {
  const value = line.value === '' ? '' : `  ${paint(output, 'bold', printable(line.value))}`;
  const formula = line.formula === undefined ? '' : paint(output, 'grey', `  ${printable(line.formula)}`);
  const where = whereText(line);
  const place = where === undefined ? '' : paint(output, 'grey', `  [${printable(where)}]`);
  return `${'  '.repeat(line.depth)}${printable(line.label)}${value}${formula}${place}`;
}
