/** Alerts on replication that trails: past half of what may be lost, there is no time left to mend it. */
import type { Analysis } from '../../analysis/analysis.js';
import { sourceOf } from '../../model/fact.js';
import type { Component, Replication } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import type { Context } from '../context.js';
import type { Overlay } from '../overlays.js';
import { tierLabel } from './objective-rules.js';
import { strictestLoss } from './promised-loss.js';
import { oneOf, promDuration, promNumber, series } from './promql.js';
import { type AlertingRule, type RuleGroup, runbookOf } from './rule.js';

/** Seconds behind the primary, by engine, as its common exporters say it. Pods are named after the store. */
const lagMetrics: Readonly<Record<string, readonly string[]>> = {
  postgres: ['cnpg_pg_replication_lag', 'pg_replication_lag_seconds'],
  mysql: ['mysql_slave_status_seconds_behind_master'],
  mariadb: ['mysql_slave_status_seconds_behind_master'],
  redis: ['redis_connected_slave_lag_seconds'],
  valkey: ['redis_connected_slave_lag_seconds'],
};

/** Rules of one cluster on the stores that replicate asynchronously and have instances there. */
export function replicationRules(context: Context, overlay: Overlay, analysis: () => Analysis): readonly RuleGroup[] {
  const rules = [...componentsByName(context.model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, component]) => {
      const here = component.placements.some((placement) => placement.region === overlay.region.name);
      return here ? lagAlerts(context, component, analysis) : [];
    });
  return rules.length === 0 ? [] : [{ name: 'replication', rules }];
}

/** How far each copy of a store trails, in seconds; undefined where it replicates at once, or no metric is known of its engine. */
export function replicationLag(context: Context, component: Component): string | undefined {
  const { engine, managedBy, replication } = component.data;
  const metrics = lagMetrics[engine?.value.name ?? ''];
  if (metrics === undefined || managedBy?.value.manager === 'provider') return undefined;
  if (!replication.some(({ mode }) => mode === 'async')) return undefined;
  const cluster = component.deployment.platformId?.value ?? context.names.component(component.name);
  const pods = { namespace: context.names.namespace, pod: ['=~', `${oneOf([cluster])[1]}-.*`] as const };
  return metrics.map((metric) => series(metric, pods)).join(' or ');
}

/** One alert for all copies of a store, at the strictest of their limits: the metrics do not say which copy is meant for what. */
function lagAlerts(context: Context, component: Component, analysis: () => Analysis): readonly AlertingRule[] {
  const limits = component.data.replication.flatMap((replication) => {
    const limit = replication.mode === 'async' ? lagLimit(context, component, replication, analysis) : undefined;
    return limit === undefined ? [] : [{ replication, limit }];
  });
  const [strictest] = limits.sort((a, b) => a.limit.seconds - b.limit.seconds);
  if (strictest === undefined) return [];
  const { replication, limit } = strictest;
  const all = replicationLag(context, component);
  if (all === undefined) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: no metric of its replication is known, so nothing alerts when it trails by ${promDuration(limit.seconds)}.`,
      source: replication.source,
    });
    return [];
  }
  const shared = {
    labels: { component: component.name, ...tierLabel(component) },
    runbook: runbookOf(context.model, component),
    source: replication.lag === undefined ? replication.source : (sourceOf(replication.lag) ?? replication.source),
  };
  const to = replication.zone ?? replication.region ?? 'its copies';
  return [
    {
      ...shared,
      alert: 'ReplicationTrails',
      expr: `max(${all}) > ${promNumber(limit.seconds)}`,
      note: limit.words,
      for: '2m',
      severity: 'page',
      summary: `${component.name} trails to ${to}`,
      description: `A copy of ${component.name} is {{ $value | humanizeDuration }} behind; ${limit.words}.`,
    },
    {
      ...shared,
      alert: 'ReplicationUnseen',
      expr: `absent(${all})`,
      for: '1h',
      severity: 'ticket',
      summary: `Nobody measures how far the copies of ${component.name} trail`,
      description: `Prometheus has no metric of the replication of ${component.name}: what is not seen may have stopped.`,
    },
  ];
}

/** Half of the strictest promise that rests on the copies; where nobody promised anything, twice the stated lag. */
function lagLimit(
  context: Context,
  component: Component,
  replication: Replication,
  analysis: () => Analysis,
): { readonly seconds: number; readonly words: string } | undefined {
  const disruption = replication.zone === undefined ? 'region-loss' : 'zone-loss';
  const promised = strictestLoss(context.model, component, disruption, analysis);
  if (promised !== undefined) {
    return {
      seconds: promised.seconds / 2,
      words: `half of the ${promDuration(promised.seconds)} that ${promised.subject} may lose`,
    };
  }
  const lag = replication.lag?.value;
  return lag === undefined || lag === 0 ? undefined : { seconds: 2 * lag, words: `twice the stated lag of ${promDuration(lag)}` };
}
