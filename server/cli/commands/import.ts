import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { NodeFileSystem } from 'langium/node';
import { importManifests } from '../../../language/import/import-manifests.js';
import { type TracedCall, tracedCallsOf } from '../../../language/import/traced-calls.js';
import type { ManifestProblem } from '../../../language/manifests/yaml-tree.js';
import { formatterOf } from '../../../language/refactor/formatted.js';
import { nameProblem } from '../../../language/starter/index.js';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { type Output, paint, printable } from '../console.js';
import { withGeneratorSources } from '../generator-sources.js';
import { readManifestFiles } from '../manifest-files.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

export interface ImportOptions {
  /** The file to write; the model is printed where there is none. */
  readonly output?: string;
  readonly name?: string;
  /** `NAME=PATH`: what runs in a region. */
  readonly region: readonly string[];
  /** A file with the dependencies that Jaeger exports. */
  readonly calls?: string;
  /** Overwrite a model that is there already. */
  readonly force: boolean;
}

/** `drml import PATH…`: a first model from manifests. What could not be read is told, and the rest is written. */
export async function importPaths(paths: readonly string[], options: ImportOptions, output: Output): Promise<ExitCode> {
  if (options.name !== undefined) {
    const problem = nameProblem(options.name);
    if (problem !== undefined) throw new UnusableInput(`--name ${options.name}: ${problem}`);
  }
  const target = options.output;
  if (target !== undefined) {
    if (!target.endsWith('.drml')) throw new UnusableInput(`--output ${target}: expected a file that ends in .drml`);
    if (!options.force && existsSync(resolve(target))) {
      throw new UnusableInput(`${target} is there already; name another file, or write --force to lose what is in it`);
    }
  }
  const regions = regionsOf(options.region);
  const named = [...new Set([...paths, ...regions.keys()])];
  const files = withGeneratorSources(readManifestFiles(named), named);
  const file = target === undefined ? undefined : basename(target, '.drml');
  const name = options.name ?? (file === undefined || nameProblem(file) !== undefined ? undefined : file);
  const result = importManifests(files, {
    ...(name === undefined ? {} : { name }),
    regions,
    traced: tracedCalls(options.calls),
    sources: [...paths, ...regions.keys()],
  });
  for (const problem of result.problems) output.error(problemLine(problem, output));
  const { objects, components, edges } = result.counts;
  if (components === 0) {
    throw new UnusableInput(
      `${[...paths, ...regions.keys()].join(', ')}: nothing that runs is in ${objects === 0 ? 'these files' : `the ${counted(objects, 'object')} there`}; expected Deployments, StatefulSets, DaemonSets or Jobs`,
    );
  }
  const { drml } = createDrmlCoreServices(NodeFileSystem);
  const text = `${formatterOf(drml)(result.text)}\n`;
  if (target === undefined) output.out(text);
  else {
    writeWhole(target, text);
    output.out(
      `${target}: ${counted(components, 'component')} and ${counted(edges, 'call')} from ${counted(objects, 'object')}. Next: drml check ${target}\n`,
    );
    for (const { text: question } of result.questions) output.out(`${paint(output, 'yellow', '?')} ${printable(question)}\n`);
  }
  return result.problems.some(({ severity }) => severity === 'error') ? exitCodes.failed : exitCodes.done;
}

function tracedCalls(path: string | undefined): readonly TracedCall[] {
  if (path === undefined) return [];
  const [file] = readManifestFiles([path]);
  const calls = tracedCallsOf(file?.text ?? '');
  if (typeof calls === 'string') throw new UnusableInput(`--calls ${path}: ${calls}`);
  return calls;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A problem of the YAML with its place, for the error output. */
export function problemLine({ at, message, severity }: ManifestProblem, output: Output): string {
  const colour = severity === 'error' ? 'red' : 'yellow';
  return `${printable(at.uri)}:${at.line}: ${paint(output, colour, severity)} ${printable(message)}\n`;
}

/** `NAME=PATH` entries as regions by path. Throws {@link UnusableInput} where one is written otherwise. */
export function regionsOf(written: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    written.map((entry) => {
      const equals = entry.indexOf('=');
      const name = entry.slice(0, equals);
      const problem = equals < 1 ? 'Expected NAME=PATH, such as eu-west-1=deploy/eu.' : nameProblem(name);
      if (problem !== undefined) throw new UnusableInput(`--region ${entry}: ${problem}`);
      return [entry.slice(equals + 1).replace(/\/+$/, ''), name] as const;
    }),
  );
}
