/** How often something is expected: of providers and accounts in `model`, of bad data there or where data is kept. */
import type { Block } from './blocks.js';
import { type Report, removal, spanOf, spanOfProperty } from './problem.js';

/** Reports classes that are stated where nothing reads them, and classes stated twice in one block. */
export function checkExpected(block: Block, report: Report): void {
  const seen = new Map<string, (typeof block.statements)[number]>();
  for (const statement of block.statements) {
    if (statement.$type !== 'Expects' || statement.disruption === undefined) continue;
    const { disruption } = statement;
    if (disruption !== 'corruption' && block.place !== 'model') {
      report({
        severity: 'error',
        code: 'syntax/expected-place',
        message: `\`expects ${disruption}\` applies to every ${disruption === 'provider-loss' ? 'provider' : 'account'}: write it in the \`model\` block.`,
        at: spanOfProperty(statement, 'disruption'),
        fix: removal(statement, 'Remove it here'),
      });
      continue;
    }
    const first = seen.get(disruption);
    if (first === undefined) {
      seen.set(disruption, statement);
      continue;
    }
    report({
      severity: 'error',
      code: 'syntax/expected-twice',
      message: `How often \`${disruption}\` is expected is already stated above. Remove one of the two.`,
      at: spanOf(statement),
      fix: removal(statement, 'Remove this one'),
      related: { node: first, at: spanOf(first), message: 'Said here.' },
    });
  }
}
