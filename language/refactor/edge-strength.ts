/** A requirement becomes a wish, or a wish a requirement. */
import { type Edge, isEdge } from '../generated/ast.js';
import { isFollower } from './followers.js';
import { type RefactorContext, type Refactoring, touches } from './refactoring.js';

/** ``Turn `requires search` into `wants search` ``, and back. */
export function changeEdgeStrength({ file, selection, document }: RefactorContext): readonly Refactoring[] {
  const owner = file.elements.filter(isFollower).find((each) => {
    const cst = each.$cstNode;
    return cst !== undefined && touches(selection, { start: cst.offset, end: cst.end });
  });
  const edge = owner?.statements.filter(isEdge).find((each) => {
    const cst = each.$cstNode;
    return cst !== undefined && touches(selection, { start: cst.offset, end: cst.end });
  });
  const cst = edge?.$cstNode;
  if (edge === undefined || cst === undefined || (edge.kind !== 'requires' && edge.kind !== 'wants')) return [];
  const other = edge.kind === 'requires' ? 'wants' : 'requires';
  const targets = targetsOf(edge);
  return [
    {
      kind: 'rewrite',
      title: `Turn \`${edge.kind} ${targets}\` into \`${other} ${targets}\``,
      changes: [{ uri: document.uri.toString(), start: cst.offset, end: cst.offset + edge.kind.length, text: other }],
    },
  ];
}

function targetsOf(edge: Edge): string {
  const quantifier = edge.any ? 'any of ' : edge.count === undefined ? '' : `${edge.count} of `;
  const names = edge.targets.map(({ target }) => target?.$refText ?? '');
  return `${quantifier}${names.length > 3 ? `${names.slice(0, 2).join(', ')}, …` : names.join(', ')}`;
}
