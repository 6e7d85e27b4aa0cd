/** A piece of text with tab stops, in the syntax of LSP snippets. */
export interface Snippet {
  /** The first word of the statement, which decides where it stands in the list. */
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}

/** Names that choices are filled with; empty lists give a text to type over. */
export interface SnippetNames {
  readonly regions: readonly string[];
  readonly standbyRegions: readonly string[];
  readonly buckets: readonly string[];
  readonly services: readonly string[];
  readonly requirable: readonly string[];
  readonly journeys: readonly string[];
  readonly scenarios: readonly string[];
}

/** More names than this make no menu. */
const mostChoices = 12;

/** A tab stop with a text to type over. */
export function stop(index: number, text: string): string {
  return `$\{${index}:${text}}`;
}

/** A tab stop with a menu, or a text to type over where there is nothing to choose from. */
export function choice(index: number, names: readonly string[], otherwise: string): string {
  if (names.length === 0) return stop(index, otherwise);
  return names.length === 1 ? stop(index, names[0] ?? otherwise) : `$\{${index}|${names.slice(0, mostChoices).join(',')}|}`;
}

/** What a client shows that knows no tab stops: the first choice of each. */
export function plainText(body: string): string {
  return body
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\d+/g, '');
}
