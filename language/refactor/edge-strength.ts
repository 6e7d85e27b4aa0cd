/** A requirement becomes a wish, or a wish a requirement. */
import { findBlock } from '../edit/block.js';
import type { TextChange } from '../edit/edit.js';
import { type Edge, isEdge } from '../generated/ast.js';
import { isFollower } from './followers.js';
import { type RefactorContext, type Refactoring, touches } from './refactoring.js';
import { pieceOf, removals } from './statement-text.js';

/** ``Turn `requires search` into `wants search` ``, and back. */
export function changeEdgeStrength({ touched, selection, document }: RefactorContext): readonly Refactoring[] {
  const owner = touched.find(isFollower);
  const edge = owner?.statements.filter(isEdge).find((each) => {
    const cst = each.$cstNode;
    return cst !== undefined && touches(selection, { start: cst.offset, end: cst.end });
  });
  const cst = edge?.$cstNode;
  if (edge === undefined || cst === undefined || (edge.kind !== 'requires' && edge.kind !== 'wants')) return [];
  const other = edge.kind === 'requires' ? 'wants' : 'requires';
  const targets = targetsOf(edge);
  const uri = document.uri.toString();
  const word = { uri, start: cst.offset, end: cst.offset + edge.kind.length, text: other };
  const text = document.textDocument.getText();
  return [
    {
      kind: 'rewrite',
      title: `Turn \`${edge.kind} ${targets}\` into \`${other} ${targets}\``,
      changes: [word, ...(other === 'requires' ? withoutFallback(edge, uri, text) : [])],
    },
  ];
}

function targetsOf(edge: Edge): string {
  const quantifier = edge.any ? 'any of ' : edge.count === undefined ? '' : `${edge.count} of `;
  const names = edge.targets.map(({ target }) => target?.$refText ?? '');
  return `${quantifier}${names.length > 3 ? `${names.slice(0, 2).join(', ')}, …` : names.join(', ')}`;
}

/** What is required has nothing to fall back on. */
function withoutFallback(edge: Edge, uri: string, text: string): readonly TextChange[] {
  const fallback = edge.options.find((option) => option.$type === 'Text' && option.key === 'fallback');
  const cst = edge.$cstNode;
  if (fallback === undefined || cst === undefined) return [];
  if (edge.options.length > 1) return removals(uri, text, [pieceOf(fallback, text)]);
  const block = findBlock(text, cst.offset, cst.end);
  if (block === undefined) return [];
  const start = text.slice(0, block.open).trimEnd().length;
  return [{ uri, start, end: block.close + 1, text: '' }];
}
