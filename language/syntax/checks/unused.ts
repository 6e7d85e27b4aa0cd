/** What a file brings or declares and nothing uses. Only what is certainly useless is told: what another file may use is left alone. */
import type { LangiumDocument } from 'langium';
import type { Component, Defaults, Policy, TopLevel } from '../../generated/ast.js';
import { fileOf, importClosure, importsOf } from '../imports.js';
import { excerpt, withArticle } from './phrases.js';
import { type Report, removal, spanOf, spanOfProperty } from './problem.js';
import type { Surroundings } from './surroundings.js';

/**
 * Reports imports that bring nothing, and, in a file with a `model` block, whose closure is the whole model: policies that nothing
 * in the file follows and defaults of kinds that the model does not have.
 */
export function checkUnused(around: Surroundings, report: Report): void {
  checkUselessImports(around, report);
  const { elements } = around.file;
  if (!elements.some(({ $type }) => $type === 'ModelBlock')) return;
  const policies = elements.filter(
    (element): element is Policy => element.$type === 'Policy' && element.name !== undefined && element.statements.length > 0,
  );
  if (policies.length > 0) checkPolicies(policies, elements, report);
  const defaults = elements.filter((element): element is Defaults => element.$type === 'Defaults' && element.kind !== undefined);
  if (defaults.length > 0) checkDefaults(defaults, around, report);
}

/**
 * An import whose files come by another import anyway, and of whose own names this file uses none; or of files that declare
 * nothing. What a root imports is part of its model whether its names are used or not, so all other imports do something.
 */
function checkUselessImports(around: Surroundings, report: Report): void {
  const imports = importsOf(around.document).flatMap(({ node, uri }) => {
    const target = uri === undefined ? undefined : around.documents.getDocument(uri);
    return target === undefined || target === around.document ? [] : [{ node, target }];
  });
  if (imports.length === 0) return;
  const { graph } = around.names();
  const times = new Map<LangiumDocument, number>();
  for (const { target } of imports) times.set(target, (times.get(target) ?? 0) + 1);
  const useless = new Set<LangiumDocument>();
  for (const { node, target } of imports) {
    // In a circle each brings the other; an import named twice has its own message.
    if (graph.reaches(target, around.document) || (times.get(target) ?? 0) > 1) continue;
    // Most files declare something themselves, and then what they import in turn does not matter.
    const brought = declaresNothing(target) ? importClosure(around.documents, target) : [target];
    const empty = brought.every(declaresNothing);
    const broken = brought.some(({ parseResult }) => parseResult.parserErrors.length > 0);
    const elsewhere = imports.find(
      (each) =>
        each.target !== target &&
        graph.reaches(each.target, target) &&
        !useless.has(each.target) &&
        !graph.reaches(each.target, around.document),
    );
    if (!(empty && !broken) && (elsewhere === undefined || uses(around.document, target))) continue;
    useless.add(target);
    const why =
      elsewhere === undefined
        ? 'declares nothing'
        : `comes with \`${excerpt(elsewhere.node.path)}\`, and no name of it is used here`;
    report({
      severity: 'warning',
      code: 'syntax/unused-import',
      message: `\`${excerpt(node.path)}\` ${why}. Leave this import out.`,
      at: spanOf(node),
      fix: removal(node, 'Remove this import'),
      unnecessary: true,
    });
  }
}

function declaresNothing(document: LangiumDocument): boolean {
  return (fileOf(document)?.elements ?? []).every(({ $type }) => $type === 'Import');
}

function uses(document: LangiumDocument, target: LangiumDocument): boolean {
  const uri = target.uri.toString();
  return document.references.some((reference) =>
    'items' in reference
      ? reference.items.some((item) => item.$nodeDescription?.documentUri.toString() === uri)
      : reference.$nodeDescription?.documentUri.toString() === uri,
  );
}

function checkPolicies(policies: readonly Policy[], elements: readonly TopLevel[], report: Report): void {
  const waiting = new Map(policies.map((policy) => [policy.name, policy]));
  for (const element of elements) {
    // Mostly the first few components follow all there are.
    if (waiting.size === 0) return;
    if (element.$type !== 'Component' && element.$type !== 'Journey') continue;
    for (const statement of element.statements)
      if (statement.$type === 'Follows') for (const { policy } of statement.policies) waiting.delete(policy?.$refText ?? '');
  }
  for (const policy of waiting.values()) {
    report({
      severity: 'warning',
      code: 'syntax/unused-policy',
      message: `Nothing follows policy \`${excerpt(policy.name)}\`. Write \`follows ${excerpt(policy.name)}\` where it should hold, or leave it out.`,
      at: spanOfProperty(policy, 'name'),
      fix: removal(policy, 'Remove this policy'),
      unnecessary: true,
    });
  }
}

function checkDefaults(defaults: readonly Defaults[], around: Surroundings, report: Report): void {
  const waiting = new Set(defaults.map(({ kind }) => kind));
  for (const document of [...around.closure()].reverse()) {
    const components = (fileOf(document)?.elements ?? []).filter(
      (element): element is Component => element.$type === 'Component',
    );
    for (const { kind } of components) waiting.delete(kind);
    if (waiting.size === 0) return;
  }
  for (const each of defaults) {
    if (!waiting.has(each.kind)) continue;
    report({
      severity: 'warning',
      code: 'syntax/unused-defaults',
      message: `This model has no ${each.kind}, so these defaults hold for nothing. Declare ${withArticle(each.kind ?? '')}, or leave them out.`,
      at: spanOfProperty(each, 'kind'),
      fix: removal(each, 'Remove these defaults'),
      unnecessary: true,
    });
  }
}
