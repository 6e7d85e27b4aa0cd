import { ruleLink } from '../../../language/rules/links.js';
import type { Problem } from '../problem-list.js';
import type { Report } from './report.js';

/** `{ problems, summary }`: each problem with its place, what it speaks of, what else is involved and how it can be mended. */
export function jsonReport({ problems, counts }: Report): string {
  return `${JSON.stringify({ problems: problems.map(shown), summary: counts }, undefined, 2)}\n`;
}

function shown({ finding, fixes, related, ...problem }: Problem): object {
  return {
    ...problem,
    ...(finding === undefined ? {} : { subject: finding.subject, help: ruleLink(finding.code) }),
    ...(related.length === 0 ? {} : { related }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(({ title, safe }) => ({ title, safe })) }),
  };
}
