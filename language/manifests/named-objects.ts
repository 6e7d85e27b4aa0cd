/** The ConfigMaps, Secrets and claims that pods name, with the place of each name. */
import { entryOf, itemsAt, nodeAt, textAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

export interface NamedObject {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  readonly name: string;
  readonly entry: YamlEntry;
  /** What of the pod names it: `volume settings`, `DB_URL of orders`. */
  readonly by: string;
}

/** Everything that a pod cannot start without; what it says is optional is left out. */
export function namedObjects(pod: YamlMap): readonly NamedObject[] {
  const volumes = itemsAt(pod, 'volumes').flatMap((volume) => {
    const by = `volume ${textAt(volume, 'name') ?? ''}`;
    return [
      named('ConfigMap', nodeAt(volume, 'configMap'), 'name', by),
      named('Secret', nodeAt(volume, 'secret'), 'secretName', by),
      named('PersistentVolumeClaim', nodeAt(volume, 'persistentVolumeClaim'), 'claimName', by),
      ...itemsAt(volume, 'projected', 'sources').flatMap((source) => [
        named('ConfigMap', nodeAt(source, 'configMap'), 'name', by),
        named('Secret', nodeAt(source, 'secret'), 'name', by),
      ]),
    ];
  });
  const containers = [...itemsAt(pod, 'initContainers'), ...itemsAt(pod, 'containers')].flatMap((container) => {
    const of = textAt(container, 'name') ?? '';
    return [
      ...itemsAt(container, 'envFrom').flatMap((source) => [
        named('ConfigMap', nodeAt(source, 'configMapRef'), 'name', `envFrom of ${of}`),
        named('Secret', nodeAt(source, 'secretRef'), 'name', `envFrom of ${of}`),
      ]),
      ...itemsAt(container, 'env').flatMap((variable) => {
        const by = `${textAt(variable, 'name') ?? 'env'} of ${of}`;
        return [
          named('ConfigMap', nodeAt(variable, 'valueFrom', 'configMapKeyRef'), 'name', by),
          named('Secret', nodeAt(variable, 'valueFrom', 'secretKeyRef'), 'name', by),
        ];
      }),
    ];
  });
  return [...volumes, ...containers].flatMap((one) => one ?? []);
}

function named(kind: NamedObject['kind'], from: YamlNode | undefined, field: string, by: string): NamedObject | undefined {
  const entry = entryOf(from, field);
  const name = textAt(entry?.value);
  if (entry === undefined || name === undefined || name === '' || textAt(from, 'optional') === 'true') return undefined;
  return { kind, name, entry, by };
}
