/** What the lockfile promises: one copy of the protocol, pinned parsers, and no registry that only one machine can reach. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from './imports.js';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Package;
const lockText = readFileSync(join(project, 'package-lock.json'), 'utf8');
const lock = (JSON.parse(lockText) as { readonly packages: Readonly<Record<string, Package>> }).packages;

function copiesOf(name: string): readonly (string | undefined)[] {
  return Object.entries(lock)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version);
}

/** Two copies of the protocol have incompatible request types: the client's major version follows Langium's server. */
it.each(['vscode-languageserver-protocol', 'vscode-jsonrpc', 'vscode-languageserver', 'langium', 'chevrotain'])(
  'there is one copy of %s',
  (name) => {
    expect(copiesOf(name)).toEqual([expect.stringMatching(/^\d/)]);
  },
);

it('every dependency is pinned exactly, Langium above all: its parser is extended', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(wanted.langium).toBe(copiesOf('langium')[0]);
  expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('the lockfile names no registry', () => {
  expect(lockText).not.toContain('"resolved": "http');
  expect(Object.entries(lock).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
