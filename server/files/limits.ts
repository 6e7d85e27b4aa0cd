/** What the command line and the language server agree to read. Pure: the bytes come from the caller. */

/** Files above this are refused: a model of 10,000 services takes 3.7 MB, and name lists far above that are quadratic to recover from. */
export const maximumFileBytes = 8 * 1024 * 1024;

/** Folders that hold copies or products, never sources. Folders whose name starts with a dot are skipped as well. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'target', 'vendor', 'out']);

/** Whether a folder of this name is searched for models. */
export function isSearchedFolder(name: string): boolean {
  return !name.startsWith('.') && !skippedFolders.has(name);
}

/** Whether bytes are no text: a zero byte among the first 8,000 never stands in UTF-8 text that a person wrote. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

/** Why bytes of this size cannot be read, or undefined where they can. */
export function sizeProblem(bytes: number, maximum = maximumFileBytes): string | undefined {
  if (bytes <= maximum) return undefined;
  return `the file has ${(bytes / 1024 / 1024).toFixed(1)} MiB; DRML reads files up to ${Number((maximum / 1024 / 1024).toFixed(1))} MiB. Split it into several files with import.`;
}

/** Why bytes cannot be read as a model, or undefined where they can. */
export function contentProblem(bytes: Uint8Array, maximum = maximumFileBytes): string | undefined {
  return sizeProblem(bytes.length, maximum) ?? (isBinary(bytes) ? 'the file is binary, not text.' : undefined);
}
