import { relative } from 'node:path';
import { URI } from 'langium';
import type { Session } from './session.js';

/** One line of `drml check`: a problem of the language, of the settings, or a finding of a rule. Lines and columns from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'info';
  /** Code of the rule, or of the language's check; absent for what could not be read, and for problems of settings. */
  readonly code?: string;
  readonly message: string;
  readonly accepted?: boolean;
}

/** All problems of a session, each once, in the order of file and place. Accepted findings are among them, marked. */
export function problemsOf(session: Session): readonly Problem[] {
  const found = new Map<string, Problem>();
  const add = (problem: Problem): void => {
    found.set(JSON.stringify([problem.file, problem.line, problem.column, problem.code, problem.message]), problem);
  };
  const places = new Map<string, Places>();
  const place = (uri: string): Places => {
    let known = places.get(uri);
    if (known === undefined) {
      known = new Places(session.texts.get(uri) ?? '');
      places.set(uri, known);
    }
    return known;
  };
  for (const { uri, severity, code, message, start, end } of session.problems) {
    add({ file: shownPath(uri), ...place(uri).span(start, end), severity, ...(code === undefined ? {} : { code }), message });
  }
  for (const { uri, text, problems } of session.configs) {
    const where = new Places(text);
    for (const { message, start, end } of problems) {
      add({ file: shownPath(uri), ...where.span(start, end), severity: 'error', message });
    }
  }
  for (const { findings } of session.models) {
    for (const { at, code, severity, message, accepted } of findings) {
      const span = place(at.uri).span(at.start, at.end);
      add({ file: shownPath(at.uri), ...span, severity, code, message, ...(accepted === undefined ? {} : { accepted: true }) });
    }
  }
  return [...found.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code ?? '', b.code ?? ''),
  );
}

/** A file as the user would type it: from the working folder, with forward slashes. */
export function shownPath(uri: string): string {
  const path = URI.parse(uri).fsPath;
  const shown = relative(process.cwd(), path).replaceAll('\\', '/');
  return shown === '' || shown.startsWith('../../') ? path : shown;
}

/** The text of a line, from 1, without its end. */
export function lineOf(text: string, line: number): string {
  return text.split(/\r\n|\r|\n/)[line - 1] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Lines and columns of offsets. */
class Places {
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
    this.starts = starts;
  }

  span(start: number, end: number): Pick<Problem, 'line' | 'column' | 'endLine' | 'endColumn'> {
    const [from, to] = [this.at(start), this.at(end)];
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  private at(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(0, offset - (this.starts[low] ?? 0)) + 1 };
  }
}
