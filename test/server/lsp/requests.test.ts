import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import {
  type DiagramResult,
  diagramRequest,
  type HealthResult,
  healthRequest,
  type ImportResult,
  importRequest,
  type KeepScenarioResult,
  keepScenarioRequest,
  type ManifestPlanParams,
  type ManifestPlanResult,
  type ManifestsResult,
  type ManifestTextParams,
  type ManifestTextResult,
  type MatrixResult,
  manifestPlanRequest,
  manifestsRequest,
  manifestTextRequest,
  matrixRequest,
  type PageResult,
  pageRequest,
  type ReportResult,
  reportRequest,
  type WhatIfResult,
  type WorstLossesResult,
  whatIfRequest,
  worstLossesRequest,
} from '../../../server/lsp/protocol.js';
import { workload } from '../../language/import/fixtures.js';
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

test('what becomes of a model without one of its places, and the edit that keeps it as a scenario', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const params = { uri: client.uri('shop.drml'), switches: { off: [{ kind: 'component', component: 'orders-db' }] } } as const;
  const { whatIf } = await client.connection.sendRequest<WhatIfResult>(whatIfRequest, params);
  expect(whatIf?.states.title).toBe('What if orders-db is lost?');
  expect(whatIf?.journeys).toEqual([expect.objectContaining({ name: 'place-order', up: false })]);
  const kept = await client.connection.sendRequest<KeepScenarioResult>(keepScenarioRequest, params);
  expect(kept.name).toBe('orders-db-lost');
  expect(kept.edits.map(({ text }) => text).join('')).toContain('scenario orders-db-lost {\n  fails orders-db\n}');
  const gone = { ...params, switches: { off: [{ kind: 'site', site: 'nowhere' }] } };
  expect(await client.connection.sendRequest(whatIfRequest, gone)).toEqual({ whatIf: null });
});

test('the worst losses and the matrix of a model', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const { losses } = await ask<WorstLossesResult>(worstLossesRequest, 'shop.drml');
  expect(losses?.single.map(({ journeys }) => journeys)).toContainEqual(['place-order']);
  const { matrix } = await ask<MatrixResult>(matrixRequest, 'shop.drml');
  expect(matrix?.rows.map(({ name }) => name)).toContain('orders-db');
  const params = { uri: client.uri('shop.drml'), format: 'csv' };
  const { text } = await client.connection.sendRequest<MatrixResult>(matrixRequest, params);
  expect(text).toMatch(/^subject,title,/);
});

