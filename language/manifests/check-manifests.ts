/** Judges manifests by all rules: the one way from YAML to findings. */
import type { Config } from '../rules/config.js';
import { ruleFailed } from '../rules/dr099-rule-failed.js';
import type { Finding } from '../rules/rule.js';
import { isOff, levelFor } from '../rules/severities.js';
import { checkFields } from './fields/check-fields.js';
import { ManifestIndex } from './manifest-index.js';
import type { ManifestContext, ManifestRule } from './manifest-rule.js';
import { manifestSets } from './manifest-sets.js';
import type { ManifestFile, ReadManifests } from './read-manifests.js';
import { manifestRules } from './registry.js';
import { unsaidProblems } from './unsaid-problems.js';
import { inVariants } from './variant-findings.js';
import type { ManifestProblem } from './yaml-tree.js';

export interface JudgedManifests {
  /** What is wrong with the text, and with values of fields. */
  readonly problems: readonly ManifestProblem[];
  /** Sorted by file, place and code. */
  readonly findings: readonly Finding[];
}

/** The problems and findings of manifests. `configOf`: the settings for a file. Never throws. */
export function checkManifests(
  files: readonly ManifestFile[],
  read: ReadManifests,
  configOf: (uri: string) => Config = () => ({}),
): JudgedManifests {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const textOf = (uri: string): string => texts.get(uri) ?? '';
  const written = new ManifestIndex(read);
  const { sets, builds, problems: ofSets } = manifestSets(files, read);
  const fieldProblems = [
    ...written.objects.flatMap((manifest) => checkFields(manifest, !manifest.isWhole).problems),
    ...written.patches.flatMap((manifest) => checkFields(manifest, true).problems),
  ];
  const first = files[0]?.path ?? '';
  const ofText = manifestRules.filter((rule) => rule.ofText === true);
  const asBuilt = manifestRules.filter((rule) => rule.ofText !== true);
  const found = [
    ...ofText.flatMap((rule) => foundBy(rule, { index: written, textOf }, first)),
    ...inVariants(
      sets.map(({ index, builds: of }) => ({
        builds: of,
        found: asBuilt.flatMap((rule) => foundBy(rule, { index, textOf }, first)),
      })),
      builds,
    ),
  ];
  const order = new Map(files.map(({ path }, position) => [path, position]));
  const tiers = new Map(
    [written, ...sets.map(({ index }) => index)].flatMap(({ workloads }) => workloads.map(({ title, tier }) => [title, tier])),
  );
  const findings = found
    .flatMap((one) => {
      const config = configOf(one.at.uri);
      if (isOff(config, one.code)) return [];
      const level = levelFor(config.rules?.[one.code], tiers.get(one.subject));
      return level === 'off' ? [] : [level === undefined ? one : { ...one, severity: level }];
    })
    .sort(
      (a, b) =>
        (order.get(a.at.uri) ?? 0) - (order.get(b.at.uri) ?? 0) ||
        a.at.start - b.at.start ||
        (a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
        a.at.end - b.at.end,
    );
  const doubts = unsaidProblems(sets.map(({ index }) => index));
  return { problems: [...read.problems, ...ofSets, ...fieldProblems, ...doubts], findings };
}

/** What a rule says; where it fails, that is a finding of its own at the start of the first file. */
function foundBy(rule: ManifestRule, context: ManifestContext, first: string): readonly Finding[] {
  try {
    return rule.check(context).map((raw) => ({ ...raw, code: rule.code, severity: raw.severity ?? rule.severity }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const { code, severity } = ruleFailed;
    const message = `${rule.code} could not judge these manifests: ${reason}. This is a defect of DRML.`;
    return [
      { code, severity, message, at: { uri: first, start: 0, end: 0 }, related: [], fixes: [], subject: rule.code, causes: [] },
    ];
  }
}
