/** Commands that bring the data of a store back from its backups. */
import type { BackupRun } from '../backup-runs.js';
import { clusterPath, kubeContext } from '../cluster-name.js';
import type { Context } from '../context.js';
import { dumpCommands } from '../dumps/dump-commands.js';
import { objectStore } from '../object-store.js';
import type { Overlay } from '../overlays.js';
import { veleroNamespace } from '../velero/metadata.js';
import { scheduleName } from '../velero/schedule.js';

/** Rows of a shell script that restores the newest backup of a run into a cluster. */
export function restoreCommands(context: Context, run: BackupRun, into: Overlay): readonly string[] {
  return run.means === 'velero' ? volumeRestore(context, run, into) : dumpRestore(context, run, into);
}

/** Through the backup's name, since a cluster that stands by has no schedule. The workload waits, so that it meets whole volumes. */
function volumeRestore(context: Context, run: BackupRun, into: Overlay): readonly string[] {
  const kubectl = `kubectl --context ${kubeContext(into)}`;
  const schedule = scheduleName(context, run);
  const { namespace } = context.names;
  const restore = {
    apiVersion: 'velero.io/v1',
    kind: 'Restore',
    metadata: { generateName: `${run.name}-`, namespace: veleroNamespace },
    spec: {
      backupName: '$backup',
      includedNamespaces: [namespace],
      existingResourcePolicy: 'none',
      restorePVs: true,
    },
  };
  return [
    `# The newest backup of ${run.store.name}, and how old it is:`,
    `${kubectl} -n ${veleroNamespace} get backups -l velero.io/schedule-name=${schedule} --sort-by=.metadata.creationTimestamp`,
    'backup=NAME-FROM-ABOVE',
    `${kubectl} -n ${namespace} scale statefulset/${run.store.name} --replicas=0`,
    `${kubectl} -n ${namespace} delete pvc -l app=${run.store.name}   # only where the volumes are gone or bad: what is there is not overwritten`,
    `${kubectl} create -f - <<EOF`,
    JSON.stringify(restore),
    'EOF',
    `${kubectl} -n ${veleroNamespace} get restores --watch`,
    `${kubectl} apply -k overlays/${clusterPath(into)}`,
    `${kubectl} -n ${namespace} rollout status statefulset/${run.store.name}`,
  ];
}

/** Through the port that is forwarded to this machine. */
const restoreTools: Readonly<Record<string, string>> = {
  postgres: 'pg_restore --host=127.0.0.1 --port="$port" --clean --if-exists --no-owner --dbname="$PGDATABASE" "$file"',
  mysql: 'gzip -dc "$file" | mysql --host=127.0.0.1 --port="$port" --user="$MYSQL_USER"',
  mariadb: 'gzip -dc "$file" | mariadb --host=127.0.0.1 --port="$port" --user="$MYSQL_USER"',
  mongodb:
    'mongorestore --host=127.0.0.1 --port="$port" --username="$MONGODB_USER" --password="$MONGODB_PASSWORD" --gzip --archive="$file" --drop',
  etcd: 'etcdutl snapshot restore "$file" --data-dir=NEW-DIRECTORY',
};

function dumpRestore(context: Context, run: BackupRun, into: Overlay): readonly string[] {
  const { store, bucket } = run;
  const { cloud, name } = objectStore(context, bucket);
  const engine = store.component.data.engine?.value.name ?? '';
  const ending = dumpCommands(engine)?.ending ?? 'dump';
  const folders = run.writers.map((writer) => `dumps/${context.names.model}/${clusterPath(writer)}/${store.name}/`);
  const list: Readonly<Record<string, (folder: string) => string>> = {
    aws: (folder) => `aws s3 ls "s3://${name}/${folder}" --recursive | sort | tail -n 3`,
    gcp: (folder) => `gcloud storage ls "gs://${name}/${folder}**" | sort | tail -n 3`,
    azure: (folder) => `az storage blob list --container-name "${name}" --prefix "${folder}" --query "[-3:].name"`,
    alibabacloud: (folder) => `ossutil ls "oss://${name}/${folder}" | sort | tail -n 3`,
  };
  return [
    `# The newest dumps of ${store.name}; fetch the last one that is whole as $file:`,
    ...folders.map((folder) => list[cloud ?? '']?.(folder) ?? `# in bucket ${name}, below ${folder}`),
    `file=NEWEST.${ending}`,
    `port=${store.component.deployment.ports[0]?.number ?? 0}`,
    `kubectl --context ${kubeContext(into)} -n ${context.names.namespace} port-forward service/${store.name} "$port" &`,
    restoreTools[engine] ?? `# Bring $file back by the tools of ${engine}: stop it, put the file in place of its data, start it.`,
  ];
}
