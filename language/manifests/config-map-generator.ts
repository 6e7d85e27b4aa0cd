/** The config maps that a kustomization makes: as kustomize names them, without the hash that it adds to the name. */
import { mapNode, textNode } from './changed-trees.js';
import { type BuiltObject, builtObject, isCalled } from './kustomize-names.js';
import { itemsAt, nodeAt, type Place, textAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

/** A file that a generator takes values from. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Gives the file that a kustomization names; undefined where it is not at hand, which it tells. */
export type SourceOf = (written: string, at: Place) => SourceFile | undefined;

/** The files that the generators of a kustomization name, as they are written. */
export function generatorSources(kustomization: YamlMap | undefined): readonly string[] {
  const sources: string[] = [];
  for (const item of ['configMapGenerator', 'secretGenerator'].flatMap((field) => itemsAt(kustomization, field))) {
    for (const file of itemsAt(item, 'files')) sources.push(keyedFile(textAt(file) ?? '').file);
    for (const file of [...itemsAt(item, 'envs'), nodeAt(item, 'env')]) sources.push(textAt(file) ?? '');
  }
  return sources.filter((source) => source !== '');
}

/**
 * The objects with the config maps of `configMapGenerator` among them. `behavior: merge` adds to the one that is there, `replace`
 * stands in its place.
 */
export function withGeneratedConfigMaps(
  objects: readonly BuiltObject[],
  kustomization: YamlMap,
  path: string,
  sourceOf: SourceOf,
): BuiltObject[] {
  const result = [...objects];
  for (const item of itemsAt(kustomization, 'configMapGenerator')) {
    const name = textAt(item, 'name');
    if (name === undefined) continue;
    const index = result.findIndex((object) => object.kind === 'ConfigMap' && object.group === '' && isCalled(object, name));
    const known = result[index];
    const isMerged = textAt(item, 'behavior') === 'merge' && known !== undefined;
    const old = isMerged ? nodeAt(known.root, 'data') : undefined;
    const data = new Map(old?.kind === 'map' ? old.entries : []);
    for (const entry of [...fromFiles(item, sourceOf), ...fromVariables(item, sourceOf), ...fromLiterals(item)])
      data.set(entry.key, entry);
    if (data.size === 0) continue;
    const generated = configMap(item, name, data, path, textAt(item, 'namespace'));
    if (known === undefined) result.push(generated);
    else result[index] = { ...known, root: generated.root };
  }
  return result;
}

function fromLiterals(item: YamlNode): readonly YamlEntry[] {
  return itemsAt(item, 'literals').flatMap((literal) => {
    // Quotes around a value belong to the shell that people copied it from, and kustomize takes them off.
    const text = (textAt(literal) ?? '').replace(/^([^=]+=)(["'])(.*)\2$/s, '$1$3');
    return variable(text, literal.at) ?? [];
  });
}

/** Files of variables, a line each: `KEY=value`. */
function fromVariables(item: YamlNode, sourceOf: SourceOf): readonly YamlEntry[] {
  return [...itemsAt(item, 'envs'), nodeAt(item, 'env')].flatMap((named) => {
    const source = named === undefined ? undefined : sourceOf(textAt(named) ?? '', named.at);
    if (source === undefined) return [];
    const entries: YamlEntry[] = [];
    let start = 0;
    for (const [index, line] of source.text.split('\n').entries()) {
      const at = { uri: source.path, start, end: start + line.length, line: index + 1 };
      start += line.length + 1;
      const entry = line.trimStart().startsWith('#') ? undefined : variable(line.trim(), at);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  });
}

/** Whole files, each under its own name or the key before it: `app.properties`, `config.yaml=prod.yaml`. */
function fromFiles(item: YamlNode, sourceOf: SourceOf): readonly YamlEntry[] {
  return itemsAt(item, 'files').flatMap((named) => {
    const { key, file } = keyedFile(textAt(named) ?? '');
    const source = sourceOf(file, named.at);
    if (source === undefined) return [];
    const at = { uri: source.path, start: 0, end: source.text.length, line: 1 };
    return [{ key, at: named.at, value: { kind: 'text', at, value: source.text, quoted: true, firstLine: 1 } }];
  });
}

function keyedFile(written: string): { readonly key: string; readonly file: string } {
  const equals = written.indexOf('=');
  const file = written.slice(equals + 1);
  return { key: equals > 0 ? written.slice(0, equals) : file.slice(file.lastIndexOf('/') + 1), file };
}

function variable(text: string, at: Place): YamlEntry | undefined {
  const equals = text.indexOf('=');
  if (equals < 1) return undefined;
  return { key: text.slice(0, equals), at, value: textNode(text.slice(equals + 1), at) };
}

function configMap(
  item: YamlNode,
  name: string,
  data: ReadonlyMap<string, YamlEntry>,
  path: string,
  namespace: string | undefined,
): BuiltObject {
  const { at } = item;
  return builtObject({
    path,
    apiVersion: 'v1',
    group: '',
    version: 'v1',
    kind: 'ConfigMap',
    name,
    ...(namespace === undefined ? {} : { namespace }),
    root: mapNode(
      {
        apiVersion: textNode('v1', at),
        kind: textNode('ConfigMap', at),
        metadata: mapNode({ name: textNode(name, at) }, at),
        data: { kind: 'map', at, entries: data },
      },
      at,
    ),
    isWhole: true,
  });
}
