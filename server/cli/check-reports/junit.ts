import { type Problem, shownPath } from '../problem-list.js';
import type { Report } from './report.js';

/** XML as JUnit writes it: a suite for each file, a failed case for each error and warning, and one passed case where there is none. */
export function junitReport({ session, problems }: Report): string {
  const byFile = new Map<string, Problem[]>();
  for (const uri of session.texts.keys()) byFile.set(shownPath(uri), []);
  for (const problem of problems) {
    const known = byFile.get(problem.file);
    if (known === undefined) byFile.set(problem.file, [problem]);
    else known.push(problem);
  }
  const suites = [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, found]) => suite(file, found));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="drml check">\n${suites.join('')}</testsuites>\n`;
}

function suite(file: string, found: readonly Problem[]): string {
  const cases = found.length === 0 ? [passed(file)] : found.map((problem) => testCase(problem));
  const failures = found.filter(isFailure).length;
  const skipped = found.filter(isSkipped).length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0"`;
  return `  <testsuite name="${attribute(file)}" ${counts}>\n${cases.join('')}  </testsuite>\n`;
}

function isSkipped({ accepted, known }: Problem): boolean {
  return accepted === true || known === true;
}

function isFailure(problem: Problem): boolean {
  return !isSkipped(problem) && problem.severity !== 'info';
}

function passed(file: string): string {
  return `    <testcase classname="${attribute(file)}" name="no problems"/>\n`;
}

function testCase(problem: Problem): string {
  const { file, line, column, code, message, severity } = problem;
  const name = `${code ?? 'problem'} at ${line}:${column}`;
  const head = `    <testcase classname="${attribute(file)}" name="${attribute(name)}"`;
  const place = `${file}:${line}:${column}`;
  if (isSkipped(problem)) {
    const why = problem.accepted === true ? 'accepted' : 'in the baseline';
    return `${head}>\n      <skipped message="${attribute(`${why}: ${message}`)}"/>\n    </testcase>\n`;
  }
  if (!isFailure(problem))
    return `${head}>\n      <system-out>${content(`${place}: ${message}`)}</system-out>\n    </testcase>\n`;
  const failure = `<failure type="${severity}" message="${attribute(message)}">${content(`${place}: ${message}`)}</failure>`;
  return `${head}>\n      ${failure}\n    </testcase>\n`;
}

/** Text between tags. Characters that XML cannot hold at all are replaced. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}
