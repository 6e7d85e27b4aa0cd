/**
 * Wanted changes of a YAML text as edits that keep comments and layout. What is written in braces, in lists on one line or on the
 * line of its key is left alone: then there is no edit, and the finding says in words what to write.
 */
import type { Edit } from '../edit/edit.js';
import { plainScalar } from './yaml-scalars.js';
import type { YamlEntry, YamlList, YamlMap, YamlNode } from './yaml-tree.js';

/** Gives a value another text. */
export function replaceValue(node: YamlNode, text: string): readonly Edit[] {
  return [{ kind: 'exact', at: node.at, text }];
}

/** Gives a key another name. */
export function renameKey({ at }: YamlEntry, name: string): readonly Edit[] {
  return [{ kind: 'exact', at, text: name }];
}

/** Takes a key and its value away, with its lines; the key too where that leaves its map empty is for the caller to decide. */
export function removeEntry(text: string, parent: YamlMap, entry: YamlEntry): readonly Edit[] | undefined {
  const { uri } = entry.at;
  // What patches made of several files is written in none of them.
  if (uri !== parent.at.uri || uri !== entry.value.at.uri) return undefined;
  const end = contentEnd(text, entry);
  const from = lineStart(text, entry.at.start);
  const to = nextLine(text, end);
  const before = text.slice(from, entry.at.start);
  if (before.trim() === '') {
    if (!isOwnLine(text, end)) return undefined;
    return parent.entries.size === 1
      ? emptied(text, parent, entry)
      : [{ kind: 'exact', at: { uri, start: from, end: to }, text: '' }];
  }
  // The first key behind a hyphen: the next one takes its place.
  const next = followingEntry(parent, entry);
  if (!/^\s*(- +)+$/.test(before) || next === undefined || !isOwnLine(text, end)) return undefined;
  return [{ kind: 'exact', at: { uri, start: entry.at.start, end: next.at.start }, text: '' }];
}

/** Adds lines of YAML behind the last key of a map; `lines` are indented as if they stood at the margin. */
export function addEntry(text: string, map: YamlMap, lines: string): readonly Edit[] | undefined {
  const last = lastEntry(text, map);
  if (last === undefined) return undefined;
  const column = columnOf(text, last.at.start);
  const end = contentEnd(text, last);
  if (!isOwnLine(text, end)) return undefined;
  const at = lineEnd(text, end);
  return [
    { kind: 'exact', at: { uri: map.at.uri, start: at, end: at }, text: `${lineBreak(text)}${indented(lines, column, text)}` },
  ];
}

/** Moves a key with its value to the end of another map, below new keys `around` it there, its lines indented anew. */
export function moveEntry(
  text: string,
  parent: YamlMap,
  entry: YamlEntry,
  target: YamlMap,
  around: readonly string[] = [],
): readonly Edit[] | undefined {
  const own = linesOf(text, entry);
  const lines = own === undefined ? undefined : nested(around, own);
  const [removed] = (lines === undefined ? undefined : removeEntry(text, parent, entry)) ?? [];
  const [added] = (lines === undefined ? undefined : addEntry(text, target, lines)) ?? [];
  if (removed?.kind !== 'exact' || added?.kind !== 'exact') return undefined;
  const { start, end } = removed.at;
  if (added.at.start < start || added.at.start > end) return [removed, added];
  // The place to add to is what is taken away: one change does both.
  const isLines = removed.text === '' && start === lineStart(text, start);
  const moved = isLines
    ? `${added.text.replace(/^[\r\n]+/, '')}${text.slice(added.at.start, end)}`
    : `${removed.text}${added.text}`;
  return [{ ...removed, text: moved }];
}

/** The lines of a key and its value as if the key stood at the margin. */
export function linesOf(text: string, entry: YamlEntry): string | undefined {
  if (entry.value.at.uri !== entry.at.uri) return undefined;
  const column = columnOf(text, entry.at.start);
  const [first = '', ...rest] = text.slice(entry.at.start, contentEnd(text, entry)).split(/\r\n|\r|\n/);
  const moved = rest.map((line) =>
    line.trim() === '' ? '' : line.startsWith(' '.repeat(column)) ? line.slice(column) : undefined,
  );
  return moved.includes(undefined) ? undefined : [first, ...moved].join('\n');
}

