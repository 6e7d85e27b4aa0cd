/** Quantities: that each can be read, has its unit, and lies within the bounds of its key. */
import type { AstNode } from 'langium';
import { type KeyEntry, keyIn, keyTable } from '../keys.js';
import { parseQuantity } from '../quantity.js';
import { type Block, type BlockStatement, keyOf } from './blocks.js';
import { absurd, boundLimits, type Limit, limits, quotaLimits, tierLimit } from './limits.js';
import { excerpt } from './phrases.js';
import { type ProblemFix, type Report, type Span, spanOfProperty } from './problem.js';

/** What has been read and is within its limit. Most values are written many times over, in one file and in others, and each is read once. */
const known = new Map<Limit, Set<string>>();
/** So many values of one limit are kept; beyond that they are read anew, so that a server that runs for long does not grow. */
const mostKnown = 10_000;
const longestKnown = 12;

/** Checks the quantities of one element. */
export class QuantityCheck {
  constructor(private readonly report: Report) {}

  /** Reports quantities of a block's statements, and of its head, that cannot be read or lie out of bounds. */
  block(block: Block): void {
    const { node, top } = block;
    if (node === top && (top.$type === 'Component' || top.$type === 'Journey'))
      this.quantity(top, 'tier', top.tier, tierLimit, 'tier');
    for (const statement of block.statements) this.statement(block, statement);
  }

  private statement(block: Block, statement: BlockStatement): void {
    switch (statement.$type) {
      case 'Fact': {
        const entry = keyIn(block.place, statement.key);
        const limit = entry === undefined ? undefined : limitOf(entry);
        if (entry === undefined || limit === undefined) return;
        this.quantity(statement, 'value', statement.value, limit, entry.phrase);
        this.quantity(statement, 'upper', statement.upper, limit, `${entry.phrase} … to`);
        return;
      }
      case 'Quota': {
        const limit = quotaLimits[statement.resource] ?? countedResource;
        this.quantity(statement, 'amount', statement.amount, limit, `quota ${statement.resource}`);
        return;
      }
      case 'Fails':
        for (const target of statement.targets) this.properties(target, 'fails');
        break;
      case 'Expect':
        for (const bound of statement.bounds)
          this.quantity(bound, 'value', bound.value, boundLimits[bound.measure], bound.measure);
        return;
      default:
        break;
    }
    this.properties(statement, keyOf(statement));
  }

  /** Checks the properties that the table of limits names for this type of node. */
  private properties(node: AstNode, key: string): void {
    for (const [property, limit] of limitsByType.get(node.$type) ?? []) {
      const text: unknown = Reflect.get(node, property);
      if (typeof text === 'string') this.quantity(node, property, text, limit, limit.phrase ?? key);
    }
  }

  private quantity(node: AstNode, property: string, text: string | undefined, limit: Limit | undefined, phrase: string): void {
    if (text === undefined || limit === undefined) return;
    let fine = known.get(limit);
    if (fine?.has(text) === true) return;
    const parsed = parseQuantity(text, limit.dimension);
    if (!parsed.ok) {
      const at = spanOfProperty(node, property);
      const fix = unitFix(text, limit, at);
      const message = text.startsWith('-') ? negative(text, limit, phrase) : parsed.message;
      this.report({ severity: 'error', code: 'syntax/quantity', message, at, ...(fix === undefined ? {} : { fix }) });
      return;
    }
    const message = outOfBounds(text, parsed.quantity.value, limit, phrase);
    if (message !== undefined) {
      this.report({ severity: 'error', code: 'syntax/bounds', message, at: spanOfProperty(node, property) });
      return;
    }
    if (fine === undefined || fine.size >= mostKnown) {
      fine = new Set();
      known.set(limit, fine);
    }
    // The engine cuts longer pieces out of a text without copying, and would keep the whole text for them.
    if (text.length <= longestKnown) fine.add(text);
  }
}

const limitsByType = new Map(Object.entries(limits).map(([type, properties]) => [type, Object.entries(properties)]));
const countedResource: Limit = { dimension: 'count', minimum: 0, example: 'quota pods 400' };
const limitsOfKeys = new Map<KeyEntry, Limit>();
for (const entry of keyTable) {
  if (entry.value.kind === 'quantity') limitsOfKeys.set(entry, { ...entry.value, example: entry.example });
}

/** The limit of a statement of one number, from the key table. */
function limitOf(entry: KeyEntry): Limit | undefined {
  return limitsOfKeys.get(entry);
}

function negative(text: string, limit: Limit, phrase: string): string {
  return `\`${excerpt(text)}\` is negative; \`${phrase}\` takes ${rangeOf(limit)}, such as \`${limit.example}\`.`;
}

function outOfBounds(text: string, value: number, limit: Limit, phrase: string): string | undefined {
  const found = (): string => `\`${excerpt(text)}\``;
  const { minimum, maximum, aboveMinimum, dimension } = limit;
  if (minimum !== undefined && (value < minimum || (aboveMinimum === true && value <= minimum)))
    return `${found()} is too little; \`${phrase}\` takes ${rangeOf(limit)}, such as \`${limit.example}\`.`;
  if (maximum !== undefined && value > maximum)
    return `${found()} is more than ${written(maximum, limit)}, the most that \`${phrase}\` takes; for example \`${limit.example}\`.`;
  if (value > absurd[dimension].above) return `${found()} is more than ${absurd[dimension].written}; is a unit or a digit wrong?`;
  return undefined;
}

/** The allowed values in words: `a count from 1 to 1000`, `more than 0s`. */
function rangeOf(limit: Limit): string {
  const { minimum = 0, maximum, aboveMinimum, dimension } = limit;
  const whole = dimension === 'count' ? 'a whole number ' : '';
  const least = written(minimum, limit);
  if (aboveMinimum === true) return `${whole}${whole === '' ? '' : 'of '}more than ${least}`;
  if (maximum !== undefined) return `${whole}from ${least} to ${written(maximum, limit)}`;
  return `${whole}${whole === '' ? '' : 'of '}${least} or more`;
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
