/** Alerts: their expressions are sound, their thresholds are those of the model, and they fire when they should. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GeneratedTree, generateManifests } from '../../../language/generate/index.js';
import { promDuration } from '../../../language/generate/prometheus/promql.js';
import { exampleModels } from '../../example-models.js';
import { modelOf, parseFiles } from '../model-of.js';
import { dashboardQueries, promqlComplaints, ruleFiles, rulesOf, type WrittenRule } from './promql-checker.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const text = (mesh: string): string => `
model shop "Shop" { ${mesh}  kubernetes "1.33"  namespace shop  runbook "https://wiki.example.com/shop" }
region north { provider aws id "eu-north-1" zones a, b, c }
region south { provider aws id "eu-south-1" zones a, b, c }
region east { provider aws id "eu-east-1" zones a }
bucket vault in east { id "acme-vault" }
gateway edge tier 0 { image "x/e:1"  port http 8080  runs 3 in north  runs 3 in south as hot standby  routes "/" to orders }
service orders tier 0 {
  image "x/o:1"  port http 8080  runs 3 in north  runs 3 in south as hot standby  needs 2
  requires orders-db, ledger
  objective { availability 99.9%  region-loss { rto 15m  rpo 1m } }
}
service pricing tier 2 { image "x/p:1"  port grpc 9090  runs 2 in north  objective { availability 99% } }
service slack tier 3 { image "x/s:1"  port http 80  runs 2 in north  objective { availability 50% } }
database orders-db tier 0 {
  engine postgres "16"  managed by operator zalando  runs 1 in north  runs 1 in south as hot standby
  replicates async to south lag 5s
}
database carts tier 0 {
  engine postgres "16"  image "x/pg:16"  port tcp 5432  runs 1 in north  size 10GiB
  backup nightly { full every 1d at 02:00 takes 40m  copies to vault takes 20m  keeps 35d  tolerates 1 failed runs  image "x/d:1"  mounts secret d }
  objective { availability 99.5% }
}
database ledger tier 1 {
  engine generic  image "x/l:1"  port tcp 5432  runs 3 in north  size 10GiB
  backup hourly { snapshot every 1h  copies to vault  keeps 7d  alerts on age, failure, size }
}
journey buy tier 0 { requires edge, orders  objective { availability 99.9% } }
scenario north-lost { fails north  expect buy up }
scenario south-lost { fails south  expect buy up }
drill north-lost on 2026-09-14 { measured rto 12m }
`;

const treeOf = async (mesh = 'mesh istio "1.28"'): Promise<GeneratedTree> => generateManifests(await modelOf(text(mesh)));
const tree = await treeOf();
const north = 'observability/rules/north/default';

function alerts(name: string, labels: Readonly<Record<string, string>>, of = tree): readonly WrittenRule[] {
  return rulesOf(of).filter(
    (rule) => rule.alert === name && Object.entries(labels).every(([label, value]) => rule.labels[label] === value),
  );
}

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
      exampleModels.map(async ({ files }) => generateManifests((await parseFiles(files)).model)),
    );
    const all = [tree, await treeOf(''), await treeOf('mesh linkerd'), ...examples];
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

  const oneHour = (component: string, of: GeneratedTree) =>
    rulesOf(of).find((rule) => rule.record === 'drml:error_ratio:rate1h' && rule.labels.component === component)?.expr;

  it('count requests as callers see them, calls of gRPC by their own codes, and pods where nothing counts requests', async () => {
    expect(oneHour('orders', tree)).toContain('reporter="source"');
    expect(oneHour('edge', tree)).toContain('reporter="destination"');
    expect(oneHour('pricing', tree)).toContain('grpc_response_status=~"2|4|13|14|15"');
    expect(oneHour('carts', tree)).toContain('kube_statefulset_status_replicas_ready');
    expect(oneHour('orders', await treeOf(''))).toBe(
      '1 - avg_over_time((sum(kube_deployment_status_replicas_available{namespace="shop",deployment="orders"}) >= bool 2)[1h:1m])',
    );
    expect(oneHour('orders', await treeOf('mesh linkerd'))).toContain('classification="failure"');
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
    const [rule] = alerts('BackupTooOld', { component: 'orders-db' }, generateManifests(model));
    expect(rule?.expr).toContain('cnpg_collector_last_available_backup_timestamp{namespace="shop",pod=~"orders-db-[0-9]+"}');
  });
});

describe('copies', () => {
  it('may trail by half of what may be lost', () => {
    const [rule] = alerts('ReplicationTrails', { component: 'orders-db' });
    expect(rule?.expr).toMatch(/^max\(cnpg_pg_replication_lag\{.*\} or pg_replication_lag_seconds\{.*\}\) > 30$/);
    expect(rule?.annotations?.description).toContain('half of the 1m that orders may lose');
  });

  it('of an engine whose lag nobody counts are named', async () => {
    const other = generateManifests(await modelOf(text('').replace('engine postgres "16"', 'engine cassandra')));
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

const promtool = spawnSync('promtool', ['--version']).status === 0;

/** Runs promtool over the rules of the tree, and over tests of them; what it printed where it was not content. */
function promtoolComplaints(tests: readonly unknown[], every = '1m'): string {
  const scratch = mkdtempSync(join(tmpdir(), 'drml-rules-'));
  try {
    const files = ruleFiles(tree).map(({ groups }, index) => {
      const file = join(scratch, `rules-${index}.yml`);
      writeFileSync(file, JSON.stringify({ groups }));
      return file;
    });
    const test = join(scratch, 'test.yml');
    writeFileSync(test, JSON.stringify({ rule_files: files, evaluation_interval: every, tests }));
    const runs = [
      ['check', 'rules', ...files],
      ['test', 'rules', test],
    ].map((words) => spawnSync('promtool', words, { encoding: 'utf8' }));
    return runs.every(({ status }) => status === 0) ? '' : runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The alerts of one name that fire after a time, by labels and annotations of the rules themselves. */
function firing(
  at: string,
  rules: readonly WrittenRule[],
  name: string,
  value: (rule: WrittenRule) => string | undefined,
  labels: Readonly<Record<string, string>> = {},
) {
  return {
    eval_time: at,
    alertname: name,
    exp_alerts: rules.map((rule) => ({
      exp_labels: { ...rule.labels, ...labels },
      exp_annotations: { ...rule.annotations, ...(value(rule) === undefined ? {} : { description: value(rule) }) },
    })),
  };
}

const requests = (errors: number) => {
  const labels = 'reporter="source",destination_service_name="orders",destination_service_namespace="shop"';
  return [
    { series: `istio_requests_total{${labels},response_code="200"}`, values: `0+${100 - errors}x6000` },
    { series: `istio_requests_total{${labels},response_code="503"}`, values: `0+${errors}x6000` },
  ];
};

describe(promtool ? 'promtool' : 'without promtool (Debian: prometheus)', () => {
  if (!promtool) {
    it('expressions were checked, and alerts were not fired', () => {
      console.warn('promtool is not installed: alerts are type-checked only.');
      expect(spawnSync('promtool').error).toBeDefined();
    });
    return;
  }

  it('2% of failures wake somebody within the hour, 0.05% nobody', () => {
    const burn = (window: string) => alerts('ErrorBudgetBurn', { component: 'orders', window });
    const said = (share: string, window: string) => () =>
      `${share} of orders failed over ${window}; 0.1% is promised at most, over 30 days.`;
    const expected = (at: string, share: string) => ({
      eval_time: at,
      alertname: 'ErrorBudgetBurn',
      exp_alerts: ['1h', '6h', '3d'].flatMap((window) =>
        [...burn(window), ...alerts('ErrorBudgetBurn', { journey: 'buy', window })].map((rule) => ({
          exp_labels: rule.labels,
          exp_annotations: {
            ...rule.annotations,
            description: said(share, window)().replace('orders', rule.labels.component ?? rule.labels.journey ?? ''),
          },
        })),
      ),
    });
    expect(
      promtoolComplaints([
        { interval: '1m', input_series: requests(2), alert_rule_test: [expected('90m', '2%')] },
        {
          interval: '1m',
          input_series: requests(0.05),
          alert_rule_test: [{ eval_time: '90m', alertname: 'ErrorBudgetBurn', exp_alerts: [] }],
        },
      ]),
    ).toBe('');
  });

  it('a backup that is too old, and one that never was', () => {
    const series = [
      { series: 'kube_cronjob_status_last_successful_time{namespace="shop",cronjob="carts-nightly"}', values: '0x600' },
    ];
    const [old] = alerts('BackupTooOld', { component: 'carts' });
    const missing = alerts('BackupMissing', { component: 'ledger' });
    expect(
      promtoolComplaints(
        [
          {
            interval: '10m',
            input_series: series,
            alert_rule_test: [
              { eval_time: '51h', alertname: 'BackupTooOld', exp_alerts: [] },
              firing(
                '52h',
                old === undefined ? [] : [old],
                'BackupTooOld',
                () => 'carts-nightly last succeeded 2d 4h 0m 0s ago; the model counts on 2d3h24m at most.',
              ),
              { eval_time: '80m', alertname: 'BackupMissing', exp_alerts: [] },
              // absent() says which series it misses.
              firing('100m', missing, 'BackupMissing', () => undefined, { schedule: 'shop-ledger-hourly' }),
            ],
          },
        ],
        '10m',
      ),
    ).toBe('');
  });

  it('copies that trail, and instances that are too few', () => {
    const trailing = alerts('ReplicationTrails', { component: 'orders-db' }).filter(({ path }) => path.includes('/north/'));
    const few = alerts('TooFewInstances', { component: 'orders' });
    const pods = (ready: string) => [
      { series: 'kube_deployment_status_replicas_available{namespace="shop",deployment="orders"}', values: ready },
      { series: 'pg_replication_lag_seconds{namespace="shop",pod="orders-db-1"}', values: '10x10 40x20' },
    ];
    const other = alerts('ReplicationTrails', { component: 'orders-db' }).filter(({ path }) => path.includes('/south/'));
    expect(trailing).toHaveLength(1);
    expect(other).toHaveLength(1);
    expect(
      promtoolComplaints([
        {
          interval: '1m',
          input_series: pods('3x10 1x20'),
          alert_rule_test: [
            { eval_time: '10m', alertname: 'ReplicationTrails', exp_alerts: [] },
            { eval_time: '10m', alertname: 'TooFewInstances', exp_alerts: [] },
            firing('20m', few, 'TooFewInstances', () => '1 of orders are ready in this cluster; 2 must stand.'),
          ],
        },
      ]),
    ).toBe('');
  });

  it('a scenario that nobody tried', () => {
    const [never] = alerts('DrillMissing', { scenario: 'south-lost' });
    expect(
      promtoolComplaints([
        {
          interval: '1m',
          input_series: [],
          alert_rule_test: [firing('1m', never === undefined ? [] : [never], 'DrillMissing', () => undefined)],
        },
      ]),
    ).toBe('');
  });
});
