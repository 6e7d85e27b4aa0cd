/** One YAML document → a typed tree: aliases and merges put in, tags and keys checked, its cost bounded. Never throws. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments, type YAMLMap } from 'yaml';
import { isTemplate } from './template-marks.js';
import { firstLineEnd, isUnclosed, openerOf } from './unclosed-text.js';
import type { YamlLimits } from './yaml-limits.js';
import { yamlProblem } from './yaml-problems.js';
import { plainScalar, taggedScalar } from './yaml-scalars.js';
import type { ManifestProblem, Place, YamlEntry, YamlNode, YamlScalar } from './yaml-tree.js';

/** A document of a file as a tree. */
export interface YamlDocument {
  /** Undefined where there is nothing but comments. */
  readonly root: YamlNode | undefined;
  /** Whether all of it could be read: facts that are missing are not in it then. */
  readonly isWhole: boolean;
}

/** What the documents of a file are read with. */
export interface FileText {
  readonly text: string;
  place(start: number, end: number): Place;
  report(problem: ManifestProblem): void;
}

/** Reads what stands between two document marks: usually one document. `start` and `end` are offsets of the file's text. */
export function readYamlDocuments(file: FileText, start: number, end: number, limits: YamlLimits): readonly YamlDocument[] {
  const chunk = file.text.slice(start, end);
  let parsed: ReturnType<typeof parseAllDocuments<Node>>;
  try {
    // Scalars get their types below, keys are compared below, and line numbers are the file's.
    parsed = parseAllDocuments<Node>(chunk, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    file.report({
      code: 'yaml/syntax',
      severity: 'error',
      message: `This document cannot be read (${reason}). The other documents of the file were read.`,
      at: file.place(start, firstLineEnd(file.text, start, end)),
    });
    return [{ root: undefined, isWhole: false }];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.map((document) => {
    const builder = new TreeBuilder(file, start, limits);
    // One slip often draws several messages at one place: the first says it.
    const places = new Set<number>();
    let told = 0;
    for (const error of document.errors) {
      const { code, message } = yamlProblem(error, chunk.slice(error.pos[0], error.pos[0] + 40));
      // What has no end is noticed where the text ends; it is mended where it starts.
      const [from, to] = (isUnclosed(code) ? openerOf(document.contents, error.pos[0]) : undefined) ?? error.pos;
      const { line } = file.place(start + from, start + to);
      if (places.has(line)) continue;
      places.add(line);
      // What follows the first few is mostly their consequence.
      if (++told > mostSlips) {
        builder.isWhole = false;
        break;
      }
      builder.lose(code, message, from, Math.max(from + 1, Math.min(to, firstLineEnd(chunk, from, chunk.length))));
    }
    const root = document.contents === null ? undefined : builder.build(document.contents);
    const isEmpty = root === undefined || (root.kind === 'nothing' && root.at.start === root.at.end);
    return { root: isEmpty ? undefined : root, isWhole: builder.isWhole };
  });
}

/** How many slips of the syntax are told of one document. */
const mostSlips = 5;

class TreeBuilder {
  isWhole = true;
  private readonly anchors = new Map<string, { readonly node: YamlNode; readonly size: number }>();
  /** Nodes so far, counted as if each alias were written out. */
  private size = 0;
  private isTooLarge = false;

  constructor(
    private readonly file: FileText,
    private readonly offset: number,
    private readonly limits: YamlLimits,
  ) {}

  build(node: Node): YamlNode {
    return this.nodeOf(node, 0);
  }

  /** Reports something that could not be read, so that the tree lacks it. */
  lose(code: ManifestProblem['code'], message: string, start: number, end: number): void {
    this.isWhole = false;
    this.report(code, message, this.place(start, end));
  }

  private report(code: ManifestProblem['code'], message: string, at: Place): void {
    this.file.report({ code, severity: 'error', message, at });
  }

  private place(start: number, end: number): Place {
    return this.file.place(this.offset + start, this.offset + Math.max(start, end));
  }

  private placeOf(node: Node): Place {
    const [start, end] = node.range ?? [0, 0];
    return this.place(start, end);
  }

  private nodeOf(node: Node | null, depth: number): YamlNode {
    if (node === null) return { kind: 'nothing', at: this.place(0, 0) };
    const before = this.size;
    const made = this.madeOf(node, depth);
    const anchor = isAlias(node) ? undefined : node.anchor;
    if (anchor !== undefined) this.anchors.set(anchor, { node: made, size: this.size - before });
    return made;
  }

  private madeOf(node: Node, depth: number): YamlNode {
    const at = this.placeOf(node);
    if (isAlias(node)) return this.aliased(node.source, at);
    if (!this.grow(1, at)) return { kind: 'nothing', at };
    if (depth >= this.limits.depth && !isScalar(node)) {
      this.lose(
        'yaml/depth',
        `More than ${this.limits.depth} maps and lists within each other. What is in this one was not read.`,
        ...rangeOf(node),
      );
      return { kind: 'nothing', at };
    }
    if (isScalar(node)) return this.scalar(node, at);
    this.checkTag(node, at);
    if (isMap(node))
      return node.flow === true && this.file.text.startsWith('{{', at.start) ? this.braces(at) : this.map(node, at, depth);
    if (isSeq(node)) {
      // `[a: b]` is a list of one map with one entry.
      const items = node.items.map((item) =>
        isPair(item) ? this.pairAsMap(item, at) : this.nodeOf(item as Node | null, depth + 1),
      );
      return { kind: 'list', at, items };
    }
    return { kind: 'nothing', at };
  }

  private pairAsMap(pair: { readonly key: unknown; readonly value: unknown }, at: Place): YamlNode {
    const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '';
    this.lose(
      'yaml/syntax',
      `"${key}: …" within [ ] is a map of its own. Put it in { }, or the text in quotes.`,
      at.start - this.offset,
      at.end - this.offset,
    );
    return { kind: 'nothing', at };
  }

  private scalar(
    node: { readonly source?: string; readonly value: unknown; readonly type?: string; readonly tag?: string },
    at: Place,
  ): YamlScalar {
    const written = node.source ?? String(node.value ?? '');
    if (isTemplate(written)) return { kind: 'template', at, written: this.file.text.slice(at.start, at.end) };
    const { tag } = node;
    if (tag !== undefined) {
      const typed = taggedScalar(tag, written, at);
      if (typed !== undefined) return typed;
      this.reportTag(tag, at);
    }
    return node.type === undefined || node.type === 'PLAIN'
      ? plainScalar(written, at)
      : { kind: 'text', at, value: written, quoted: true, ...(node.type === 'BLOCK_LITERAL' ? { firstLine: at.line + 1 } : {}) };
  }

  private checkTag(node: Node, at: Place): void {
    const tag = 'tag' in node && typeof node.tag === 'string' ? node.tag : undefined;
    if (tag !== undefined && tag !== 'tag:yaml.org,2002:map' && tag !== 'tag:yaml.org,2002:seq') this.reportTag(tag, at);
  }

  private reportTag(tag: string, at: Place): void {
    this.isWhole = false;
    this.report(
      'yaml/tag',
      `The tag ${shortTag(tag)} means nothing to Kubernetes. Take it away; the value was read without it.`,
      at,
    );
  }

  private aliased(name: string, at: Place): YamlNode {
    const anchor = this.anchors.get(name);
    if (anchor === undefined) {
      this.isWhole = false;
      this.report(
        'yaml/alias',
        `No anchor &${name} stands above in this document. Write the value here, or the anchor where it is first used.`,
        at,
      );
      return { kind: 'nothing', at };
    }
    return this.grow(anchor.size, at) ? anchor.node : { kind: 'nothing', at };
  }

  private grow(nodes: number, at: Place): boolean {
    if (this.size + nodes <= this.limits.nodes) {
      this.size += nodes;
      return true;
    }
    if (!this.isTooLarge) {
      this.isTooLarge = true;
      this.isWhole = false;
      this.report(
        'yaml/size',
        `Written out, this document has more than ${this.limits.nodes} values. What follows was not read.`,
        at,
      );
    }
    return false;
  }

  private map(node: YAMLMap, at: Place, depth: number): YamlNode {
    const entries = new Map<string, YamlEntry>();
    const merges: YamlNode[] = [];
    for (const { key, value } of node.items) {
      if (!isScalar(key)) {
        this.unusableKey(key as Node | null, at);
        continue;
      }
      const keyAt = this.placeOf(key);
      const name = key.source ?? String(key.value ?? '');
      if (name === '' && keyAt.start === keyAt.end && value === null) continue;
      const made =
        value === null
          ? ({ kind: 'nothing', at: this.place(keyAt.end - this.offset, keyAt.end - this.offset) } as const)
          : this.nodeOf(value as Node, depth + 1);
      if (isTemplate(name)) {
        this.isWhole = false;
        continue;
      }
      if (name === '<<' && (key.type === undefined || key.type === 'PLAIN')) {
        merges.push(made);
        continue;
      }
      const first = entries.get(name);
      if (first !== undefined) {
        this.isWhole = false;
        this.report(
          'yaml/duplicate-key',
          `${name} is written twice in one map, first in line ${first.at.line}. Kubernetes refuses that: keep one.`,
          keyAt,
        );
      }
      entries.set(name, { key: name, at: keyAt, value: made });
    }
    for (const merged of merges) this.merge(entries, merged);
    return { kind: 'map', at, entries };
  }

  private merge(entries: Map<string, YamlEntry>, merged: YamlNode): void {
    const sources = merged.kind === 'list' ? merged.items : [merged];
    for (const source of sources) {
      if (source.kind !== 'map') {
        this.isWhole = false;
        this.report('yaml/alias', '<< takes a map, or a list of maps, by an alias: <<: *name.', source.at);
        continue;
      }
      for (const entry of source.entries.values()) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }

  private unusableKey(key: Node | null, at: Place): void {
    this.isWhole = false;
    this.report(
      'yaml/syntax',
      'A key is a single text. Put it in quotes if it has brackets in it.',
      key === null ? at : this.placeOf(key),
    );
  }

  /** Two braces without quotes: a template to whoever wrote them, and a map as the key of a map to YAML. */
  private braces(at: Place): YamlNode {
    this.isWhole = false;
    this.report('yaml/template', 'A template that is not filled in. Render the files first, or put the braces in quotes.', at);
    return { kind: 'template', at, written: this.file.text.slice(at.start, at.end) };
  }
}

function rangeOf(node: Node): readonly [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, Math.min(end, start + 1)];
}

function shortTag(tag: string): string {
  const short = tag.replace('tag:yaml.org,2002:', '!!');
  return short.length > 40 ? `${short.slice(0, 37)}...` : short;
}
