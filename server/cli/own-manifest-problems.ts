import { readFile, stat } from 'node:fs/promises';
import { URI } from 'langium';
import { generateManifests } from '../../language/generate/index.js';
import { ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Config } from '../../language/rules/config.js';
import { ownManifestFindings } from '../../language/rules/own-manifests.js';
import type { AnalysedModel } from '../../language/workspace.js';
import { maximumManifestBytes, readOwnManifests } from '../files/own-manifests.js';

/** The bytes of a file, unless there are too many: then none are read, and their number alone says what is wrong. */
export async function manifestBytes(uri: URI): Promise<Uint8Array> {
  const { size } = await stat(uri.fsPath);
  return size > maximumManifestBytes ? new Uint8Array(maximumManifestBytes + 1) : readFile(uri.fsPath);
}

/** Models with what they and the manifests that they name say against each other among their findings, and the texts of those manifests. */
export async function withOwnManifests(
  models: readonly AnalysedModel[],
  configOf: (root: URI) => Config,
): Promise<{ readonly models: readonly AnalysedModel[]; readonly texts: ReadonlyMap<string, string> }> {
  const texts = new Map<string, string>();
  const judged = await Promise.all(
    models.map(async (analysed) => {
      if (ownManifestFiles(analysed.model).length === 0) return analysed;
      const files = await readOwnManifests(analysed.model, manifestBytes);
      for (const [uri, file] of files) if ('text' in file) texts.set(uri, file.text);
      const { model, analysis } = analysed;
      // Nothing is written out: only what there is to say is wanted.
      const { problems } = generateManifests(model, files, () => false);
      const found = ownManifestFindings(model, problems, analysis.asOf, configOf(URI.parse(model.root)));
      return { ...analysed, findings: [...analysed.findings, ...found] };
    }),
  );
  return { models: judged, texts };
}
