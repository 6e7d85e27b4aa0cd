/** Judges `.drml` text as the tools do, and carries out fixes on it: what the tests of rules and of edits stand on. */
import { analyze } from '../../../language/analysis/analyze.js';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import { generateManifests, type OwnFile, type OwnFiles, ownManifestFiles } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';
import { checkModel } from '../../../language/rules/check.js';
import type { Config } from '../../../language/rules/config.js';
import { ownManifestFindings } from '../../../language/rules/own-manifests.js';
import type { Finding, Fix } from '../../../language/rules/rule.js';
import { parseFiles } from '../model-of.js';

/** The day as of which the tests judge. */
export const testDay = '2026-11-21';

export interface Judged {
  readonly model: Model;
  readonly findings: readonly Finding[];
  /** Messages of the parser and of the checks: a fixture, and what a fix leaves, has none of severity error. */
  readonly problems: readonly string[];
}

/** The findings of one file. */
export async function judge(text: string, config: Config = {}): Promise<Judged> {
  const { documents, model } = await parseFiles({ 'model.drml': text });
  const problems = documents.flatMap((document) => [
    ...document.parseResult.lexerErrors.map((error) => error.message),
    ...document.parseResult.parserErrors.map((error) => error.message),
    ...(document.diagnostics ?? [])
      .filter((diagnostic) => diagnostic.severity === 1)
      .map((diagnostic) => String(diagnostic.message)),
  ]);
  const findings = checkModel(model, analyze(model, { asOf: testDay }), config);
  const failures = findings.filter((finding) => finding.code === 'DR099').map((finding) => finding.message);
  return { model, findings, problems: [...new Set([...problems, ...failures])] };
}

/** As {@link judge}, with the findings of manifests that the model names. `files`: those that there are, by the ends of their paths. */
export async function judgeBeside(text: string, files: Readonly<Record<string, string>>, config: Config = {}): Promise<Judged> {
  const judged = await judge(text, config);
  const found: OwnFiles = new Map(
    ownManifestFiles(judged.model).flatMap(({ uri = '', path }): readonly (readonly [string, OwnFile])[] => {
      const file = files[path];
      return file === undefined ? [] : [[uri, { text: file }]];
    }),
  );
  const { problems } = generateManifests(judged.model, found, () => false);
  return { ...judged, findings: [...judged.findings, ...ownManifestFindings(judged.model, problems, testDay, config)] };
}

/** The text with a fix carried out. */
export function fixed(text: string, fix: Fix): string {
  return changedText(
    text,
    applyEdits(fix.edits, () => text),
  );
}
