/** Manifests judged over the protocol: places, codes, fixes, settings, and in Chinese. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import table from '../../../l10n/messages.zh-cn.json' with { type: 'json' };
import { Translation } from '../../../language/translation/translation.js';
import {
  type ManifestCheckResult,
  manifestCheckRequest,
  type OwnManifestsParams,
  ownManifestsNotification,
} from '../../../server/lsp/protocol.js';
import { project } from '../../architecture/imports.js';
import { judgeYaml } from '../../language/manifests/judged-manifests.js';
import { LspClient } from './lsp-client.js';

let client: LspClient | undefined;
afterEach(() => client?.stop());

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  maxUnavailable: 0
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: { app: orders }
`;
const files = [
  { path: 'file:///deploy/budget.yaml', text: budget },
  { path: 'file:///deploy/values.yaml', text: 'a: [\n' },
  { path: 'file:///deploy/broken.yaml', text: 'kind: Service\napiVersion: v1\nmetadata:\n\tname: a\n' },
];

test('findings stand at their places, with fixes; other YAML is left alone', async () => {
  client = await LspClient.start();
  const result = await client.connection.sendRequest<ManifestCheckResult>(manifestCheckRequest, { files });
  expect(result.files.map(({ uri }) => uri)).toEqual(['file:///deploy/budget.yaml', 'file:///deploy/broken.yaml']);
  const [found] = result.files[0]?.findings ?? [];
  expect(found).toMatchObject({
    code: 'DR073',
    severity: 'error',
    range: { start: { line: 5, character: 2 }, end: { line: 5, character: 19 } },
    help: expect.stringContaining('DR073'),
    fixes: [{ title: 'Write maxUnavailable: 1', changes: [{ uri: 'file:///deploy/budget.yaml', text: 'maxUnavailable: 1' }] }],
  });
  expect(result.files[1]?.findings.map(({ code, range }) => [code, range.start.line])).toContainEqual(['yaml/tab', 3]);
});

test('in Chinese where the client brings the table', async () => {
  client = await LspClient.start({ initializationOptions: { messages: table } });
  const result = await client.connection.sendRequest<ManifestCheckResult>(manifestCheckRequest, { files });
  for (const { message } of result.files.flatMap(({ findings }) => findings)) expect(message).toMatch(/\p{Script=Han}/u);
});

test('the table has every message of the fixtures', () => {
  const folder = join(project, 'test', 'language', 'manifests', 'fixtures');
  const translation = new Translation(table);
  const said = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { findings, problems } = judgeYaml(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const { message, related, fixes } of findings)
      for (const text of [message, ...related.map((one) => one.message), ...fixes.map(({ title }) => title)]) said.add(text);
    for (const { message } of problems) said.add(message);
  }
  expect(said.size).toBeGreaterThan(150);
  expect([...said].filter((text) => !translation.knows(text))).toEqual([]);
});

const ownText = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 3
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
    spec:
      restartPolicy: Never
      containers:
        - name: orders
          image: registry.example.com/orders:latest
`;

test('the manifests that a model names are told to the client, and judged without what is laid over them', async () => {
  client = await LspClient.start({ files: { 'k8s/orders.yaml': ownText } });
  const told: OwnManifestsParams[] = [];
  client.connection.onNotification(ownManifestsNotification, (params: OwnManifestsParams) => {
    told.push(params);
  });
  const model =
    'region r { zones a, b, c }\nservice orders {\n  manifest "./k8s/orders.yaml"\n  image "registry.example.com/orders:1.0.0"\n  runs 3 in r\n}\n';
  await client.open('shop.drml', model);
  await expect.poll(() => told, { timeout: 10_000 }).toHaveLength(1);
  const own = client.uri('k8s/orders.yaml');
  expect(told[0]).toEqual({ root: client.uri('shop.drml'), files: [client.uri('shop.drml')], manifests: [own] });

  const codes = async (isOwn: boolean): Promise<readonly string[]> => {
    const asked = { files: [{ path: own, text: ownText }], own: isOwn };
    const result = await client?.connection.sendRequest<ManifestCheckResult>(manifestCheckRequest, asked);
    return (result?.files ?? []).flatMap(({ findings }) => findings.map(({ code }) => code)).sort();
  };
  // A budget and the spread are DRML's to write, and the image is the model's to say; requests and a restart policy are the file's.
  expect(await codes(false)).toEqual(['DR070', 'DR072', 'DR075', 'DR083', 'DR088']);
  expect(await codes(true)).toEqual(['DR075', 'DR083']);

  await client.edit('shop.drml', model.indexOf('  manifest'), model.indexOf('  image'), '');
  await expect.poll(() => told.at(-1)?.manifests, { timeout: 10_000 }).toEqual([]);
});
