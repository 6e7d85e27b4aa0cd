/** Files for whoever asks: Argo CD, AWS Backup, HAProxy. */
import { describe, expect, it } from 'vitest';
import { type Extra, generateManifests, noOwnFiles, planWrite, requestWithKept } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const text = `
model acme { namespace acme  timezone "Europe/Berlin" }
region north { provider aws  zones a, b }
region south { provider aws  cluster "green"  zones a, b }
bucket vault in south { id "acme-vault" }
gateway edge { image "x/e:1"  port http 8080  runs 2 in north  runs 2 in south as hot standby  routes "/" to web, "/api/v2" to api, "/api" to web }
service api { image "x/a:1"  port grpc 9090  runs 3 in north  runs 3 in south as hot standby
  probe readiness every 5s failures 2 timeout 500ms
  requires db { timeout 300ms } }
service web { image "x/w:1"  port http 80 to 8080  runs 2 in north  runs 2 in south as hot standby
  probe readiness "/rea\\"dy" every 2500ms failures 4
  requires api { timeout 2s } }
database db { engine postgres "16"  managed by provider
  runs 2 in north
  runs 1 in south as hot standby
  backup nightly { full every 1d at 02:00  log every 5m  copies to vault  keeps 30d  immutable }
  backup weekly { full every 7d at 04:00  copies to vault  keeps 90d } }
`;
const model = await modelOf(text);
const all: readonly Extra[] = ['argocd', 'aws-backup', 'haproxy'];
const treeOf = (extras: readonly Extra[], more = {}) =>
  generateManifests(model, noOwnFiles, undefined, { extras: new Set(extras), ...more });
const tree = treeOf(all, { repository: 'https://git.example.com/acme.git', folder: 'deploy' });
const content = (path: string, of = tree): string => of.files.find((file) => file.path === path)?.content ?? '';
const extraPaths = (of = tree) => paths(of).filter((path) => /^(argocd|aws|haproxy)\//.test(path));

it('nothing of it is written for whoever does not ask', () => {
  expect(extraPaths(generateManifests(model, noOwnFiles))).toEqual([]);
  expect(extraPaths()).toEqual(['argocd/applicationset.yaml', 'aws/backup-north.yaml', 'haproxy/edge.cfg']);
});

it('what was asked for once is kept up, with its repository, by a run that does not ask', () => {
  const written = new Map(tree.files.map((file) => [file.path, file.content]));
  const request = requestWithKept({ extras: new Set() }, (path) => written.get(path));
  expect(request).toEqual({ extras: new Set(all), repository: 'https://git.example.com/acme.git', folder: 'deploy' });
  const again = generateManifests(model, noOwnFiles, undefined, request);
  expect(planWrite(again, (path) => written.get(path)).stale).toBe(false);
  expect(requestWithKept({ extras: new Set() }, () => undefined)).toEqual({ extras: new Set() });
});

describe('Argo CD', () => {
  it('syncs clusters that stand by first, then one that serves after the other', () => {
    const set = parsed(tree, 'argocd/applicationset.yaml');
    expect(at(set, 'spec', 'generators', 0, 'list', 'elements')).toEqual([
      { cluster: 'green', name: 'acme-south-green', path: 'south/green', wave: '1' },
      { cluster: 'north', name: 'acme-north', path: 'north/default', wave: '2' },
    ]);
    expect(at(set, 'spec', 'strategy', 'rollingSync', 'steps')).toHaveLength(2);
    expect(at(set, 'spec', 'template', 'spec', 'source')).toEqual({
      repoURL: 'https://git.example.com/acme.git',
      targetRevision: 'HEAD',
      path: 'deploy/overlays/{{.path}}',
    });
  });

  it('never syncs a drill', () => {
    expect(content('argocd/applicationset.yaml')).not.toMatch(/drills|observability/);
  });

  it('a repository nobody gave is a placeholder', () => {
    const none = treeOf(['argocd']);
    expect(content('argocd/applicationset.yaml', none)).toContain('https://repository-missing.invalid/ # PLACEHOLDER');
    expect(messages(none)).toContain('Give `--repository URL`');
  });
});

describe('AWS Backup', () => {
  const template = parsed(tree, 'aws/backup-north.yaml');
  const rule = (plan: string) => at(template, 'Resources', plan, 'Properties', 'BackupPlan', 'BackupPlanRule', 0);

  it('plans what the provider manages, as it is stated', () => {
    expect(Object.keys(at(template, 'Resources') as object)).toEqual([
      'Vault',
      'DbNightlyPlan',
      'DbNightlySelection',
      'DbWeeklyPlan',
      'DbWeeklySelection',
    ]);
    expect(rule('DbNightlyPlan')).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      EnableContinuousBackup: true,
      Lifecycle: { DeleteAfterDays: 30 },
      CopyActions: [{ DestinationBackupVaultArn: { Ref: 'VaultVaultArn' }, Lifecycle: { DeleteAfterDays: 30 } }],
    });
    expect(at(template, 'Resources', 'Vault', 'Properties', 'LockConfiguration')).toEqual({ MinRetentionDays: 30 });
  });

  it('a week has one day, counted from 1', () => {
    expect(at(rule('DbWeeklyPlan'), 'ScheduleExpression')).toMatch(/^cron\(0 4 \? \* [1-7] \*\)$/);
    expect(at(rule('DbWeeklyPlan'), 'EnableContinuousBackup')).toBeUndefined();
  });

  it('roles and vaults elsewhere are asked for, not made up', () => {
    expect(Object.keys(at(template, 'Parameters') as object)).toEqual(['BackupRoleArn', 'VaultVaultArn']);
    expect(content('aws/backup-north.yaml')).not.toContain('arn:');
  });

  it('every reference leads somewhere', () => {
    const known = new Set([
      ...Object.keys(at(template, 'Resources') as object),
      ...Object.keys(at(template, 'Parameters') as object),
    ]);
    for (const [, name] of content('aws/backup-north.yaml').matchAll(/Ref: (\w+)/g)) expect(known).toContain(name);
  });
});

describe('HAProxy', () => {
  const rows = content('haproxy/edge.cfg').split('\n');

  it('takes the longest path first', () => {
    expect(rows.filter((row) => /use_backend|default_backend/.test(row))).toEqual([
      '  use_backend api if { path_beg "/api/v2" }',
      '  use_backend web if { path_beg "/api" }',
      '  default_backend web',
    ]);
  });

  it('checks as often, and gives up as soon, as the probe says', () => {
    expect(rows).toContain(
      '  server api api.acme.svc.cluster.local:9090 check inter 5000ms fall 2 resolvers cluster init-addr libc,none proto h2',
    );
    expect(rows).toContain('  timeout check 500ms');
    expect(rows).toContain(
      '  server web web.acme.svc.cluster.local:80 check inter 2500ms fall 4 resolvers cluster init-addr libc,none',
    );
  });

  it('no text of the model leaves its quotes', () => {
    expect(rows).toContain('  option httpchk GET "/rea\\"dy"');
  });

  it('waits as long as the most patient caller', () => {
    expect(rows).toContain('  timeout server 2000ms');
  });
});
