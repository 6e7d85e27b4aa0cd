import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { applyEdits, formatDocument } from '../../../language/syntax/format.js';
import type { Output } from '../console.js';
import { shownPath } from '../problem-list.js';
import { findSources, readModelText, readStandardInput } from '../source-files.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface FmtOptions {
  /** Write nothing, and fail where a file is not formatted. */
  readonly check: boolean;
}

/** The path that stands for the standard input. */
const standardInput = '-';

/**
 * `drml fmt PATH…`: lays models out. Declarations with syntax errors stay as they are, and the file is named. `drml fmt -` reads the
 * standard input and writes to the standard output, as editors want it.
 */
export async function fmt(paths: readonly string[], options: FmtOptions, output: Output): Promise<ExitCode> {
  const { drml } = createDrmlCoreServices(NodeFileSystem);
  const formatted = (text: string, shown: string): string => {
    const parsed = drml.parser.LangiumParser.parse(text);
    if (parsed.lexerErrors.length + parsed.parserErrors.length > 0) {
      output.error(`${shown}: has syntax errors; the declarations they are in were left as they are. "drml check" shows them.\n`);
    }
    return applyEdits(text, formatDocument(text, parsed));
  };
  if (paths.length === 1 && paths[0] === standardInput) {
    const text = readStandardInput();
    const result = formatted(text, 'standard input');
    if (!options.check) output.out(result);
    return options.check && result !== text ? exitCodes.failed : exitCodes.done;
  }
  const sources = findSources(paths);
  let changed = 0;
  const files = [...sources.named, ...sources.found];
  for (const path of files) {
    const text = readModelText(path);
    const shown = shownPath(URI.file(path).toString());
    const result = formatted(text, shown);
    if (result === text) continue;
    changed++;
    if (options.check) output.out(`${shown}: not formatted\n`);
    else {
      writeWhole(path, result);
      output.out(`${shown}: formatted\n`);
    }
  }
  output.out(`${changed} of ${files.length} files ${options.check ? 'would change' : 'changed'}\n`);
  return options.check && changed > 0 ? exitCodes.failed : exitCodes.done;
}
