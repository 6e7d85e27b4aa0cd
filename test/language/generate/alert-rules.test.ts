/** Alerts: their expressions are sound, and their thresholds are those of the model. */
import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { promDuration } from '../../../language/generate/prometheus/promql.js';
import { exampleModels } from '../../example-models.js';
import { modelOf, parseFiles } from '../model-of.js';
import { alertsOf, alertText, alertTreeOf } from './alert-model.js';
import { dashboardQueries, promqlComplaints, rulesOf } from './promql-checker.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const tree = await alertTreeOf();
const north = 'observability/rules/north/default';
const alerts = (name: string, labels: Readonly<Record<string, string>>, of = tree) => alertsOf(of, name, labels);

describe('expressions', () => {
  it.each([
    ['rate(a)', 'expected type matrix'],
    ['a >', 'binary expression must contain only scalar and instant vector types'],
    ['avg_over_time(a)', 'expected type matrix'],
    ['absent("a")', 'expected type vector'],
  ])('the checker sees what is wrong with %s', (expression, words) => {
    expect(promqlComplaints(expression).join('\n')).toContain(words);
  });

  it('of alerts, recordings and dashboards are sound', async () => {
    const examples = await Promise.all(
      exampleModels.map(async ({ files }) => generateManifests((await parseFiles(files)).model, noOwnFiles)),
    );
    const all = [tree, await alertTreeOf(''), await alertTreeOf('mesh linkerd'), ...examples];
    const checked = all.flatMap((one) => [...rulesOf(one).map(({ expr }) => expr), ...dashboardQueries(one)]);
    expect(checked.length).toBeGreaterThan(100);
    expect(checked.flatMap((expr) => promqlComplaints(expr).map((words) => `${expr}: ${words}`))).toEqual([]);
  });
});

describe('burn rates', () => {
  it('have two windows each, and the thresholds of the budget', () => {
    expect(alerts('ErrorBudgetBurn', { component: 'orders' }).map(({ expr, labels }) => [expr, labels.severity])).toEqual([
      [
        'drml:error_ratio:rate1h{model="shop",component="orders"} > 0.0144 and drml:error_ratio:rate5m{model="shop",component="orders"} > 0.0144',
        'page',
      ],
      [
        'drml:error_ratio:rate6h{model="shop",component="orders"} > 0.006 and drml:error_ratio:rate30m{model="shop",component="orders"} > 0.006',
        'page',
      ],
      [
        'drml:error_ratio:rate3d{model="shop",component="orders"} > 0.001 and drml:error_ratio:rate6h{model="shop",component="orders"} > 0.001',
        'ticket',
      ],
    ]);
  });

  it('that no failure can reach are left out', () => {
    expect(alerts('ErrorBudgetBurn', { component: 'slack' }).map(({ labels }) => labels.window)).toEqual(['3d']);
  });

  it('of a journey are those of the worst it calls', () => {
    const record = rulesOf(tree).find((rule) => rule.record === 'drml:error_ratio:rate1h' && rule.labels.journey === 'buy');
    expect(record?.expr).toBe('max(drml:error_ratio:rate1h{model="shop",component=~"edge|orders"})');
    expect(alerts('ErrorBudgetBurn', { journey: 'buy' })).toHaveLength(3);
  });

  it('every series that an alert or a dashboard reads is recorded', () => {
    const recorded = new Set(
      rulesOf(tree).flatMap(({ record, labels }) =>
        record === undefined ? [] : [`${record} ${labels.component ?? labels.journey}`],
      ),
    );
    for (const { expr, alert } of rulesOf(tree)) {
      if (alert === undefined) continue;
      for (const [, name, , subject] of expr.matchAll(/(drml:[a-z_]+:\w+)\{model="shop",(component|journey)="([^"]+)"\}/g)) {
        expect(recorded).toContain(`${name} ${subject}`);
      }
    }
  });

  const oneHour = (component: string, of: typeof tree) =>
    rulesOf(of).find((rule) => rule.record === 'drml:error_ratio:rate1h' && rule.labels.component === component)?.expr;

  it('count requests as callers see them, calls of gRPC by their own codes, and pods where nothing counts requests', async () => {
    expect(oneHour('orders', tree)).toContain('reporter="source"');
    expect(oneHour('edge', tree)).toContain('reporter="destination"');
    expect(oneHour('pricing', tree)).toContain('grpc_response_status=~"2|4|13|14|15"');
    expect(oneHour('carts', tree)).toContain('kube_statefulset_status_replicas_ready');
    expect(oneHour('orders', await alertTreeOf(''))).toBe(
      '1 - avg_over_time((sum(kube_deployment_status_replicas_available{namespace="shop",deployment="orders"}) >= bool 2)[1h:1m])',
    );
    expect(oneHour('orders', await alertTreeOf('mesh linkerd'))).toContain('classification="failure"');
  });
});

