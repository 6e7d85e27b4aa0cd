import type { Words } from '../../translation/words.js';
import { displayName } from '../display-name.js';
import { plainText, shortened } from '../plain-text.js';

/** Texts as they are written: in English. */
export const asWritten: Words = (text) => text;

/** Longer names are cut: other tools make their boxes as wide as the text. */
const longest = 120;

/** A text on one line, without what is not seen or turns the direction of the text around it. */
export function textOfLine(text: string): string {
  return shortened(plainText(text).trim(), longest);
}

/** What a part is called; other tools take no empty label. */
export function labelOf(named: { readonly title?: string; readonly name: string }): string {
  return textOfLine(displayName(named));
}
