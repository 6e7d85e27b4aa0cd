/** CronJobs that dump a store, prove the dump, and upload it. */
import { sourceOf } from '../../model/fact.js';
import type { BackupRun } from '../backup-runs.js';
import { clusterPath } from '../cluster-name.js';
import type { Context } from '../context.js';
import { sourceName } from '../context.js';
import { cronOf } from '../cron.js';
import { serviceHost } from '../istio/mesh.js';
import { nativeSidecar } from '../istio/native-sidecar.js';
import { componentLabels } from '../kubernetes/metadata.js';
import { namedPorts } from '../kubernetes/ports.js';
import { byteQuantity } from '../kubernetes/quantity.js';
import { dnsLabel } from '../names.js';
import { objectStore } from '../object-store.js';
import type { Overlay } from '../overlays.js';
import { lines, traced, type Yaml, type YamlObject } from '../yaml.js';
import { dumpCommands } from './dump-commands.js';
import { uploadCommand } from './upload-command.js';

const scratch = '/dump';
const scratchGroup = 65534;
/** A dump with failures is tried so often more within one run. */
const retries = 2;
/** The most a run may start late, in seconds: past it the next one is nearer than a late one is worth. */
const mostLate = 3600;

/** The CronJob of a run in one cluster that writes; undefined where the store has no port to dump it through. */
export function dumpCronJob(context: Context, run: BackupRun, overlay: Overlay): YamlObject | undefined {
  const { store, backup, series } = run;
  const script = dumpScript(context, run, overlay);
  if (script === undefined) return undefined;
  const { timezone } = context.model.settings;
  const { fields, every } = cronOf(series, `${run.name} ${clusterPath(overlay)}`);
  const labels = { ...componentLabels(context, store), app: run.name, 'app.kubernetes.io/name': run.name };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: run.name,
      namespace: context.names.namespace,
      labels,
      annotations: { 'drml.dev/source': sourceName(context.model, backup.source) },
    },
    spec: {
      schedule: traced(fields, series.source, `${series.kind} of backup ${backup.name}`),
      timeZone: timezone === undefined || !context.has('timeZone') ? undefined : traced(timezone.value, sourceOf(timezone)),
      // A second dump beside one that hangs would only slow both down.
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: Math.min(mostLate, Math.max(60, Math.floor(every / 2))),
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: traced(Math.ceil(every), series.source, 'the next one is due'),
          backoffLimit: retries,
          template: {
            metadata: { labels, annotations: sidecar(context, run) },
            spec: {
              // The volume belongs to a group of its own, so that whoever the image runs as can write.
              securityContext: { fsGroup: scratchGroup, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'dump',
                  image: image(context, run),
                  command: ['bash', '-c'],
                  args: [script],
                  envFrom: environment(context, run),
                  volumeMounts: [{ name: 'dump', mountPath: scratch }],
                  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
                },
              ],
              volumes: [{ name: 'dump', ...scratchVolume(run) }],
            },
          },
        },
      },
    },
  };
}

/** Fails where any step fails, where the file is empty, and where it cannot be read to its end; only then is it uploaded. */
function dumpScript(context: Context, run: BackupRun, overlay: Overlay): Yaml | undefined {
  const { store, backup, bucket } = run;
  const engine = store.component.data.engine?.value.name;
  const commands = dumpCommands(engine);
  const port = namedPorts(store.component)[0];
  if (commands === undefined || port === undefined) {
    context.report({
      kind: 'missing',
      component: store.component.name,
      message: `${store.component.name} has no port, so nothing dumps it. Write \`port tcp 5432\`.`,
      source: store.component.nameSource,
    });
    return undefined;
  }
  const { cloud, name } = objectStore(context, bucket);
  const folder = `dumps/${context.names.model}/${clusterPath(overlay)}/${store.name}/${dnsLabel(backup.name)}`;
  return lines(
    'set -euo pipefail',
    `host=${serviceHost(context, store)}`,
    `port=${port.number}`,
    `name="$(date -u +%Y-%m-%dT%H-%M-%SZ).${commands.ending}"`,
    `file="${scratch}/$name"`,
    `key="${folder}/$name"`,
    commands.dump,
    'test -s "$file"',
    commands.check,
    cloud === undefined
      ? 'echo "PLACEHOLDER: the model states no provider of the bucket, so nothing is uploaded" >&2; exit 1'
      : uploadCommand(cloud, shellSafe(name)),
  );
}

/** A bucket's name inside double quotes: characters that no provider allows in one, and a shell reads, are left out. */
function shellSafe(name: string): string {
  return name.replace(/[^A-Za-z0-9._/-]/g, '');
}

/** The stated image; else one that no registry can serve. */
function image(context: Context, { store, backup, name }: BackupRun): Yaml {
  if (backup.image !== undefined) return traced(backup.image.value, sourceOf(backup.image));
  const tools = store.component.data.engine?.value.name ?? 'the store';
  context.report({
    kind: 'missing',
    component: store.component.name,
    message: `Backup ${backup.name} of ${store.component.name} names no image to dump it with; a placeholder stands there. Write \`image "REGISTRY/NAME:TAG"\` in the backup: one with the client of ${tools} and of the bucket.`,
    source: backup.source,
  });
  return traced(`image-missing.invalid/${name}:missing`, backup.source, 'PLACEHOLDER: the backup states no image');
}

/** Secrets and configuration by name: each key is a variable that the engine's tools read. */
function environment(context: Context, { store, backup }: BackupRun): readonly Yaml[] | undefined {
  const mounts = backup.mounts ?? [];
  if (mounts.length === 0) {
    const variables = dumpCommands(store.component.data.engine?.value.name)?.environment ?? '';
    context.report({
      kind: 'missing',
      component: store.component.name,
      message: `Backup ${backup.name} of ${store.component.name} names no secret, so its dump has no credentials. Write \`mounts secret NAME\` in the backup, with the keys ${variables} and those of the bucket.`,
      source: backup.source,
    });
    return undefined;
  }
  return mounts.map(({ kind, name, source }) =>
    kind === 'secret'
      ? { secretRef: { name: traced(dnsLabel(name), source) } }
      : { configMapRef: { name: traced(dnsLabel(name), source) } },
  );
}

/** As large as the store: no dump is larger than what it dumps. It goes with the pod. */
function scratchVolume({ store }: BackupRun): YamlObject {
  const { size } = store.component.data;
  if (size === undefined) return { emptyDir: {} };
  return {
    ephemeral: {
      volumeClaimTemplate: {
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: traced(byteQuantity(size.value), sourceOf(size)) } },
        },
      },
    },
  };
}

/** What a pod that ends beside a sidecar needs. */
function sidecar(context: Context, { store, backup }: BackupRun): YamlObject | undefined {
  const otherwise = `the mesh's sidecar keeps the dump of backup ${backup.name} from ending; it is killed when the next one is due.`;
  return nativeSidecar(context, store.component.name, otherwise, backup.source);
}
