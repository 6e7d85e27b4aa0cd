import { readFileSync } from 'node:fs';
import { baselineSchema, noBaseline, parseBaseline } from '../files/baseline.js';
import type { ConfigReport } from '../files/config-files.js';
import type { Problem } from './problem-list.js';
import { UnusableInput } from './unusable-input.js';

/** Findings that a project had when it began to check, by fingerprint. */
export interface Baseline {
  readonly fingerprints: ReadonlySet<string>;
}

/** Reads a baseline. Throws {@link UnusableInput} where the file is missing or is none. */
export function readBaseline(path: string): Baseline {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInput(`${path}: the baseline cannot be read: ${reason}. "drml check --write-baseline ${path}" makes one.`);
  }
  const fingerprints = parseBaseline(text);
  if (fingerprints === undefined) throw new UnusableInput(`${path}: ${noBaseline}`);
  return { fingerprints };
}

/** What the baselines hold that settings name; undefined where none does. */
export function baselineOfSettings(configs: readonly ConfigReport[]): Baseline | undefined {
  const named = configs.flatMap(({ baseline }) => baseline ?? []);
  return named.length === 0 ? undefined : { fingerprints: new Set(named.flatMap(({ fingerprints }) => [...fingerprints])) };
}

/** The open findings of rules as a baseline, one a line so that changes of it read well. What the language finds is never part of it. */
export function baselineText(problems: readonly Problem[]): string {
  const lines = problems
    .filter(({ finding, accepted }) => finding !== undefined && accepted !== true)
    .map(({ fingerprint, code, finding, message }) => JSON.stringify({ fingerprint, code, subject: finding?.subject, message }))
    .sort();
  return `{\n  "schema": "${baselineSchema}",\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}${lines.length === 0 ? '' : '\n  '}]\n}\n`;
}

/** Problems with those marked that the baseline has, and how many of the baseline are gone. */
export function againstBaseline(
  problems: readonly Problem[],
  { fingerprints }: Baseline,
): { readonly problems: readonly Problem[]; readonly gone: number } {
  const marked = problems.map((problem) =>
    problem.finding !== undefined && fingerprints.has(problem.fingerprint) ? { ...problem, known: true } : problem,
  );
  return { problems: marked, gone: fingerprints.size - marked.filter(({ known }) => known === true).length };
}