test('what a page holds of a model: all of it, and no path of the machine', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const { page } = await ask<PageResult>(pageRequest, 'shop.drml');
  expect(page?.model.components.map(({ name }) => name).sort()).toEqual(['backup', 'orders', 'orders-db', 'vault']);
  expect(page?.model.files.map(({ uri }) => uri)).toEqual(['shop.drml']);
  expect(page?.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(JSON.stringify(page)).not.toContain('file:');
  expect(await client.connection.sendRequest(pageRequest, { uri: client.uri('nothing.drml') })).toEqual({ page: null });
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

test('the plan of writing into a folder, by what the client has seen there', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const planned = (present: Readonly<Record<string, string>>, edits: ManifestPlanParams['edits']): Promise<ManifestPlanResult> =>
    client.connection.sendRequest(manifestPlanRequest, { uri: client.uri('shop.drml'), present, edits });
  const { files } = await ask<ManifestsResult>(manifestsRequest, 'shop.drml');
  const present = Object.fromEntries(files.map(({ path, content }) => [path, content]));
  expect((await planned(present, 'refuse')).plan).toMatchObject({ stale: false, create: [], update: [] });
  const path = 'base/orders/deployment.yaml';
  const edited = { ...present, [path]: (present[path] ?? '').replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 9') };
  expect((await planned(edited, 'refuse')).plan?.refused).toMatchObject([{ path, reason: 'edited' }]);
  expect((await planned(edited, 'move')).plan).toMatchObject({
    refused: [],
    moved: [{ path, patch: 'custom/base/orders.deployment.yaml' }],
  });
  expect((await planned(edited, { overwrite: [path] })).plan?.update.map((file) => file.path)).toEqual([path]);
  await client.edit('shop.drml', 0, 0, 'service {{{ \n');
  expect(await planned(present, 'refuse')).toEqual({ plan: null, problem: 'Syntax errors in shop.drml.' });
});

test('a plan of writing lays patches over the manifest that a component names, as what is shown does', async () => {
  const yaml = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders }\nspec:\n  template: {}\n`;
  client = await LspClient.start({ files: { 'k8s/orders.yaml': yaml } });
  await client.open('shop.drml', 'region r { zones a, b }\nservice orders {\n  manifest "./k8s/orders.yaml"\n  runs 2 in r\n}\n');
  const { files } = await ask<ManifestsResult>(manifestsRequest, 'shop.drml');
  expect(files.map(({ path }) => path)).toContain('base/orders/own-manifest-patch.yaml');
  const present = Object.fromEntries(files.map(({ path, content }) => [path, content]));
  const params: ManifestPlanParams = { uri: client.uri('shop.drml'), present, edits: 'refuse' };
  const { plan } = await client.connection.sendRequest<ManifestPlanResult>(manifestPlanRequest, params);
  expect(plan).toMatchObject({ stale: false, prune: [] });
});

test('the manifests of a component as text, each line with the statement that it follows from', async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
  const asked = (of: ManifestTextParams['of']): Promise<ManifestTextResult> =>
    client.connection.sendRequest(manifestTextRequest, { uri: client.uri('shop.drml'), of });
  const statement = shop.split('\n').findIndex((line) => line.includes('runs 1 in cn-north'));
  const result = await asked({ line: statement });
  expect(result).toMatchObject({ root: client.uri('shop.drml'), component: 'orders' });
  const lines = result.text?.split('\n') ?? [];
  expect(lines.filter((line) => line.startsWith('# ') && line.endsWith('.yaml'))).toContain('# base/orders/deployment.yaml');
  expect(result.text).not.toContain('payments');
  expect(lines[result.reveal ?? -1]).toMatch(/replicas: 1 # active in cn-north/);
  for (const { line, uri, range } of result.lines) {
    expect([uri, range.start.line <= range.end.line]).toEqual([client.uri('shop.drml'), true]);
    expect(lines[line]).toMatch(/\S/);
  }
  const replicas = result.lines.find(({ line }) => line === result.reveal);
  expect(replicas?.range.start.line).toBe(statement);
  expect((await asked({ component: 'orders' })).text).toBe(result.text);

  const one = await asked({ path: 'base/orders/deployment.yaml' });
  expect(one.text).toMatch(/^# Generated by DRML/);
  const image = one.text?.split('\n').findIndex((line) => line.includes('image:'));
  expect(image).toBeGreaterThan(0);

  expect((await asked({ component: 'vault' })).text).toMatch(/^# Nothing is generated for vault\.\n/);
  expect(await asked({ component: 'nobody' })).toMatchObject({ text: null, problem: 'The model has no nobody.' });
  expect(await asked({ line: 0 })).toMatchObject({ text: null, problem: 'No component stands here.' });
  expect(await asked({ path: '../x' })).toMatchObject({ text: null, problem: 'The model generates no ../x.' });

  const digit = shop.indexOf('1 in cn-north');
  await client.edit('shop.drml', digit, digit, '1');
  expect((await asked({ component: 'orders' })).text).toMatch(/replicas: 11 # active in cn-north/);
  await client.edit('shop.drml', 0, 0, 'service {{{ \n');
  expect(await asked({ component: 'orders' })).toMatchObject({ text: null, problem: 'Syntax errors in shop.drml.' });
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

test('a model of manifests that the client has read, laid out, with what could not be read', async () => {
  client = await LspClient.start();
  const files = [
    { path: 'deploy/api.yaml', text: workload('api', { container: 'env: [{ name: DB_ADDR, value: "db:5432" }]' }) },
    { path: 'deploy/db.yaml', text: workload('db', { image: 'postgres:16' }) },
    { path: 'deploy/bad.yaml', text: 'kind: Service\napiVersion: v1\nmetadata:\n\tname: a\n' },
  ];
  const result = await client.connection.sendRequest<ImportResult>(importRequest, { files, sources: ['deploy'] });
  expect(result.text).toContain('// Read from deploy: what the manifests say');
  expect(result.text).toContain('  requires db  // env DB_ADDR (deploy/api.yaml:');
  expect(result.problems[0]).toEqual({ path: 'deploy/bad.yaml', line: 4, message: expect.stringMatching(/tab/i) });
  const nothing = await client.connection.sendRequest<ImportResult>(importRequest, {
    files: files.slice(2),
    sources: ['deploy'],
  });
  expect([nothing.text, nothing.problem]).toEqual([null, expect.stringContaining('Nothing that runs')]);
});

test('an import says which files kustomizations name beside themselves, and takes them', async () => {
  client = await LspClient.start({ files: { 'a.drml': 'region north { }\n' } });
  const files = [
    {
      path: 'k/kustomization.yaml',
      text: 'resources: [all.yaml]\nnamespace: shop\nconfigMapGenerator: [{ name: settings, envs: [conf/app.env] }]\n',
    },
    {
      path: 'k/all.yaml',
      text: `${workload('api', { container: 'envFrom: [{ configMapRef: { name: settings } }]' })}---\n${workload('db')}`,
    },
  ];
  const ask = (given: typeof files) =>
    client.connection.sendRequest<ImportResult>(importRequest, { files: given, sources: ['k'] });
  const first = await ask(files);
  expect(first.missing).toEqual([{ beside: 'k/kustomization.yaml', written: 'conf/app.env' }]);
  expect(first.problems).toEqual([{ path: 'k/kustomization.yaml', line: 3, message: expect.stringContaining('conf/app.env') }]);
  const second = await ask([...files, { path: 'k/conf/app.env', text: 'DB_HOST=db\n' }]);
  expect(second.text).toContain('  requires db  // config map settings, DB_HOST (conf/app.env:1)');
  expect([second.missing, second.problems]).toEqual([[], []]);
});
