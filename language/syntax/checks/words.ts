/** Words of which only a few mean something. */
import { keyIn } from '../keys.js';
import { nearest } from '../nearest.js';
import { type Block, type BlockStatement, keyOf } from './blocks.js';
import { excerpt, listed } from './phrases.js';
import { type Problem, type ProblemFix, partRemoval, type Report, spanOfProperty } from './problem.js';

/** Why a call failed, in the words of the mesh. */
export const causes = [
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
  'reset',
  'gateway-error',
  '5xx',
  'retriable-4xx',
  'deadline-exceeded',
  'resource-exhausted',
  'internal',
  'envoy-ratelimited',
] as const satisfies readonly string[];

/** The words that `storage` takes. */
export const storages = [
  'zonal',
  'regional',
  'ephemeral',
  'raid0',
  'raid1',
  'raid5',
  'raid6',
  'raid10',
  'erasure',
] as const satisfies readonly string[];
/** The words that `managed by` takes. */
export const managers = ['operator', 'provider', 'self'] as const satisfies readonly string[];
/** The words that `entry` takes. */
export const entries = ['gateway-api', 'istio', 'ingress'] as const satisfies readonly string[];
/** The words that `consistency` takes. */
export const levels = ['strong', 'eventual'] as const satisfies readonly string[];
/** The words that `on partition` takes. */
export const partitions = ['serves', 'refuses'] as const satisfies readonly string[];

/** Reports words that mean nothing where they stand, and lists of which only one word is read. */
export function checkWords(block: Block, report: Report): void {
  for (const statement of block.statements) {
    const offer = (property: string, found: string | undefined, allowed: readonly string[], what: string): void => {
      if (found !== undefined && !allowed.includes(found)) report(unknownWord(statement, property, found, allowed, what));
    };
    switch (statement.$type) {
      case 'Words':
        checkList(block, statement, report);
        break;
      case 'Storage':
        offer('storage', statement.storage, storages, 'storage');
        checkErasure(statement, report);
        break;
      case 'ManagedBy':
        offer('manager', statement.manager, managers, 'managed by');
        checkManager(statement, report);
        break;
      case 'Entry':
        offer('means', statement.means, entries, 'entry');
        break;
      case 'Retries':
        for (const [index, cause] of statement.causes.entries())
          if (!isCause(cause)) report(unknownWord(statement, 'causes', cause, causes, 'retries … on', index));
        break;
      case 'Consistency':
        offer('level', statement.level, levels, 'consistency');
        offer('onPartition', statement.onPartition, partitions, 'on partition');
        break;
      default:
        break;
    }
  }
}

function checkList(block: Block, statement: Extract<BlockStatement, { $type: 'Words' }>, report: Report): void {
  const entry = keyIn(block.place, keyOf(statement));
  if (entry?.value.kind !== 'words') return;
  const { allowed, many } = entry.value;
  statement.values.forEach((word, index) => {
    if (allowed !== undefined && !allowed.includes(word))
      report(unknownWord(statement, 'values', word, allowed, entry.phrase, index));
    else if (index > 0 && !many) {
      report({
        severity: 'error',
        code: 'syntax/one-word',
        message: `\`${entry.phrase}\` takes one word, found ${statement.values.length}; only \`${excerpt(statement.values[0] ?? '')}\` counts.`,
        at: spanOfProperty(statement, 'values', index),
        fix: valueRemoval(statement, index, statement.values.length - 1),
      });
    } else if (statement.values.indexOf(word) < index) {
      report({
        severity: 'warning',
        code: 'syntax/duplicate-word',
        message: `\`${excerpt(word)}\` stands twice in this list; once is enough.`,
        at: spanOfProperty(statement, 'values', index),
        fix: valueRemoval(statement, index, index),
      });
    }
  });
  const [currency] = statement.values;
  if (statement.key === 'currency' && currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    const at = spanOfProperty(statement, 'values', 0);
    const better = currency.toUpperCase();
    report({
      severity: 'error',
      code: 'syntax/currency',
      message: `Expected a currency of three capital letters such as \`USD\`, found \`${excerpt(currency)}\`.`,
      at,
      ...(/^[A-Z]{3}$/.test(better) ? { fix: { title: `Change to ${better}`, ...at, text: better } } : {}),
    });
  }
}

/** Takes values of a list out, with the comma before them. */
function valueRemoval(statement: BlockStatement, first: number, last: number): ProblemFix {
  const { end: start } = spanOfProperty(statement, 'values', first - 1);
  const { end } = spanOfProperty(statement, 'values', last);
  return { title: first === last ? 'Remove this word' : 'Remove these words', start, end, text: '' };
}

function checkErasure(statement: Extract<BlockStatement, { $type: 'Storage' }>, report: Report): void {
  if (statement.storage === 'erasure' && statement.code === undefined) {
    report({
      severity: 'error',
      code: 'syntax/erasure-code',
      message: '`storage erasure` needs its data and parity shards, such as `storage erasure 4+2`.',
      at: spanOfProperty(statement, 'storage'),
    });
  } else if (statement.storage !== 'erasure' && statement.code !== undefined) {
    report({
      severity: 'error',
      code: 'syntax/erasure-code',
      message: `\`${statement.code}\` belongs to \`storage erasure ${statement.code}\`; \`${excerpt(statement.storage ?? '')}\` takes no shards.`,
      at: spanOfProperty(statement, 'code'),
      fix: partRemoval(statement, spanOfProperty(statement, 'code'), `Remove \`${statement.code}\``),
    });
  }
}

function checkManager(statement: Extract<BlockStatement, { $type: 'ManagedBy' }>, report: Report): void {
  if (statement.manager === 'operator' && statement.operator === undefined) {
    report({
      severity: 'error',
      code: 'syntax/operator-name',
      message: 'Say which operator: `managed by operator cloudnative-pg`.',
      at: spanOfProperty(statement, 'manager'),
    });
  }
}

function isCause(word: string): boolean {
  const known: readonly string[] = causes;
  return known.includes(word);
}

function unknownWord(
  statement: BlockStatement,
  property: string,
  found: string,
  allowed: readonly string[],
  phrase: string,
  index?: number,
): Problem {
  const meant = nearest(found, allowed);
  const at = spanOfProperty(statement, property, index);
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return {
    severity: 'error',
    code: 'syntax/word',
    message: `\`${phrase}\` takes ${listed(allowed)}, found \`${excerpt(found)}\`.${hint}`,
    at,
    // A word that starts with a digit would be read as a quantity.
    ...(meant === undefined
      ? {}
      : { fix: { title: `Change to "${meant}"`, ...at, text: /^\d/.test(meant) ? `"${meant}"` : meant } }),
  };
}
