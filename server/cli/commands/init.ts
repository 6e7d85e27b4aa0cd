import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { nameProblem, starterPatterns, starterProblem, usualRegions } from '../../../language/starter/index.js';
import type { Output } from '../console.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface InitOptions {
  readonly pattern: string;
  readonly name: string;
  readonly provider: string;
  /** Comma-separated names; the provider's usual ones where it is not given. */
  readonly regions?: string;
  /** Print the model, and write nothing. */
  readonly print: boolean;
}

/** `drml init [PATH]`: writes the first model of a system. A file that is there already is never overwritten. */
export async function init(path: string | undefined, options: InitOptions, output: Output): Promise<ExitCode> {
  const pattern = starterPatterns.find(({ id }) => id === options.pattern);
  if (pattern === undefined) throw new UnusableInput(`there is no pattern ${options.pattern}`);
  // Names first: they become part of a path.
  const named = nameProblem(options.name);
  if (named !== undefined) throw new UnusableInput(`--name ${options.name}: ${named}`);
  const regions =
    options.regions === undefined
      ? usualRegions(pattern, options.provider)
      : options.regions.split(',').map((region) => region.trim());
  const choices = { name: options.name, provider: options.provider, regions };
  const problem = starterProblem(pattern, choices);
  if (problem !== undefined) throw new UnusableInput(problem);
  const text = pattern.text(choices);
  if (options.print) {
    output.out(text);
    return exitCodes.done;
  }
  const file = fileFor(path, options.name);
  if (existsSync(file)) throw new UnusableInput(`${file} is there already; name another file, or remove it first`);
  writeWhole(file, text);
  output.out(`${file}: written (${pattern.title.toLowerCase()}). Next: drml check ${file}\n`);
  return exitCodes.done;
}

/** A path that ends in `.drml` is the file; any other one is the folder it is written into. */
function fileFor(path: string | undefined, name: string): string {
  if (path === undefined) return `${name}.drml`;
  if (path.endsWith('.drml') && lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return path;
  return join(path, `${name}.drml`);
}
