/** StatefulSets, for stores that replicate by themselves or need not. */
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata, selectorLabels } from './metadata.js';
import { type Mounts, pathConvention, podTemplate } from './pod-template.js';
import { byteQuantity } from './quantity.js';

const volumeName = 'data';
/** The model has no paths: where a program keeps its data elsewhere, its own manifest says so. */
const dataPath = '/data';

/** The StatefulSet of a component. Its volumes outlive it: neither scaling in nor deleting it deletes data. */
export function statefulSet(context: Context, deployed: Deployed): YamlObject {
  const { component, name } = deployed;
  const { size, storage } = component.data;
  const ephemeral = storage?.value === 'ephemeral';
  if (size === undefined && !ephemeral) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name} has no size, so it gets no volume and loses its data with its pod. Write \`size 20GiB\`, or \`storage ephemeral\` where that is meant.`,
      source: component.nameSource,
    });
  }
  const claim =
    size === undefined || ephemeral
      ? undefined
      : {
          metadata: { name: volumeName },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: traced(byteQuantity(size.value), sourceOf(size)) } },
          },
        };
  const mounts: Mounts = {
    volumeMounts:
      claim === undefined
        ? []
        : [{ name: volumeName, mountPath: traced(dataPath, size === undefined ? undefined : sourceOf(size), pathConvention) }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: componentMetadata(context, deployed),
    spec: {
      minReadySeconds: 10,
      persistentVolumeClaimRetentionPolicy: context.kubernetesHas(27)
        ? { whenDeleted: 'Retain', whenScaled: 'Retain' }
        : undefined,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(name) },
      serviceName: context.names.headless(component.name),
      template: podTemplate(context, deployed, mounts),
      updateStrategy: { type: 'RollingUpdate' },
      volumeClaimTemplates: claim === undefined ? undefined : [claim],
    },
  };
}
