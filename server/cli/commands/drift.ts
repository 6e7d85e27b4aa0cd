import { EmptyFileSystem, URI } from 'langium';
import type { DrmlFile } from '../../../language/generated/ast.js';
import { type Difference, driftOf } from '../../../language/import/drift.js';
import { importManifests } from '../../../language/import/import-manifests.js';
import { buildModel } from '../../../language/model/build.js';
import type { Model } from '../../../language/model/model.js';
import { locate } from '../../../language/model/queries.js';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';
import { type Output, paint, printable } from '../console.js';
import { withGeneratorSources } from '../generator-sources.js';
import { readManifestFiles } from '../manifest-files.js';
import { shownPath } from '../problem-list.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { problemLine, regionsOf } from './import.js';

export interface DriftOptions {
  readonly format: 'text' | 'json';
  /** `NAME=PATH`: what runs in a region. */
  readonly region: readonly string[];
}

/** `drml drift MODEL PATH…`: the differences between a model and manifests, with both lines; ends with 1 where there is one. */
export async function drift(
  path: string,
  manifests: readonly string[],
  options: DriftOptions,
  output: Output,
): Promise<ExitCode> {
  const { model } = onlyModel(await openSoundSession([path]));
  const regions = regionsOf(options.region);
  const named = [...new Set([...manifests, ...regions.keys()])];
  const files = withGeneratorSources(readManifestFiles(named), named);
  const imported = importManifests(files, { regions });
  for (const problem of imported.problems) output.error(problemLine(problem, output));
  if (imported.counts.components === 0) throw new UnusableInput(`${manifests.join(', ')}: nothing that runs is in these files`);
  const differences = driftOf(model, { model: await modelOf(imported.text), places: imported.places });
  if (options.format === 'json') {
    output.out(`${JSON.stringify({ differences: differences.map((one) => placed(model, one)) }, undefined, 2)}\n`);
  } else {
    for (const difference of differences) output.out(differenceText(model, difference, output));
    const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
    output.out(`${count} between ${model.name} and ${imported.counts.objects} objects\n`);
  }
  return differences.length > 0 ? exitCodes.failed : exitCodes.done;
}

async function modelOf(text: string): Promise<Model> {
  const { shared } = createDrmlCoreServices(EmptyFileSystem);
  const document = shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, URI.parse('memory:///imported.drml'));
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: false });
  return buildModel([document]);
}

/** A difference with lines from 1 instead of offsets. */
function placed(model: Model, { component, message, inModel, inManifests }: Difference) {
  return {
    component,
    message,
    ...(inModel === undefined ? {} : { model: { file: shownPath(inModel.uri), line: lineOf(model, inModel) } }),
    ...(inManifests === undefined ? {} : { manifest: { file: inManifests.uri, line: inManifests.line } }),
  };
}

function lineOf(model: Model, source: NonNullable<Difference['inModel']>): number {
  return locate(model, source.uri, source.start).line + 1;
}

function differenceText(model: Model, difference: Difference, output: Output): string {
  const { inModel, inManifests, message } = difference;
  const places = [
    ...(inModel === undefined ? [] : [`  model     ${printable(shownPath(inModel.uri))}:${lineOf(model, inModel)}`]),
    ...(inManifests === undefined ? [] : [`  manifest  ${printable(inManifests.uri)}:${inManifests.line}`]),
  ];
  return `${paint(output, 'bold', printable(message))}\n${places.map((place) => `${paint(output, 'grey', place)}\n`).join('')}`;
}
