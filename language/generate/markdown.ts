/** Pieces of Markdown pages, in which no text of a model becomes markup. */

/** A text of the model as plain words on one line. */
export function words(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>|#~]/g, '\\$&');
}

/** A block of code. Rows come from names and numbers; a text of the model in one could end the block, so none has three backticks. */
export function fenced(language: string, rows: readonly string[]): string {
  return [`\`\`\`${language}`, ...rows.map((row) => row.replaceAll('```', "'''")), '```'].join('\n');
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** A list. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Parts apart from each other, empty ones left out, with one final newline. */
export function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
