/** What keeps data: told by images, settings of servers and ports, and by what operators are asked for. */
import { describe, expect, test } from 'vitest';
import { engineOfImage } from '../../../language/import/engines.js';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

describe('the engine of an image', () => {
  test.each([
    ['postgres:16.3', 'postgres 16.3'],
    ['docker.io/bitnami/postgresql-repmgr:14.8.0-debian-11', 'postgres 14.8.0'],
    ['registry.example.com:5000/mirror/postgresql-ha:15', 'postgres 15'],
    ['harbor.local/hub/redis-sentinel:7.2', 'redis 7.2'],
    ['bitnami/mongodb-sharded:7.0', 'mongodb 7.0'],
    ['rabbitmq:3.13-management-alpine', 'rabbitmq 3.13'],
    ['percona/percona-xtradb-cluster:8.0', undefined],
    ['docker.redpanda.com/redpandadata/redpanda:v24.1', 'kafka'],
    ['acme/postgres-16-hardened@sha256:ab', 'postgres'],
    ['acme/orders-mysql:4.1.7', 'mysql, a guess'],
    ['bitnami/postgres-exporter:0.15', undefined],
    ['edoburu/pgbouncer:1.22', undefined],
    ['bitnami/pgpool:4', undefined],
    ['confluentinc/cp-kafka-connect:7.6', undefined],
    ['provectuslabs/kafka-ui:v0.7', undefined],
    ['oliver006/redis_exporter:v1.5', undefined],
    ['rediscommander/redis-commander:latest', undefined],
    ['dpage/pgadmin4:8', undefined],
    ['acme/mysql-migrations:3', undefined],
    ['acme/postgres-backup-s3:1', undefined],
    ['acme/orders:1', undefined],
    ['', undefined],
  ])('%s is %s', (image, expected) => {
    const found = engineOfImage(image);
    const said = found === undefined ? undefined : `${found.name}${found.version === undefined ? '' : ` ${found.version}`}`;
    expect(found?.isGuess === true ? `${said}, a guess` : said).toBe(expected);
  });
});

/** The declaration of a component, with the line before it. */
async function declared(name: string, ...documents: readonly string[]): Promise<string> {
  const { formatted, errors } = await imported({ 'all.yaml': documents.join('---\n') });
  expect(errors).toEqual([]);
  return new RegExp(`(?:^//[^\n]*\n)?^\\w+ ${name}\\b[^\n]*\n(?:[^}]*\n)?}`, 'm').exec(formatted)?.[0] ?? formatted;
}

const secret = '{ valueFrom: { secretKeyRef: { name: s, key: k } } }'.slice(1, -1);
const kept =
  'volumeClaimTemplates: [{ metadata: { name: d }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 20Gi } } } }]';

describe('the kind of a workload whose image says nothing', () => {
  test.each([
    ['MYSQL_ROOT_PASSWORD', 'engine mysql', 'mysql by its variable MYSQL_ROOT_PASSWORD (all.yaml:12)'],
    ['MONGO_INITDB_DATABASE', 'engine mongodb', 'mongodb by its variable MONGO_INITDB_DATABASE (all.yaml:12)'],
    ['PGDATA', 'engine postgres', 'postgres by its variable PGDATA'],
  ])('by %s', async (variable, engine, reason) => {
    const text = await declared('store', workload('store', { container: `env: [{ name: ${variable}, ${secret} }]` }));
    expect(text).toContain(engine);
    expect(text).toContain(reason);
    expect(text).toMatch(/^database store/m);
  });

  test('not by settings that a client has as well', async () => {
    const client =
      'env: [{ name: POSTGRES_HOST, value: db }, { name: POSTGRES_PASSWORD, value: x }, { name: POSTGRES_DB, value: y }]';
    expect(await declared('api', workload('api', { container: `${client}\nports: [{ containerPort: 5432 }]` }))).toMatch(
      /^service api/m,
    );
    const twoOfThem = 'env: [{ name: POSTGRES_PASSWORD, value: x }, { name: POSTGRES_DB, value: y }]';
    expect(await declared('api', workload('api', { container: twoOfThem }))).toMatch(/^service api/m);
    expect(await declared('api', workload('api', { container: `${twoOfThem}\nports: [{ containerPort: 5432 }]` }))).toMatch(
      /^database api/m,
    );
  });

  test('by its port as a guess, where it keeps data or is called as what does', async () => {
    const ports = { container: 'ports: [{ containerPort: 27017 }]' };
    expect(await declared('facts', workload('facts', { kind: 'StatefulSet', spec: kept, ...ports }))).toContain(
      'mongodb is a guess by port 27017; write its engine',
    );
    expect(await declared('user-db', workload('user-db', ports))).toMatch(/^database user-db/m);
    expect(await declared('proxy', workload('proxy', ports))).toMatch(/^service proxy/m);
  });

  test('by nothing but its volume', async () => {
    const text = await declared('files', workload('files', { kind: 'StatefulSet', spec: kept }));
    expect(text).toContain('it keeps volumes, and its engine is not known from the image');
    expect(text).toMatch(/size 20GiB .*\n {2}storage zonal {2}\/\/ it keeps a volume; zonal is a guess/);
  });
});

