/** Where quotes and brackets that have no end start. */
import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import type { ManifestProblem } from './yaml-tree.js';

/** Whether a problem is noticed where a text ends, and mended where it starts. */
export function isUnclosed(code: ManifestProblem['code']): boolean {
  return code === 'yaml/quotes' || code === 'yaml/brackets';
}

/** The innermost text in quotes, list or map in brackets around a place, or one that ends there. */
export function openerOf(root: Node | null, at: number): readonly [number, number] | undefined {
  let found: readonly [number, number] | undefined;
  let inner: Node | undefined = root ?? undefined;
  while (inner !== undefined) {
    const [start, end] = inner.range ?? [0, 0];
    const isQuoted = isScalar(inner) && (inner.type === 'QUOTE_DOUBLE' || inner.type === 'QUOTE_SINGLE');
    if (isQuoted || ((isMap(inner) || isSeq(inner)) && inner.flow === true)) found = [start, end];
    const parts: readonly unknown[] = isMap(inner)
      ? inner.items.flatMap(({ key, value }) => [key, value])
      : isSeq(inner)
        ? inner.items
        : [];
    inner = parts.findLast((part): part is Node => isNode(part) && (part.range?.[0] ?? at) < at && (part.range?.[1] ?? 0) >= at);
  }
  return found;
}

/** The end of the first line of a stretch of text. */
export function firstLineEnd(text: string, start: number, end: number): number {
  const found = text.indexOf('\n', start);
  return found < 0 || found > end ? end : found;
}
