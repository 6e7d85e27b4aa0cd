/** What nobody says because of documents that could not be read: told at each of them. */
import type { ManifestIndex } from './manifest-index.js';
import type { UnreadDocument } from './unread-documents.js';
import type { ManifestProblem } from './yaml-tree.js';

/** So many are named; the rest is counted. */
const mostNamed = 3;

/** One problem for each document that rules had to be silent for. */
export function unsaidProblems(indexes: readonly ManifestIndex[]): readonly ManifestProblem[] {
  const all = new Map<UnreadDocument, Set<string>>();
  for (const { unsaid } of indexes) {
    for (const [document, spoken] of unsaid) {
      const known = all.get(document) ?? new Set();
      all.set(document, known);
      for (const one of spoken) known.add(one);
    }
  }
  return [...all].map(([{ at }, spoken]): ManifestProblem => {
    const named = [...spoken].sort();
    const more = named.length - mostNamed;
    const list = `${named.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    return {
      code: 'yaml/unread',
      severity: 'warning',
      message: `This could not be read, and may hold ${list}: whether that is missing is not said.`,
      at,
    };
  });
}
