/** Judges YAML as the tools do, and carries out fixes on it. */
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import { checkManifests } from '../../../language/manifests/check-manifests.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';
import type { ManifestProblem } from '../../../language/manifests/yaml-tree.js';
import type { Config } from '../../../language/rules/config.js';
import type { Finding, Fix } from '../../../language/rules/rule.js';

export interface JudgedText {
  readonly findings: readonly Finding[];
  readonly problems: readonly ManifestProblem[];
}

/** The findings of one file. */
export function judgeYaml(text: string, config: Config = {}): JudgedText {
  const files = [{ path: 'a.yaml', text }];
  return checkManifests(files, readManifests(files), () => config);
}

/** The text with a fix carried out. */
export function fixedYaml(text: string, { edits }: Fix): string {
  return changedText(
    text,
    applyEdits(edits, () => text),
  );
}
