/** Which kind of component a workload is. */
import { itemsAt, nodeAt, textAt, textsAt } from '../manifests/yaml-tree.js';
import type { ComponentKind } from '../model/model.js';
import { engineByPort, engineByVariables } from './engine-guesses.js';
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
  const image = imageOf(workload) ?? '';
  const engine = engineOfImage(image);
  if (labels.get('app.kubernetes.io/managed-by') === 'drml' && isKind(written)) {
    return { kind: written, ...(engine !== undefined && engine.kind === written ? { engine } : {}) };
  }
  if (workload.kind === 'Job' || workload.kind === 'CronJob') return { kind: 'job' };
  if (engine !== undefined && engine.isGuess !== true) return { kind: engine.kind, engine };
  const byVariables = engineByVariables(workload);
  if (byVariables !== undefined) return { kind: byVariables.engine.kind, ...byVariables };
  if (engine !== undefined)
    return { kind: engine.kind, engine, reason: `${engine.name} is a guess from the image's name; write its engine` };
  const byPort = engineByPort(workload);
  if (byPort !== undefined && (keepsVolumes(workload) || isNamedStore(workload))) return { kind: byPort.engine.kind, ...byPort };
  if (keepsVolumes(workload)) return { kind: 'database', reason: 'it keeps volumes, and its engine is not known from the image' };
  return { kind: 'service' };
}

/** Whether its name says that it keeps data: `user-db`, `session-cache`. */
function isNamedStore({ name }: Workload): boolean {
  return /(?:^|-)(?:db|database|cache|sql|mongo|mysql|postgres|redis|memcached|mq|rabbitmq|kafka)(?:-\d+)?$/.test(name);
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
