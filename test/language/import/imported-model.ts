/** Imports manifests in memory, and reads the result as the model that it is. */

import { EmptyFileSystem } from 'langium';
import { type ImportOptions, type ImportResult, importManifests } from '../../../language/import/import-manifests.js';
import type { ManifestFile } from '../../../language/manifests/read-manifests.js';
import type { Model } from '../../../language/model/model.js';
import { formatterOf } from '../../../language/refactor/formatted.js';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { built } from '../analysis/enumeration/built.js';

const format = formatterOf(createDrmlCoreServices(EmptyFileSystem).drml);

export interface Imported extends ImportResult {
  readonly model: Model;
  /** What the language says against the text: nothing is as it should be. */
  readonly errors: readonly string[];
  /** The text as it is written to the file. */
  readonly formatted: string;
}

/** Imports files by path and text. */
export async function imported(files: Readonly<Record<string, string>>, options: ImportOptions = {}): Promise<Imported> {
  const list = Object.entries(files).map(([path, text]): ManifestFile => ({ path, text }));
  const result = importManifests(list, options);
  const formatted = `${format(result.text)}\n`;
  const { model, errors } = await built(formatted, true);
  return { ...result, model, errors, formatted };
}
