/** Rules of Prometheus as its operator reads them. */
import type { Source } from '../../model/fact.js';
import type { Component, Journey, Model } from '../../model/model.js';
import { clusterWord } from '../cluster-name.js';
import { type Context, sourceName } from '../context.js';
import { dnsLabel } from '../names.js';
import type { Overlay } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';

/** `page` wakes somebody, `ticket` waits for the morning. */
export type Severity = 'page' | 'ticket';

/** A series worked out ahead, so that alerts and dashboards read the same number. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly source: Source;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** Why the threshold is what it is, behind the expression. */
  readonly note?: string;
  readonly for?: string;
  readonly severity: Severity;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  readonly runbook: string | undefined;
  readonly source: Source;
}

export type Rule = RecordingRule | AlertingRule;

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** The PrometheusRule of one subject in one cluster: `objectives`, `backups`. */
export function prometheusRule(context: Context, overlay: Overlay, subject: string, groups: readonly RuleGroup[]): YamlObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: {
      name: dnsLabel(`${context.names.model}-${clusterWord(overlay)}-${subject}`),
      namespace: context.names.namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'drml',
        'app.kubernetes.io/part-of': context.names.model,
        'drml.dev/model': context.names.model,
      },
    },
    spec: {
      groups: groups.map(({ name, rules }) => ({
        name: `${context.names.model}.${name}`,
        rules: rules.map((rule) => written(context, rule)),
      })),
    },
  };
}

function written(context: Context, rule: Rule): Yaml {
  if ('record' in rule) {
    return { record: rule.record, expr: traced(rule.expr, rule.source), labels: sortedLabels(context, rule.labels) };
  }
  return {
    alert: rule.alert,
    expr: traced(rule.expr, rule.source, rule.note),
    for: rule.for,
    labels: sortedLabels(context, { ...rule.labels, severity: rule.severity }),
    annotations: {
      summary: rule.summary,
      description: rule.description,
      runbook_url: rule.runbook,
      drml_source: sourceName(context.model, rule.source),
    },
  };
}

function sortedLabels(context: Context, labels: Readonly<Record<string, string>>): YamlObject {
  const all = Object.entries({ ...labels, model: context.names.model });
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What people read who are woken: the subject's own runbook, else the model's. */
export function runbookOf(model: Model, subject: Component | Journey): string | undefined {
  return (subject.runbook ?? model.settings.runbook)?.url;
}
