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

/** The engine of an image, with its version where the tag begins with one. */
export function engineOfImage(image: string): (Engine & { readonly version?: string }) | undefined {
  const [path = ''] = image.split('@');
  const last = path.slice(path.lastIndexOf('/') + 1);
  const [name = '', tag = ''] = last.split(':');
  const engine = byImage.get(name);
  if (engine === undefined) return undefined;
  // Some images count versions of their own.
  if (/^(?:cp-|kubernetes-|redpanda$|spilo$)/.test(name)) return engine;
  const version = /^v?(\d+(?:\.\d+){0,2})/.exec(tag)?.[1];
  return version === undefined ? engine : { ...engine, version };
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
