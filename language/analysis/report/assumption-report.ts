/** What is assumed in a report, and by which of its figures. */
import { assumptionTable } from '../../model/assumptions.js';
import type { Reporter } from './reporter.js';

/** One assumption that figures of the report rest on. */
export interface AssumptionReport {
  /** As printed, and as figures list it: `common cause 5%`. */
  readonly text: string;
  /** Its row in the table of assumptions of docs/figures.md; null for what follows from how a figure is computed. */
  readonly code: string | null;
  /** Where the row of the table comes from; null without a row. */
  readonly source: string | null;
  /** How many figures rest on it. */
  readonly count: number;
  /** Figures that rest on it, by name as `drml analyze --explain` takes them, the first hundred. */
  readonly figures: readonly string[];
}

const mostFigures = 100;

/** The assumptions that a reporter has met, by their text. */
export function assumptionReports({ assumed }: Reporter): readonly AssumptionReport[] {
  const table = new Map(assumptionTable.map((row) => [row.sentence, row]));
  return [...assumed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, paths]) => {
      const row = table.get(text);
      return {
        text,
        code: row?.code ?? null,
        source: row?.source ?? null,
        count: paths.size,
        figures: [...paths].sort().slice(0, mostFigures),
      };
    });
}
