/** Baselines: findings that a project had when it began to check, by fingerprint. */
import type { Model } from '../../language/model/model.js';
import type { Finding } from '../../language/rules/rule.js';
import { Fingerprints, partsOf } from './fingerprint.js';

export const baselineSchema = 'drml/baseline@1';

/** What is said of a file that is none. */
export const noBaseline = `no baseline of drml: expected { "schema": "${baselineSchema}", "findings": […] }.`;

/** The fingerprints of a baseline; undefined where the text is none. */
export function parseBaseline(text: string): ReadonlySet<string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isBaseline(value) ? new Set(value.findings.map(({ fingerprint }) => fingerprint)) : undefined;
}

/** The findings of a model that a baseline has. Those that are alike in all they are about are counted, in their order. */
export function findingsInBaseline(
  model: Model,
  findings: readonly Finding[],
  baseline: ReadonlySet<string>,
): ReadonlySet<Finding> {
  const fingerprints = new Fingerprints();
  return new Set(findings.filter((finding) => baseline.has(fingerprints.of(partsOf(finding, model.root)))));
}

function isBaseline(value: unknown): value is { readonly findings: readonly { readonly fingerprint: string }[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === baselineSchema &&
    'findings' in value &&
    Array.isArray(value.findings) &&
    value.findings.every(
      (entry: unknown) =>
        typeof entry === 'object' && entry !== null && 'fingerprint' in entry && typeof entry.fingerprint === 'string',
    )
  );
}
