/** One stretch of text in place of another: the least that leads from one text to the next. */
export interface TextChange {
  /** Where both texts begin to differ. */
  readonly start: number;
  /** The end of the stretch in the text before. */
  readonly oldEnd: number;
  /** The end of the stretch in the text after. */
  readonly newEnd: number;
}

/** Characters that are compared at once: comparing pieces is many times faster than comparing characters. */
const piece = 1 << 14;

/** What changed between two texts; undefined where they are the same. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start + piece <= shortest && before.slice(start, start + piece) === after.slice(start, start + piece)) start += piece;
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const rest = shortest - start;
  let same = 0;
  while (
    same + piece <= rest &&
    before.slice(before.length - same - piece, before.length - same) ===
      after.slice(after.length - same - piece, after.length - same)
  )
    same += piece;
  while (same < rest && before.charCodeAt(before.length - same - 1) === after.charCodeAt(after.length - same - 1)) same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

/** The number of line breaks in a text, each of `\n`, `\r` and `\r\n` counted once. */
export function lineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
