/** Alerts on the instances themselves: fewer than must stand, or none that a drain may take. */
import type { Source } from '../../model/fact.js';
import { requiredInstances } from '../../model/queries.js';
import type { Context } from '../context.js';
import { disruptionBudgets } from '../kubernetes/pod-disruption-budget.js';
import type { Overlay } from '../overlays.js';
import { ends } from '../workload.js';
import { tierLabel } from './objective-rules.js';
import { oneOf, promNumber, series } from './promql.js';
import { type AlertingRule, type RuleGroup, runbookOf } from './rule.js';
import { readyPods, standsHere } from './service-level.js';

/** Rules of one cluster on what serves there. */
export function workloadRules(context: Context, overlay: Overlay): readonly RuleGroup[] {
  const rules: AlertingRule[] = [];
  const budgets: string[] = [];
  for (const [name, residence] of overlay.residents) {
    const deployed = context.deployed.get(name);
    if (deployed === undefined || ends(deployed.workload)) continue;
    if (disruptionBudgets(context, deployed.component).has(overlay.path)) budgets.push(deployed.name);
    if (residence.active === 0) continue;
    const needed = standsHere(context, deployed, residence);
    const important = (deployed.component.tier?.value ?? 2) <= 1;
    const { from } = requiredInstances(deployed.component);
    rules.push({
      alert: 'TooFewInstances',
      expr: `${readyPods(context, deployed)} < ${promNumber(needed)}`,
      note: { needs: 'needs', load: 'load over capacity', one: 'one is enough' }[from],
      for: '2m',
      severity: important ? 'page' : 'ticket',
      labels: { component: name, ...tierLabel(deployed.component) },
      summary: `${name} has fewer instances than it needs`,
      description: `{{ $value }} of ${name} are ready in this cluster; ${needed} must stand.`,
      runbook: runbookOf(context.model, deployed.component),
      source: deployed.component.needs === undefined ? deployed.component.nameSource : deployed.component.source,
    });
  }
  if (rules.length > 0) rules.push(unseenAlert(context));
  const budget = budgetAlert(context, budgets.sort());
  return rules.length + budget.length === 0 ? [] : [{ name: 'workloads', rules: [...rules, ...budget] }];
}

/** Where nobody counts pods, none of the alerts on their number can fire. */
function unseenAlert(context: Context): AlertingRule {
  return {
    alert: 'InstancesUnseen',
    expr: `absent(${series('kube_pod_info', { namespace: context.names.namespace })})`,
    for: '15m',
    severity: 'ticket',
    labels: {},
    summary: `Nobody counts the pods of ${context.names.namespace}`,
    description: 'Prometheus has no pods of the namespace: kube-state-metrics is missing, or nothing runs there at all.',
    runbook: context.model.settings.runbook?.url,
    source: modelSource(context),
  };
}

function modelSource({ model }: Context): Source {
  return model.settings.source ?? { uri: model.root, start: 0, end: 0 };
}

/** A budget that allows nothing holds up every drain, and whoever waits for it. */
function budgetAlert(context: Context, budgets: readonly string[]): readonly AlertingRule[] {
  if (budgets.length === 0) return [];
  const allowed = series('kube_poddisruptionbudget_status_pod_disruptions_allowed', {
    namespace: context.names.namespace,
    poddisruptionbudget: oneOf(budgets),
  });
  return [
    {
      alert: 'DrainsBlocked',
      expr: `${allowed} == 0`,
      // Longer than a rollout, during which nothing can be spared.
      for: '1h',
      severity: 'ticket',
      labels: {},
      summary: 'No pod of {{ $labels.poddisruptionbudget }} may be taken',
      description: 'For an hour nothing could be spared: drains and upgrades of nodes wait.',
      runbook: context.model.settings.runbook?.url,
      source: modelSource(context),
    },
  ];
}
