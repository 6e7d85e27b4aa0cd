/** Manifests judged over the protocol: places, codes, fixes, settings, and in Chinese. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import table from '../../../l10n/messages.zh-cn.json' with { type: 'json' };
import { type ManifestCheckResult, manifestCheckRequest } from '../../../server/lsp/protocol.js';
import { Translation } from '../../../language/translation/translation.js';
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
