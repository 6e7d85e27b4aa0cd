import { type AstNode, type CstNode, isAstNode, isCompositeCstNode, isLeafCstNode, isReference } from 'langium';

const sources = new Map<unknown, number>();

/** A number for each element of the grammar, so that two trees can be compared by what each node was parsed from. */
function numberOf(source: unknown): number {
  let number = sources.get(source);
  if (number === undefined) {
    number = sources.size;
    sources.set(source, number);
  }
  return number;
}

function pathOf(node: AstNode): string {
  const { $container, $containerProperty, $containerIndex } = node;
  if ($container === undefined) return '';
  return `${pathOf($container)}/${$containerProperty}${$containerIndex === undefined ? '' : `@${$containerIndex}`}`;
}

function place(node: CstNode): string {
  const { start, end } = node.range;
  return `${node.offset}-${node.end} ${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** Everything that a tree says, as text: the nodes with their properties in order, and the concrete tree below them. */
export function treeText(root: AstNode): string {
  const lines: string[] = [];
  const syntax = (node: AstNode): void => {
    lines.push(`${pathOf(node)} ${node.$type} ${node.$cstNode === undefined ? 'nowhere' : place(node.$cstNode)}`);
    const entries = Object.entries(node).filter(([property, value]) => !property.startsWith('$') && value !== undefined);
    const children: AstNode[] = [];
    for (const [property, value] of entries) {
      for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
        if (isAstNode(item)) {
          children.push(item);
          if (item.$container !== node) lines.push(`${property}[${index}] has another container`);
        } else if (isReference(item))
          lines.push(`  ${property}[${index}] -> ${item.$refText} ${item.$refNode && place(item.$refNode)}`);
      }
    }
    const plain = entries.filter(
      ([, value]) => !isAstNode(value) && !isReference(value) && !(Array.isArray(value) && value.some(isAstNode)),
    );
    for (const [property, value] of plain.sort(([a], [b]) => (a < b ? -1 : 1)))
      lines.push(`  ${property} = ${JSON.stringify(value)}`);
    for (const child of children) syntax(child);
  };
  const concrete = (node: CstNode, container: CstNode | undefined): void => {
    const kind = isLeafCstNode(node) ? `${node.tokenType.name}${node.hidden ? ' hidden' : ''}` : 'composite';
    lines.push(
      `${kind} ${place(node)} from ${numberOf(node.grammarSource)} of ${pathOf(node.astNode)} ${JSON.stringify(node.text)}`,
    );
    if (node.container !== container) lines.push('  has another container');
    if (isCompositeCstNode(node)) for (const child of node.content) concrete(child, node);
  };
  syntax(root);
  if (root.$cstNode !== undefined) concrete(root.$cstNode, undefined);
  return lines.join('\n');
}
