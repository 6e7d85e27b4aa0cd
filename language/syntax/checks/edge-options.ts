/** Options of an edge that its kind of edge cannot have, or that contradict it. */
import type { Edge } from '../../generated/ast.js';
import type { Block, BlockStatement } from './blocks.js';
import { type ProblemFix, partRemoval, type Report, removal, spanOf, spanOfKey, spanOfProperty } from './problem.js';

/** Options that say how a message is handed over. */
const publishing: ReadonlySet<string> = new Set(['acks', 'outbox']);

/** Reports what the edges of a block cannot be. */
export function checkEdgeOptions(block: Block, report: Report): void {
  for (const statement of block.statements) if (statement.$type === 'Edge') checkEdge(statement, report);
}

function checkEdge(edge: Edge, report: Report): void {
  if (edge.bestEffort && edge.kind !== 'publishes') {
    const at = spanOfProperty(edge, 'bestEffort');
    report({
      severity: 'error',
      code: 'syntax/best-effort',
      message: `\`best effort\` says that a message may be lost: it belongs to \`publishes to\`, not to \`${edge.kind}\`. Leave it out${edge.kind === 'requires' ? ', or write `wants`' : ''}.`,
      at,
      ...optional(withoutEffort(edge, at.start)),
    });
  }
  for (const option of edge.options) checkOption(edge, option, report);
}

/** The fix that takes `best effort` out, whatever white space stands between the two words. */
function withoutEffort(edge: Edge, start: number): ProblemFix | undefined {
  const text = edge.$cstNode?.text ?? '';
  const { start: offset } = spanOf(edge);
  const words = /^best\s+effort/.exec(text.slice(start - offset))?.[0];
  return words === undefined ? undefined : partRemoval(edge, { start, end: start + words.length }, 'Remove `best effort`');
}

function optional(fix: ProblemFix | undefined): { readonly fix?: ProblemFix } {
  return fix === undefined ? {} : { fix };
}

function checkOption(edge: Edge, option: BlockStatement, report: Report): void {
  if (option.$type !== 'Mark' && option.$type !== 'Text' && option.$type !== 'Words') return;
  const { key } = option;
  if (publishing.has(key) && edge.kind !== 'publishes') {
    report({
      severity: 'error',
      code: 'syntax/edge-option',
      message: `\`${key}\` says how a message is handed over: it belongs to \`publishes to\`, not to \`${edge.kind}\`. Leave it out.`,
      at: spanOfKey(option, key),
      fix: removal(option, `Remove \`${key}\``),
    });
  } else if (key === 'fallback' && edge.kind === 'requires') {
    report({
      severity: 'warning',
      code: 'syntax/fallback',
      message:
        'What is required has no fallback: without it this is down. Write `wants` where the fallback keeps it up, or leave the fallback out.',
      at: spanOfKey(option, key),
      fix: { title: 'Change `requires` to `wants`', ...spanOfKey(edge, 'requires'), text: 'wants' },
    });
  }
}
