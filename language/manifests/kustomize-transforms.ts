/** What a kustomization changes of all its objects: namespace, names, labels, annotations, counts of replicas and images, in kustomize's own order. */
import { textNode, withValue, withValues } from './changed-trees.js';
import { affixed, type BuiltObject, inNamespace, isCalled } from './kustomize-names.js';
import { podPath } from './workloads.js';
import { itemsAt, nodeAt, numberAt, textAt, textsAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

/** The object as the kustomization changes it, after its patches. */
export function transformed(object: BuiltObject, kustomization: YamlMap): BuiltObject {
  let result = object;
  const namespace = nodeAt(kustomization, 'namespace');
  const named = textAt(namespace);
  if (namespace !== undefined && named !== undefined && named !== '') result = inNamespace(result, named, namespace.at);
  const prefix = nodeAt(kustomization, 'namePrefix');
  const suffix = nodeAt(kustomization, 'nameSuffix');
  const at = prefix?.at ?? suffix?.at;
  if (at !== undefined) result = affixed(result, textAt(prefix) ?? '', textAt(suffix) ?? '', at);
  let { root } = result;
  for (const item of itemsAt(kustomization, 'labels')) {
    const inSelectors = textAt(item, 'includeSelectors') === 'true';
    const inTemplates = inSelectors || textAt(item, 'includeTemplates') === 'true';
    root = withLabels(result.kind, root, nodeAt(item, 'pairs'), inSelectors, inTemplates);
  }
  root = withLabels(result.kind, root, nodeAt(kustomization, 'commonLabels'), true, true);
  root = withAnnotations(result.kind, root, nodeAt(kustomization, 'commonAnnotations'));
  for (const item of itemsAt(kustomization, 'replicas')) {
    const count = nodeAt(item, 'count');
    const name = textAt(item, 'name');
    if (name === undefined || count === undefined || numberAt(count) === undefined || !replicated.has(result.kind)) continue;
    if (isCalled(result, name)) root = withValue(root, ['spec', 'replicas'], count);
  }
  const images = itemsAt(kustomization, 'images');
  if (images.length > 0) root = withImages(root, images);
  return root === result.root ? result : { ...result, root };
}

const replicated: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

/** Kinds whose pods get what is said for all of them. */
const labelled: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** Where the labels of pods stand; undefined where a kind has none that kustomize knows. */
function templateOf(kind: string): readonly string[] | undefined {
  return labelled.has(kind) ? podPath(kind) : undefined;
}

/** Selectors that are made where there is none, by kind. */
const ownSelectors: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec', 'selector'],
  Deployment: ['spec', 'selector', 'matchLabels'],
  ReplicaSet: ['spec', 'selector', 'matchLabels'],
  StatefulSet: ['spec', 'selector', 'matchLabels'],
  DaemonSet: ['spec', 'selector', 'matchLabels'],
};

/** Selectors within objects that take the labels where they take any. */
const innerSelectors: ReadonlySet<string> = new Set(['labelSelector', 'podSelector', 'selector']);

function withLabels(
  kind: string,
  body: YamlMap,
  pairs: YamlNode | undefined,
  inSelectors: boolean,
  inTemplates: boolean,
): YamlMap {
  if (pairs?.kind !== 'map' || pairs.entries.size === 0) return body;
  const labels = [...pairs.entries.values()];
  let result = laid(body, ['metadata', 'labels'], labels);
  const template = templateOf(kind);
  if (inTemplates) result = laidOnTemplates(kind, result, 'labels', labels, true);
  if (!inSelectors) return result;
  const own = ownSelectors[kind];
  if (own !== undefined) result = laid(result, own, labels);
  if (template === undefined && kind !== 'NetworkPolicy' && kind !== 'PodDisruptionBudget') return result;
  return withValues(result, ({ key, value }) =>
    innerSelectors.has(key) && value.kind === 'map' && textsAt(value, 'matchLabels').size > 0
      ? laid(value, ['matchLabels'], labels)
      : undefined,
  );
}

function withAnnotations(kind: string, body: YamlMap, pairs: YamlNode | undefined): YamlMap {
  if (pairs?.kind !== 'map' || pairs.entries.size === 0) return body;
  const annotations = [...pairs.entries.values()];
  return laidOnTemplates(kind, laid(body, ['metadata', 'annotations'], annotations), 'annotations', annotations, false);
}

/** Pods, and the claims that are made for them. */
function laidOnTemplates(
  kind: string,
  body: YamlMap,
  field: 'labels' | 'annotations',
  entries: readonly YamlEntry[],
  onClaims: boolean,
): YamlMap {
  const template = templateOf(kind);
  let result = template === undefined ? body : laid(body, [...template, 'metadata', field], entries);
  if (kind === 'CronJob') result = laid(result, ['spec', 'jobTemplate', 'metadata', field], entries);
  const claims = nodeAt(result, 'spec', 'volumeClaimTemplates');
  if (!onClaims || claims?.kind !== 'list') return result;
  const items = claims.items.map((claim) => (claim.kind === 'map' ? laid(claim, ['metadata', field], entries) : claim));
  return withValue(result, ['spec', 'volumeClaimTemplates'], { ...claims, items });
}

function laid(body: YamlMap, path: readonly string[], labels: readonly YamlEntry[]): YamlMap {
  return labels.reduce((result, { key, value }) => withValue(result, [...path, key], value), body);
}

function withImages(body: YamlMap, images: readonly YamlNode[]): YamlMap {
  return withValues(body, ({ key, value }) => {
    const image = key === 'image' ? textAt(value) : undefined;
    const change = image === undefined ? undefined : images.find((item) => textAt(item, 'name') === imageName(image));
    if (image === undefined || change === undefined) return undefined;
    const name = textAt(change, 'newName') ?? imageName(image);
    const digest = textAt(change, 'digest');
    const tag = textAt(change, 'newTag');
    const rest = digest !== undefined ? `@${digest}` : tag !== undefined ? `:${tag}` : image.slice(imageName(image).length);
    return textNode(`${name}${rest}`, change.at);
  });
}

/** An image without its tag and digest. */
function imageName(image: string): string {
  const name = image.split('@')[0] ?? image;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
