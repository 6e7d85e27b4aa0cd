/**
 * What a model and the manifests that its components name say against each other, as findings like all others: with severities of the
 * settings and acceptances. A host has to read the files and to generate before; nothing here does.
 */
import { type Source, sourceOf } from '../model/fact.js';
import type { GenerationProblem } from '../model/generation-problem.js';
import type { Component, Model } from '../model/model.js';
import { componentsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import { checkBeside, namesManifests } from './check.js';
import type { Config } from './config.js';
import { manifestContradiction } from './dr103-manifest-contradiction.js';
import { manifestUnusable } from './dr104-manifest-unusable.js';
import type { Finding, Fix } from './rule.js';

/** The findings of {@link manifestContradiction} and {@link manifestUnusable}. `problems`: what generating has said with those files at hand. */
export function ownManifestFindings(
  model: Model,
  problems: readonly GenerationProblem[],
  asOf: string,
  config: Config = {},
): readonly Finding[] {
  if (!namesManifests(model)) return [];
  const named = new Set(
    model.components.flatMap(({ deployment: { manifest } }) => (manifest === undefined ? [] : placeKey(sourceOf(manifest)))),
  );
  const components = componentsByName(model);
  const found = problems.flatMap((problem): readonly Finding[] => {
    const component = components.get(problem.component ?? '');
    if (component === undefined) return [];
    const accept = (code: string): Fix => acceptFix(code, component, model, asOf);
    if (problem.kind === 'contradiction') return [contradiction(component, problem, accept)];
    return problem.kind === 'missing' && named.has(placeKey(problem.source)) ? [unusable(component, problem, accept)] : [];
  });
  return checkBeside(found, [manifestContradiction, manifestUnusable], model, asOf, config);
}

function contradiction(
  { name }: Component,
  { message, source, other, field = '', mended }: GenerationProblem,
  accept: (code: string) => Fix,
): Finding {
  const { code, severity } = manifestContradiction;
  const write: Fix[] =
    other === undefined || mended === undefined
      ? []
      : [{ title: `Write ${mended} in the manifest`, edits: [{ kind: 'exact', at: other, text: mended }], safe: false }];
  return {
    code,
    severity,
    message,
    at: source,
    related: other === undefined ? [] : [{ message: 'The manifest says something else here.', at: other }],
    fixes: [...write, accept(code)],
    subject: name,
    causes: [`manifest:${name} ${field}`],
  };
}

function unusable({ name }: Component, { message, source }: GenerationProblem, accept: (code: string) => Fix): Finding {
  const { code, severity } = manifestUnusable;
  return { code, severity, message, at: source, related: [], fixes: [accept(code)], subject: name, causes: [`manifest:${name}`] };
}

function placeKey(source: Source | undefined): string {
  return source === undefined ? '' : `${source.uri} ${source.start}`;
}
