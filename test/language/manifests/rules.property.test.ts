/** Rules on manifests with slips: nothing throws, places and fixes lie within the file, and the order of documents changes nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits } from '../../../language/edit/apply.js';
import { checkManifests } from '../../../language/manifests/check-manifests.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';
import { judgeYaml } from './judged-manifests.js';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').replaceAll('\r\n', '\n'));

function check(text: string): void {
  const { findings, problems } = judgeYaml(text);
  for (const { code, message, at, related, fixes } of findings) {
    expect(code, message).not.toBe('DR099');
    expect(message).not.toMatch(/undefined|NaN|\[object/);
    for (const place of [at, ...related.map((one) => one.at)]) {
      expect(place.start).toBeGreaterThanOrEqual(0);
      expect(place.end).toBeGreaterThanOrEqual(place.start);
      expect(place.end).toBeLessThanOrEqual(text.length);
    }
    for (const { edits } of fixes) {
      const changes = applyEdits(edits, () => text);
      changes.forEach(({ start, end }, index) => {
        expect(start).toBeGreaterThanOrEqual(changes[index - 1]?.end ?? 0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      });
    }
  }
  for (const { message } of problems) expect(message).not.toMatch(/undefined|NaN|\[object/);
}

const values = [
  '',
  '{}',
  '[]',
  'null',
  '5',
  '"5"',
  'true',
  '- a',
  '[[1]]',
  '{a: {b: c}}',
  '{{ .Values.x }}',
  '*a',
  '&a b',
  '0%',
  '-1',
  '1e99',
];

it('values of any kind anywhere', () => {
  const change = fc.record({
    line: fc.nat(),
    value: fc.constantFrom(...values),
    kind: fc.constantFrom('value', 'drop', 'double', 'indent'),
  });
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
      let lines = text.split('\n');
      for (const { line, value, kind } of changes) {
        const index = line % lines.length;
        const old = lines[index] ?? '';
        const changed = {
          value: [old.replace(/:.*$/, `: ${value}`)],
          drop: [],
          double: [old, old],
          indent: [`  ${old}`],
        }[kind];
        lines = [...lines.slice(0, index), ...changed, ...lines.slice(index + 1)];
      }
      check(lines.join('\n'));
    }),
    { numRuns: 2500 },
  );
});

it('the order of files does not matter', () => {
  const about = (parts: readonly string[]): readonly string[] => {
    const files = parts.map((text) => ({ path: `${text.length}-${text.slice(0, 60)}`, text }));
    return checkManifests(files, readManifests(files))
      .findings.map(
        ({ code, severity, subject, at, message }) => `${code} ${severity} ${subject} ${at.uri}:${at.start} ${message}`,
      )
      .sort();
  };
  // Of two budgets, autoscalers or rules for one thing the first one stands for both.
  const single = texts.filter((text) => !/select the same pods/.test(text));
  fc.assert(
    fc.property(fc.constantFrom(...single), (text) => {
      const parts = text.split('---\n');
      expect(about([...parts].reverse())).toEqual(about(parts));
    }),
    { numRuns: 150 },
  );
});

it('a thousand objects are read and judged within two seconds of processor time', () => {
  const files = Array.from({ length: 250 }, (_, index) => ({
    path: `${index}.yaml`,
    text: ['apps/v1 Deployment', 'v1 Service', 'policy/v1 PodDisruptionBudget', 'networking.istio.io/v1 DestinationRule']
      .map((type) => {
        const [apiVersion = '', kind = ''] = type.split(' ');
        const head = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: s${index}\n  namespace: shop\nspec:\n`;
        if (kind === 'Service') return `${head}  selector: { app: s${index} }\n  ports:\n    - port: 80\n`;
        if (kind === 'PodDisruptionBudget')
          return `${head}  maxUnavailable: 1\n  selector:\n    matchLabels: { app: s${index} }\n`;
        if (kind === 'DestinationRule')
          return `${head}  host: s${index}.shop.svc.cluster.local\n  trafficPolicy:\n    outlierDetection:\n      consecutive5xxErrors: 5\n`;
        return `${head}  replicas: 3\n  selector:\n    matchLabels: { app: s${index} }\n  template:\n    metadata:\n      labels: { app: s${index} }\n    spec:\n      containers:\n        - name: main\n          image: registry.example.com/s:1.${index}\n          env:\n            - name: NEXT_ADDR\n              value: s${(index + 1) % 250}:80\n          resources:\n            requests: { cpu: 100m, memory: 64Mi }\n          readinessProbe:\n            tcpSocket: { port: 8080 }\n`;
      })
      .join('---\n'),
  }));
  const before = process.cpuUsage();
  const read = readManifests(files);
  const { findings, problems } = checkManifests(files, read);
  const { user, system } = process.cpuUsage(before);
  expect(read.manifests.length).toBe(1000);
  expect(problems).toEqual([]);
  // Each service: no spread, no `unhealthyPodEvictionPolicy`, and a cap that ejects none of its three.
  expect(findings.length).toBe(3 * 250);
  expect((user + system) / 1e6).toBeLessThan(2);
});
