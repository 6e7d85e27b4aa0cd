/** Longer names are cut: other tools make their boxes as wide as the text. */
const longest = 120;

/** A text on one line, without what is not seen or turns the direction of the text around it. */
export function textOfLine(text: string): string {
  const line = text
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|\p{Cs}|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

/** What a part is called: its title, or its name where nothing of the title is seen. Other tools take no empty label. */
export function labelOf({ title = '', name }: { readonly title?: string; readonly name: string }): string {
  const shown = textOfLine(title);
  return shown === '' ? textOfLine(name) : shown;
}
