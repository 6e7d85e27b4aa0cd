/** Reads generated trees back for assertions. */
import { parse } from 'yaml';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';

/** A parsed document; `unknown` below, so that a test says what it expects. */
export type Parsed = Record<string, unknown>;

export function parsed(tree: GeneratedTree, path: string): Parsed {
  const file = tree.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} among\n${tree.files.map((one) => one.path).join('\n')}`);
  return parse(file.content) as Parsed;
}

/** The parsed document of one file of a model's manifests. */
export function generated(model: Model, path: string): Parsed {
  return parsed(generateManifests(model, noOwnFiles), path);
}

/** The value under a path of keys and indices, `undefined` where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

export function paths(tree: GeneratedTree): readonly string[] {
  return tree.files.map((file) => file.path);
}

export function messages(tree: GeneratedTree): string {
  return tree.problems.map((problem) => problem.message).join('\n');
}

/** The pod of a workload. */
export const pod = ['spec', 'template', 'spec'] as const;
/** Its container. */
export const container = [...pod, 'containers', 0] as const;
