/** YAML as a typed tree of which every node knows its place. Plain, readonly data without aliases: what an alias names stands there. */
import type { Source } from '../model/fact.js';

/** A stretch of a file, and the line it starts on, from 1. `uri` is what the caller named the file. */
export interface Place extends Source {
  readonly line: number;
}

export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  readonly at: Place;
  /** In the order they are written, each key once; what a merge (`<<`) adds comes last. */
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

/** One key of a map with its value. The places of what an alias or a merge brings are those of the anchor. */
export interface YamlEntry {
  readonly key: string;
  /** Where the key stands. */
  readonly at: Place;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly YamlNode[];
}

/**
 * A single value, typed as Kubernetes reads it (YAML 1.1: `yes` and `on` are true).
 * `template` is what a template language has not filled in yet: it may become anything.
 */
export type YamlScalar =
  | {
      readonly kind: 'text';
      readonly at: Place;
      readonly value: string;
      readonly quoted: boolean;
      /** Of a text whose lines are lines of the file, such as a literal one (`|`): where its first line stands, from 1. */
      readonly firstLine?: number;
    }
  | { readonly kind: 'number'; readonly at: Place; readonly value: number; readonly written: string }
  | { readonly kind: 'flag'; readonly at: Place; readonly value: boolean; readonly written: string }
  | { readonly kind: 'nothing'; readonly at: Place }
  | { readonly kind: 'template'; readonly at: Place; readonly written: string };

/** What is wrong with a text as YAML or as Kubernetes objects: what was expected, and how to mend it. */
export interface ManifestProblem {
  /** `yaml/tab`, `yaml/wrong-type`. */
  readonly code: `yaml/${string}`;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly at: Place;
  /** The one way to mend it, where there is one. */
  readonly fix?: TextFix;
}

/** A change of the text of one file that mends a problem. */
export interface TextFix {
  readonly title: string;
  /** Says what is meant in the form that is taken, and nothing else: may be made without asking. */
  readonly safe: boolean;
  readonly changes: readonly { readonly uri: string; readonly start: number; readonly end: number; readonly text: string }[];
}

/** The entry of a map under a key; undefined where there is none, or where the node is no map. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined;
}

/** The node under keys and positions; undefined where something on the way is missing or of another kind. */
export function nodeAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): YamlNode | undefined {
  let current = node;
  for (const step of path) {
    if (current === undefined) return undefined;
    if (typeof step === 'number') current = current.kind === 'list' ? current.items[step] : undefined;
    else current = entryOf(current, step)?.value;
  }
  return current;
}

/** The items of a list under a path; none where there is no list. */
export function itemsAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): readonly YamlNode[] {
  const found = nodeAt(node, ...path);
  return found?.kind === 'list' ? found.items : [];
}

/** The text under a path, as written where it is a number or a flag; undefined where there is no single value. */
export function textAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = nodeAt(node, ...path);
  if (found?.kind === 'text') return found.value;
  return found?.kind === 'number' || found?.kind === 'flag' ? found.written : undefined;
}

/** The number under a path; undefined where there is none. */
export function numberAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): number | undefined {
  const found = nodeAt(node, ...path);
  return found?.kind === 'number' ? found.value : undefined;
}

/** A map of texts, such as labels; what is no single value is left out. */
export function textsAt(node: YamlNode | undefined, ...path: readonly (string | number)[]): ReadonlyMap<string, string> {
  const found = nodeAt(node, ...path);
  const texts = new Map<string, string>();
  if (found?.kind !== 'map') return texts;
  for (const { key, value } of found.entries.values()) {
    const text = textAt(value);
    if (text !== undefined) texts.set(key, text);
  }
  return texts;
}

/** What a node is, in the words of YAML's readers: `the text "a"`, `a list`. */
export function spokenNode(node: YamlNode): string {
  switch (node.kind) {
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'text':
      return `the text ${JSON.stringify(shortened(node.value))}`;
    case 'number':
      return `the number ${shortened(node.written)}`;
    case 'flag':
      return `the boolean ${node.written}`;
    case 'nothing':
      return 'empty';
    case 'template':
      return 'a template that is not filled in';
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** All texts of a list; none where there is no list. */
export function textsOf(node: YamlNode | undefined): readonly string[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => textAt(item) ?? []) : [];
}

/** Whether two nodes say the same, whatever the order of keys and the way they are written. */
export function sameValue(one: YamlNode, other: YamlNode): boolean {
  return valueKey(one) === valueKey(other);
}

/** A text that is the same for nodes that say the same. */
export function valueKey(node: YamlNode): string {
  switch (node.kind) {
    case 'map':
      return `{${[...node.entries.values()]
        .map(({ key, value }) => `${JSON.stringify(key)}:${valueKey(value)}`)
        .sort()
        .join(',')}}`;
    case 'list':
      return `[${node.items.map(valueKey).join(',')}]`;
    case 'text':
      return JSON.stringify(node.value);
    case 'number':
    case 'flag':
      return String(node.value);
    case 'nothing':
      return 'null';
    case 'template':
      return node.written;
  }
}
