import type { Problem } from '../problem-list.js';
import { isOpen, type Report } from './report.js';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands: a line for each open problem, which GitHub shows at its place in the change. */
export function githubReport({ problems, rules }: Report): string {
  const names = new Map<string, string>(rules.map(({ code, name }) => [code, name]));
  return problems
    .filter(isOpen)
    .map((problem) => `${command(problem, names)}\n`)
    .join('');
}

function command(problem: Problem, names: ReadonlyMap<string, string>): string {
  const { file, line, column, endLine, endColumn, code } = problem;
  const properties = [
    `file=${property(file)}`,
    `line=${line}`,
    `endLine=${endLine}`,
    // GitHub takes columns of one line alone.
    ...(endLine === line ? [`col=${column}`, `endColumn=${endColumn}`] : []),
    ...(code === undefined ? [] : [`title=${property([code, names.get(code)].filter((part) => part !== undefined).join(' '))}`]),
  ];
  return `::${commands[problem.severity]} ${properties.join(',')}::${escaped(problem.message)}`;
}

/** Percent, carriage return and line feed end or change a command, and so they are written as codes. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
