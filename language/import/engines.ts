/** What an image or a custom resource says about the component: its engine, and with it what kind of component it is. */
import type { ComponentKind } from '../model/model.js';

export interface Engine {
  readonly name: string;
  readonly kind: Extract<ComponentKind, 'database' | 'cache' | 'queue' | 'coordinator'>;
}

/** By the last part of the image's name. Redis may be a cache; until somebody says so its data is taken to matter. */
const byImage: ReadonlyMap<string, Engine> = new Map<string, Engine>(
  (
    [
      ['database', 'postgres', 'postgres postgresql postgis timescaledb spilo'],
      ['database', 'mysql', 'mysql mysql-server percona percona-server'],
      ['database', 'mariadb', 'mariadb mariadb-galera'],
      ['database', 'mongodb', 'mongo mongodb percona-server-mongodb'],
      ['database', 'redis', 'redis redis-cluster redis-stack redis-stack-server'],
      ['database', 'valkey', 'valkey'],
      ['cache', 'memcached', 'memcached'],
      ['database', 'elasticsearch', 'elasticsearch'],
      ['database', 'opensearch', 'opensearch'],
      ['database', 'cassandra', 'cassandra'],
      ['database', 'scylladb', 'scylla'],
      ['database', 'cockroachdb', 'cockroach'],
      ['database', 'clickhouse', 'clickhouse clickhouse-server'],
      ['database', 'influxdb', 'influxdb'],
      ['database', 'neo4j', 'neo4j'],
      ['database', 'minio', 'minio'],
      ['queue', 'kafka', 'kafka cp-kafka redpanda'],
      ['queue', 'rabbitmq', 'rabbitmq'],
      ['queue', 'nats', 'nats'],
      ['queue', 'pulsar', 'pulsar pulsar-all'],
      ['queue', 'activemq', 'activemq activemq-artemis activemq-classic'],
      ['coordinator', 'etcd', 'etcd'],
      ['coordinator', 'zookeeper', 'zookeeper cp-zookeeper kubernetes-zookeeper'],
      ['coordinator', 'consul', 'consul'],
    ] as const
  ).flatMap(([kind, name, images]) => images.split(' ').map((image) => [image, { name, kind }] as const)),
);

/** By its own name. */
const byName: ReadonlyMap<string, Engine> = new Map([...byImage.values()].map((engine) => [engine.name, engine]));

/** Words of an image's name that say how the engine is packed, and not that it is something else. */
const packing: ReadonlySet<string> = new Set(
  'ha cluster server repmgr sentinel stack replica replicaset replication sharded galera community enterprise oss standalone single node db database custom hardened fips slim alpine debian ubuntu ubi ubi8 ubi9 rhel rhel8 rhel9 bitnami official base image docker broker'.split(
    ' ',
  ),
);

/** Words of images that stand beside an engine: they reach it, watch it or copy it, and keep nothing themselves. */
const beside =
  /exporter|operator|proxy|bouncer|pgpool|router|backup|dump|restore|client|manager|migrat|connect|bridge|registry|console|agent|sidecar|monitor|metrics|adapter|controller|express|commander|reloader|service|worker|consumer|producer|^(?:admin|api|app|bench|cat|drop|gui|init|job|lens|maker|mirror|rest|seed|shell|sync|test|tool|tools|ui|web)$/;

/** What an image says of its engine. */
export interface ImageEngine extends Engine {
  readonly version?: string;
  /** Where the image has a name of somebody's own, such as `acme-postgres`. */
  readonly isGuess?: true;
}

/** The engine called so, with the kind of component it makes. */
export function engineNamed(name: string): Engine | undefined {
  return byName.get(name);
}

/** The engine of an image, with its version where the tag begins with one. */
export function engineOfImage(image: string): ImageEngine | undefined {
  const [path = ''] = image.split('@');
  const last = path.slice(path.lastIndexOf('/') + 1);
  const [name = '', tag = ''] = last.split(':');
  const exact = byImage.get(name);
  const engine = exact ?? engineWithin(name);
  if (engine === undefined) return undefined;
  // Some images count versions of their own.
  if (/^(?:cp-|kubernetes-|redpanda$|spilo$)/.test(name) || (exact === undefined && isGuessed(name))) return engine;
  const version = /^v?(\d+(?:\.\d+){0,2})/.exec(tag)?.[1];
  return version === undefined ? engine : { ...engine, version };
}

