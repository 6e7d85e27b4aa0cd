/** Texts of a model as they are shown, whatever somebody wrote into them. */

/** So many marks stand on one letter; scripts that stack them need fewer. More of them would cover what stands above and below. */
const mostMarks = 6;
const moreMarks = new RegExp(`([\\p{M}\\u200c\\u200d]{${mostMarks}})[\\p{M}\\u200c\\u200d]+`, 'gu');

/** What ends a line, somewhere. */
const lineEnds = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * Control characters, halves of pairs and characters that are none; marks that turn the direction of the text around them; letters without
 * width, but for the two that join letters and pictographs.
 */
const unseen =
  /[\p{Cc}\p{Cs}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fdd0}-\u{fdef}\u{fff9}-\u{fffb}\u{e0000}-\u{e0fff}]|[\u{fffe}\u{ffff}\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;

/** Most texts: nothing is to be done. */
const usual = /^[ -~]*$/;

/** A text on one line that reads as what it is, and stays on it. */
export function plainText(text: string): string {
  if (usual.test(text)) return text;
  return text.replace(lineEnds, ' ').replace(unseen, '').replace(moreMarks, '$1');
}

/** A text of at most so many characters, the last of them an ellipsis where it was longer. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept: string[] = [];
  for (const character of text) {
    // One more than there is room for: the text is cut.
    if (kept.length === most) return `${kept.slice(0, -1).join('').trimEnd()}…`;
    kept.push(character);
  }
  return text;
}
