import { DocumentState, type LangiumDocuments, type URI } from 'langium';

/**
 * Whether an update that the builder announces leaves all names as they are: after an edit inside one element, documents keep their
 * state, whereas all others are set back before they are announced.
 */
export function namesStay(documents: LangiumDocuments, changed: readonly URI[], deleted: readonly URI[]): boolean {
  if (deleted.length > 0) return false;
  return changed.every((uri) => (documents.getDocument(uri)?.state ?? DocumentState.Changed) >= DocumentState.ComputedScopes);
}
