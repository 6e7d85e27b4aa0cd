/** The engine of a store that its image's plain name does not tell: by settings that only its server takes, else by its port. */
import { itemsAt, textAt } from '../manifests/yaml-tree.js';
import { type Engine, engineNamed } from './engines.js';
import { spokenPlace } from './imported.js';
import type { Workload } from './workloads.js';

/** An engine, and what speaks for it. */
export interface GuessedEngine {
  readonly engine: Engine;
  readonly reason: string;
}

/** Variables that the usual images of a server take, and none of its clients: from the images' own documentation. */
const serverVariables: ReadonlyMap<string, string> = new Map(
  (
    [
      ['postgres', 'PGDATA POSTGRES_INITDB_ARGS POSTGRES_HOST_AUTH_METHOD POSTGRESQL_REPLICATION_MODE REPMGR_PRIMARY_HOST'],
      ['mysql', 'MYSQL_ROOT_PASSWORD MYSQL_ROOT_PASSWORD_FILE MYSQL_ALLOW_EMPTY_PASSWORD MYSQL_RANDOM_ROOT_PASSWORD'],
      ['mariadb', 'MARIADB_ROOT_PASSWORD MARIADB_ALLOW_EMPTY_ROOT_PASSWORD MARIADB_GALERA_CLUSTER_NAME'],
      ['mongodb', 'MONGO_INITDB_ROOT_USERNAME MONGO_INITDB_DATABASE MONGODB_REPLICA_SET_MODE MONGODB_ROOT_PASSWORD'],
      ['redis', 'REDIS_REPLICATION_MODE REDIS_AOF_ENABLED'],
      ['rabbitmq', 'RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS RABBITMQ_ERLANG_COOKIE'],
      ['kafka', 'KAFKA_ADVERTISED_LISTENERS KAFKA_CFG_ADVERTISED_LISTENERS KAFKA_BROKER_ID KAFKA_NODE_ID KAFKA_CFG_NODE_ID'],
      ['zookeeper', 'ZOO_MY_ID ZOO_SERVERS ZOOKEEPER_SERVER_ID'],
      ['etcd', 'ETCD_ADVERTISE_CLIENT_URLS ETCD_INITIAL_CLUSTER'],
      ['cassandra', 'CASSANDRA_SEEDS CASSANDRA_CLUSTER_NAME'],
      ['elasticsearch', 'discovery.seed_hosts discovery.type cluster.initial_master_nodes'],
      ['clickhouse', 'CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT'],
      ['influxdb', 'DOCKER_INFLUXDB_INIT_MODE INFLUXDB_ADMIN_USER'],
      ['neo4j', 'NEO4J_AUTH'],
      ['minio', 'MINIO_ROOT_USER MINIO_ROOT_PASSWORD'],
    ] as const
  ).flatMap(([engine, variables]) => variables.split(' ').map((variable) => [variable, engine] as const)),
);

/** Variables of the Postgres image that its clients take as well: they tell a server where it also listens on the port. */
const postgresVariables: ReadonlySet<string> = new Set(['POSTGRES_PASSWORD', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_DB']);

/** Ports that engines listen on by default, as registered with IANA or set by the project. */
const enginePorts: ReadonlyMap<number, string> = new Map([
  [2181, 'zookeeper'],
  [2379, 'etcd'],
  [3306, 'mysql'],
  [4222, 'nats'],
  [5432, 'postgres'],
  [5672, 'rabbitmq'],
  [6379, 'redis'],
  [7687, 'neo4j'],
  [8086, 'influxdb'],
  [9042, 'cassandra'],
  [9092, 'kafka'],
  [9200, 'elasticsearch'],
  [11211, 'memcached'],
  [26257, 'cockroachdb'],
  [27017, 'mongodb'],
]);

/** The engine by the variables of the container; undefined where none tells, or one names another host, as a client's do. */
export function engineByVariables({ container }: Workload): GuessedEngine | undefined {
  const variables = itemsAt(container, 'env');
  const names = variables.map((variable) => textAt(variable, 'name') ?? '');
  if (
    names.some((name) =>
      /^(?:POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB|MONGO|MONGODB|RABBITMQ|DB|DATABASE)_?(?:HOST|URL|URI|ADDR)$/.test(name),
    )
  )
    return undefined;
  for (const [index, name] of names.entries()) {
    const known =
      serverVariables.get(name) ?? (postgresVariables.has(name) && portsOf(container).includes(5432) ? 'postgres' : undefined);
    const engine = known === undefined ? undefined : engineNamed(known);
    const at = variables[index]?.at;
    if (engine !== undefined && at !== undefined)
      return { engine, reason: `${engine.name} by its variable ${name} (${spokenPlace(at)})` };
  }
  return undefined;
}

/** The engine that listens on a port of the container by default: a guess, for what keeps data and says nothing else. */
export function engineByPort({ container }: Workload): GuessedEngine | undefined {
  for (const port of portsOf(container)) {
    const engine = engineNamed(enginePorts.get(port) ?? '');
    if (engine !== undefined) return { engine, reason: `${engine.name} is a guess by port ${port}; write its engine` };
  }
  return undefined;
}

function portsOf(container: Workload['container']): readonly number[] {
  return itemsAt(container, 'ports').map((port) => Number(textAt(port, 'containerPort') ?? Number.NaN));
}
