import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentPath } from './console-blocks.js';

const pages = (folder: string): readonly string[] =>
  readdirSync(documentPath(folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));

const incidents = readdirSync(documentPath(join('examples', 'incidents')), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);

const documents = [
  'README.md',
  'CHANGELOG.md',
  ...pages('docs'),
  ...pages(join('docs', 'rules')),
  ...pages(join('examples', 'incidents')),
  ...incidents.flatMap(({ name }) => pages(join('examples', 'incidents', name))),
];
const link = /\]\(([^)\s]+)\)/g;

describe.each(documents)('%s', (document) => {
  const text = readFileSync(documentPath(document), 'utf8');

  it('links to files that are there', () => {
    const targets = [...text.matchAll(link)].map(([, target = '']) => target).filter((target) => !/^(https?:|#)/.test(target));
    const missing = targets.filter((target) => !existsSync(join(dirname(documentPath(document)), target.replace(/#.*$/, ''))));
    expect(missing).toEqual([]);
  });

  it('names tests and scripts that are there', () => {
    const named = [...text.matchAll(/`((?:test|scripts|language|server|client|media)\/[\w./-]+\.(?:ts|mjs|json))`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(documentPath(path)))).toEqual([]);
  });
});
