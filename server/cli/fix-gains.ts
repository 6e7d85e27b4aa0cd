import { FixGains, type RankedFix } from '../../language/fix-gain.js';
import type { Finding } from '../../language/rules/rule.js';
import { isOpen } from './check-reports/report.js';
import { type Problem, problemFix } from './problem-list.js';
import type { Session } from './session.js';

/** How many fixes of a model are tried out: some 50 ms each on a model of three hundred components, most of it for reading the text. */
const mostFixes = 50;

const order = { error: 0, warning: 1, info: 2 } as const;

/** The problems with their fixes tried out, those of errors first: each says what it gains, and the best stands first. */
export async function withGains(problems: readonly Problem[], session: Session): Promise<readonly Problem[]> {
  const open = new Set(problems.filter(isOpen).flatMap(({ finding }) => finding ?? []));
  const gains = new FixGains();
  const ranked = new Map<Finding, readonly RankedFix[]>();
  for (const { model, analysis, findings } of session.models) {
    const asked = findings.filter((finding) => open.has(finding)).sort((a, b) => order[a.severity] - order[b.severity]);
    const standing = { model, analysis, textOf: (uri: string) => session.texts.get(uri) };
    for (const [finding, fixes] of await gains.ranked(asked, standing, mostFixes)) ranked.set(finding, fixes);
  }
  return problems.map((problem) => {
    const fixes = problem.finding === undefined ? undefined : ranked.get(problem.finding);
    return fixes === undefined
      ? problem
      : { ...problem, fixes: fixes.map(({ fix, gain }) => problemFix(fix, session.texts, gain)) };
  });
}
