/** Dates that are in the calendar, times that are on the clock, and texts that say something. */
import type { AstNode } from 'langium';
import { type Block, type BlockStatement, keyOf } from './blocks.js';
import { type Report, removal, spanOfProperty } from './problem.js';

/** Reports dates and times that do not exist, and texts that must not be empty or must start with `/`. */
export function checkMoments(block: Block, report: Report): void {
  if (block.top === block.node && block.top.$type === 'Drill') checkDate(block.top, 'date', block.top.date, report);
  for (const statement of block.statements) checkStatement(statement, report);
}

function checkStatement(statement: BlockStatement, report: Report): void {
  switch (statement.$type) {
    case 'Runbook':
      checkDate(statement, 'reviewed', statement.reviewed, report);
      checkText(statement, 'url', statement.url, report);
      break;
    case 'Accepts':
      checkDate(statement, 'until', statement.until, report);
      break;
    case 'Tested':
      checkDate(statement, 'date', statement.date, report);
      break;
    case 'Series':
    case 'Repeats':
      checkTime(statement, 'at', statement.at, report);
      break;
    case 'Load':
      checkTime(statement, 'from', statement.from, report);
      checkTime(statement, 'to', statement.to, report);
      break;
    case 'Probe':
      checkPath(statement, statement.path, report);
      break;
    case 'Routes':
      for (const route of statement.routes) checkPath(route, route.path, report);
      break;
    case 'Host':
      checkText(statement, 'host', statement.host, report);
      break;
    case 'Text':
      checkText(statement, 'value', statement.value, report);
      break;
    default:
      break;
  }
}

function checkDate(node: AstNode, property: string, date: string | undefined, report: Report): void {
  if (date === undefined) return;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lengths = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  const longest = lengths[month - 1];
  if (longest !== undefined && day >= 1 && day <= longest && year >= 1) return;
  const message =
    longest === undefined
      ? `\`${date}\` is not a date: there is no month ${month}. Dates are written year-month-day, \`2026-09-01\`.`
      : `\`${date}\` is not a date: that month has the days 1 to ${longest}.`;
  const at = spanOfProperty(node, property);
  const last = longest !== undefined && day > longest ? `${date.slice(0, 8)}${longest}` : undefined;
  const fix = last === undefined || year < 1 ? {} : { fix: { title: `Change to ${last}`, ...at, text: last } };
  report({ severity: 'error', code: 'syntax/date', message, at, ...fix });
}

function checkTime(node: AstNode, property: string, time: string | undefined, report: Report): void {
  if (time === undefined) return;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (hour <= 23 && minute <= 59) return;
  const at = spanOfProperty(node, property);
  report({
    severity: 'error',
    code: 'syntax/time',
    message: `\`${time}\` is not a time of day; the day goes from \`00:00\` to \`23:59\`.`,
    at,
    ...(time === '24:00' ? { fix: { title: 'Change to 00:00', ...at, text: '00:00' } } : {}),
  });
}

function checkPath(node: AstNode, path: string | undefined, report: Report): void {
  if (path === undefined || path.startsWith('/')) return;
  const at = spanOfProperty(node, 'path');
  report({
    severity: 'error',
    code: 'syntax/path',
    message: `A path starts with \`/\`: write \`"/${path}"\`.`,
    at,
    fix: { title: `Change to "/${path}"`, start: at.start + 1, end: at.start + 1, text: '/' },
  });
}

function checkText(node: BlockStatement, property: string, text: string | undefined, report: Report): void {
  if (text === undefined || text.trim() !== '') return;
  report({
    severity: 'error',
    code: 'syntax/empty-text',
    message: `\`${keyOf(node)}\` is empty; write something between the quotes, or leave the statement out.`,
    at: spanOfProperty(node, property),
    fix: removal(node, `Remove this \`${keyOf(node)}\``),
  });
}
