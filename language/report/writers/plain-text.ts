/** Texts of a model on paper. */

/**
 * A text on one line, without control characters, marks that turn the direction of the text around them, and letters without
 * width: a title must not read as something else than it is.
 */
export function plain(text: string): string {
  return text
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '');
}
