import type { generateManifests, isAboutComponent, manifestText, namesOf, OwnFiles } from '../../language/generate/index.js';
import type { Source } from '../../language/model/fact.js';
import type { Component, Model } from '../../language/model/model.js';
import { rangeOf, touchesLines } from './positions.js';
import type { ManifestTextParams, ManifestTextResult } from './protocol.js';

/** The parts of the generator that are needed here; it is loaded when somebody asks. */
export interface ManifestWriter {
  readonly generateManifests: typeof generateManifests;
  readonly isAboutComponent: typeof isAboutComponent;
  readonly manifestText: typeof manifestText;
  readonly namesOf: typeof namesOf;
}

/** The manifests of one component, or one file, as text with the places that its lines follow from. */
export function manifestTextOf(
  model: Model,
  { uri, of }: ManifestTextParams,
  writer: ManifestWriter,
  own: OwnFiles,
): ManifestTextResult {
  if ('path' in of) {
    const { files } = writer.generateManifests(model, own, (path) => path === of.path);
    const file = files.find(({ path }) => path === of.path);
    if (file === undefined) return nothing(model, '', `The model generates no ${of.path}.`);
    const sources = Object.entries(file.sources ?? {}).map(([line, source]) => [Number(line), source] as const);
    return { root: model.root, component: '', text: file.content, lines: placed(model, sources) };
  }
  const component =
    'component' in of ? model.components.find(({ name }) => name === of.component) : componentAt(model, uri, of.line);
  if (component === undefined) {
    return nothing(model, '', 'component' in of ? `The model has no ${of.component}.` : 'No component stands here.');
  }
  const { name } = component;
  const label = writer.namesOf(model).component(name);
  const { files, problems } = writer.generateManifests(model, own, (path) => writer.isAboutComponent(path, label));
  const wanted = files.filter(({ path }) => writer.isAboutComponent(path, label));
  const said = problems.filter((problem) => problem.component === name).map(({ kind, message }) => `${kind}: ${message}`);
  const title = wanted.length === 0 ? `Nothing is generated for ${name}.` : `${name}, as the model has it now.`;
  const { text, sources } = writer.manifestText(wanted, [title, ...said]);
  const lines = placed(model, [...sources]);
  const reveal = 'line' in of ? firstLineFrom(lines, text.split('\n'), uri, of.line) : undefined;
  return { root: model.root, component: name, text, lines, ...(reveal === undefined ? {} : { reveal }) };
}

function nothing(model: Model, component: string, problem: string): ManifestTextResult {
  return { root: model.root, component, text: null, lines: [], problem };
}

function componentAt(model: Model, uri: string, line: number): Component | undefined {
  return model.components.find(({ source }) => source.uri === uri && touchesLines(rangeOf(model, source), line, line));
}

function placed(model: Model, sources: readonly (readonly [number, Source])[]): ManifestTextResult['lines'] {
  return sources
    .map(([line, source]) => ({ line, uri: source.uri, range: rangeOf(model, source) }))
    .sort((a, b) => a.line - b.line);
}

/** The first line of the text that follows from a line of the model and from the fewest others; labels and annotations come last. */
function firstLineFrom(
  lines: ManifestTextResult['lines'],
  text: readonly string[],
  uri: string,
  asked: number,
): number | undefined {
  let best: { readonly line: number; readonly rank: number } | undefined;
  for (const { line, uri: from, range } of lines) {
    if (from !== uri || !touchesLines(range, asked, asked)) continue;
    const block = text.slice(0, line + 1).findLast((each) => /^\w/.test(each));
    const rank = range.end.line - range.start.line + (block?.startsWith('metadata:') === true ? 0.5 : 0);
    if (best === undefined || rank < best.rank) best = { line, rank };
  }
  return best?.line;
}
