/** Hovers on statements show the figure that the statement is about, line for line as the command line prints it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { analyze } from '../../../language/analysis/analyze.js';
import { explanationAt } from '../../../language/analysis/explain-path.js';
import { breakdownText } from '../../../server/lsp/breakdown-text.js';
import { project } from '../../architecture/imports.js';
import { parseFiles } from '../../language/model-of.js';
import { drml } from '../cli/program.js';
import { LspClient } from './lsp-client.js';

const model = `model m { currency USD }
region r1 { mtbf 99d  mttr 1d  zones a, b  quota cpu 4 }
region r2 { zones a, b }
service web {
  cpu 1
  runs 2 in r1
  runs 2 in r2 as hot standby
  load 10rps peak 15rps  capacity 10rps
  mtbf 30d  mttr 5m
  cost 10 USD/month each
  failover { detect 30s  decide automatic  switch dns ttl 60s }
  requires adyen { timeout 900ms  retries 2 each 300ms }
  objective { availability 99.9%  region-loss { rto 1m  rpo 0s } }
}
external adyen { availability 99.95% }
journey buy { requires web  outage costs 60 USD/h }
scenario r1-lost { fails r1  expect buy up rto <= 5m  expect web down }
`;

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

async function hover(text: string, before = 1): Promise<string> {
  expect(model).toContain(text);
  const fixture = model.replace(text, `${text.slice(0, before)}<|>${text.slice(before)}`);
  const answer = await client.ask<Hover | null>('textDocument/hover', 'figures.drml', fixture);
  return MarkupContent.is(answer?.contents) ? answer.contents.value : '';
}

describe('a hover on', () => {
  test.each([
    // 15 rps of 2 × 10 rps.
    ['load 10rps', 1, 'web utilisation at peak 75%'],
    ['15rps', 1, 'web utilisation at peak 75%'],
    ['capacity 10rps', 1, 'web utilisation at peak 75%'],
    ['quota cpu', 1, 'r1 capacity'],
    // Four instances, 10 USD a month each.
    ['cost 10', 1, '480 USD a year'],
    ['outage costs', 1, 'buy downtime cost'],
    ['timeout 900ms', 1, 'web \u2192 adyen all tries 900 ms'],
    ['availability 99.9%', 1, 'web availability 99.9'],
    // 30 s + 60 s.
    ['rto 1m', 1, 'web region-loss RTO 1 min 30 s'],
    ['1m  rpo', 1, 'web region-loss RTO 1 min 30 s'],
    ['r1-lost', 1, '1 of 2 expectations met'],
    ['expect buy', 1, 'expect buy up rto <= 5 min'],
    ['expect web', 1, 'web up, expected down: missed'],
  ])('%s tells its figure', async (text, before, says) => {
    expect((await hover(text, before)).replaceAll('\\', '')).toContain(says);
  });

  test('an expectation tells of itself alone', async () => {
    expect(await hover('expect buy')).not.toContain('expect web');
  });

  test('a promise says whether it is kept', async () => {
    expect(await hover('rto 1m')).toContain('objective 1 min: missed');
    expect(await hover('rpo 0s')).toContain('objective 0 s: met');
  });

  test('a journey tells what its outages come to and what to fix first', async () => {
    const shown = await hover('journey buy', 9);
    expect(shown).toMatch(/^Down [\d.]+ h\/yr, .* a month; outages: [\d.]+ a year, .* each$/m);
    expect(shown).toMatch(/^What to fix first:\n- 99\.\d+% \u2192 99\.\d+% without adyen/m);
  });

  test('a number of which nothing is computed tells nothing', async () => {
    expect(await hover('30d')).toBe('');
  });
});

describe('hover and command line', () => {
  const files = Object.fromEntries(
    ['shop.drml', 'platform.drml', 'sites.drml'].map((name) => [
      name,
      readFileSync(join(project, 'examples/shop', name), 'utf8'),
    ]),
  );

  /** The words of a bullet without its markup. */
  const plain = (bullet: string): string =>
    bullet
      .replace(/^( *)- /, '$1')
      .replace(/ \((?:\[([^\]]*)\]\([^)]*\))?(?:, )?([^()]*)\)$/, (_, place = '', origin = '') =>
        place === '' && origin !== 'assumed' ? ` (${origin})` : ` [${[place, origin].filter((part) => part !== '').join(', ')}]`,
      )
      .replace(/: `([^`]*)`/, ' $1')
      .replaceAll('\\', '');

  test.each([
    'place-order.availability',
    'orders.availability',
    'orders.switching',
    'place-order.downtime',
    'place-order.contributions',
    'orders-db.cut-sets',
    'orders.capacity',
    'orders.calls',
    'place-order.region-loss.rto',
    'orders-db.corruption.rpo',
  ])('%s is the same tree', async (path) => {
    const { model: shop } = await parseFiles(files);
    const tree = explanationAt(analyze(shop, { asOf: '2026-11-21' }), path);
    if (tree === undefined) throw new Error(`there is no ${path}`);
    const shown = breakdownText(tree, shop, { path, most: Number.POSITIVE_INFINITY });
    const { out } = await drml(project, 'analyze', 'examples/shop', '--explain', path, '--as-of', '2026-11-21');
    const oneBlank = (text: string): string => text.replace(/(?<=\S) +/g, ' ');
    expect(shown.split('\n').map(plain).map(oneBlank)).toEqual(out.trimEnd().split('\n').map(oneBlank));
  });

  test('what does not fit is counted, with the command that prints all', async () => {
    const { model: shop } = await parseFiles(files);
    const path = 'place-order.contributions';
    const tree = explanationAt(analyze(shop, { asOf: '2026-11-21' }), path);
    if (tree === undefined) throw new Error(`there is no ${path}`);
    const shown = breakdownText(tree, shop, { path, most: 5 }).split('\n');
    expect(shown).toHaveLength(6);
    expect(shown[5]).toBe(`- and ${tree.children.length - 4} more terms: \`drml analyze --explain ${path}\``);
  });
});
