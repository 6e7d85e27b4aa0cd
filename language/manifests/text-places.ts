/** Lines of a text by offsets. */
import type { Place } from './yaml-tree.js';

/** Gives places of a text by offsets. */
export function placesOf(uri: string, text: string): (start: number, end: number) => Place {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return (start, end) => {
    const from = Math.max(0, Math.min(start, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= from) low = middle;
      else high = middle - 1;
    }
    return { uri, start: from, end: Math.max(from, Math.min(end, text.length)), line: low + 1 };
  };
}
