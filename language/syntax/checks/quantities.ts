/** Quantities: that each can be read, has its unit, and lies within the bounds of its key. */
import type { AstNode } from 'langium';
import type { TopLevel } from '../../generated/ast.js';
import { keyIn } from '../keys.js';
import { parseQuantity } from '../quantity.js';
import { type Block, type BlockStatement, keyOf } from './blocks.js';
import { absurd, boundLimits, type Limit, limits, quotaLimits, tierLimit } from './limits.js';
import { excerpt } from './phrases.js';
import { type ProblemFix, type Report, type Span, spanOfProperty } from './problem.js';

/** Reports quantities of a block's statements that cannot be read or lie out of bounds. */
export function checkQuantities(block: Block, report: Report): void {
  for (const statement of block.statements) checkStatement(block, statement, report);
}

/** Reports the quantities in the head of a declaration: its tier. */
export function checkHead(element: TopLevel, report: Report): void {
  if (element.$type === 'Component' || element.$type === 'Journey')
    checkQuantity(element, 'tier', element.tier, tierLimit, 'tier', report);
}

function checkStatement(block: Block, statement: BlockStatement, report: Report): void {
  if (statement.$type === 'Fact') {
    const entry = keyIn(block.place, statement.key);
    if (entry?.value.kind !== 'quantity') return;
    const limit: Limit = { ...entry.value, example: entry.example };
    checkQuantity(statement, 'value', statement.value, limit, entry.phrase, report);
    checkQuantity(statement, 'upper', statement.upper, limit, `${entry.phrase} … to`, report);
    return;
  }
  if (statement.$type === 'Quota') {
    const limit = quotaLimits[statement.resource] ?? {
      dimension: 'count',
      minimum: 0,
      example: `quota ${statement.resource} 40`,
    };
    checkQuantity(statement, 'amount', statement.amount, limit, `quota ${statement.resource}`, report);
    return;
  }
  checkProperties(statement, keyOf(statement), report);
  if (statement.$type === 'Fails') for (const target of statement.targets) checkProperties(target, 'fails', report);
  if (statement.$type === 'Expect') {
    for (const bound of statement.bounds)
      checkQuantity(bound, 'value', bound.value, boundLimits[bound.measure], bound.measure, report);
  }
}

/** Checks the properties that the table of limits names for this type of node. */
function checkProperties(node: AstNode, key: string, report: Report): void {
  const properties = limits[node.$type];
  if (properties === undefined) return;
  for (const [property, limit] of Object.entries(properties)) {
    const text: unknown = Reflect.get(node, property);
    if (typeof text === 'string') checkQuantity(node, property, text, limit, limit.phrase ?? key, report);
  }
}

function checkQuantity(
  node: AstNode,
  property: string,
  text: string | undefined,
  limit: Limit | undefined,
  phrase: string,
  report: Report,
): void {
  if (text === undefined || limit === undefined) return;
  const parsed = parseQuantity(text, limit.dimension);
  if (!parsed.ok) {
    const at = spanOfProperty(node, property);
    const fix = unitFix(text, limit, at);
    const message = text.startsWith('-') ? negative(text, limit, phrase) : parsed.message;
    report({ severity: 'error', code: 'syntax/quantity', message, at, ...(fix === undefined ? {} : { fix }) });
    return;
  }
  const message = outOfBounds(text, parsed.quantity.value, limit, phrase);
  if (message !== undefined) report({ severity: 'error', code: 'syntax/bounds', message, at: spanOfProperty(node, property) });
}

function negative(text: string, limit: Limit, phrase: string): string {
  return `\`${excerpt(text)}\` is negative; \`${phrase}\` takes ${rangeOf(limit)}, such as \`${limit.example}\`.`;
}

function outOfBounds(text: string, value: number, limit: Limit, phrase: string): string | undefined {
  const found = `\`${excerpt(text)}\``;
  const { minimum, maximum, aboveMinimum, dimension } = limit;
  if (minimum !== undefined && (value < minimum || (aboveMinimum === true && value <= minimum)))
    return `${found} is too little; \`${phrase}\` takes ${rangeOf(limit)}, such as \`${limit.example}\`.`;
  if (maximum !== undefined && value > maximum)
    return `${found} is more than ${written(maximum, limit)}, the most that \`${phrase}\` takes; for example \`${limit.example}\`.`;
  if (value > absurd[dimension].above) return `${found} is more than ${absurd[dimension].written}; is a unit or a digit wrong?`;
  return undefined;
}

/** The allowed values in words: `a count from 1 to 1000`, `more than 0s`. */
function rangeOf(limit: Limit): string {
  const { minimum = 0, maximum, aboveMinimum, dimension } = limit;
  const whole = dimension === 'count' ? 'a whole number ' : '';
  if (aboveMinimum === true) return `${whole}more than ${written(minimum, limit)}`;
  if (maximum !== undefined) return `${whole}from ${written(minimum, limit)} to ${written(maximum, limit)}`;
  return `${whole}of ${written(minimum, limit)} or more`;
}

/** A bound as somebody would write it. */
function written(value: number, { dimension }: Limit): string {
  switch (dimension) {
    case 'probability':
    case 'share':
      return `${value * 100}%`;
    case 'duration':
      return `${value}s`;
    case 'size':
      return `${value}B`;
    case 'throughput':
      return `${value}B/s`;
    case 'rate':
      return `${value}rps`;
    case 'cpu':
    case 'count':
    case 'money':
    case 'version':
      return String(value);
  }
}

/** The unit that was certainly meant, as a fix: percent, requests per second, a size's last letter, a size per second. */
function unitFix(text: string, { dimension }: Limit, at: Span): ProblemFix | undefined {
  const fix = (mended: string): ProblemFix | undefined =>
    parseQuantity(mended, dimension).ok ? { title: `Change to \`${mended}\``, ...at, text: mended } : undefined;
  switch (dimension) {
    case 'probability':
    case 'share':
      return /^\d+(\.\d+)?$/.test(text) ? fix(`${text}%`) : undefined;
    case 'rate':
      return fix(`${text.replace(/\/s$/, '')}rps`);
    case 'size':
      return /[KMGTP]i?$/.test(text) ? fix(`${text}B`) : undefined;
    case 'throughput':
      return /(B|bit)$/.test(text) ? fix(`${text}/s`) : undefined;
    case 'count':
      return /^\d+(\.0+)?x?$/.test(text) ? fix(text.replace(/(\.0+)?x?$/, '')) : undefined;
    default:
      return undefined;
  }
}
