/** Which top-level elements a stretch of a file touches, without looking at all of them. */
import type { DrmlFile, TopLevel } from '../generated/ast.js';
import { countBefore } from '../syntax/elements-by-offset.js';
import type { Span } from './refactoring.js';

/** Elements that a range of offsets touches, ends included, in the order of the file. Elements stand in the order of their text. */
export function elementsIn({ elements }: DrmlFile, { start, end }: Span): readonly TopLevel[] {
  const low = countBefore(elements, (element) => (element.$cstNode?.end ?? 0) < start);
  const found: TopLevel[] = [];
  for (let index = low; index < elements.length; index++) {
    const element = elements[index];
    if (element === undefined || (element.$cstNode?.offset ?? 0) > end) break;
    found.push(element);
  }
  return found;
}
