import { ruleLink } from '../../../language/rules/links.js';
import { changeRegions } from '../change-regions.js';
import type { Problem, ProblemFix } from '../problem-list.js';
import type { FixEntry, ProblemEntry, ProblemsReport } from './problems-report.js';
import type { Report } from './report.js';

/** Each problem with its place, what it speaks of, what else is involved and how it can be mended; see docs/check.schema.json. */
export function jsonReport({ session, problems, counts }: Report): string {
  const textOf = (uri: string): string => session.texts.get(uri) ?? '';
  const report: ProblemsReport = {
    schema: 'drml/check@1',
    problems: problems.map((problem) => shown(problem, textOf)),
    summary: counts,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function shown({ finding, fixes, related, ...problem }: Problem, textOf: (uri: string) => string): ProblemEntry {
  return {
    ...problem,
    ...(finding === undefined ? {} : { subject: finding.subject, help: ruleLink(finding.code) }),
    ...(related.length === 0 ? {} : { related }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => fixEntry(fix, textOf)) }),
  };
}

function fixEntry({ title, safe, gain, changes }: ProblemFix, textOf: (uri: string) => string): FixEntry {
  return {
    title,
    safe,
    ...(gain === undefined ? {} : { gain }),
    changes: changeRegions(changes, textOf).flatMap(({ file, replacements }) =>
      replacements.map(({ span, text }) => ({ file, ...span, text })),
    ),
  };
}
