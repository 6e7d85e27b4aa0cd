/** What `drml check --format json` prints. docs/check.schema.json is made from these types. */

/** A stretch of a file. Lines and columns from 1, columns in UTF-16 code units; the end is the place after the last letter. */
export interface Stretch {
  /** Path of the file, from the folder that the command ran in. */
  readonly file: string;
  /** First line. */
  readonly line: number;
  /** First column. */
  readonly column: number;
  /** Last line. */
  readonly endLine: number;
  /** The column after the last letter. */
  readonly endColumn: number;
}

/** A place that is involved, and how. */
export interface RelatedEntry extends Stretch {
  /** What it has to do with the problem. */
  readonly message: string;
}

/** One stretch of text, and what takes its place. */
export interface ChangeEntry extends Stretch {
  /** The text that takes the place of the stretch; empty where it is removed. */
  readonly text: string;
}

/** What a fix does to availability. */
export interface GainEntry {
  /** The strictest journey that is down without what the finding is about; what it is about itself where there is none. */
  readonly subject: string;
  /** Unavailability without the fix, 0..1. */
  readonly before: number;
  /** Unavailability with the fix, 0..1. */
  readonly after: number;
  /** Both as availabilities, for people: `place-order 99.91% → 99.97%`. */
  readonly text: string;
}

/** A way to mend a problem. */
export interface FixEntry {
  /** What it does, in words. */
  readonly title: string;
  /** Whether `drml check --fix` makes it without asking. */
  readonly safe: boolean;
  /** What it does to availability: only where it was tried out and something changes. */
  readonly gain?: GainEntry;
  /** The changes of text, all of them against the text as it is now. */
  readonly changes: readonly ChangeEntry[];
}

/** A problem of the language, of the settings, or a finding of a rule. */
export interface ProblemEntry extends Stretch {
  /** How much it counts. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Code of the rule, or of the language's check; absent for what could not be read, and for problems of settings. */
  readonly code?: string;
  /** What is wrong and what clears it. */
  readonly message: string;
  /** Knows the problem again after other lines have changed: what a baseline holds. */
  readonly fingerprint: string;
  /** True where the model accepts it. */
  readonly accepted?: boolean;
  /** True where the baseline has it. */
  readonly known?: boolean;
  /** Component, journey or site that the finding is about. */
  readonly subject?: string;
  /** Address of the page of the rule. */
  readonly help?: string;
  /** What else is involved. */
  readonly related?: readonly RelatedEntry[];
  /** Ways to mend it: those that gain most first, an accepted risk last. */
  readonly fixes?: readonly FixEntry[];
}

/** How many problems of each kind there are; those that are accepted or in the baseline are none of the first three. */
export interface CheckCounts {
  /** Errors. */
  readonly errors: number;
  /** Warnings. */
  readonly warnings: number;
  /** Notes. */
  readonly infos: number;
  /** Findings that the model accepts. */
  readonly accepted: number;
  /** Problems that the baseline has, and the model does not accept. */
  readonly known: number;
}

/** All problems, in the order of file and place, and their counts. */
export interface ProblemsReport {
  /** Changes with the meaning of a field that exists; new fields may be added. */
  readonly schema: 'drml/check@1';
  /** Accepted problems and those in the baseline are among them, marked. */
  readonly problems: readonly ProblemEntry[];
  /** The counts. */
  readonly summary: CheckCounts;
}
