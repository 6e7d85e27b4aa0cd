/**
 * YAML with one fixed look: keys in the order they are given (the schema's), strings quoted wherever YAML 1.1 or 1.2 would
 * read them as something else, no anchors, every scalar on one line but {@link lines}, LF, one final newline.
 */
import { Document, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Source } from '../model/fact.js';

const tracedBrand: unique symbol = Symbol('traced');

/** A value with the place of the model it follows from. `note` becomes a comment behind it: the statement, in the model's words. */
export interface Traced {
  readonly [tracedBrand]: true;
  readonly value: Yaml;
  readonly source: Source | undefined;
  readonly note: string | undefined;
}

const linesBrand: unique symbol = Symbol('lines');

/** A text of several lines, written as such: a script, a dashboard. */
export interface Lines {
  readonly [linesBrand]: true;
  readonly text: string;
}

/** What can be written. `undefined` entries of a map are left out, so that no null is ever written. */
export type Yaml = string | number | boolean | readonly Yaml[] | YamlObject | Traced | Lines;
export interface YamlObject {
  readonly [key: string]: Yaml | undefined;
}

/** Marks a value as following from a place of the model, with an optional comment. */
export function traced(value: Yaml, source: Source | undefined, note?: string): Traced {
  return { [tracedBrand]: true, value, source, note };
}

/** A text written line by line. Blanks at the end of a line and control characters would change what is read back, so there are none. */
export function lines(...texts: readonly string[]): Lines {
  const clean = texts.flatMap((text) => text.split('\n')).map((line) => line.replace(/[\p{Cc}]+/gu, ' ').trimEnd());
  return { [linesBrand]: true, text: `${clean.join('\n').replace(/^\s+|\s+$/g, '')}\n` };
}

function isTraced(value: Yaml): value is Traced {
  return typeof value === 'object' && tracedBrand in value;
}

function isLines(value: Yaml): value is Lines {
  return typeof value === 'object' && linesBrand in value;
}

const options = {
  lineWidth: 0,
  blockQuote: 'literal',
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  indentSeq: true,
} as const;

/** A node, and the sources of its nodes gathered on the way down. */
function nodeOf(value: Yaml, sources: Map<Node, Source>): Node {
  if (isTraced(value)) {
    const node = nodeOf(value.value, sources);
    if (value.source !== undefined) sources.set(node, value.source);
    // A line break would end the comment and turn the rest into YAML.
    if (value.note !== undefined && isScalar(node)) node.comment = ` ${value.note.replace(/[\s\p{Cc}]+/gu, ' ')}`;
    return node;
  }
  if (isLines(value)) {
    const scalar = new Scalar(value.text);
    scalar.type = 'BLOCK_LITERAL';
    return scalar;
  }
  if (Array.isArray(value)) {
    const seq = new YAMLSeq<Node>();
    for (const item of value as readonly Yaml[]) seq.items.push(nodeOf(item, sources));
    if (seq.items.length === 0) seq.flow = true;
    return seq;
  }
  if (typeof value === 'object') {
    const map = new YAMLMap<Node, Node>();
    for (const [key, entry] of Object.entries(value as YamlObject)) {
      if (entry !== undefined) map.items.push(new Pair<Node, Node>(new Scalar(key), nodeOf(entry, sources)));
    }
    if (map.items.length === 0) map.flow = true;
    return map;
  }
  const scalar = new Scalar(value);
  // Left alone, any text with a line break would become a block.
  if (typeof value === 'string' && value.includes('\n')) scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

/** Assigns each node its line: a scalar or an empty collection takes one line, the rest what they hold. Returns the next line. */
function number(node: Node, line: number, lines: Map<Node, number>): number {
  lines.set(node, line);
  let next = line;
  if (isMap<Node, Node>(node) && node.items.length > 0) {
    for (const { value } of node.items) {
      if (value === null) continue;
      const nested = (isMap(value) || isSeq(value)) && value.items.length > 0;
      if (nested) {
        next = number(value, next + 1, lines);
        // The reader looks at the line of the key, not at the first line below it.
        lines.set(value, (lines.get(value) ?? 1) - 1);
      } else next = number(value, next, lines);
    }
    return next;
  }
  if (isSeq<Node>(node) && node.items.length > 0) {
    for (const item of node.items) next = number(item, next, lines);
    return next;
  }
  if (isScalar(node) && node.type === 'BLOCK_LITERAL') return line + String(node.value).split('\n').length;
  return line + 1;
}

/** One YAML document under a header of comment lines, with the source of each line that has one. */
export function renderYaml(
  value: Yaml,
  header: readonly string[],
): { readonly content: string; readonly sources: Readonly<Record<number, Source>> } {
  const document = new Document(undefined, { version: '1.2', compat: 'yaml-1.1' });
  const marked = new Map<Node, Source>();
  const root = nodeOf(value, marked);
  document.contents = root;
  const lines = new Map<Node, number>();
  number(root, header.length, lines);
  const sources: Record<number, Source> = {};
  for (const [node, source] of marked) sources[lines.get(node) ?? 0] = source;
  return { content: commentLines(header) + document.toString(options), sources };
}

/** Plain data as one YAML document under comment lines: for what people have written, in which null has a meaning. */
export function plainYaml(value: unknown, header: readonly string[]): string {
  return commentLines(header) + new Document(value, { version: '1.2', compat: 'yaml-1.1' }).toString(options);
}

function commentLines(lines: readonly string[]): string {
  return lines.map((line) => `# ${line.replace(/[\s\p{Cc}]+/gu, ' ')}\n`).join('');
}
