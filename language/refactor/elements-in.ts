/** Which top-level elements a stretch of a file touches, without looking at all of them. */
import type { DrmlFile, TopLevel } from '../generated/ast.js';
import type { Span } from './refactoring.js';

/** Elements that a range of offsets touches, ends included, in the order of the file. Elements stand in the order of their text. */
export function elementsIn({ elements }: DrmlFile, { start, end }: Span): readonly TopLevel[] {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((elements[middle]?.$cstNode?.end ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: TopLevel[] = [];
  for (let index = low; index < elements.length; index++) {
    const element = elements[index];
    if (element === undefined || (element.$cstNode?.offset ?? 0) > end) break;
    found.push(element);
  }
  return found;
}
