/** Figures and places as plain data; keeps who rests on which assumption. */
import type { Source } from '../../model/fact.js';
import type { Model } from '../../model/model.js';
import { locate } from '../../model/queries.js';
import type { Figure, Term, Verdict } from '../figure.js';
import type { FigureReport, PlaceReport, TermReport } from './figure-report.js';
import { relativePath } from './relative-path.js';

/** So many terms of one figure are written: a chain of starts may have thousands. */
const mostTerms = 100;

/** Turns what the analysis of one model answers into plain data. */
export class Reporter {
  /** Sentence of an assumption → paths of the figures that rest on it, as `drml analyze --explain` takes them. */
  readonly assumed = new Map<string, Set<string>>();
  private readonly files = new Map<string, string>();

  /** `base`: address of the folder that paths are seen from. */
  constructor(
    private readonly model: Model,
    private readonly base: string,
  ) {}

  place({ uri, start }: Source): PlaceReport {
    const { line, character } = locate(this.model, uri, start);
    return { file: this.fileOf(uri), line: line + 1, column: character + 1 };
  }

  /** A figure with its terms and assumptions; `path` names it where its assumptions are listed. */
  figure(figure: Figure, path: string): FigureReport {
    for (const sentence of figure.assumptions) this.note(sentence, path);
    const terms = figure.terms.length === 0 ? {} : { terms: this.terms(figure.terms) };
    const more = figure.terms.length > mostTerms ? { termsLeftOut: figure.terms.length - mostTerms } : {};
    const assumptions = figure.assumptions.length === 0 ? {} : { assumptions: figure.assumptions };
    return { ...plainFigure(figure), ...terms, ...more, ...assumptions };
  }

  /** Terms as they stand, the first hundred. */
  terms(terms: readonly Term[]): readonly TermReport[] {
    return terms.slice(0, mostTerms).map(({ name, seconds, note, source }) => ({
      name,
      seconds: seconds ?? null,
      ...(note === undefined ? {} : { note }),
      ...(source === undefined ? {} : { at: this.place(source) }),
    }));
  }

  private note(sentence: string, path: string): void {
    const paths = this.assumed.get(sentence);
    if (paths === undefined) this.assumed.set(sentence, new Set([path]));
    else paths.add(path);
  }

  private fileOf(uri: string): string {
    let file = this.files.get(uri);
    if (file === undefined) {
      file = relativePath(this.base, uri);
      this.files.set(uri, file);
    }
    return file;
  }
}

/** A figure without its terms and assumptions: for tables, where the whole figure stands elsewhere. `scale` turns it into another unit. */
export function plainFigure(figure: Figure, scale = 1): FigureReport {
  const { verdict } = figure;
  const promised = verdict === undefined ? {} : { objective: verdict.target * scale, verdict: verdictName(verdict) };
  switch (figure.status) {
    case 'known':
      // JSON has no number for it.
      if (!Number.isFinite(figure.value)) return { value: null, status: 'unbounded', because: 'past every number', ...promised };
      return { value: figure.value * scale, status: figure.status, ...promised };
    case 'bounded':
      return {
        value: null,
        status: figure.status,
        lower: figure.lower * scale,
        ...(Number.isFinite(figure.upper) ? { upper: figure.upper * scale } : {}),
        ...promised,
      };
    case 'unknown':
      return { value: null, status: figure.status, missing: figure.missing, ...promised };
    case 'unbounded':
    case 'never':
      return { value: null, status: figure.status, because: figure.because, ...promised };
  }
}

function verdictName({ met }: Verdict): 'met' | 'missed' | 'unknown' {
  return met === undefined ? 'unknown' : met ? 'met' : 'missed';
}
