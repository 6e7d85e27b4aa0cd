import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import {
  type DiagramResult,
  diagramRequest,
  type HealthResult,
  healthRequest,
  type ManifestsResult,
  manifestsRequest,
  type ReportResult,
  reportRequest,
} from '../../../server/lsp/protocol.js';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

let client: LspClient;
afterEach(async () => {
  await client.stop();
});

function ask<R>(method: string, path: string): Promise<R> {
  return client.connection.sendRequest<R>(method, { uri: client.uri(path) });
}

test('the picture of a model, with the version it was made from', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const result = await ask<DiagramResult>(diagramRequest, 'shop.drml');
  expect(result.version).toBe(1);
  expect(result.diagram?.nodes.map(({ id }) => id).sort()).toEqual(['backup', 'orders', 'orders-db', 'place-order', 'vault']);
});

test('of a broken file there is a reason instead of a picture', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  await client.edit('shop.drml', 0, 0, 'service {{{ \n');
  const result = await ask<DiagramResult>(diagramRequest, 'shop.drml');
  expect(result).toMatchObject({ version: 2, diagram: null });
  expect(result.problem).toContain('shop.drml');
});

test('the manifests of a model, nothing written', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const result = await ask<ManifestsResult>(manifestsRequest, 'shop.drml');
  expect(result.root).toBe(client.uri('shop.drml'));
  expect(result.files.map(({ path }) => path)).toContain('base/orders/deployment.yaml');
  expect(result.problems.join('\n')).toContain('image');
});

test('the report of a model, with the sums of the texts as they stand in the editor', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
  const first = await ask<ReportResult>(reportRequest, 'shop.drml');
  expect(first).toMatchObject({ root: client.uri('shop.drml'), model: 'shop' });
  expect(first.markdown).toMatch(/^# Disaster recovery report: /);
  expect(first.markdown).toContain(`| shop.drml | \`${sum(shop)}\` |`);
  await client.edit('shop.drml', 0, 0, '// a remark\n');
  const second = await ask<ReportResult>(reportRequest, 'shop.drml');
  expect(second.markdown).toContain(`| shop.drml | \`${sum(`// a remark\n${shop}`)}\` |`);
});

test('of a broken file there is a reason instead of a report', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', `${shop}\nservice {{{`);
  const result = await ask<ReportResult>(reportRequest, 'shop.drml');
  expect(result).toMatchObject({ markdown: null, problem: 'Syntax errors in shop.drml.' });
});

test('how the workspace stands', async () => {
  client = await LspClient.start({ files: { 'shop.drml': shop } });
  const result = await client.connection.sendRequest<HealthResult>(healthRequest, {});
  expect(result.model).toBe('shop');
  expect(result.findings.errors).toBeGreaterThan(0);
});

test('a request for a file that is in no model is answered', async () => {
  client = await LspClient.start();
  expect(await ask<DiagramResult>(diagramRequest, 'nowhere.drml')).toMatchObject({ diagram: null, problem: expect.any(String) });
  expect(await ask<ManifestsResult>(manifestsRequest, 'nowhere.drml')).toMatchObject({
    files: [],
    problems: [expect.any(String)],
  });
  expect(await ask<ReportResult>(reportRequest, 'nowhere.drml')).toMatchObject({ markdown: null, problem: expect.any(String) });
  expect((await client.connection.sendRequest<HealthResult>(healthRequest, {})).model).toBe('');
});

test('the client is told which files an analysis concerns', async () => {
  client = await LspClient.start();
  const told: string[][] = [];
  client.connection.onNotification('drml/analysisChanged', ({ uris }: { uris: string[] }) => {
    told.push(uris);
  });
  await client.open('shop.drml', shop);
  await client.publication('shop.drml');
  await ask<DiagramResult>(diagramRequest, 'shop.drml');
  expect(told.flat()).toContain(client.uri('shop.drml'));
});

const refreshing = {
  workspace: {
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
  },
};

/** Two open files, one of which the other sees; the seen one is edited. */
async function editTheImported(capabilities: object): Promise<readonly string[]> {
  client = await LspClient.start({ capabilities });
  await client.open('parts.drml', 'region r { zones a, b }\nservice part { runs 2 in r }\n');
  await client.open('main.drml', 'import "./parts.drml"\nmodel m { }\njourney j { requires part }\n');
  await client.publication('main.drml');
  await ask<DiagramResult>(diagramRequest, 'main.drml');
  client.requestsFromServer.length = 0;
  const at = client.textOf('parts.drml').indexOf('runs 2') + 5;
  await client.edit('parts.drml', at, at + 1, '3');
  await client.publication('parts.drml');
  await ask<DiagramResult>(diagramRequest, 'main.drml');
  return client.requestsFromServer;
}

test('editors of other files are asked to refresh their figures', async () => {
  expect(await editTheImported(refreshing)).toEqual(
    expect.arrayContaining(['workspace/inlayHint/refresh', 'workspace/codeLens/refresh']),
  );
});

test('a client that does not know refresh requests gets none', async () => {
  expect(await editTheImported({})).toEqual([]);
});

test('typing in the only open file asks for no refresh', async () => {
  client = await LspClient.start({ capabilities: refreshing });
  await client.open('shop.drml', shop);
  await client.publication('shop.drml');
  client.requestsFromServer.length = 0;
  const at = shop.indexOf('runs 1') + 5;
  await client.edit('shop.drml', at, at + 1, '2');
  await client.publication('shop.drml');
  await ask<DiagramResult>(diagramRequest, 'shop.drml');
  expect(client.requestsFromServer).toEqual([]);
});
