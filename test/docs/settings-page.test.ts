import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { project, sourceFiles } from '../architecture/imports.js';

describe('docs/settings.md', () => {
  it('is what package.json says', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(project, 'scripts', 'settings-docs.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('has every setting', () => {
    const page = readFileSync(join(project, 'docs', 'settings.md'), 'utf8');
    for (const name of Object.keys(manifest.contributes.configuration.properties)) expect(page).toContain(`| \`${name}\` |`);
  });
});

it('nothing opens a connection, as docs/privacy.md says', () => {
  const ways =
    /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|from 'node:(http|https|net|dgram|tls)'|createTelemetryLogger/;
  const found = sourceFiles(['language', 'server', 'client', 'media']).filter(({ text }) => ways.test(text));
  expect(found.map(({ path }) => path)).toEqual([]);
});

it('nothing starts a program or evaluates text, as docs/privacy.md says', () => {
  const ways = /node:child_process|\beval\(|new Function\(|createTerminal|tasks\.executeTask/;
  const found = sourceFiles(['language', 'server', 'client', 'media']).filter(({ text }) => ways.test(text));
  expect(found.map(({ path }) => path)).toEqual([]);
});
