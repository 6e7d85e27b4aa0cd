import type { RuleDescription } from '../../../language/rules/rule.js';
import type { Problem } from '../problem-list.js';
import type { Session } from '../session.js';
import { githubReport } from './github.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { sarifReport } from './sarif.js';

/** Ways to print what `drml check` found, apart from text for people. */
export const reportFormats = ['json', 'sarif', 'junit', 'github', 'markdown'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that the model accepts. */
  readonly accepted: number;
  /** Problems that the baseline knows already. */
  readonly known: number;
}

/** What all reports are made of. */
export interface Report {
  readonly session: Session;
  readonly problems: readonly Problem[];
  readonly counts: Counts;
  readonly rules: readonly RuleDescription[];
  /** Whether the problems were held against a baseline. */
  readonly hasBaseline: boolean;
}

/** Whether a problem counts: it is neither accepted in the model nor known to the baseline. */
export function isOpen({ accepted, known }: Problem): boolean {
  return accepted !== true && known !== true;
}

/** How many problems of each kind there are. */
export function countsOf(problems: readonly Problem[]): Counts {
  const open = problems.filter(isOpen);
  const count = (severity: Problem['severity']): number => open.filter((problem) => problem.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    accepted: problems.filter(({ accepted }) => accepted === true).length,
    known: problems.filter(({ accepted, known }) => known === true && accepted !== true).length,
  };
}

/** The report as text, its last line ended. */
export function reportText(format: ReportFormat, report: Report): string {
  switch (format) {
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report);
    case 'junit':
      return junitReport(report);
    case 'github':
      return githubReport(report);
    case 'markdown':
      return markdownReport(report);
  }
}
