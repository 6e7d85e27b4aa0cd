import { URI } from 'langium';
import { type OwnFile, type OwnFiles, ownManifestFiles } from '../../language/generate/own/own-files.js';
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
