import { ruleLink } from '../../../language/rules/links.js';
import type { Problem } from '../problem-list.js';
import { isOpen, type Report } from './report.js';

/** Rows of the table: a comment on a pull request holds 65,536 characters. */
const mostRows = 150;

const glyphs = { error: '❌ error', warning: '⚠️ warning', info: 'ℹ️ note' } as const;

/** A summary for a pull request: the counts, the open problems in a table with the worst first, and what was set aside. */
export function markdownReport({ session, problems, counts }: Report): string {
  const open = problems.filter(isOpen);
  const order = { error: 0, warning: 1, info: 2 };
  const rows = [...open].sort((a, b) => order[a.severity] - order[b.severity]);
  const models = session.models.map(({ model }) => `\`${plain(model.name)}\``).join(', ');
  const aside = [
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted in the model`] : []),
    ...(counts.known > 0 ? [`${counts.known} known to the baseline`] : []),
  ];
  return [
    `### DRML: ${headline(open.length, counts)}`,
    '',
    `Checked ${session.texts.size === 1 ? '1 file' : `${session.texts.size} files`}${models === '' ? '' : `, model ${models}`}.`,
    '',
    ...(rows.length === 0 ? [] : ['| | Rule | Where | What |', '| --- | --- | --- | --- |']),
    ...rows.slice(0, mostRows).map(row),
    ...(rows.length > mostRows ? ['', `And ${rows.length - mostRows} more.`] : []),
    ...(rows.length === 0 ? [] : ['']),
    ...(aside.length === 0 ? [] : [`Not counted: ${aside.join(', ')}.`, '']),
  ].join('\n');
}

function headline(open: number, { errors, warnings, infos }: Report['counts']): string {
  if (open === 0) return 'nothing to report';
  const parts = [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'note')];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function row(problem: Problem): string {
  const { code, finding, file, line, message } = problem;
  const rule = finding === undefined ? plain(code ?? '') : `[${finding.code}](${ruleLink(finding.code)})`;
  return `| ${glyphs[problem.severity]} | ${rule} | \`${plain(file)}:${line}\` | ${plain(message)} |`;
}

/** Text of a model in a cell: nothing in it opens a tag, a link, a mention or the next cell. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/g, (letter) => `\\${letter}`)
    .replace(/([@#])(?=\w)/g, '$1\u2060');
}
