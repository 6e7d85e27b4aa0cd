/** Amounts of money that are per something: a time, or for a link an amount of data. */
import { parseQuantity } from '../quantity.js';
import type { Block, BlockStatement } from './blocks.js';
import { excerpt, listed } from './phrases.js';
import { type Report, spanOfProperty } from './problem.js';

const times: readonly string[] = ['s', 'min', 'h', 'd', 'w', 'month', 'y'];
const amountsOfData: readonly string[] = ['GiB', 'GB', 'TiB', 'TB', 'MiB', 'MB'];

/** How people write these units elsewhere. */
const otherWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    s: ['sec', 'second', 'seconds'],
    min: ['minute', 'minutes'],
    h: ['hr', 'hour', 'hours', 'H'],
    d: ['day', 'days'],
    w: ['wk', 'week', 'weeks'],
    month: ['mo', 'mon', 'mth', 'months', 'M'],
    y: ['yr', 'year', 'years', 'a'],
  }).flatMap(([unit, words]) => words.map((word): readonly [string, string] => [word, unit])),
);

/** Reports costs and budgets that do not say per what time, or in a unit that nobody can read. */
export function checkMoney(block: Block, report: Report): void {
  for (const statement of block.statements) {
    if (statement.$type === 'Cost') check(statement, block.place === 'link' ? [...times, ...amountsOfData] : times, report);
    else if (statement.$type === 'Fact' && statement.key === 'budget') check(statement, times, report);
  }
}

type Priced = Extract<BlockStatement, { $type: 'Cost' | 'Fact' }>;

function check(statement: Priced, units: readonly string[], report: Report): void {
  const { value } = statement;
  const parsed = parseQuantity(value ?? '', 'money');
  if (value === undefined || !parsed.ok || units.includes(parsed.quantity.per ?? '')) return;
  const { per } = parsed.quantity;
  const meant = per === undefined ? undefined : otherWords.get(per);
  const better = meant === undefined ? undefined : `${value.slice(0, value.lastIndexOf('/') + 1)}${meant}`;
  const phrase = statement.key === 'outage' || statement.key === 'loss' ? `${statement.key} costs` : statement.key;
  const example = `\`${value.split('/')[0] ?? ''}/${phrase === 'cost' || phrase === 'budget' ? 'month' : 'h'}\``;
  const message =
    per === undefined
      ? `\`${phrase}\` takes an amount of money per time: write ${example}.`
      : `\`${excerpt(value)}\` is per \`${excerpt(per)}\`; \`${phrase}\` takes ${listed(units)} there.`;
  const at = spanOfProperty(statement, 'value');
  report({
    severity: 'error',
    code: 'syntax/money',
    message: better === undefined ? message : `${message} Write \`${better}\`.`,
    at,
    ...(better === undefined ? {} : { fix: { title: `Change to \`${better}\``, ...at, text: better } }),
  });
}