/** The engine that a word of the name says: `postgresql-ha` beyond doubt, `acme-postgres` as a guess. */
function engineWithin(name: string): ImageEngine | undefined {
  const words = name.toLowerCase().split(/[-_.]/);
  if (words.some((word) => beside.test(word))) return undefined;
  const index = words.findIndex((word) => engineWord(word) !== undefined);
  const engine = engineWord(words[index] ?? '');
  if (engine === undefined) return undefined;
  if (!isGuessed(name)) return engine;
  // What follows the engine's name says what is done with it, unless it says how it is packed.
  return words.slice(index + 1).every(isPacking) ? { ...engine, isGuess: true } : undefined;
}

function isGuessed(name: string): boolean {
  return !name
    .toLowerCase()
    .split(/[-_.]/)
    .every((word) => engineWord(word) !== undefined || isPacking(word));
}

function engineWord(word: string): Engine | undefined {
  return byImage.get(word) ?? byImage.get(word.replace(/\d+$/, ''));
}

function isPacking(word: string): boolean {
  return packing.has(word) || /^v?\d*$/.test(word);
}

/** A custom resource by which an operator runs a store. */
export interface OperatedKind {
  readonly group: string;
  readonly kind: string;
  readonly operator: string;
  readonly engine: Engine;
  /** Where the number of instances stands. */
  readonly instances: readonly string[];
  /** Where the size of a volume stands. */
  readonly size: readonly string[];
  /** Endings of the Services that the operator makes. */
  readonly services: readonly string[];
}

const database = (name: string): Engine => ({ name, kind: 'database' });
const queue = (name: string): Engine => ({ name, kind: 'queue' });

/** Stores run by operators, each from the operator's own reference of its resource. */
export const operatedKinds: readonly OperatedKind[] = [
  {
    group: 'postgresql.cnpg.io',
    kind: 'Cluster',
    operator: 'cloudnative-pg',
    engine: database('postgres'),
    instances: ['spec', 'instances'],
    size: ['spec', 'storage', 'size'],
    services: ['-rw', '-ro', '-r'],
  },
  {
    group: 'acid.zalan.do',
    kind: 'postgresql',
    operator: 'postgres-operator',
    engine: database('postgres'),
    instances: ['spec', 'numberOfInstances'],
    size: ['spec', 'volume', 'size'],
    services: ['', '-repl', '-pooler'],
  },
  {
    group: 'kafka.strimzi.io',
    kind: 'Kafka',
    operator: 'strimzi',
    engine: queue('kafka'),
    instances: ['spec', 'kafka', 'replicas'],
    size: ['spec', 'kafka', 'storage', 'size'],
    services: ['-kafka-bootstrap', '-kafka-brokers'],
  },
  {
    group: 'rabbitmq.com',
    kind: 'RabbitmqCluster',
    operator: 'rabbitmq-cluster-operator',
    engine: queue('rabbitmq'),
    instances: ['spec', 'replicas'],
    size: ['spec', 'persistence', 'storage'],
    services: ['', '-nodes'],
  },
  {
    group: 'mongodbcommunity.mongodb.com',
    kind: 'MongoDBCommunity',
    operator: 'mongodb-kubernetes',
    engine: database('mongodb'),
    instances: ['spec', 'members'],
    size: [],
    services: ['-svc'],
  },
  {
    group: 'mysql.oracle.com',
    kind: 'InnoDBCluster',
    operator: 'mysql-operator',
    engine: database('mysql'),
    instances: ['spec', 'instances'],
    size: [],
    services: ['', '-instances'],
  },
  {
    group: 'elasticsearch.k8s.elastic.co',
    kind: 'Elasticsearch',
    operator: 'eck',
    engine: database('elasticsearch'),
    instances: [],
    size: [],
    services: ['-es-http'],
  },
];
