import { relativeFile } from '../generate/context.js';
import { generatorVersion } from '../generate/version.js';
import type { Model } from '../model/model.js';
import { byText, type Origin } from './report-input.js';

/**
 * Where a model came from. The host gives the content of each file, and the SHA-256 of bytes as hexadecimal digits; what its functions
 * reject with is passed on.
 */
export async function originOf(
  model: Model,
  contentOf: (uri: string) => Uint8Array,
  sumOf: (content: Uint8Array) => Promise<string>,
): Promise<Origin> {
  const sources = await Promise.all(
    model.files.map(async ({ uri }) => ({ path: relativeFile(model, uri), sha256: await sumOf(contentOf(uri)) })),
  );
  sources.sort((a, b) => byText(a.path, b.path));
  const list = sources.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  return { version: generatorVersion, sources, sha256: await sumOf(new TextEncoder().encode(list)) };
}
