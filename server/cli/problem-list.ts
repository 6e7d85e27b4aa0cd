import { relative } from 'node:path';
import { URI } from 'langium';
import { applyEdits } from '../../language/edit/apply.js';
import type { Edit, TextChange } from '../../language/edit/edit.js';
import type { FixGain } from '../../language/fix-gain.js';
import type { Finding, Fix } from '../../language/rules/rule.js';
import { Fingerprints, partsOf } from '../files/fingerprint.js';
import type { Session } from './session.js';

/** A stretch of a file. Lines and columns from 1, columns in UTF-16 code units; the end is the place after the last letter. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A way to mend a problem, as changes of text. */
export interface ProblemFix {
  readonly title: string;
  /** May be made without asking. */
  readonly safe: boolean;
  readonly changes: readonly TextChange[];
  /** What it does to availability, where that was asked for and something changes. */
  readonly gain?: FixGain;
}

/** One line of `drml check`: a problem of the language, of the settings, or a finding of a rule. */
export interface Problem extends Span {
  readonly file: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Code of the rule, or of the language's check; absent for what could not be read, and for problems of settings. */
  readonly code?: string;
  readonly message: string;
  /** Knows the problem again after other lines have changed. */
  readonly fingerprint: string;
  readonly related: readonly (Span & { readonly file: string; readonly message: string })[];
  readonly fixes: readonly ProblemFix[];
  /** What the rule said; absent for problems of the language and of the settings. */
  readonly finding?: Finding;
  readonly accepted?: boolean;
  /** The baseline has it. */
  readonly known?: boolean;
}

type Unnamed = Omit<Problem, 'fingerprint'> & { readonly about: readonly string[] };

/** All problems of a session, each once, in the order of file and place. Accepted findings are among them, marked. */
export function problemsOf(session: Session): readonly Problem[] {
  const found = new Map<string, Unnamed>();
  const add = (problem: Unnamed): void => {
    const key = JSON.stringify([problem.file, problem.line, problem.column, problem.code, problem.message]);
    if (!found.has(key)) found.set(key, problem);
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
  for (const { uri, severity, code, message, start, end, fix } of session.problems) {
    const file = shownPath(uri);
    add({
      file,
      ...place(uri).span(start, end),
      severity,
      ...(code === undefined ? {} : { code }),
      message,
      related: [],
      fixes: fix === undefined ? [] : [{ title: fix.title, safe: fix.safe, changes: [fix.change] }],
      about: [code ?? '', file.slice(file.lastIndexOf('/') + 1), message],
    });
  }
  for (const { uri, text, problems } of session.configs) {
    const where = new Places(text);
    for (const { message, start, end } of problems) {
      const file = shownPath(uri);
      add({ file, ...where.span(start, end), severity: 'error', message, related: [], fixes: [], about: ['', message] });
    }
  }
  const addFinding = (finding: Finding, root: string): void => {
    const { at, code, severity, message, accepted } = finding;
    add({
      file: shownPath(at.uri),
      ...place(at.uri).span(at.start, at.end),
      severity,
      code,
      message,
      related: finding.related.map((related) => ({
        file: shownPath(related.at.uri),
        ...place(related.at.uri).span(related.at.start, related.at.end),
        message: related.message,
      })),
      fixes: finding.fixes.map((fix) => problemFix(fix, session.texts)),
      finding,
      ...(accepted === undefined ? {} : { accepted: true }),
      about: partsOf(finding, root),
    });
  };
  for (const { findings, model } of session.models) for (const finding of findings) addFinding(finding, model.root);
  for (const finding of session.manifestFindings) addFinding(finding, finding.at.uri);
  const fingerprints = new Fingerprints();
  return [...found.values()]
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code ?? '', b.code ?? ''))
    .map(({ about, ...problem }) => ({ ...problem, fingerprint: fingerprints.of(about) }));
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
export class Places {
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
    this.starts = starts;
  }

  span(start: number, end: number): Span {
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

/** A rule's fix as changes of text. */
export function problemFix(fix: Fix, texts: ReadonlyMap<string, string>, gain?: FixGain): ProblemFix {
  return new LaterChanges(fix, texts, gain);
}

/** A fix whose changes are worked out when somebody writes them down: most reports print its title alone. */
class LaterChanges implements ProblemFix {
  readonly title: string;
  readonly safe: boolean;
  readonly gain?: FixGain;
  private readonly edits: readonly Edit[];

  constructor(
    { title, safe, edits }: Fix,
    private readonly texts: ReadonlyMap<string, string>,
    gain: FixGain | undefined,
  ) {
    if (gain !== undefined) this.gain = gain;
    this.title = title;
    this.safe = safe;
    this.edits = edits;
  }

  get changes(): readonly TextChange[] {
    return applyEdits(this.edits, (uri) => this.texts.get(uri));
  }
}
