/** Changes of YAML keep comments, layout and line ends; what is written in braces is left alone. */
import { expect, it } from 'vitest';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import type { Edit } from '../../../language/edit/edit.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';
import {
  addDocument,
  addEntry,
  moveEntry,
  moveItemToEnd,
  removeEntry,
  renameKey,
  replaceValue,
  yamlText,
} from '../../../language/manifests/yaml-edits.js';
import { entryOf, nodeAt, type YamlEntry, type YamlMap } from '../../../language/manifests/yaml-tree.js';

const text = `kind: A # first
apiVersion: v1
metadata: { name: a }
spec:
  one: 1 # about one

  # about two
  two:
    - name: x
      value: |
        many
        lines
    - name: y # about y
  three: { a: 1, b: 2 }
# the end
`;

function root(of: string): YamlMap {
  const [manifest] = readManifests([{ path: 'f', text: of }]).manifests;
  if (manifest === undefined) throw new Error('no manifest');
  return manifest.root;
}
const map = (of: string, ...path: readonly (string | number)[]): YamlMap => {
  const node = nodeAt(root(of), ...path);
  if (node?.kind !== 'map') throw new Error('no map');
  return node;
};
const entry = (of: YamlMap, key: string): YamlEntry => {
  const found = entryOf(of, key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};
const done = (of: string, edits: readonly Edit[] | undefined): string | undefined =>
  edits === undefined
    ? undefined
    : changedText(
        of,
        applyEdits(edits, () => of),
      );
/** Lines that are gone and lines that are new, in order. */
function changes(of: string, edits: readonly Edit[] | undefined): readonly string[] | undefined {
  const after = done(of, edits);
  if (after === undefined) return undefined;
  const [old, now] = [of.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

const spec = map(text, 'spec');

it.each<[string, readonly Edit[] | undefined, readonly string[] | undefined]>([
  ['a value', replaceValue(entry(spec, 'one').value, '2'), ['-  one: 1 # about one', '+  one: 2 # about one']],
  ['a key', renameKey(entry(spec, 'one'), 'uno'), ['-  one: 1 # about one', '+  uno: 1 # about one']],
  ['an entry that goes', removeEntry(text, spec, entry(spec, 'one')), ['-  one: 1 # about one']],
  [
    'one of an item that goes',
    removeEntry(text, map(text, 'spec', 'two', 0), entry(map(text, 'spec', 'two', 0), 'value')),
    ['-      value: |', '-        many', '-        lines'],
  ],
  [
    'the first of an item that goes',
    removeEntry(text, map(text, 'spec', 'two', 0), entry(map(text, 'spec', 'two', 0), 'name')),
    ['-    - name: x', '-      value: |', '+    - value: |'],
  ],
  [
    'the only one of an item',
    removeEntry(text, map(text, 'spec', 'two', 1), entry(map(text, 'spec', 'two', 1), 'name')),
    undefined,
  ],
  ['one in braces', removeEntry(text, map(text, 'spec', 'three'), entry(map(text, 'spec', 'three'), 'a')), undefined],
  ['one that is added', addEntry(text, spec, 'four:\n  - 4'), ['+  four:', '+    - 4']],
  ['one that is added to an item', addEntry(text, map(text, 'spec', 'two', 1), 'value: z'), ['+      value: z']],
  ['one that is added to braces', addEntry(text, map(text, 'spec', 'three'), 'c: 3'), undefined],
  [
    'one that moves out',
    moveEntry(text, map(text, 'spec', 'two', 0), entry(map(text, 'spec', 'two', 0), 'value'), spec),
    ['-      value: |', '-        many', '-        lines', '+  value: |', '+    many', '+    lines'],
  ],
  [
    'one that moves into new maps',
    moveEntry(text, spec, entry(spec, 'one'), map(text, 'spec', 'two', 1), ['deep', 'er']),
    ['-  one: 1 # about one', '+      deep:', '+        er:', '+          one: 1'],
  ],
  ['a document', addDocument(text, root(text), 'kind: B\nspec: {}'), ['+---', '+kind: B', '+spec: {}']],
])('%s', (_name, edits, expected) => {
  expect(changes(text, edits)).toEqual(expected);
});

it('keeps the line ends of Windows', () => {
  const windows = text.replaceAll('\n', '\r\n');
  const inner = map(windows, 'spec');
  expect(done(windows, addEntry(windows, inner, 'four:\n  - 4'))).toBe(
    done(text, addEntry(text, spec, 'four:\n  - 4'))?.replaceAll('\n', '\r\n'),
  );
  expect(done(windows, removeEntry(windows, inner, entry(inner, 'one')))).toBe(
    done(text, removeEntry(text, spec, entry(spec, 'one')))?.replaceAll('\n', '\r\n'),
  );
});

it('leaves braces where the only key goes', () => {
  const only = 'kind: A\nspec:\n  one: 1\n';
  expect(done(only, removeEntry(only, map(only, 'spec'), entry(map(only, 'spec'), 'one')))).toBe('kind: A\nspec: {}\n');
});

it('moves the last line of a map to the end of one around it', () => {
  const last = 'kind: A\nspec:\n  inner:\n    a: 1\n    b: 2\n';
  const inner = map(last, 'spec', 'inner');
  expect(done(last, moveEntry(last, inner, entry(inner, 'b'), map(last, 'spec')))).toBe(
    'kind: A\nspec:\n  inner:\n    a: 1\n  b: 2\n',
  );
});

it('moves an item behind the last one', () => {
  const items = 'kind: A\nspec:\n  - a: 1\n    b: 2\n  - a: 3\n  - a: 4\n# end\n';
  const list = nodeAt(root(items), 'spec');
  expect(list?.kind === 'list' ? done(items, moveItemToEnd(items, list, 0)) : undefined).toBe(
    'kind: A\nspec:\n  - a: 3\n  - a: 4\n  - a: 1\n    b: 2\n# end\n',
  );
});

it.each([
  ['orders', 'orders'],
  ['app.kubernetes.io/name', 'app.kubernetes.io/name'],
  ['1.10', '"1.10"'],
  ['yes', '"yes"'],
  ['', '""'],
  ['a: b', '"a: b"'],
])('writes %j so that it is read as a text', (value, written) => expect(yamlText(value)).toBe(written));
