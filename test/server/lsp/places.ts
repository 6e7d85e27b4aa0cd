import type { Position, Range } from 'vscode-languageserver-protocol';

/** The position of the n-th occurrence of a text, one character in. */
export function positionOf(text: string, part: string, nth = 1): Position {
  let at = -1;
  for (let count = 0; count < nth; count++) at = text.indexOf(part, at + 1);
  if (at < 0) throw new Error(`The text does not hold ${JSON.stringify(part)} ${nth} times.`);
  return positionAt(text, at + 1);
}

/** The position of an offset, lines ending with \n. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** What stands in a range. */
export function textIn(text: string, { start, end }: Range): string {
  return text.slice(offsetOf(text, start), offsetOf(text, end));
}

/** The offset of a position, lines ending with \n. */
export function offsetOf(text: string, { line, character }: Position): number {
  let offset = 0;
  for (let count = 0; count < line; count++) offset = text.indexOf('\n', offset) + 1;
  return offset + character;
}
