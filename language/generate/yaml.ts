/**
 * YAML with one fixed look: keys in the order they are given (the schema's), strings quoted wherever YAML 1.1 or 1.2 would
 * read them as something else, no anchors, every scalar on one line but {@link lines}, LF, one final newline.
 */
import { Document, Scalar } from 'yaml';
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

/** A value without its mark, and the place that the mark names. */
export function unmarked(value: Yaml): { readonly value: Exclude<Yaml, Traced>; readonly source: Source | undefined } {
  if (!isTraced(value)) return { value, source: undefined };
  const inner = unmarked(value.value);
  return { value: inner.value, source: inner.source ?? value.source };
}

/** A value as a map, marks taken off; undefined where it is none. */
export function asMap(value: Yaml | undefined): YamlObject | undefined {
  const plain = value === undefined ? undefined : unmarked(value).value;
  return typeof plain !== 'object' || isYamlList(plain) || isLines(plain) ? undefined : plain;
}

/** A value as a list, marks taken off; undefined where it is none. */
export function asList(value: Yaml | undefined): readonly Yaml[] | undefined {
  const plain = value === undefined ? undefined : unmarked(value).value;
  return plain !== undefined && isYamlList(plain) ? plain : undefined;
}

function isYamlList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
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

/** Text that stands as it is in every YAML: it starts with a letter, and holds nothing that means something. No blank is before the number sign. */
const plainForm = /^[A-Za-z](?:[\w./#-]|:(?=[A-Za-z0-9]))*$/;
/** Words that some YAML reads as a truth value, as nothing, or as a number. */
const meaningful = /^(?:true|false|yes|no|on|off|null|y|n|e[-+]?\d+)$/i;

/** Quoted texts by what they say: the same few come again and again, and the library is slow. */
const quoted = new Map<string, string>();
/** Beyond this many the texts are of another model, and are forgotten. */
const mostQuoted = 10_000;

/** A scalar as it is written: quoted where YAML 1.1 or 1.2 would read it as something else. */
function scalarText(value: string | number | boolean): string {
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && plainForm.test(value) && !meaningful.test(value)) return value;
  const key = `${typeof value} ${value}`;
  const known = quoted.get(key);
  if (known !== undefined) return known;
  const document = new Document(undefined, { version: '1.2', compat: 'yaml-1.1' });
  const scalar = new Scalar(value);
  // White space at an end that no eye sees, such as the mark of byte order, would be lost on the way.
  if (typeof value === 'string' && value.trim() !== value) scalar.type = Scalar.QUOTE_DOUBLE;
  document.contents = scalar;
  const text = document.toString({ ...options, blockQuote: false }).replace(/\n$/, '');
  if (quoted.size >= mostQuoted) quoted.clear();
  quoted.set(key, text);
  return text;
}

/** Keys as they are written: those of the schemas are few. */
const keys = new Map<string, string>();

function keyText(key: string): string {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const text = scalarText(key);
  if (keys.size >= mostQuoted) keys.clear();
  keys.set(key, text);
  return text;
}

/** What is written so far, line by line, and the source of each line that has one. */
class Page {
  readonly sources: Record<number, Source> = {};

  constructor(readonly texts: string[]) {}

  /** Writes a value behind `start`, which ends in `key:`, in `-`, or is empty at the root. `indent` is that of lines below it. */
  add(start: string, value: Yaml, indent: string): void {
    const line = this.texts.length;
    if (isTraced(value)) {
      this.add(start, value.value, indent);
      // The reader looks at the line of the key. What stands around wins over what stands inside.
      if (value.source !== undefined) this.sources[line] = value.source;
      if (value.note !== undefined && this.texts.length === line + 1) {
        this.texts[line] += ` ${commentLine(value.note)}`;
      }
    } else if (isLines(value)) this.addText(start, value.text, indent);
    else if (Array.isArray(value)) this.addList(start, value as readonly Yaml[], indent);
    else if (typeof value === 'object') this.addMap(start, value as YamlObject, indent);
    else this.texts.push(`${start}${start === '' ? '' : ' '}${scalarText(value)}`);
  }

  private addText(start: string, text: string, indent: string): void {
    if (text.trim() === '') {
      this.texts.push(`${start} ${scalarText(text)}`);
      return;
    }
    this.texts.push(`${start} |`);
    for (const line of text.trimEnd().split('\n')) this.texts.push(line === '' ? '' : `${indent}${line}`);
  }

  private addList(start: string, items: readonly Yaml[], indent: string): void {
    if (items.length === 0) this.texts.push(`${start}${start === '' ? '' : ' '}[]`);
    else if (start.endsWith('-')) {
      items.forEach((item, index) => {
        this.add(`${index === 0 ? `${start} ` : indent}-`, item, `${indent}  `);
      });
    } else {
      if (start !== '') this.texts.push(start);
      for (const item of items) this.add(`${indent}-`, item, `${indent}  `);
    }
  }

  private addMap(start: string, map: YamlObject, indent: string): void {
    const inner = `${indent}  `;
    // In a list the first key stands behind the dash; else the map begins below its own key, which is written once there is something in it.
    let first = true;
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (value === undefined) continue;
      let head = indent;
      if (first && start.endsWith('-')) head = `${start} `;
      else if (first && start !== '') this.texts.push(start);
      first = false;
      this.add(`${head}${keyText(key)}:`, value, inner);
    }
    if (first) this.texts.push(`${start}${start === '' ? '' : ' '}{}`);
  }
}

/** One YAML document under a header of comment lines, with the source of each line that has one. */
export function renderYaml(
  value: Yaml,
  header: readonly string[],
): { readonly content: string; readonly sources: Readonly<Record<number, Source>> } {
  const page = new Page(header.map(commentLine));
  page.add('', value, '');
  return { content: `${page.texts.join('\n')}\n`, sources: page.sources };
}

/** Plain data as one YAML document under comment lines: for what people have written, in which null has a meaning. */
export function plainYaml(value: unknown, header: readonly string[]): string {
  return (
    header.map((line) => `${commentLine(line)}\n`).join('') +
    new Document(value, { version: '1.2', compat: 'yaml-1.1' }).toString(options)
  );
}

/** A line break would end the comment and turn the rest into YAML. */
function commentLine(text: string): string {
  return `# ${text.replace(/[\s\p{Cc}]+/gu, ' ')}`;
}
