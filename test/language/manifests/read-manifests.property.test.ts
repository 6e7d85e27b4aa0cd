/** Whatever is read as YAML: nothing throws, and every place lies in its file, on its line. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FieldReader } from '../../../language/manifests/field-reader.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';
import type { Place, YamlNode } from '../../../language/manifests/yaml-tree.js';

const sample = `# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: &labels {app: web, "tier": '1'}
spec:
  replicas: 3
  selector:
    matchLabels: *labels
  template:
    metadata:
      labels:
        <<: *labels
    spec:
      containers:
        - name: web
          image: "registry/web:1"
          args: ["--a", b]
          command: >-
            run
            it
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: web}}
`;

function check(text: string): void {
  const { manifests, problems, others } = readManifests([{ path: 'f', text }]);
  const places: Place[] = [...problems, ...others].map(({ at }) => at);
  const walk = (node: YamlNode, depth: number): void => {
    places.push(node.at);
    if (depth > 20) return;
    if (node.kind === 'list') for (const item of node.items) walk(item, depth + 1);
    if (node.kind === 'map')
      for (const { at, value } of node.entries.values()) {
        places.push(at);
        walk(value, depth + 1);
      }
  };
  const reader = new FieldReader();
  for (const { root } of manifests) {
    walk(root, 0);
    reader.items(root, 'spec', 'template', 'spec', 'containers');
    reader.texts(root, 'metadata', 'labels');
    reader.number(root, 'spec', 'replicas');
    reader.text(root, 'spec', 'template', 'spec', 'containers', 0, 'image');
  }
  places.push(...reader.problems.map(({ at }) => at));
  const lineStarts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) lineStarts.push(match.index + match[0].length);
  for (const { uri, start, end, line } of places) {
    expect(uri).toBe('f');
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(lineStarts[line - 1]).toBeLessThanOrEqual(start);
    expect(lineStarts[line] ?? text.length + 1).toBeGreaterThan(start);
  }
  for (const { message } of problems) expect(message).toMatch(/^[^\uE000]+\.$/u);
}

const pieces = [
  '---\n',
  '\n',
  '\r',
  '  ',
  '\t',
  '- ',
  ': ',
  ':',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a ',
  '*a',
  '!x ',
  '!!int ',
  '|\n',
  '>',
  '#',
  '%YAML 1.1\n',
  '@',
  '`',
  ',',
  '? ',
  '<<: ',
  '{{ ',
  '}}',
  '{{ .Values.x }}',
  'kind: List\n',
  'items:\n',
  'null',
  '1',
  'true',
  '\u2028',
  '\uFEFF',
  '\uD800',
  '\u0007',
  '...\n',
];

it('random text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => check(parts.join(''))),
    { numRuns: 1500 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => check(`kind: ${text}`)),
    { numRuns: 500 },
  );
});

it('a text with slips', () => {
  const change = fc.record({ at: fc.nat(sample.length), length: fc.nat(12), text: fc.constantFrom('', ...pieces) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      check(
        changes.reduce((text, { at, length, text: inserted }) => text.slice(0, at) + inserted + text.slice(at + length), sample),
      );
    }),
    { numRuns: 2000 },
  );
});
