/** Carries out wanted changes on text, guided by source ranges: comments, indentation and line ends stay as they are. */
import type { Source } from '../model/fact.js';
import { type Block, findBlock, findValue } from './block.js';
import type { Edit, TextChange } from './edit.js';

/** The longest line that a statement added to a one-line block may make; past it the block is opened to several lines. */
const longestLine = 110;

/**
 * Turns edits into changes of text. `textOf` gives the text of a file, undefined for a file that is not known: its edits are
 * dropped. The changes do not overlap and are sorted by file and offset; additions to one block keep the order of the edits.
 */
export function applyEdits(edits: readonly Edit[], textOf: (uri: string) => string | undefined): readonly TextChange[] {
  const changes: TextChange[] = [];
  for (const group of grouped(edits)) {
    const text = textOf(group.place.uri);
    if (text !== undefined) changes.push(...changesOf(group, text));
  }
  return changes.sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.start - b.start || a.end - b.end));
}

/** The text with all changes of its file made at once; changes must not overlap. */
export function changedText(text: string, changes: readonly TextChange[]): string {
  let result = text;
  for (const change of [...changes].sort((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, change.start) + change.text + result.slice(change.end);
  }
  return result;
}

interface Group {
  readonly edit: Edit;
  readonly place: Source;
  readonly texts: string[];
}

/** Edits that insert at the same place become one, so that two changes never claim one offset. */
function grouped(edits: readonly Edit[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const edit of edits) {
    const place = placeOf(edit);
    const key = `${edit.kind} ${edit.kind === 'set-value' ? edit.after : ''} ${place.uri} ${place.start} ${place.end}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { edit, place, texts: [edit.text] });
    else if (edit.kind === 'add-statement' || edit.kind === 'add-declaration') group.texts.push(edit.text);
  }
  return [...groups.values()];
}

function placeOf(edit: Edit): Source {
  switch (edit.kind) {
    case 'replace':
    case 'exact':
    case 'set-value':
      return edit.at;
    case 'add-statement':
      return edit.block;
    case 'add-declaration':
      return edit.after;
  }
}

function changesOf(group: Group, text: string): readonly TextChange[] {
  const { uri } = group.place;
  switch (group.edit.kind) {
    case 'exact':
      return [{ uri, start: group.place.start, end: group.place.end, text: group.edit.text }];
    case 'replace':
      return [{ uri, ...replaced(group.place, group.edit.text, text) }];
    case 'set-value': {
      const value = findValue(text, group.place.start, group.place.end, group.edit.after);
      return [{ uri, ...(value ?? { start: group.place.start, end: group.place.end }), text: group.edit.text }];
    }
    case 'add-statement':
      return addedStatements(group.place, group.texts, text).map((change) => ({ uri, ...change }));
    case 'add-declaration':
      return [{ uri, ...addedDeclarations(group.place, group.texts, text) }];
  }
}

type Change = Omit<TextChange, 'uri'>;

function replaced(at: Source, wanted: string, text: string): Change {
  if (wanted !== '') {
    const indent = indentOfLine(text, at.start);
    return { start: at.start, end: at.end, text: laidOut(wanted, indent, text, false) };
  }
  // A statement that goes takes its line with it where it stands alone there, else the blanks before it.
  const lineStart = startOfLine(text, at.start);
  const lineEnd = endOfLine(text, at.end);
  if (isBlank(text.slice(lineStart, at.start)) && isBlank(text.slice(at.end, lineEnd))) {
    return { start: lineStart, end: afterLineBreak(text, lineEnd), text: '' };
  }
  let start = at.start;
  while (start > lineStart && isBlank(text.charAt(start - 1))) start -= 1;
  return { start: start === lineStart ? at.start : start, end: at.end, text: '' };
}

function addedStatements(place: Source, statements: readonly string[], text: string): readonly Change[] {
  const block = findBlock(text, place.start, place.end);
  const base = indentOfLine(text, place.start);
  if (block === undefined) {
    const body = laidOut(statements.join('\n'), `${base}${step(base, text)}`, text, true);
    const eol = lineBreak(text);
    return [{ start: place.end, end: place.end, text: ` {${eol}${body}${eol}${base}}` }];
  }
  return isOneLine(text, block) ? addedToLine(text, block, base, statements) : [addedToLines(text, block, statements)];
}

function isOneLine(text: string, block: Block): boolean {
  return !text.slice(block.open, block.close).includes('\n');
}

function addedToLine(text: string, block: Block, base: string, statements: readonly string[]): readonly Change[] {
  const content = text.slice(block.open + 1, block.close).trim();
  const added = statements.join('  ');
  const line = `{ ${content === '' ? '' : `${content}  `}${added} }`;
  const lineLength = block.open - startOfLine(text, block.open) + line.length;
  const end = trimmedEnd(text, block.open + 1, block.close);
  if (!added.includes('\n') && (lineLength <= longestLine || content === '')) {
    return [{ start: end, end: block.close, text: `${content === '' ? ' ' : '  '}${added} ` }];
  }
  // The block is opened; what stood in it keeps its order on a line of its own, and is not touched: another edit may change it.
  const eol = lineBreak(text);
  const indent = `${base}${step(base, text)}`;
  const body = laidOut(statements.join('\n'), indent, text, true);
  const closing = { start: end, end: block.close, text: `${eol}${body}${eol}${base}` };
  if (content === '') return [closing];
  const start = block.open + 1;
  return [{ start, end: start + text.slice(start).search(/\S/), text: `${eol}${indent}` }, closing];
}

function addedToLines(text: string, block: Block, statements: readonly string[]): Change {
  const eol = lineBreak(text);
  const closingLine = startOfLine(text, block.close);
  const closingIndent = indentOfLine(text, block.close);
  const indent = indentInside(text, block) ?? `${closingIndent}${step(closingIndent, text)}`;
  const body = laidOut(statements.join('\n'), indent, text, true);
  if (isBlank(text.slice(closingLine, block.close))) return { start: closingLine, end: closingLine, text: `${body}${eol}` };
  const start = trimmedEnd(text, block.open + 1, block.close);
  return { start, end: block.close, text: `${eol}${body}${eol}${indentOfLine(text, block.open)}` };
}

function addedDeclarations(after: Source, declarations: readonly string[], text: string): Change {
  const eol = lineBreak(text);
  const lineEnd = endOfLine(text, after.end);
  const rest = text.slice(after.end, lineEnd).trim();
  const at = rest === '' || rest.startsWith('//') ? lineEnd : after.end;
  const body = declarations.map((declaration) => laidOut(declaration, '', text, true)).join(eol + eol);
  const spacing = text.slice(after.start, after.end).includes('\n') || body.includes('\n') ? eol + eol : eol;
  return { start: at, end: at, text: `${spacing}${body}${at < lineEnd ? eol : ''}` };
}

/** Text with the indentation and the line ends of its surroundings; relative indentation comes as two blanks a level. */
function laidOut(wanted: string, indent: string, text: string, first: boolean): string {
  const unit = step(indent, text);
  return wanted
    .split('\n')
    .map((line, index) => {
      if (index === 0 && !first) return line;
      const depth = Math.floor((line.length - line.trimStart().length) / 2);
      return line.trim() === '' ? '' : `${indent}${unit.repeat(depth)}${line.trimStart()}`;
    })
    .join(lineBreak(text));
}

/** One level of indentation: a tab where the surroundings use tabs, else two blanks. */
function step(indent: string, text: string): string {
  return indent.includes('\t') || (indent === '' && /\n\t/.test(text)) ? '\t' : '  ';
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Indentation of the first line that stands in the block, undefined where there is none. */
function indentInside(text: string, block: Block): string | undefined {
  for (let line = afterLineBreak(text, endOfLine(text, block.open)); line < block.close; ) {
    const end = endOfLine(text, line);
    if (!isBlank(text.slice(line, Math.min(end, block.close)))) return indentOfLine(text, line);
    line = afterLineBreak(text, end);
    if (line <= end) break;
  }
  return undefined;
}

function indentOfLine(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(startOfLine(text, offset), offset + 1000))?.[0] ?? '';
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break that ends the line, or of the end of the text. */
function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > 0 && end > offset && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

function afterLineBreak(text: string, end: number): number {
  if (text.startsWith('\r\n', end)) return end + 2;
  return text.charAt(end) === '\n' ? end + 1 : end;
}

/** End of the last thing in a range that is no blank. */
function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(text.charAt(end - 1))) end -= 1;
  return end;
}

function isBlank(text: string): boolean {
  return /^\s*$/.test(text);
}
