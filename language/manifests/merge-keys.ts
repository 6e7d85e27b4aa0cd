/**
 * How kustomize merges lists of Kubernetes' own kinds entry by entry: by which fields it tells the entries apart. One table for what
 * is read (patches laid over a base) and what is written (patches that make one object of another).
 */

/** Merge keys and list map keys of the Kubernetes API's own schema, by the list's field. Other lists are replaced whole. */
const entryKeys: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['containers', [['name']]],
  ['initContainers', [['name']]],
  ['ephemeralContainers', [['name']]],
  ['volumes', [['name']]],
  ['env', [['name']]],
  ['volumeMounts', [['mountPath']]],
  ['volumeDevices', [['devicePath']]],
  [
    'ports',
    [
      ['containerPort', 'protocol'],
      ['port', 'protocol'],
    ],
  ],
  ['imagePullSecrets', [['name']]],
  ['hostAliases', [['ip']]],
  ['topologySpreadConstraints', [['topologyKey', 'whenUnsatisfiable']]],
]);

/** What an entry says where it leaves a key out. */
const defaults: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** Groups of the kinds whose schema kustomize knows: of those of operators and meshes, every list is replaced whole. */
const knownGroups: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'policy',
  'autoscaling',
  'networking.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/** Whether kustomize merges lists of kinds of this API group (`apps`; empty for the core) entry by entry. */
export function mergesEntries(group: string): boolean {
  return knownGroups.has(group);
}

/** The sets of fields that may tell entries of a list apart, the first that an entry has; none where the list is replaced whole. */
export function keysOfList(field: string): readonly (readonly string[])[] {
  return entryKeys.get(field) ?? [];
}

/** What tells an entry apart, as a text; undefined where it has none of the keys. `readKey`: the entry's own value of a field. */
export function entryIdentity(
  keySets: readonly (readonly string[])[],
  readKey: (key: string) => string | undefined,
): string | undefined {
  const keys = keySets.find(([first = '']) => readKey(first) !== undefined);
  return keys === undefined ? undefined : JSON.stringify(keys.map((key) => [key, readKey(key) ?? defaults[key] ?? null]));
}