describe('stores that operators run', () => {
  const cluster = (spec: string) =>
    `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: pg, namespace: shop }\nspec: { instances: 3, storage: { size: 10Gi }, ${spec} }\n`;
  const kafka = (config: string, replicas = '') =>
    `apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata: { name: events, namespace: shop }\nspec: { kafka: { version: 3.8.0, ${replicas} config: { ${config} } } }\n`;
  const pool = (name: string, roles: string, count: number) =>
    `apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaNodePool\nmetadata: { name: ${name}, namespace: shop, labels: { strimzi.io/cluster: events } }\nspec: { replicas: ${count}, roles: [${roles}], storage: { type: jbod, volumes: [{ id: 0, type: persistent-claim, size: 500Gi }] } }\n`;
  const api = workload('api');

  test.each([
    ['minSyncReplicas: 1', 'replicates sync within home quorum 2'],
    ['postgresql: { synchronous: { method: any, number: 2 } }', 'replicates sync within home quorum 3'],
    ['enablePDB: true', 'replicates async within home'],
    ['minSyncReplicas: 7', 'replicates async within home'],
  ])('CloudNativePG with %s', async (spec, expected) => {
    expect(await declared('pg', api, cluster(spec))).toContain(expected);
  });

  test('CloudNativePG: the version of its image', async () => {
    expect(await declared('pg', api, cluster('imageName: "ghcr.io/cloudnative-pg/postgresql:16.4-2"'))).toContain(
      'engine postgres "16.4"',
    );
  });

  test('CloudNativePG over two regions: the replica cluster stands by', async () => {
    const { formatted, errors } = await imported({
      'base/kustomization.yaml': 'resources: [all.yaml]\n',
      'base/all.yaml': `${api}---\n${cluster('enablePDB: true')}`,
      'overlays/eu/kustomization.yaml': 'resources: [../../base]\n',
      'overlays/us/kustomization.yaml':
        'resources: [../../base]\npatches: [{ patch: "{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: pg }, spec: { instances: 1, replica: { enabled: true } } }" }]\n',
    });
    expect(errors).toEqual([]);
    expect(formatted).toContain('runs 3 in eu\n');
    expect(formatted).toContain('runs 1 in us as hot standby');
    expect(formatted).toContain('replicates async to us');
    expect(formatted).not.toContain('replicates async to eu');
  });

  test('Strimzi: brokers in pools, and how many copies a write lies on', async () => {
    const text = await declared(
      'events',
      api,
      kafka('default.replication.factor: 3, min.insync.replicas: 2'),
      pool('a', 'broker', 2),
      pool('b', 'broker', 1),
      pool('c', 'controller', 5),
    );
    expect(text).toContain('engine kafka "3.8.0"');
    expect(text).toContain('runs 3 in home');
    expect(text).toContain('size 500GiB');
    expect(text).toContain('replicates sync within home quorum 2');
  });

  test('Strimzi: where a topic is on some of the brokers only, copies are no instances', async () => {
    const text = await declared('events', api, kafka('default.replication.factor: 3, min.insync.replicas: 2', 'replicas: 5,'));
    expect(text).toContain('runs 5 in home');
    expect(text).not.toContain('replicates');
  });
});
