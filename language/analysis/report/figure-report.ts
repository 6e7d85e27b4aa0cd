/** What a figure, its terms and their places are in the JSON of `drml analyze`. */

/** Where something is written. */
export interface PlaceReport {
  /** Path of the file, `/` between its parts, as seen from the folder given (of a file given: from the folder it lies in). */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column in UTF-16 units, from 1. */
  readonly column: number;
}

/** One named part of a time. */
export interface TermReport {
  /** What is done or waited for: `detect`, `restore`, `switch`. */
  readonly name: string;
  /** Seconds; null where it is not known. */
  readonly seconds: number | null;
  /** Whose part it is, or how it is counted. */
  readonly note?: string;
  /** Where the fact is written that it comes from. */
  readonly at?: PlaceReport;
}

/** A figure. Probabilities and shares are 0..1 and times are seconds, in full double precision, where its own description says no other unit. */
export interface FigureReport {
  /** The number where it is known, else null. */
  readonly value: number | null;
  /** Known; bounded by `lower` and `upper`; unknown, with what is missing; unbounded: no limit can be given; never: it does not come back. */
  readonly status: 'known' | 'bounded' | 'unknown' | 'unbounded' | 'never';
  /** The least it can be, of a bounded figure, in the figure's unit. */
  readonly lower?: number;
  /** The most it can be, of a bounded figure, in the figure's unit. */
  readonly upper?: number;
  /** What was promised, in the figure's unit; absent where nothing was. */
  readonly objective?: number;
  /** Whether the promise is kept: known where the figure, or what is known of it, can tell. Absent without an objective. */
  readonly verdict?: 'met' | 'missed' | 'unknown';
  /** What the model would have to state for the figure to be known. */
  readonly missing?: readonly string[];
  /** Why there is no limit, or why it does not come back. */
  readonly because?: string;
  /** The parts of a time in their order along the path that takes longest, a hundred at most. */
  readonly terms?: readonly TermReport[];
  /** How many terms more there are; absent where all are listed. */
  readonly termsLeftOut?: number;
  /** Assumptions that it rests on, as printed; see the list of `assumptions` for where they come from. */
  readonly assumptions?: readonly string[];
}
