/** Alerts fire when they should, and not before: as promtool says where it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertsOf, alertTreeOf } from './alert-model.js';
import { ruleFiles, type WrittenRule } from './promql-checker.js';

const tree = await alertTreeOf();
const alerts = (name: string, labels: Readonly<Record<string, string>>) => alertsOf(tree, name, labels);
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
