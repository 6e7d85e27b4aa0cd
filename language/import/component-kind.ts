/** Which kind of component a workload is. */
import { itemsAt, nodeAt, textAt, textsAt } from '../manifests/yaml-tree.js';
import type { ComponentKind } from '../model/model.js';
import { type Engine, engineOfImage } from './engines.js';
import type { Workload } from './workloads.js';

export interface KnownKind {
  readonly kind: ComponentKind;
  readonly engine?: Engine & { readonly version?: string };
  /** Why, where it is no plain service. */
  readonly reason?: string;
}

const writtenKinds: ReadonlySet<string> = new Set(['service', 'gateway', 'database', 'cache', 'queue', 'coordinator', 'job']);

/** What DRML itself wrote says what it is; else the image tells the engine, and volumes that outlive pods tell data. */
export function kindOf(workload: Workload): KnownKind {
  const labels = textsAt(workload.manifest.root, 'metadata', 'labels');
  const written = labels.get('app.kubernetes.io/component') ?? '';
  const engine = engineOfImage(imageOf(workload) ?? '');
  if (labels.get('app.kubernetes.io/managed-by') === 'drml' && isKind(written)) {
    return { kind: written, ...(engine !== undefined && engine.kind === written ? { engine } : {}) };
  }
  if (workload.kind === 'Job' || workload.kind === 'CronJob') return { kind: 'job' };
  if (engine !== undefined) return { kind: engine.kind, engine };
  if (keepsVolumes(workload)) return { kind: 'database', reason: 'it keeps volumes, and its engine is not known from the image' };
  return { kind: 'service' };
}

function isKind(text: string): text is ComponentKind {
  return writtenKinds.has(text);
}

/** The image of the container that does the work. */
export function imageOf(workload: Workload): string | undefined {
  return textAt(workload.container, 'image');
}

/** Whether its data outlives its pods. */
export function keepsVolumes(workload: Workload): boolean {
  return (
    itemsAt(workload.manifest.root, 'spec', 'volumeClaimTemplates').length > 0 ||
    itemsAt(workload.pod, 'volumes').some((volume) => nodeAt(volume, 'persistentVolumeClaim') !== undefined)
  );
}
