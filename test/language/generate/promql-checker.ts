/** Checks expressions of Prometheus as its own editor does: syntax, types, arity, matching of vectors. */
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import type { GeneratedTree } from '../../../language/generate/index.js';
import { at } from './tree-reader.js';

// All of them as CommonJS: the checker finds the tree only through the copy of the library that it loads itself.
const require = createRequire(import.meta.url);
const { EditorState } = require('@codemirror/state') as typeof import('@codemirror/state');
const { ensureSyntaxTree } = require('@codemirror/language') as typeof import('@codemirror/language');
const { promQLLanguage, LanguageType } =
  require('@prometheus-io/codemirror-promql') as typeof import('@prometheus-io/codemirror-promql');
const { Parser } = require('@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js') as {
  readonly Parser: new (
    state: unknown,
  ) => {
    analyze(): void;
    getDiagnostics(): readonly { readonly message: string }[];
  };
};

const language = promQLLanguage(LanguageType.PromQL);

/** What is wrong with an expression, empty where nothing is. */
export function promqlComplaints(expression: string): readonly string[] {
  const state = EditorState.create({ doc: expression, extensions: language });
  if (ensureSyntaxTree(state, expression.length, 10_000) === null) return ['not read to its end'];
  // The state still holds what it had read when it was made; an empty change takes over the rest.
  const parser = new Parser(state.update({}).state);
  parser.analyze();
  return parser.getDiagnostics().map(({ message }) => message);
}

/** One rule as it was written. */
export interface WrittenRule {
  readonly path: string;
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** All rules of a tree. */
export function rulesOf(tree: GeneratedTree): readonly WrittenRule[] {
  return ruleFiles(tree).flatMap(({ path, groups }) =>
    (groups as { rules: Omit<WrittenRule, 'path'>[] }[]).flatMap(({ rules }) => rules.map((rule) => ({ path, ...rule }))),
  );
}

/** The groups of each PrometheusRule of a tree: what Prometheus itself reads. */
export function ruleFiles(tree: GeneratedTree): readonly { readonly path: string; readonly groups: readonly unknown[] }[] {
  return tree.files
    .filter(({ path }) => path.startsWith('observability/rules/') && !path.endsWith('kustomization.yaml'))
    .map(({ path, content }) => ({ path, groups: at(parse(content), 'spec', 'groups') as readonly unknown[] }));
}

/** The queries of a tree's dashboards. */
export function dashboardQueries(tree: GeneratedTree): readonly string[] {
  return tree.files
    .filter(({ path }) => path === 'observability/dashboards/dashboard.yaml')
    .flatMap(({ content }) => Object.values(at(parse(content), 'data') as Record<string, string>))
    .flatMap((json) => (JSON.parse(json) as { panels: { targets: { expr: string }[] }[] }).panels)
    .flatMap(({ targets }) => targets.map(({ expr }) => expr));
}
