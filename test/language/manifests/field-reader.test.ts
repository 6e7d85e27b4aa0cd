/** Reading fields by path: values with their places, and wrong types told once. */
import { expect, it } from 'vitest';
import { FieldReader } from '../../../language/manifests/field-reader.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';

const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, version: 1.10, on: "yes"}
spec:
  replicas: "3"
  paused: nope
  minReadySeconds:
  template:
    spec:
      containers:
        name: web
  ports: [80, http, {a: b}]
`;
const root = readManifests([{ path: 'a.yaml', text }]).manifests[0]?.root;

it('gives values and their places', () => {
  const reader = new FieldReader();
  expect(reader.text(root, 'metadata', 'name')).toMatchObject({ value: 'web', at: { uri: 'a.yaml', line: 4 } });
  expect(reader.numberOrText(root, 'spec', 'ports', 0)?.value).toBe('80');
  expect(reader.numberOrText(root, 'spec', 'ports', 1)?.value).toBe('http');
  expect(reader.number(root, 'spec', 'ports', 9)).toBeUndefined();
  expect(reader.number(root, 'spec', 'minReadySeconds')).toBeUndefined();
  expect(reader.flag(root, 'spec', 'absent', 'further')).toBeUndefined();
  expect(reader.items(root, 'absent')).toEqual([]);
  expect(reader.problems).toEqual([]);
});

it('tells each wrong type once, with what to write', () => {
  const reader = new FieldReader();
  for (let time = 0; time < 2; time++) {
    expect(reader.number(root, 'spec', 'replicas')).toBeUndefined();
    expect(reader.flag(root, 'spec', 'paused')).toBeUndefined();
    expect(reader.items(root, 'spec', 'template', 'spec', 'containers')).toEqual([]);
    expect(reader.text(root, 'metadata', 'name', 'inner')).toBeUndefined();
    expect([...reader.texts(root, 'metadata', 'labels').keys()]).toEqual(['app', 'on']);
  }
  expect(reader.problems.map(({ at, message, fix }) => [at.line, message, fix?.changes[0]?.text])).toEqual([
    [7, 'spec.replicas takes a number, and this is the text "3". Write 3.', '3'],
    [8, 'spec.paused takes true or false, and this is the text "nope".', undefined],
    [13, 'spec.template.spec.containers takes a list, and this is a map.', undefined],
    [4, 'metadata.name takes a map, and this is the text "web".', undefined],
    [5, 'metadata.labels.version takes a text, and this is the number 1.10. Write "1.10".', '"1.10"'],
  ]);
});
