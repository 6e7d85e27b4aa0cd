import { type Output, paint, printable } from '../console.js';
import { lineOf, type Problem, problemsOf, shownPath } from '../problem-list.js';
import { openSession, type Session } from '../session.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';

export interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly asOf?: string;
}

/** `drml check PATH…`: problems of the language and findings of the rules. Ends with 1 where one of them is an error. */
export async function check(paths: readonly string[], options: CheckOptions, output: Output): Promise<ExitCode> {
  const session = await openSession(paths, options);
  const problems = problemsOf(session);
  const counts = countOf(problems);
  if (options.format === 'json') output.out(`${JSON.stringify({ problems, summary: counts }, undefined, 2)}\n`);
  else printText(session, problems, counts, output);
  return counts.errors > 0 ? exitCodes.failed : exitCodes.done;
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly accepted: number;
}

function countOf(problems: readonly Problem[]): Counts {
  const open = problems.filter(({ accepted }) => accepted !== true);
  const count = (severity: Problem['severity']): number => open.filter((problem) => problem.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    accepted: problems.length - open.length,
  };
}

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const;

function printText(session: Session, problems: readonly Problem[], counts: Counts, output: Output): void {
  const texts = new Map<string, string>();
  for (const [uri, text] of session.texts) texts.set(shownPath(uri), text);
  for (const { uri, text } of session.configs) texts.set(shownPath(uri), text);
  for (const problem of problems) {
    if (problem.accepted === true) continue;
    const head = `${problem.file}:${problem.line}:${problem.column}`;
    const severity = paint(output, colours[problem.severity], problem.severity);
    const code = problem.code === undefined ? '' : ` ${paint(output, 'bold', problem.code)}`;
    output.out(
      `${head} ${severity}${code} ${printable(problem.message)}\n${excerpt(problem, texts.get(problem.file) ?? '', output)}\n`,
    );
  }
  output.out(`${summary(counts, session)}\n`);
}

/** The line a problem stands on, with carets below it. */
function excerpt(problem: Problem, text: string, output: Output): string {
  const line = lineOf(text, problem.line);
  if (line.trim() === '') return '';
  const longest = 160;
  const start = problem.column > longest ? problem.column - 40 : 1;
  const shown = printable(line.slice(start - 1, start - 1 + longest).replaceAll('\t', ' '));
  const end = problem.endLine === problem.line ? problem.endColumn : line.length + 1;
  const width = Math.max(1, Math.min(end - problem.column, shown.length - (problem.column - start)));
  const number = String(problem.line);
  const margin = ' '.repeat(number.length);
  const carets = `${' '.repeat(Math.max(0, problem.column - start))}${'^'.repeat(width)}`;
  return `${paint(output, 'grey', `${number} |`)} ${shown}\n${paint(output, 'grey', `${margin} |`)} ${paint(output, colours[problem.severity], carets)}\n`;
}

function summary(counts: Counts, session: Session): string {
  const models = session.models.map(({ model }) => `${model.name} (${shownPath(model.root)})`).join(', ');
  const parts = [plural(counts.errors, 'error'), plural(counts.warnings, 'warning')];
  if (counts.infos > 0) parts.push(plural(counts.infos, 'note'));
  if (counts.accepted > 0) parts.push(`${counts.accepted} accepted`);
  const files = plural(session.texts.size, 'file');
  return `${parts.join(', ')} in ${files}. Model: ${models === '' ? 'none' : models}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
