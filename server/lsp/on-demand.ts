/**
 * Parts that an editor asks for now and then. For Node the build makes a file of each, so that the server starts without them; in a
 * browser worker they are part of the one file that there is.
 */
import type { LangiumDocument } from 'langium';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Model, analysis and rules: asked for when the first files have been read, which is after the server has started. */
export const meaning = () => import('./meaning.js');

/** Model → manifests. */
export const manifestGenerator = () => import('../../language/generate/index.js');

/** Manifests → model. */
export const manifestImporter = () => import('../../language/import/import-manifests.js');

/** Manifests → findings. */
export const manifestChecker = () => import('../../language/manifests/index.js');

/** Model and figures → the disaster recovery report. */
export const reportWriter = () => import('../../language/report/index.js');

/** Model and figures → what a picture shows. */
export const pictureGraph = () => import('../../language/diagram/graph.js');

/** What the picture asks beside itself: what-ifs and the worst losses. */
export const pictureAnswers = () => import('../../language/diagram/what-if/index.js');

/** What can be changed of one part of a picture. */
export const partChanges = () => import('../../language/part-changes/part-changes.js');

/** Fixes and refactorings. */
export const codeActions = () => import('./code-actions.js');

/** Completion and signature help. */
export const proposals = () => import('./completion/proposals.js');

/** Gives a feature that is made when it is first asked for; later calls give the same one. What could not be loaded is tried again. */
export function madeOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/**
 * Asks a feature about a document. Where the document changed while the feature was loaded, the answer is the protocol's "content
 * modified", upon which editors ask again.
 */
export async function askedOf<T, R>(
  feature: () => Promise<T>,
  document: LangiumDocument,
  ask: (feature: T) => R | Promise<R>,
): Promise<R> {
  const { state, textDocument } = document;
  const { version } = textDocument;
  const loaded = await feature();
  // A build that goes on meanwhile only adds to what is known.
  if (document.state < state || document.textDocument.version !== version) {
    throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed meanwhile.');
  }
  return ask(loaded);
}
