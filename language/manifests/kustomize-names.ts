/** Names of objects in a build of kustomize: prefixes and suffixes, and the fields that name other objects and follow them. */
import { textNode, withValue, withValues } from './changed-trees.js';
import { isKustomizeKind } from './kustomization-files.js';
import type { Manifest } from './read-manifests.js';
import { nodeAt, type Place, textAt, type YamlMap } from './yaml-tree.js';

/** An object on its way through a build: patches, counts and references may name it by whatever it was called on the way. */
export interface BuiltObject extends Manifest {
  /** Names and namespaces it had, without those it has. */
  readonly earlier: readonly { readonly name: string; readonly namespace: string | undefined }[];
  /** The prefixes and suffixes that its name has got, in their order. */
  readonly affixes: readonly string[];
}

/** An object as it is read. */
export function builtObject(manifest: Manifest): BuiltObject {
  return { ...manifest, earlier: [], affixes: [] };
}

/** The objects, each once: kustomize refuses to build what has two of one name. */
export function eachOnce(objects: readonly BuiltObject[], tell: (at: Place, message: string) => void): readonly BuiltObject[] {
  const taken = new Set<string>();
  return objects.filter(({ kind, group, name, namespace, root }) => {
    const key = `${kind}.${group} ${namespace ?? ''}/${name}`;
    const isNew = name === '' || isKustomizeKind({ kind, group }) || !taken.has(key);
    taken.add(key);
    if (!isNew) tell(root.at, `${kind} ${name} is taken in twice, which kustomize refuses; the first is taken.`);
    return isNew;
  });
}

/** Whether it is called so, or was. */
export function isCalled(object: BuiltObject, name: string): boolean {
  return object.name === name || object.earlier.some((one) => one.name === name);
}

/** Whether it is in the namespace, or was. What names none is nowhere else. */
export function isIn(object: BuiltObject, namespace: string): boolean {
  return [object, ...object.earlier].some((one) => one.namespace === namespace || one.namespace === undefined);
}

/** Kinds that keep their names whatever a kustomization puts before those of others. */
const unaffixed: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

/** Kinds that are in no namespace. */
const clusterWide: ReadonlySet<string> = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CSIDriver',
  'CustomResourceDefinition',
  'GatewayClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
  'VolumeSnapshotClass',
]);

/** The object in another namespace; a Namespace takes its name. */
export function inNamespace(object: BuiltObject, namespace: string, at: Place): BuiltObject {
  if (object.kind === 'Namespace') return called(object, { ...object, name: namespace }, at);
  return clusterWide.has(object.kind) ? object : called(object, { ...object, namespace }, at);
}

/** The object with something before and behind its name. */
export function affixed(object: BuiltObject, prefix: string, suffix: string, at: Place): BuiltObject {
  if (unaffixed.has(object.kind) || object.name === '') return object;
  const changed = { ...object, name: `${prefix}${object.name}${suffix}`, affixes: [...object.affixes, prefix, suffix] };
  return called(object, changed, at);
}

function called(before: BuiltObject, after: BuiltObject, at: Place): BuiltObject {
  if (before.name === after.name && before.namespace === after.namespace) return before;
  let root: YamlMap = after.root;
  if (after.name !== before.name) root = withValue(root, ['metadata', 'name'], textNode(after.name, at));
  if (after.namespace !== undefined && after.namespace !== before.namespace)
    root = withValue(root, ['metadata', 'namespace'], textNode(after.namespace, at));
  return { ...after, root, earlier: [...before.earlier, { name: before.name, namespace: before.namespace }] };
}

/** Fields whose text is the name of an object, by field, with that object's kind. */
const namingFields: ReadonlyMap<string, string> = new Map([
  ['claimName', 'PersistentVolumeClaim'],
  ['ingressClassName', 'IngressClass'],
  ['priorityClassName', 'PriorityClass'],
  ['secretName', 'Secret'],
  ['serviceAccountName', 'ServiceAccount'],
  ['serviceName', 'Service'],
  ['storageClassName', 'StorageClass'],
]);

/** Fields whose map names an object under `name`, by field, with that object's kind. */
const namingMaps: ReadonlyMap<string, string> = new Map([
  ['configMap', 'ConfigMap'],
  ['configMapKeyRef', 'ConfigMap'],
  ['configMapRef', 'ConfigMap'],
  ['secret', 'Secret'],
  ['secretKeyRef', 'Secret'],
  ['secretRef', 'Secret'],
  ['service', 'Service'],
]);

/** Fields whose map names an object and its kind. */
const namingReferences: ReadonlySet<string> = new Set(['scaleTargetRef', 'targetRef']);

/** The objects with every reference to one whose name was changed on the way changed as well. */
export function withReferences(objects: readonly BuiltObject[]): readonly BuiltObject[] {
  const renamed = new Map<string, string>();
  for (const object of objects) {
    for (const { name } of object.earlier) {
      if (name === object.name) continue;
      // Of two that were called the same, the one from the same base got the same prefixes.
      for (const base of [affixesOf(object), '']) {
        const key = nameKey(object.kind, object.namespace, name, base);
        if (!renamed.has(key)) renamed.set(key, object.name);
      }
    }
  }
  if (renamed.size === 0) return objects;
  const present = new Set(objects.map(({ kind, name, namespace }) => nameKey(kind, namespace, name, '')));
  return objects.map((object) => {
    const affixes = affixesOf(object);
    const nameFor = (kind: string, name: string | undefined): string | undefined => {
      if (name === undefined || present.has(nameKey(kind, object.namespace, name, ''))) return undefined;
      return (
        renamed.get(nameKey(kind, object.namespace, name, affixes)) ?? renamed.get(nameKey(kind, object.namespace, name, ''))
      );
    };
    const root = withValues(object.root, ({ key, value }) => {
      const field = namingFields.get(key);
      if (field !== undefined) {
        const name = nameFor(field, textAt(value));
        return name === undefined ? undefined : textNode(name, value.at);
      }
      if (value.kind !== 'map') return undefined;
      const kind = namingReferences.has(key) ? textAt(value, 'kind') : namingMaps.get(key);
      const written = nodeAt(value, 'name');
      const name = kind === undefined || written === undefined ? undefined : nameFor(kind, textAt(written));
      return name === undefined || written === undefined ? undefined : withValue(value, ['name'], textNode(name, written.at));
    });
    return root === object.root ? object : { ...object, root };
  });
}

function affixesOf({ affixes }: BuiltObject): string {
  return affixes.join('/');
}

function nameKey(kind: string, namespace: string | undefined, name: string, affixes: string): string {
  return `${kind} ${clusterWide.has(kind) ? '' : (namespace ?? '')}/${name} ${affixes}`;
}
