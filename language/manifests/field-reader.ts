/** Reads fields of manifests by their paths; a value of the wrong type is a problem with its place, told once. */
import { type ManifestProblem, type Place, spokenNode, type YamlList, type YamlMap, type YamlNode } from './yaml-tree.js';

export type FieldPath = readonly (string | number)[];

/** A value, and where it stands. */
export interface Read<T> {
  readonly value: T;
  readonly at: Place;
}

/** One for all that reads a set of files: what several readers ask of one place is told once. */
export class FieldReader {
  private readonly told = new Set<string>();
  private readonly found: ManifestProblem[] = [];

  /** Wrong types met so far, in the order they were met. */
  get problems(): readonly ManifestProblem[] {
    return this.found;
  }

  /** Whatever stands under the path; undefined where something on the way is missing. A way through a single value is a problem. */
  node(from: YamlNode | undefined, ...path: FieldPath): YamlNode | undefined {
    let current = from;
    for (const [index, step] of path.entries()) {
      if (current === undefined || current.kind === 'nothing' || current.kind === 'template') return undefined;
      const wanted: 'map' | 'list' = typeof step === 'number' ? 'list' : 'map';
      if (current.kind !== wanted) {
        this.wrong(current, `a ${wanted}`, path.slice(0, index));
        return undefined;
      }
      if (typeof step === 'number') current = current.kind === 'list' ? current.items[step] : undefined;
      else current = current.kind === 'map' ? current.entries.get(step)?.value : undefined;
    }
    return current?.kind === 'nothing' || current?.kind === 'template' ? undefined : current;
  }

  map(from: YamlNode | undefined, ...path: FieldPath): YamlMap | undefined {
    const node = this.node(from, ...path);
    if (node === undefined || node.kind === 'map') return node;
    return this.wrong(node, 'a map', path);
  }

  list(from: YamlNode | undefined, ...path: FieldPath): YamlList | undefined {
    const node = this.node(from, ...path);
    if (node === undefined || node.kind === 'list') return node;
    return this.wrong(node, 'a list', path);
  }

  /** The items of a list; none where there is no list. */
  items(from: YamlNode | undefined, ...path: FieldPath): readonly YamlNode[] {
    return this.list(from, ...path)?.items ?? [];
  }

  /** A text. A number or a boolean without quotes is a problem with a fix. */
  text(from: YamlNode | undefined, ...path: FieldPath): Read<string> | undefined {
    const node = this.node(from, ...path);
    if (node === undefined || node.kind === 'text') return node;
    return this.wrong(node, 'a text', path);
  }

  number(from: YamlNode | undefined, ...path: FieldPath): Read<number> | undefined {
    const node = this.node(from, ...path);
    if (node === undefined || node.kind === 'number') return node;
    return this.wrong(node, 'a number', path);
  }

  flag(from: YamlNode | undefined, ...path: FieldPath): Read<boolean> | undefined {
    const node = this.node(from, ...path);
    if (node === undefined || node.kind === 'flag') return node;
    return this.wrong(node, 'true or false', path);
  }

  /** A number or a text, as Kubernetes takes ports, counts with percents and quantities: as written. */
  numberOrText(from: YamlNode | undefined, ...path: FieldPath): Read<string> | undefined {
    const node = this.node(from, ...path);
    if (node === undefined || node.kind === 'text') return node;
    if (node.kind === 'number') return { value: node.written, at: node.at };
    return this.wrong(node, 'a number or a text', path);
  }

  /** A map of texts, such as labels. */
  texts(from: YamlNode | undefined, ...path: FieldPath): ReadonlyMap<string, Read<string>> {
    const texts = new Map<string, Read<string>>();
    for (const key of this.map(from, ...path)?.entries.keys() ?? []) {
      const text = this.text(from, ...path, key);
      if (text !== undefined) texts.set(key, text);
    }
    return texts;
  }

  private wrong(node: YamlNode, wanted: string, path: FieldPath): undefined {
    const key = `${node.at.uri}\0${node.at.start}\0${wanted}`;
    if (this.told.has(key)) return undefined;
    this.told.add(key);
    this.found.push(wrongType(node, wanted, path));
    return undefined;
  }
}

/** The problem of a value that is of another type than its field takes. `wanted`: `a list`, `a number`. */
export function wrongType(node: YamlNode, wanted: string, path: FieldPath): ManifestProblem {
  const mended = mendedType(node, wanted);
  const field = path.length === 0 ? 'the document' : spokenPath(path);
  const hint = mended === undefined ? '' : ` Write ${mended}.`;
  return {
    code: 'yaml/wrong-type',
    severity: 'error',
    message: `${field} takes ${wanted}, and this is ${spokenNode(node)}.${hint}`,
    at: node.at,
    ...(mended === undefined
      ? {}
      : {
          fix: {
            title: `Write ${mended}`,
            safe: true,
            changes: [{ uri: node.at.uri, start: node.at.start, end: node.at.end, text: mended }],
          },
        }),
  };
}

/** How the same value is written in the type that is wanted; undefined where it cannot be. */
function mendedType(node: YamlNode, wanted: string): string | undefined {
  if (wanted === 'a text' && (node.kind === 'number' || node.kind === 'flag')) return JSON.stringify(node.written);
  if (node.kind !== 'text') return undefined;
  if (wanted === 'a number' && /^-?(0|[1-9]\d*)$/.test(node.value)) return node.value;
  return wanted === 'true or false' && /^(true|false)$/.test(node.value) ? node.value : undefined;
}

/** `spec.template.spec.containers[0].image` */
export function spokenPath(path: FieldPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
