/** Blocks and statements that can be read and say nothing. */
import { type Edge, isDefaults, isPolicy } from '../../generated/ast.js';
import type { Place } from '../keys.js';
import type { Block, BlockStatement } from './blocks.js';
import { capitalised } from './phrases.js';
import { type Report, removal, type Span, spanOf, spanOfKey, spanOfProperty } from './problem.js';
import type { Surroundings } from './surroundings.js';

/** Blocks that are there for what stands in them, with something to put there. */
const examples: Partial<Readonly<Record<Place, string>>> = {
  failover: 'detect 30s  decide automatic  switch dns ttl 60s',
  objective: 'availability 99.9%',
  class: 'rto 15m  rpo 1m',
  together: 'mtbf 180d  mttr 20m',
  rollout: 'surge 25%  unavailable 0',
  backup: 'full every 1d',
  policy: 'grace 30s',
  defaults: 'mtbf 30d  mttr 5m',
};

/** Reports empty blocks, backups that take nothing, scenarios in which nothing fails, expectations of nothing. */
export function checkEmptiness(block: Block, around: Surroundings, report: Report): void {
  checkBlock(block, around, report);
  for (const statement of block.statements) {
    if (statement.$type === 'Edge') checkEdgeBlock(statement, around, report);
    else if (statement.$type === 'Expect' || statement.$type === 'Measured') checkBound(statement, around, report);
  }
  if (block.place === 'backup') checkBackup(block, around, report);
  else if (block.place === 'scenario') checkScenario(block, around, report);
}

function checkBlock(block: Block, around: Surroundings, report: Report): void {
  const { node, place, label } = block;
  const example = examples[place];
  if (block.statements.length > 0 || example === undefined || emptyBraces(spanOf(node), around) === undefined) return;
  // What somebody may follow cannot simply go.
  const removable = node.$type !== 'Policy';
  report({
    severity: 'warning',
    code: 'syntax/empty-block',
    message: `${capitalised(label)} is empty and says nothing; fill it, \`{ ${example} }\`, or leave it out.`,
    at: headOf(block),
    ...(removable ? { fix: removal(node, 'Remove this empty block') } : {}),
  });
}

function headOf(block: Block): Span {
  const { start } = spanOf(block.node);
  const word = block.place === 'class' ? '' : block.place;
  return word === '' ? spanOfProperty(block.node, 'disruption') : { start, end: start + word.length };
}

/** Where `{ }` stands at the end of a span; undefined where something stands between the braces, be it a comment or a slip. */
function emptyBraces({ start, end }: Span, around: Surroundings): Span | undefined {
  const text = around.document.textDocument.getText();
  if (text.charAt(end - 1) !== '}') return undefined;
  let open = end - 2;
  while (open > start && /\s/.test(text.charAt(open))) open--;
  return text.charAt(open) === '{' ? { start: open, end } : undefined;
}

function checkEdgeBlock(edge: Edge, around: Surroundings, report: Report): void {
  if (edge.options.length > 0) return;
  const braces = emptyBraces(spanOf(edge), around);
  if (braces === undefined) return;
  const text = around.document.textDocument.getText();
  let { start } = braces;
  while (/[ \t]/.test(text.charAt(start - 1))) start--;
  report({
    severity: 'warning',
    code: 'syntax/empty-block',
    message: `The block of this \`${edge.kind}\` is empty and says nothing; fill it, \`{ timeout 800ms }\`, or leave it out.`,
    at: braces,
    fix: { title: 'Remove this empty block', start, end: braces.end, text: '' },
  });
}

type Bounded = Extract<BlockStatement, { $type: 'Expect' | 'Measured' }>;

function checkBound(statement: Bounded, around: Surroundings, report: Report): void {
  const [key, nothing, example] =
    statement.$type === 'Expect'
      ? (['expect', statement.state === undefined && statement.bounds.length === 0, 'expect NAME rto <= 15m'] as const)
      : (['measured', statement.rto === undefined && statement.rpo === undefined, 'measured NAME rto 3m rpo 6s'] as const);
  if (!nothing || !endsStatement(spanOf(statement), around)) return;
  report({
    severity: 'warning',
    code: 'syntax/says-nothing',
    message: `This \`${key}\` names no figure and no state; write \`${example}\`${key === 'expect' ? ' or `expect NAME up`' : ''}.`,
    at: spanOfKey(statement, key),
    fix: removal(statement, `Remove this \`${key}\``),
  });
}

/** Whether the line goes on with nothing but another statement or the end of the block: else what follows could not be read, and has its own message. */
function endsStatement({ end }: Span, around: Surroundings): boolean {
  const rest = around.document.textDocument.getText().slice(end, end + 80);
  return /^[ \t]*(\r?\n|\}|\/[/*]|(expect|fails|corrupts|deletes|measured|in|traffic|lasts|stops|owner|runbook|accepts)\b|$)/.test(
    rest,
  );
}

function checkBackup(block: Block, around: Surroundings, report: Report): void {
  if (block.statements.length === 0 || block.statements.some((statement) => statement.$type === 'Series')) return;
  // There it lends its items to the backups of its name.
  if (isDefaults(block.top) || isPolicy(block.top)) return;
  // A series that could not be read has its own message.
  if (/\b(full|incremental|snapshot|log|every)\b/.test(textOf(block, around))) return;
  report({
    severity: 'warning',
    code: 'syntax/says-nothing',
    message: `${capitalised(block.label)} never takes a copy; add how often, such as \`full every 1d\`.`,
    at: spanOfProperty(block.node, 'name'),
  });
}

function checkScenario(block: Block, around: Surroundings, report: Report): void {
  const faults = block.statements.some(({ $type }) => $type === 'Fails' || $type === 'Corrupts' || $type === 'Deletes');
  if (faults || /\b(fail|corrupt|delet)/.test(textOf(block, around))) return;
  report({
    severity: 'warning',
    code: 'syntax/says-nothing',
    message: `In ${block.label} nothing goes wrong; say what \`fails\`, what it \`corrupts\` or \`deletes\`.`,
    at: spanOfProperty(block.node, 'name'),
  });
}

function textOf(block: Block, around: Surroundings): string {
  const { start, end } = spanOf(block.node);
  return around.document.textDocument.getText().slice(start, end);
}
