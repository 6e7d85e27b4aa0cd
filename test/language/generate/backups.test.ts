/** Who takes which backup, and that what is taken can be trusted. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const sites = `
region north { provider aws id "eu-north-1" zones a, b, c }
region south { provider aws id "eu-south-1" zones a, b }
region east { provider aws id "eu-east-1" zones a }
bucket vault in east { id "acme-vault" locked 35d }`;

const backup = 'backup nightly { full every 1d at 02:00 takes 40m  copies to vault takes 20m  keeps 35d }';

async function treeOf(store: string, head = 'model shop { mesh istio "1.28"  kubernetes "1.33"  namespace shop }') {
  return generateManifests(await modelOf(`${head}\n${sites}\n${store}`), noOwnFiles);
}

const plain = (more: string): string =>
  `database ledger { engine generic  image "x/ledger:1"  port tcp 5432  runs 3 in north  runs 1 in south as hot standby  size 20GiB  probe readiness every 5s\n${more} }`;
const postgres = (more: string): string =>
  `database orders-db { engine postgres "16"  image "x/postgres:16"  port tcp 5432  runs 1 in north  size 10GiB  probe readiness every 5s\n${more} }`;

const velero = 'platform/north/default/velero';

describe('Velero', () => {
  it('takes a store by the statements of its backup', async () => {
    const tree = await treeOf(plain(backup), 'model shop { namespace shop  timezone "Asia/Shanghai" }');
    expect(at(parsed(tree, `${velero}/schedule-ledger-nightly.yaml`), 'spec')).toEqual({
      schedule: 'CRON_TZ=Asia/Shanghai 0 2 * * *',
      useOwnerReferencesInBackup: false,
      template: {
        metadata: { labels: { 'drml.dev/store': 'ledger' } },
        includedNamespaces: ['shop'],
        includedResources: ['persistentvolumeclaims', 'persistentvolumes'],
        labelSelector: { matchLabels: { app: 'ledger' } },
        storageLocation: 'shop-vault-north',
        snapshotMoveData: true,
        ttl: '840h0m0s',
        itemOperationTimeout: '4h0m0s',
      },
    });
    expect(at(parsed(tree, `${velero}/backup-storage-location-shop-vault-north.yaml`), 'spec')).toEqual({
      provider: 'velero.io/aws',
      accessMode: 'ReadWrite',
      objectStorage: { bucket: 'acme-vault', prefix: 'velero/shop/north/default' },
      config: { region: 'eu-east-1' },
      validationFrequency: '1m',
    });
    expect(parsed(tree, `${velero}/volume-snapshot-class.yaml`)).toMatchObject({
      driver: 'ebs.csi.aws.com',
      deletionPolicy: 'Retain',
      metadata: { labels: { 'velero.io/csi-volumesnapshot-class': 'true' } },
    });
    expect(messages(tree)).not.toMatch(/backup|dump/i);
  });

  it('trap 11: a snapshot that stays in its region', async () => {
    const tree = await treeOf(plain('backup b { snapshot every 6h  copies to vault  keeps 7d }'));
    const template = at(parsed(tree, `${velero}/schedule-ledger-b.yaml`), 'spec', 'template');
    expect(at(template, 'snapshotMoveData')).toBe(true);
    expect(at(template, 'storageLocation')).toBe('shop-vault-north');
  });

  it('trap 11: a standby cluster that runs the schedule too', async () => {
    const tree = await treeOf(plain(backup));
    const standby = paths(tree).filter((path) => path.startsWith('platform/south/'));
    expect(standby).toEqual([
      'platform/south/default/velero/backup-storage-location-shop-vault-north.yaml',
      'platform/south/default/velero/kustomization.yaml',
      'platform/south/default/velero/volume-snapshot-class.yaml',
    ]);
    expect(at(parsed(tree, standby[0] ?? ''), 'spec')).toMatchObject({
      accessMode: 'ReadOnly',
      objectStorage: { prefix: 'velero/shop/north/default' },
    });
  });

  it('trap 11: two clusters that both serve write to prefixes of their own, and read each other’s', async () => {
    const both = plain(backup).replace('runs 1 in south as hot standby', 'runs 3 in south');
    const tree = await treeOf(both);
    const modes = paths(tree)
      .filter((path) => path.includes('backup-storage-location'))
      .map((path) => [
        path.split('/')[1],
        at(parsed(tree, path), 'spec', 'objectStorage', 'prefix'),
        at(parsed(tree, path), 'spec', 'accessMode'),
      ]);
    expect(modes).toEqual([
      ['north', 'velero/shop/north/default', 'ReadWrite'],
      ['north', 'velero/shop/south/default', 'ReadOnly'],
      ['south', 'velero/shop/north/default', 'ReadOnly'],
      ['south', 'velero/shop/south/default', 'ReadWrite'],
    ]);
  });

  it('trap 11: restored Services and routes that collide with what is applied', async () => {
    const tree = await treeOf(plain(backup));
    for (const { path, content } of tree.files.filter((file) => file.path.includes('/velero/schedule-'))) {
      expect([path, content]).not.toEqual([path, expect.stringMatching(/services|ingresses|virtualservices|deployments/)]);
    }
  });

  it('trap 11: hooks nobody stated are not made up', async () => {
    const tree = await treeOf(plain(backup));
    for (const { content } of tree.files) expect(content).not.toMatch(/hooks:/);
  });

  it('keeps for ever what states no end, and says so', async () => {
    const tree = await treeOf(plain('backup b { full every 1d  copies to vault }'));
    expect(at(parsed(tree, `${velero}/schedule-ledger-b.yaml`), 'spec', 'template', 'ttl')).toBe('876000h0m0s');
    expect(messages(tree)).toContain('Write `keeps 35d`');
  });

  it('a provider nobody stated is a placeholder that cannot work', async () => {
    const text = `${sites}\n${plain(backup)}`.replaceAll('provider aws', '');
    const tree = generateManifests(await modelOf(`model shop { namespace shop }\n${text}`), noOwnFiles);
    const content = (name: string) => tree.files.find((file) => file.path === `${velero}/${name}`)?.content;
    expect(content('backup-storage-location-shop-vault-north.yaml')).toContain('provider-missing.invalid/none # PLACEHOLDER');
    expect(content('volume-snapshot-class.yaml')).toContain('driver-missing.invalid # PLACEHOLDER');
    expect(messages(tree)).toContain('Write `provider aws` in its region');
  });
});

describe('what no manifest takes is said', () => {
  it.each([
    ['managed by operator cloudnative-pg', 'the operator cloudnative-pg takes backup nightly; write full at `0 2 * * *`'],
    ['managed by provider', 'the provider takes backup nightly'],
    ['manifest "db.yaml"', 'nothing takes backup nightly'],
  ])('%s', async (statement, words) => {
    const tree = await treeOf(postgres(`${statement}\n${backup}`));
    expect(paths(tree).filter((path) => /velero|dumps/.test(path))).toEqual([]);
    expect(messages(tree)).toContain(words);
  });

  it.each([
    ['backup b { log every 5m  copies to vault }', 'no manifest ships its logs'],
    ['backup b { full every 1d }', 'Write `copies to BUCKET`'],
  ])('%s', async (statement, words) => {
    const tree = await treeOf(plain(statement));
    expect(paths(tree).filter((path) => /velero|dumps/.test(path))).toEqual([]);
    expect(messages(tree)).toContain(words);
  });
});

const dump = 'backup nightly { full every 1d at 02:00  copies to vault  keeps 35d  image "x/dump:1"  mounts secret dump-login }';
const job = 'overlays/north/default/dumps/orders-db.orders-db-nightly.yaml';
const podOf = ['spec', 'jobTemplate', 'spec', 'template', 'spec'] as const;

describe('dumps', () => {
  it('of an engine that has a tool for it', async () => {
    const tree = await treeOf(postgres(dump), 'model shop { namespace shop  timezone "Asia/Shanghai"  kubernetes "1.33" }');
    expect(parsed(tree, job)).toMatchObject({
      kind: 'CronJob',
      spec: {
        schedule: '0 2 * * *',
        timeZone: 'Asia/Shanghai',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600,
        jobTemplate: { spec: { activeDeadlineSeconds: 86_400, backoffLimit: 2 } },
      },
    });
    expect(at(parsed(tree, job), ...podOf, 'containers', 0)).toMatchObject({
      image: 'x/dump:1',
      envFrom: [{ secretRef: { name: 'dump-login' } }],
    });
    expect(
      at(
        parsed(tree, job),
        ...podOf,
        'volumes',
        0,
        'ephemeral',
        'volumeClaimTemplate',
        'spec',
        'resources',
        'requests',
        'storage',
      ),
    ).toBe('10Gi');
    expect(parsed(tree, 'overlays/north/default/kustomization.yaml').resources).toContain('dumps');
    expect(messages(tree)).not.toMatch(/backup|dump/i);
  });

  it.each([
    ['1.26', undefined],
    ['1.27', 'Asia/Shanghai'],
  ])('of Kubernetes %s know time zones or not', async (version, zone) => {
    const tree = await treeOf(postgres(dump), `model shop { namespace shop  timezone "Asia/Shanghai"  kubernetes "${version}" }`);
    expect(at(parsed(tree, job), 'spec', 'timeZone')).toBe(zone);
  });

  it.each([
    ['1.28', '1.28', undefined],
    ['1.29', '1.23', undefined],
    ['1.29', '1.24', { 'sidecar.istio.io/nativeSidecar': 'true' }],
  ])('of Kubernetes %s and Istio %s end beside a sidecar or not', async (kubernetes, istio, annotations) => {
    const head = `model shop { namespace shop  kubernetes "${kubernetes}"  mesh istio "${istio}" }`;
    const tree = await treeOf(postgres(dump), head);
    expect(at(parsed(tree, job), 'spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations')).toEqual(annotations);
    expect(messages(tree).includes('keeps the dump of backup nightly from ending')).toBe(annotations === undefined);
  });

  it('trap 14: an image and credentials nobody named', async () => {
    const tree = await treeOf(postgres(backup));
    expect(tree.files.find((file) => file.path === job)?.content).toContain(
      'image: image-missing.invalid/orders-db-nightly:missing # PLACEHOLDER',
    );
    expect(at(parsed(tree, job), ...podOf, 'containers', 0, 'envFrom')).toBeUndefined();
    expect(messages(tree)).toContain('names no image to dump it with');
    expect(messages(tree)).toContain('Write `mounts secret NAME` in the backup, with the keys PGUSER, PGPASSWORD, PGDATABASE');
  });

  describe('trap 12: a dump that succeeds with an empty file', () => {
    /** Runs the script of the CronJob with tools of which some fail. */
    async function run(tools: Readonly<Record<string, string>>) {
      const tree = await treeOf(postgres(dump));
      const script = String(at(parsed(tree, job), ...podOf, 'containers', 0, 'args', 0));
      const scratch = mkdtempSync(join(tmpdir(), 'drml-dump-'));
      try {
        mkdirSync(join(scratch, 'bin'));
        mkdirSync(join(scratch, 'dump'));
        const all = {
          pg_dump: 'for word; do case "$word" in --file=*) echo data > "$(cut -c 8- <<< "$word")";; esac; done',
          pg_restore: 'exit 0',
          aws: `echo "$@" > ${scratch}/uploaded`,
          ...tools,
        };
        for (const [name, body] of Object.entries(all)) {
          writeFileSync(join(scratch, 'bin', name), `#!/bin/bash\n${body}\n`);
          chmodSync(join(scratch, 'bin', name), 0o755);
        }
        const { status } = spawnSync('bash', ['-c', script.replaceAll('"/dump/', `"${scratch}/dump/`)], {
          env: { PATH: `${join(scratch, 'bin')}:${process.env.PATH ?? ''}` },
          encoding: 'utf8',
        });
        const uploaded = join(scratch, 'uploaded');
        return { status, uploaded: existsSync(uploaded) ? readFileSync(uploaded, 'utf8') : undefined };
      } finally {
        rmSync(scratch, { recursive: true });
      }
    }

    it('uploads what is whole', async () => {
      const { status, uploaded } = await run({});
      expect(status).toBe(0);
      expect(uploaded).toMatch(/s3:\/\/acme-vault\/dumps\/shop\/north\/default\/orders-db\/nightly\/\d{4}-.*Z\.dump\n$/);
    });

    it.each([
      ['a tool that fails', { pg_dump: 'exit 1' }],
      ['an empty file', { pg_dump: 'for word; do case "$word" in --file=*) : > "$(cut -c 8- <<< "$word")";; esac; done' }],
      ['a file that cannot be read', { pg_restore: 'exit 1' }],
    ])('uploads nothing after %s', async (_what, tools) => {
      const { status, uploaded } = await run(tools);
      expect(status).not.toBe(0);
      expect(uploaded).toBeUndefined();
    });

    it('a pipe that fails in its middle fails', async () => {
      const tree = await treeOf(postgres(dump).replace('postgres "16"', 'mysql "8.4"'));
      const script = String(at(parsed(tree, job), ...podOf, 'containers', 0, 'args', 0));
      expect(script.split('\n')[0]).toBe('set -euo pipefail');
      expect(script).toContain('test -s "$file"');
    });
  });

  it('no bucket’s name is read by the shell', async () => {
    const text = `model shop { namespace shop }\n${sites.replace('acme-vault', 'a$(reboot)`x`')}\n${postgres(dump)}`;
    const tree = generateManifests(await modelOf(text), noOwnFiles);
    const script = String(at(parsed(tree, job), ...podOf, 'containers', 0, 'args', 0));
    expect(script).toContain('"s3://arebootx/$key"');
  });
});

it(
  'all of it validates strictly',
  async () => {
    const engines = ['mysql', 'mariadb', 'mongodb', 'redis', 'valkey'].map((engine) =>
      postgres(dump).replace('orders-db', `${engine}-db`).replace('postgres "16"', engine),
    );
    expect(complaints([await treeOf([plain(backup), postgres(dump), ...engines].join('\n'))])).toBe('');
  },
  validationTimeout,
);
