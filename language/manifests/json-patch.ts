/** JSON operations on objects (RFC 6902), as kustomize applies them: in order, and told where one fits nowhere. */
import { entryOf, itemsAt, nodeAt, type Place, sameValue, textAt, type YamlMap, type YamlNode } from './yaml-tree.js';

/** Whether the node is a list of operations rather than an object to merge. */
export function areOperations(node: YamlNode): boolean {
  return node.kind === 'list' && node.items.length > 0 && node.items.every((item) => nodeAt(item, 'op') !== undefined);
}

/** The object after the operations. `tell` hears of those that could not be made, which kustomize refuses to build with. */
export function applyOperations(base: YamlMap, operations: YamlNode, tell: (at: Place, message: string) => void): YamlMap {
  let result: YamlNode = base;
  for (const operation of itemsAt(operations)) {
    const changed = applied(result, operation);
    if (typeof changed === 'string') tell(operation.at, changed);
    else result = changed;
  }
  return result.kind === 'map' ? result : base;
}

/** The tree after one operation, or why there is none. */
function applied(root: YamlNode, operation: YamlNode): YamlNode | string {
  const op = textAt(operation, 'op') ?? '';
  const written = textAt(operation, 'path') ?? '';
  const path = stepsOf(written);
  if (path === undefined || path.length === 0) return `path ${written} of this operation names no field. Write /spec/replicas.`;
  const nowhere = `There is no ${written} in the object, so this ${op} is not made.`;
  const value = entryOf(operation, 'value')?.value;
  switch (op) {
    case 'add':
    case 'replace':
      if (value === undefined) return `This ${op} has no value.`;
      return changedAt(root, path, op, value) ?? nowhere;
    case 'remove':
      return changedAt(root, path, 'remove', undefined) ?? nowhere;
    case 'test': {
      const found = stepTo(root, path);
      return found !== undefined && value !== undefined && sameValue(found, value)
        ? root
        : `${written} is not what this test expects.`;
    }
    case 'copy':
    case 'move': {
      const from = stepsOf(textAt(operation, 'from') ?? '');
      const found = from === undefined ? undefined : stepTo(root, from);
      if (from === undefined || found === undefined)
        return `There is no ${textAt(operation, 'from') ?? ''} in the object, so this ${op} is not made.`;
      const without = op === 'move' ? changedAt(root, from, 'remove', undefined) : root;
      return (without === undefined ? undefined : changedAt(without, path, 'add', found)) ?? nowhere;
    }
    default:
      return `${op} is no operation. Write add, remove, replace, move, copy or test.`;
  }
}

/** The steps of a JSON pointer (RFC 6901); undefined where it is none. */
function stepsOf(pointer: string): readonly string[] | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function stepTo(node: YamlNode, path: readonly string[]): YamlNode | undefined {
  let current: YamlNode | undefined = node;
  for (const step of path) current = nodeAt(current, current?.kind === 'list' ? indexOf(step, current.items.length) : step);
  return current;
}

/** The tree with a change at the end of the path; undefined where the path leads nowhere. */
function changedAt(
  node: YamlNode,
  path: readonly string[],
  op: 'add' | 'replace' | 'remove',
  written: YamlNode | undefined,
): YamlNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (node.kind === 'map') {
    const old = node.entries.get(step);
    if (old === undefined && (rest.length > 0 || op !== 'add')) return undefined;
    const entries = new Map(node.entries);
    if (old !== undefined && rest.length > 0) {
      const inner = changedAt(old.value, rest, op, written);
      if (inner === undefined) return undefined;
      entries.set(step, { ...old, value: inner });
    } else if (written === undefined) entries.delete(step);
    else entries.set(step, { key: step, at: written.at, value: written });
    return { ...node, entries };
  }
  if (node.kind !== 'list') return undefined;
  const index = indexOf(step, node.items.length);
  const old = node.items[index];
  if (old === undefined && (rest.length > 0 || op !== 'add' || index !== node.items.length)) return undefined;
  const items = [...node.items];
  if (old !== undefined && rest.length > 0) {
    const inner = changedAt(old, rest, op, written);
    if (inner === undefined) return undefined;
    items[index] = inner;
  } else if (written === undefined) items.splice(index, 1);
  else items.splice(index, op === 'add' ? 0 : 1, written);
  return { ...node, items };
}

/** The position that a step means; -1 where it means none. */
function indexOf(step: string, length: number): number {
  if (step === '-') return length;
  return /^(?:0|[1-9]\d{0,8})$/.test(step) ? Number(step) : -1;
}
