/** The map of docs/architecture.md names every folder that is there, and no other; each of its invariants names a test that exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentPath } from './console-blocks.js';

const page = readFileSync(documentPath('docs/architecture.md'), 'utf8');
const map = /^## The map\n\n```\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

/** What is made and not written by anybody has no place on the map, wherever it lies. */
const isMade = (name: string): boolean => /^\.|^(node_modules|dist|generated)$/.test(name);

function foldersOf(path: string): readonly string[] {
  return readdirSync(documentPath(path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !isMade(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Folders of the map below a folder of it; of the project where none is named. */
function mappedBelow(parent: string | undefined): readonly string[] {
  const found: string[] = [];
  let top = '';
  for (const line of map.split('\n')) {
    const [, indent = '', name = ''] = /^( *)([\w-]+)\/(?: |$)/.exec(line) ?? [];
    if (name === '' || isMade(name)) continue;
    if (indent === '') top = name;
    if (indent === (parent === undefined ? '' : '  ') && (parent === undefined || top === parent)) found.push(name);
  }
  return found.sort();
}

describe('the map', () => {
  it('names every folder of the project', () => expect(mappedBelow(undefined)).toEqual(foldersOf('.')));

  it.each(['language', 'server'])('names every folder of %s', (folder) => {
    expect(mappedBelow(folder)).toEqual(foldersOf(folder));
  });
});

describe('what always holds', () => {
  const rows = /^\| Invariant \| Held by \|\n\|[-|]+\n([\s\S]*?)\n\n/m.exec(page)?.[1]?.split('\n') ?? [];

  it('is held by tests that are there', () => {
    expect(rows.length).toBeGreaterThan(50);
    const missing = rows.flatMap((row) => {
      const tests = [...row.matchAll(/`((?:test\/)?[\w./-]+)`/g)]
        .map(([, path = '']) => path)
        .filter((path) => /^test\/|\.test\.ts$/.test(path));
      // A second test of a row may go by its name alone: it lies beside the first.
      const folder = (tests[0] ?? '').replace(/[^/]*$/, '');
      const gone = tests.filter((path) => !existsSync(documentPath(path)) && !existsSync(documentPath(join(folder, path))));
      return tests.length === 0 ? [row] : gone;
    });
    expect(missing).toEqual([]);
  });
});
