import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { applyEdits, formatDocument } from '../../../language/syntax/format.js';
import type { Output } from '../console.js';
import { shownPath } from '../problem-list.js';
import { findSources, readModelText } from '../source-files.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface FmtOptions {
  /** Write nothing, and fail where a file is not formatted. */
  readonly check: boolean;
}

/** `drml fmt PATH…`: lays models out. Declarations with syntax errors stay as they are, and the file is named. */
export async function fmt(paths: readonly string[], options: FmtOptions, output: Output): Promise<ExitCode> {
  const { drml } = createDrmlCoreServices(NodeFileSystem);
  const sources = findSources(paths);
  let changed = 0;
  const files = [...sources.named, ...sources.found];
  for (const path of files) {
    const text = readModelText(path);
    const parsed = drml.parser.LangiumParser.parse(text);
    const shown = shownPath(URI.file(path).toString());
    const edits = formatDocument(text, parsed);
    if (parsed.lexerErrors.length + parsed.parserErrors.length > 0) {
      output.error(`${shown}: has syntax errors; the declarations they are in were left as they are. "drml check" shows them.\n`);
    }
    const formatted = applyEdits(text, edits);
    if (formatted === text) continue;
    changed++;
    if (options.check) output.out(`${shown}: not formatted\n`);
    else {
      writeWhole(path, formatted);
      output.out(`${shown}: formatted\n`);
    }
  }
  output.out(`${changed} of ${files.length} files ${options.check ? 'would change' : 'changed'}\n`);
  return options.check && changed > 0 ? exitCodes.failed : exitCodes.done;
}
