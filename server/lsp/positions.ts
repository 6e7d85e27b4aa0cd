import type { Location, Range } from 'vscode-languageserver';
import type { Source } from '../../language/model/fact.js';
import type { Model } from '../../language/model/model.js';
import { locate } from '../../language/model/queries.js';

/** A source of the model as a range of its file. The model keeps the line starts of the text it was built from. */
export function rangeOf(model: Model, source: Source): Range {
  return { start: locate(model, source.uri, source.start), end: locate(model, source.uri, source.end) };
}

/** A source of the model as a place the editor can go to. */
export function locationOf(model: Model, source: Source): Location {
  return { uri: source.uri, range: rangeOf(model, source) };
}

/** Whether a line lies in a range, ends included. */
export function touchesLines(range: Range, first: number, last: number): boolean {
  return range.start.line <= last && range.end.line >= first;
}
