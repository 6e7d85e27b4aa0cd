import { readFile, stat } from 'node:fs/promises';
import type { URI } from 'langium';
import { generateManifests } from '../../language/generate/index.js';
import { ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Model } from '../../language/model/model.js';
import { maximumManifestBytes, type OwnManifestProblem, ownManifestProblems, readOwnManifests } from '../files/own-manifests.js';

/** The bytes of a file, unless there are too many: then none are read, and their number alone says what is wrong. */
export async function manifestBytes(uri: URI): Promise<Uint8Array> {
  const { size } = await stat(uri.fsPath);
  return size > maximumManifestBytes ? new Uint8Array(maximumManifestBytes + 1) : readFile(uri.fsPath);
}

/** What models and the manifests that they name say against each other, and the texts of those manifests. */
export async function problemsOfOwnManifests(
  models: readonly Model[],
): Promise<{ readonly problems: readonly OwnManifestProblem[]; readonly texts: ReadonlyMap<string, string> }> {
  const found = new Map<string, OwnManifestProblem>();
  const texts = new Map<string, string>();
  for (const model of models) {
    if (ownManifestFiles(model).length === 0) continue;
    const files = await readOwnManifests(model, manifestBytes);
    for (const [uri, file] of files) if ('text' in file) texts.set(uri, file.text);
    // What two models agree on is told once.
    for (const problem of ownManifestProblems(model, files, generateManifests)) found.set(JSON.stringify(problem), problem);
  }
  return { problems: [...found.values()], texts };
}
