/** Findings of several variants of the same manifests, each told once. */
import type { Finding, Severity } from '../rules/rule.js';
import type { KustomizeBuild } from './kustomize-trees.js';
import { spokenFolder } from './manifest-sets.js';

/** What is found where some builds stand side by side. */
export interface VariantFindings {
  readonly builds: readonly KustomizeBuild[];
  readonly found: readonly Finding[];
}

const weight: { readonly [severity in Severity]: number } = { error: 2, warning: 1, info: 0 };

/**
 * Each finding once, in its severest form. Where some variants that have the file do not draw it, those that do are named.
 * @param all every build of the files
 */
export function inVariants(variants: readonly VariantFindings[], all: readonly KustomizeBuild[]): readonly Finding[] {
  const byKey = new Map<string, { readonly finding: Finding; readonly builds: ReadonlySet<KustomizeBuild> }>();
  for (const { builds, found } of variants) {
    for (const finding of found) {
      const { code, at, causes } = finding;
      const key = JSON.stringify([code, at.uri, at.start, causes]);
      const known = byKey.get(key);
      const drawing = new Set([...(known?.builds ?? []), ...builds.filter(({ files }) => files.has(at.uri))]);
      const isWorse = known === undefined || weight[finding.severity] > weight[known.finding.severity];
      byKey.set(key, { finding: isWorse ? finding : known.finding, builds: drawing });
    }
  }
  return [...byKey.values()].map(({ finding, builds }) => {
    const having = all.filter(({ files }) => files.has(finding.at.uri));
    if (builds.size === having.length) return finding;
    const named = [...builds].map((build) => ({
      message: `This holds in ${spokenFolder(build)}, and not in all ${having.length} that use this file.`,
      at: { uri: build.path, start: 0, end: 0 },
    }));
    return { ...finding, related: [...finding.related, ...named] };
  });
}
