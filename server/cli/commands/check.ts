import { allDescribedRules } from '../../../language/manifests/registry.js';
import { againstBaseline, baselineOfSettings, baselineText, readBaseline } from '../baseline.js';
import { type Counts, countsOf, isOpen, type ReportFormat, reportText } from '../check-reports/report.js';
import { type Output, paint, printable } from '../console.js';
import { withGains } from '../fix-gains.js';
import { openCheckedSession } from '../manifest-session.js';
import { lineOf, type Problem, problemsOf, shownPath } from '../problem-list.js';
import { fixSafely } from '../safe-fixes.js';
import type { Session } from '../session.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface CheckOptions {
  readonly format: 'text' | ReportFormat;
  readonly asOf?: string;
  /** The file to write the report into, instead of the standard output. */
  readonly output?: string;
  /** Makes the fixes first that need no question. */
  readonly fix?: boolean;
  /** More warnings than this fail the command. */
  readonly maxWarnings?: number;
  /** A file with findings that do not count. */
  readonly baseline?: string;
  /** The file to write the open findings into, as a baseline. */
  readonly writeBaseline?: string;
}

/**
 * `drml check PATH…`: problems of the language and findings of the rules. Ends with 1 where one of them is an error that is neither
 * accepted nor in the baseline, or where there are more warnings than allowed.
 */
export async function check(paths: readonly string[], options: CheckOptions, output: Output): Promise<ExitCode> {
  if (options.fix === true && paths.includes('-')) throw new UnusableInput('--fix mends files, and - is the standard input.');
  const session = options.fix === true ? await fixed(paths, options, output) : await openCheckedSession(paths, options);
  const all = problemsOf(session);
  if (options.writeBaseline !== undefined) {
    writeWhole(options.writeBaseline, baselineText(all));
    output.error(`Wrote ${options.writeBaseline}: ${plural(all.filter(isBaselined).length, 'finding')}.\n`);
  }
  const baseline = options.writeBaseline ?? options.baseline;
  const held = baseline === undefined ? baselineOfSettings(session.configs) : readBaseline(baseline);
  const { problems, gone } = held === undefined ? { problems: all, gone: 0 } : againstBaseline(all, held);
  if (gone > 0 && baseline !== undefined)
    output.error(`${plural(gone, 'finding')} of ${baseline} no longer there: --write-baseline leaves them out.\n`);
  const counts = countsOf(problems);
  const report =
    options.format === 'text'
      ? textReport(session, problems, counts, options.output === undefined ? output : { ...output, colour: false })
      : reportText(options.format, {
          session,
          problems: options.format === 'json' ? await withGains(problems, session) : problems,
          counts,
          rules: allDescribedRules,
          hasBaseline: held !== undefined,
        });
  if (options.output === undefined) output.out(report);
  else writeWhole(options.output, report);
  const tooMany = options.maxWarnings !== undefined && counts.warnings > options.maxWarnings;
  if (tooMany) output.error(`${plural(counts.warnings, 'warning')}, and --max-warnings allows ${options.maxWarnings}.\n`);
  return counts.errors > 0 || tooMany ? exitCodes.failed : exitCodes.done;
}

function isBaselined({ finding, accepted }: Problem): boolean {
  return finding !== undefined && accepted !== true;
}

async function fixed(paths: readonly string[], options: CheckOptions, output: Output): Promise<Session> {
  const { session, fixes, files } = await fixSafely(paths, options);
  const names = [...files].map(shownPath).sort().join(', ');
  if (fixes > 0) output.error(`Made ${plural(fixes, 'fix', 'fixes')} in ${names}.\n`);
  return session;
}

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const;

function textReport(session: Session, problems: readonly Problem[], counts: Counts, output: Output): string {
  const parts: string[] = [];
  const texts = new Map<string, string>();
  for (const [uri, text] of session.texts) texts.set(shownPath(uri), text);
  for (const { uri, text } of session.configs) texts.set(shownPath(uri), text);
  for (const problem of problems) {
    if (!isOpen(problem)) continue;
    const head = `${problem.file}:${problem.line}:${problem.column}`;
    const severity = paint(output, colours[problem.severity], problem.severity);
    const code = problem.code === undefined ? '' : ` ${paint(output, 'bold', problem.code)}`;
    parts.push(
      `${head} ${severity}${code} ${printable(problem.message)}\n${excerpt(problem, texts.get(problem.file) ?? '', output)}\n`,
    );
  }
  parts.push(`${summary(counts, session)}\n`);
  return parts.join('');
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
  if (counts.known > 0) parts.push(`${counts.known} in the baseline`);
  const files = plural(session.texts.size, 'file');
  const isManifestsOnly = models === '' && [...session.texts.keys()].every((uri) => !uri.endsWith('.drml'));
  if (isManifestsOnly) return `${parts.join(', ')} in ${files}.`;
  return `${parts.join(', ')} in ${files}. Model: ${models === '' ? 'none' : models}`;
}

function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