describe('backups', () => {
  it('trap 13: an age without absent() never alerts of what never ran', () => {
    const old = rulesOf(tree).filter((rule) => rule.alert === 'BackupTooOld');
    expect(old.map(({ labels }) => `${labels.component} ${labels.backup}`)).toEqual(['carts nightly', 'ledger hourly']);
    for (const { labels } of old) {
      const { component = '', backup = '' } = labels;
      expect(alerts('BackupMissing', { component, backup }).map(({ expr }) => expr)).toEqual([
        expect.stringMatching(/^absent\((velero_backup_last_successful_timestamp|kube_cronjob_status_last_successful_time)\{/),
      ]);
    }
  });

  it('may be as old as the figures of data loss count on, and no older', () => {
    // Two runs in a row and a third to come: 2 x 24 h + 40 min + 20 min, and a tenth of a day for a run that is late.
    const bound = 2 * 86_400 + 40 * 60 + 20 * 60 + 8640;
    const [rule] = alerts('BackupTooOld', { component: 'carts' });
    expect(rule?.expr).toBe(
      `time() - max(kube_cronjob_status_last_successful_time{namespace="shop",cronjob="carts-nightly"}) > ${bound}`,
    );
    expect(alerts('BackupMissing', { component: 'carts' })[0]?.for).toBe('2d3h24m');
    // Nobody says how long the snapshot takes: half an interval instead.
    expect(alerts('BackupTooOld', { component: 'ledger' })[0]?.expr).toMatch(/\{schedule="shop-ledger-hourly"\}\) > 5400$/);
  });

  const hour = 3600;
  // One run a day takes 40 min, its copy 20 min, and one may fail: 2 x 24 h + 1 h, and 2.4 h of slack. A good run is 24 h old at most.
  const usual = 2 * 24 * hour + hour + 2.4 * hour;
  it.each<[rpo: string, seconds: number, said: RegExp | undefined]>([
    ['3d', usual, undefined],
    // 49 h may be lost; of 50 h the run, the copy and the 5 min of waiting are taken off.
    ['50h', 50 * hour - hour - 300, undefined],
    [
      '30h',
      30 * hour - hour - 300,
      /^.* With 1 failed run, which it tolerates, 2d1h may be lost, and carts promises to lose 1d6h at most \(corruption\)\.$/,
    ],
    // No earlier than a good run and its slack.
    ['26h', 26.4 * hour, /With 1 failed run, which it tolerates, 2d1h may be lost, and carts promises to lose 1d2h at most/],
    [
      '12h',
      26.4 * hour,
      /Even good runs may lose 1d1h, and carts promises to lose 12h at most \(corruption\): back up more often, or promise less\.$/,
    ],
  ])('a backup is too old before a promise of %s is broken', async (rpo, seconds, said) => {
    const text = alertText('').replace('availability 99.5%', `availability 99.5%  corruption { rto 6h  rpo ${rpo} }`);
    const [rule] = alerts('BackupTooOld', { component: 'carts' }, generateManifests(await modelOf(text), noOwnFiles));
    expect(rule?.expr).toMatch(new RegExp(`> ${seconds}$`));
    if (said === undefined) expect(rule?.annotations?.description).toMatch(/ at most\.$/);
    else expect(rule?.annotations?.description).toMatch(said);
    expect(alerts('BackupMissing', { component: 'carts' }, generateManifests(await modelOf(text), noOwnFiles))[0]?.for).toBe(
      promDuration(seconds),
    );
  });

  it('the time until corruption is found is taken off what may be lost after it', async () => {
    const text = alertText('')
      .replace('availability 99.5%', 'availability 99.5%  corruption { rto 6h  rpo 60h }')
      .replace('size 10GiB\n  backup nightly', 'size 10GiB  corruption found within 12h\n  backup nightly');
    const [rule] = alerts('BackupTooOld', { component: 'carts' }, generateManifests(await modelOf(text), noOwnFiles));
    expect(rule?.expr).toMatch(new RegExp(`> ${60 * hour - 12 * hour - 300}$`));
  });

  it('a promise that a log keeps does not hurry the full behind it', async () => {
    const text = alertText('')
      .replace('availability 99.5%', 'availability 99.5%  corruption { rto 6h  rpo 30h }')
      .replace('takes 40m', 'takes 40m  log every 5m');
    const [rule] = alerts('BackupTooOld', { component: 'carts' }, generateManifests(await modelOf(text), noOwnFiles));
    expect(rule?.expr).toMatch(new RegExp(`> ${usual}$`));
  });

  it('what others promise counts for the stores that they cannot do without', async () => {
    const text = alertText('')
      .replace('region-loss { rto 15m  rpo 1m }', 'corruption { rto 6h  rpo 3h }')
      .replace('snapshot every 1h', 'snapshot every 1h takes 10m')
      .replace('copies to vault  keeps 7d', 'copies to vault takes 10m  keeps 7d');
    const [rule] = alerts('BackupTooOld', { component: 'ledger' }, generateManifests(await modelOf(text), noOwnFiles));
    // 1 h + 20 min + 10 min of slack, which is well before 3 h.
    expect(rule?.expr).toMatch(/> 5400$/);
    const late = text.replace('rpo 3h', 'rpo 85m');
    const [early] = alerts('BackupTooOld', { component: 'ledger' }, generateManifests(await modelOf(late), noOwnFiles));
    expect(early?.expr).toMatch(/> 4200$/);
    expect(early?.annotations?.description).toContain(
      'orders may lose 1h25m (corruption); an earlier alert would fire on good runs.',
    );
  });

  it('that fail are told of where that is asked for, those that failed in part too', () => {
    const failed = rulesOf(tree).filter(({ alert }) => alert === 'BackupFailed');
    expect(failed.map(({ labels, expr }) => [labels.component, expr])).toEqual([
      [
        'ledger',
        '(sum(increase(velero_backup_failure_total{schedule="shop-ledger-hourly"}[1h])) or vector(0)) + (sum(increase(velero_backup_partial_failure_total{schedule="shop-ledger-hourly"}[1h])) or vector(0)) > 0',
      ],
    ]);
    expect(messages(tree)).toContain('Backup hourly of ledger alerts on size, and no metric tells');
  });

  it('are watched where they run only', () => {
    expect(paths(tree)).toContain(`${north}/backups.yaml`);
    expect(paths(tree).filter((path) => path.startsWith('observability/rules/south/') && path.includes('backups'))).toEqual([]);
  });

  it('that an operator counts are asked of the operator', async () => {
    const shop = exampleModels.find(({ name }) => name === 'shop');
    const { model } = await parseFiles(shop?.files ?? {});
    const [rule] = alerts('BackupTooOld', { component: 'orders-db' }, generateManifests(model, noOwnFiles));
    expect(rule?.expr).toContain('cnpg_collector_last_available_backup_timestamp{namespace="shop",pod=~"orders-db-[0-9]+"}');
  });
});

describe('copies', () => {
  it('may trail by half of what may be lost', () => {
    const [rule] = alerts('ReplicationTrails', { component: 'orders-db' });
    expect(rule?.expr).toMatch(/^max\(cnpg_pg_replication_lag\{.*\} or pg_replication_lag_seconds\{.*\}\) > 30$/);
    expect(rule?.annotations?.description).toContain('half of the 1m that orders may lose');
  });

  it('in several places have one alert: the strictest of their limits', async () => {
    const text = alertText('')
      .replace('replicates async to south lag 5s', 'replicates async to south lag 5s  replicates async to east lag 1s')
      .replace('runs 1 in south as hot standby\n', 'runs 1 in south as hot standby  runs 1 in east as hot standby\n')
      .replace('  region-loss { rto 15m  rpo 1m }', '');
    const found = alerts('ReplicationTrails', { component: 'orders-db' }, generateManifests(await modelOf(text), noOwnFiles));
    // In north and south, where something is generated: twice the shorter lag.
    expect(found.map(({ expr }) => expr.split(' > ')[1])).toEqual(['2', '2']);
  });

  it('no two rules of a group have the same name and labels', async () => {
    const several = alertText('').replace(
      'snapshot every 1h  copies to vault',
      'snapshot every 1h  full every 1d  copies to vault  copies to attic',
    );
    const text = `${several}\nbucket attic in south { id "acme-attic" }`;
    const rules = rulesOf(generateManifests(await modelOf(text), noOwnFiles)).filter(
      ({ labels }) => labels.component === 'ledger',
    );
    const keys = rules.map(({ alert, record, labels }) => JSON.stringify([alert, record, labels]));
    expect(keys.length).toBeGreaterThan(8);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('of an engine whose lag nobody counts are named', async () => {
    const other = generateManifests(await modelOf(alertText('').replace('engine postgres "16"', 'engine cassandra')), noOwnFiles);
    expect(messages(other)).toContain('orders-db: no metric of its replication is known');
  });
});

describe('drills', () => {
  it('age by the tier of what they are about', () => {
    const [rule] = alerts('DrillTooOld', { scenario: 'north-lost' });
    expect(rule?.expr).toBe(`vector(time()) - ${Date.UTC(2026, 8, 14) / 1000} > ${90 * 86_400}`);
    expect(alerts('DrillMissing', { scenario: 'south-lost' })[0]?.expr).toBe('vector(1)');
  });
});

describe('instances', () => {
  it('fewer than needed wake somebody, where it matters', () => {
    const [rule] = alerts('TooFewInstances', { component: 'orders' });
    expect(rule?.expr).toBe('sum(kube_deployment_status_replicas_available{namespace="shop",deployment="orders"}) < 2');
    expect(rule?.labels.severity).toBe('page');
    expect(alerts('TooFewInstances', { component: 'pricing' })[0]?.labels.severity).toBe('ticket');
    // The standby serves nobody.
    expect(rulesOf(tree).filter(({ path, alert }) => path.includes('/south/') && alert === 'TooFewInstances')).toEqual([]);
  });

  it('that may never be drained are told of', () => {
    expect(alerts('DrainsBlocked', {})[0]?.expr).toMatch(
      /^kube_poddisruptionbudget_status_pod_disruptions_allowed\{namespace="shop",poddisruptionbudget=~".*orders.*"\} == 0$/,
    );
  });
});

it('the dashboard keeps its uid', () => {
  const [json] = Object.values(at(parsed(tree, 'observability/dashboards/dashboard.yaml'), 'data') as Record<string, string>);
  const board = JSON.parse(json ?? '{}') as { uid: string; panels: { title: string }[] };
  expect(board.uid).toBe('drml-shop');
  expect(board.panels.map(({ title }) => title)).toEqual([
    'Error budget left over 30 days',
    'Share of failures',
    'Age of the last good backup',
    'Replication behind the primary',
    'Ready pods by zone',
  ]);
});

it('every alert tells what to read', () => {
  for (const { annotations, alert } of rulesOf(tree)) {
    if (alert !== undefined) expect(annotations?.runbook_url).toBe('https://wiki.example.com/shop');
  }
});

it.each([
  [60, '1m'],
  [86_400, '1d'],
  [90_061, '1d1h1m1s'],
  [0.2, '1s'],
])('%d s are %s', (seconds, words) => expect(promDuration(seconds)).toBe(words));

it('validates strictly', () => expect(complaints([tree])).toBe(''), validationTimeout);
