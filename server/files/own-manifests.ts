import { URI } from 'langium';
import type { generateManifests } from '../../language/generate/index.js';
import { type OwnFile, type OwnFiles, ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Source } from '../../language/model/fact.js';
import type { Model } from '../../language/model/model.js';
import { contentProblem } from './limits.js';

/** Larger files are no manifest of a component, in bytes. */
export const maximumManifestBytes = 1024 * 1024;

/**
 * Reads the files that a model's components name as their own manifests, each once. What cannot be read has a reason in place of a text.
 * @param read the bytes of a file; rejects where there are none
 */
export async function readOwnManifests(model: Model, read: (uri: URI) => Promise<Uint8Array>): Promise<OwnFiles> {
  const files = new Map<string, OwnFile>();
  for (const { uri } of ownManifestFiles(model)) {
    if (uri === undefined || files.has(uri)) continue;
    files.set(uri, await fileAt(URI.parse(uri), read));
  }
  return files;
}

async function fileAt(uri: URI, read: (uri: URI) => Promise<Uint8Array>): Promise<OwnFile> {
  let bytes: Uint8Array;
  try {
    bytes = await read(uri);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { problem: isMissing ? 'there is no such file' : 'it is no file that can be read' };
  }
  const problem = contentProblem(bytes, maximumManifestBytes);
  return problem === undefined ? { text: new TextDecoder('utf-8').decode(bytes) } : { problem: problem.replace(/\.$/, '') };
}

/** A place in a model, or in a manifest that it names, where the two do not fit. */
export interface OwnManifestProblem {
  readonly uri: string;
  readonly code: 'manifest/contradiction' | 'manifest/missing';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where components and the manifests that they name do not fit: a contradiction is told at both lines, a manifest that no patch can be laid
 * over at the statement that names it.
 */
export function ownManifestProblems(
  model: Model,
  files: OwnFiles,
  generate: typeof generateManifests,
): readonly OwnManifestProblem[] {
  const named = new Set(ownManifestFiles(model).map(({ source }) => placeKey(source)));
  // Nothing is written out: only what there is to say is wanted.
  const { problems } = generate(model, () => false, files);
  return problems.flatMap(({ kind, message, source, other }): readonly OwnManifestProblem[] => {
    if (kind === 'contradiction') {
      const code = 'manifest/contradiction';
      return [source, ...(other === undefined ? [] : [other])].map((at) => ({ ...at, code, message }));
    }
    return kind === 'missing' && named.has(placeKey(source)) ? [{ ...source, code: 'manifest/missing', message }] : [];
  });
}

function placeKey(source: Source | undefined): string {
  return source === undefined ? '' : `${source.uri} ${source.start}`;
}
