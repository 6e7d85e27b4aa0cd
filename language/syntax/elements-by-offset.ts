/** Places in a list that stands in the order of its text, found without looking at all of it. */

/** How many elements from the start are before a place: all for which `isBefore` holds, which none after the first that is not may. */
export function countBefore<T>(elements: readonly T[], isBefore: (element: T) => boolean): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = elements[middle];
    if (element !== undefined && isBefore(element)) low = middle + 1;
    else high = middle;
  }
  return low;
}
