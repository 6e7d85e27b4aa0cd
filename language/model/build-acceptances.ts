/** Lowering of `accepts RULE until DATE by OWNER because TEXT`. */
import { isAccepts } from '../generated/ast.js';
import type { Acceptance } from './acceptance.js';
import { type Layers, writtenAt } from './build-facts.js';
import { optional } from './optional.js';

/** The acceptances of a block, and of the policies and `defaults` behind it. */
export function buildAcceptances(layers: Layers): readonly Acceptance[] {
  // Behind an unfinished `accepts` there is no rule.
  const finished = layers.all(isAccepts, 'Accepts').filter(({ node }) => node.rule !== undefined);
  return finished.map((layered) => ({
    rule: layered.node.rule,
    ...optional('until', layered.node.until),
    ...optional('owner', layered.node.owner),
    ...optional('reason', layered.node.reason),
    ...writtenAt(layered),
  }));
}

/** The acceptances of a block inside a declaration: there only where it has any, since most have none. */
export function innerAcceptances(...blocks: readonly Layers[]): { readonly accepts?: readonly Acceptance[] } {
  const accepts = blocks.flatMap(buildAcceptances);
  return accepts.length === 0 ? {} : { accepts };
}
