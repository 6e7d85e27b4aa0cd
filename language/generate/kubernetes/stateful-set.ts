/** StatefulSets, for stores that replicate by themselves or need not. */
import { sourceOf } from '../../model/fact.js';
import { givesUpOneAtATime } from '../../model/queries.js';
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
  const { size, storage, storageClass } = component.data;
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
            // Its volumes have to wait for their pod (WaitForFirstConsumer), or they lie where the pod must not be.
            storageClassName: storageClass === undefined ? undefined : traced(storageClass.value, sourceOf(storageClass)),
            resources: { requests: { storage: traced(byteQuantity(size.value), sourceOf(size)) } },
          },
        };
  if (claim !== undefined) reportVolume(context, deployed);
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
      persistentVolumeClaimRetentionPolicy: context.has('claimRetention')
        ? { whenDeleted: 'Retain', whenScaled: 'Retain' }
        : undefined,
      // A quorum cannot form while its first member waits to be ready.
      podManagementPolicy: givesUpOneAtATime(component) ? 'Parallel' : undefined,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(name) },
      serviceName: context.names.headless(component.name),
      template: podTemplate(context, deployed, mounts),
      updateStrategy: { type: 'RollingUpdate' },
      volumeClaimTemplates: claim === undefined ? undefined : [claim],
    },
  };
}

/** What keeps the pod from its volume: the image's user may not write to it, or its zone is gone. */
function reportVolume(context: Context, { component }: Deployed): void {
  if (component.deployment.user === undefined) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name} does not say which user it runs as, so its volume may be closed to it. Write \`user 1000\` with the number of its image.`,
      source: component.nameSource,
    });
  }
  if (component.data.storage?.value === 'regional') return;
  for (const { region, zones, residents } of context.overlays) {
    const residence = residents.get(component.name);
    if (residence?.replicas !== 1 || zones.length < 2) continue;
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name} has one instance in ${region.name}, and its volume lies in one of its ${zones.length} zones: with that zone it is gone, whatever else stands. Write \`storage regional\`, or run more.`,
      source: residence.placements[0]?.source ?? component.nameSource,
    });
  }
}
