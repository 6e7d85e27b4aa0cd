import { readFileSync } from 'node:fs';
import type { Problem } from './problem-list.js';
import { UnusableInput } from './unusable-input.js';

const schema = 'drml/baseline@1';

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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isBaseline(value))
    throw new UnusableInput(`${path}: no baseline of drml: expected { "schema": "${schema}", "findings": […] }.`);
  return { fingerprints: new Set(value.findings.map(({ fingerprint }) => fingerprint)) };
}

/** The open findings of rules as a baseline, one a line so that changes of it read well. What the language finds is never part of it. */
export function baselineText(problems: readonly Problem[]): string {
  const lines = problems
    .filter(({ finding, accepted }) => finding !== undefined && accepted !== true)
    .map(({ fingerprint, code, finding, message }) => JSON.stringify({ fingerprint, code, subject: finding?.subject, message }))
    .sort();
  return `{\n  "schema": "${schema}",\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}${lines.length === 0 ? '' : '\n  '}]\n}\n`;
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

function isBaseline(value: unknown): value is { readonly findings: readonly { readonly fingerprint: string }[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === schema &&
    'findings' in value &&
    Array.isArray(value.findings) &&
    value.findings.every(
      (entry: unknown) =>
        typeof entry === 'object' && entry !== null && 'fingerprint' in entry && typeof entry.fingerprint === 'string',
    )
  );
}
