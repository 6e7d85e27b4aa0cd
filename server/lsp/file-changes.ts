import { type LangiumDocument, type LangiumDocuments, URI, UriUtils } from 'langium';
import { FileChangeType, type FileEvent } from 'vscode-languageserver';
import { isBaselineName } from '../../language/rules/config.js';
import { importsOf } from '../../language/syntax/imports.js';

/** What changes on disk mean for the server. */
export interface FileChanges {
  /** Models that are new or have another text. */
  readonly changed: readonly URI[];
  /** Models that are gone. */
  readonly deleted: readonly URI[];
  /** Whether settings or folders have changed: then what belongs to the workspace is looked up again. */
  readonly searchAgain: boolean;
}

/**
 * Sorts what a watcher has seen. A deleted folder takes its models along; some editors name the folder only. A model that appears counts
 * where the workspace looks for models, or where a file imports it.
 * @param includes whether a file is one of the workspace's models
 */
export function sortedChanges(
  events: readonly FileEvent[],
  documents: LangiumDocuments,
  includes: (uri: URI) => boolean,
): FileChanges {
  const changed: URI[] = [];
  const deleted: URI[] = [];
  let searchAgain = false;
  for (const event of events) {
    const uri = URI.parse(event.uri);
    const name = UriUtils.basename(uri);
    const gone = event.type === FileChangeType.Deleted;
    if (name === 'drml.config.json' || isBaselineName(name)) searchAgain = true;
    else if (name.endsWith('.drml')) {
      if (gone) deleted.push(uri);
      else if (documents.hasDocument(uri) || includes(uri) || isImported(uri, documents)) changed.push(uri);
    } else if (gone) {
      const lost = documents.getDocuments(uri);
      deleted.push(...lost.map((document) => document.uri));
      searchAgain ||= lost.length > 0;
    } else if (event.type === FileChangeType.Created) searchAgain = true;
  }
  return { changed, deleted, searchAgain };
}

function isImported(uri: URI, documents: LangiumDocuments): boolean {
  const key = uri.toString();
  return documents.all.some((document) => importsOf(document).some((each) => each.uri?.toString() === key));
}

/**
 * Documents that nobody asks for any more: not in the workspace, not open, and not imported, directly or not, by a file that is. They came
 * in by an import that is gone, or were opened once.
 */
export function strayDocuments(
  documents: LangiumDocuments,
  isWanted: (document: LangiumDocument) => boolean,
): readonly LangiumDocument[] {
  const all = documents.all.toArray();
  const reached = new Set(all.filter(isWanted));
  if (reached.size === all.length) return [];
  // Growing while it is walked: what a reached file imports is reached.
  for (const document of reached) {
    for (const { uri } of importsOf(document)) {
      const target = uri === undefined ? undefined : documents.getDocument(uri);
      if (target !== undefined) reached.add(target);
    }
  }
  return all.filter((document) => !reached.has(document));
}