function nested(keys: readonly string[], lines: string): string {
  const indentation = '  '.repeat(keys.length);
  const inner = lines.split('\n').map((line) => (line === '' ? line : `${indentation}${line}`));
  return [...keys.map((key, depth) => `${'  '.repeat(depth)}${key}:`), ...inner].join('\n');
}

function emptied(text: string, parent: YamlMap, entry: YamlEntry): readonly Edit[] {
  const { uri } = entry.at;
  // A map that would be left without keys says so: without anything, it would be null.
  const from = text.slice(0, lineStart(text, parent.at.start)).trimEnd().length;
  return [{ kind: 'exact', at: { uri, start: from, end: contentEnd(text, entry) }, text: ' {}' }];
}

function followingEntry(map: YamlMap, entry: YamlEntry): YamlEntry | undefined {
  let next: YamlEntry | undefined;
  for (const other of map.entries.values()) {
    if (
      other.at.uri === entry.at.uri &&
      other.at.start > entry.at.start &&
      (next === undefined || other.at.start < next.at.start)
    )
      next = other;
  }
  return next;
}

/** The key of a map that is written last, if the map is written on lines of its own. */
function lastEntry(text: string, map: YamlMap): YamlEntry | undefined {
  if (text.startsWith('{', map.at.start)) return undefined;
  let last: YamlEntry | undefined;
  for (const entry of map.entries.values()) {
    // What a merge or a patch brought stands elsewhere.
    if (entry.at.uri !== map.at.uri || entry.at.start < map.at.start || entry.at.start >= map.at.end) continue;
    if (last === undefined || entry.at.start > last.at.start) last = entry;
  }
  return last;
}

/** Where the value of a key ends, without the line breaks and comments behind it. */
function contentEnd(text: string, { at, value }: YamlEntry): number {
  const own = value.at.uri === at.uri && value.at.start >= at.start;
  // A key without a value, or one that an alias fills: its line is all there is.
  const end = own && value.at.end > at.end ? value.at.end : lineEnd(text, at.end);
  return text.slice(0, end).trimEnd().length;
}

/** Whether nothing but a comment follows on the line. */
function isOwnLine(text: string, end: number): boolean {
  return /^[ \t]*(#.*)?$/.test(text.slice(end, lineEnd(text, end)));
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  const end = found < 0 ? text.length : found;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

function nextLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found + 1;
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function indented(lines: string, column: number, text: string): string {
  return lines
    .split('\n')
    .map((line) => (line === '' ? line : `${' '.repeat(column)}${line}`))
    .join(lineBreak(text));
}

/** Adds a document behind the one of an object that is written on lines of its own from the margin on. */
export function addDocument(text: string, root: YamlMap, lines: string): readonly Edit[] | undefined {
  const last = lastEntry(text, root);
  if (last === undefined || columnOf(text, last.at.start) !== 0) return undefined;
  const end = lineEnd(text, contentEnd(text, last));
  const br = lineBreak(text);
  return [{ kind: 'exact', at: { uri: root.at.uri, start: end, end }, text: `${br}---${br}${indented(lines, 0, text)}` }];
}

/** Moves an item of a list behind the last one. */
export function moveItemToEnd(text: string, list: YamlList, index: number): readonly Edit[] | undefined {
  const item = list.items[index];
  const next = list.items[index + 1];
  const last = list.items.at(-1);
  if (item === undefined || next === undefined || last === undefined || text.startsWith('[', list.at.start)) return undefined;
  if (list.items.some(({ at }) => at.uri !== list.at.uri)) return undefined;
  const from = lineStart(text, item.at.start);
  const to = lineStart(text, next.at.start);
  if (!/^\s*- +$/.test(text.slice(from, item.at.start)) || !/^\s*- +$/.test(text.slice(to, next.at.start))) return undefined;
  const end = lineEnd(text, text.slice(0, last.at.end).trimEnd().length);
  const { uri } = list.at;
  return [
    { kind: 'exact', at: { uri, start: from, end: to }, text: '' },
    { kind: 'exact', at: { uri, start: end, end }, text: `${lineBreak(text)}${text.slice(from, to).trimEnd()}` },
  ];
}

/** A text as a scalar of YAML: in quotes wherever something else could be read. */
export function yamlText(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(text) && plainScalar(text, nowhere).kind === 'text' ? text : JSON.stringify(text);
}

const nowhere = { uri: '', start: 0, end: 0, line: 1 };
