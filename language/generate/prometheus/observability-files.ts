/** Alerts of each cluster, and the dashboard of the model. */
import type { Analysis } from '../../analysis/analysis.js';
import type { BackupRun } from '../backup-runs.js';
import { clusterPath } from '../cluster-name.js';
import type { Context } from '../context.js';
import { kustomization } from '../kubernetes/kustomization.js';
import type { YamlObject } from '../yaml.js';
import { backupRules } from './backup-rules.js';
import { dashboard } from './dashboard.js';
import { drillRules } from './drill-rules.js';
import { objectiveRules } from './objective-rules.js';
import { replicationRules } from './replication-rules.js';
import { prometheusRule, type RuleGroup } from './rule.js';
import { workloadRules } from './workload-rules.js';

const subjectNames = ['backups', 'drills', 'objectives', 'replication', 'workloads'] as const;
type Subject = (typeof subjectNames)[number];

interface ObservabilityFile {
  readonly path: string;
  readonly body: YamlObject;
}

/**
 * The rules of a cluster are those of what serves or is backed up there, for the Prometheus of that cluster: elsewhere a metric that
 * must not be missing would be. Drills are nobody's, so the first cluster that serves watches them.
 */
export function observabilityFiles(
  context: Context,
  runs: readonly BackupRun[],
  analysis: () => Analysis,
  wanted: (path: string) => boolean,
): readonly ObservabilityFile[] {
  if (!candidates(context).some(wanted)) return [];
  const files: ObservabilityFile[] = [];
  const serving = context.overlays.find((overlay) => [...overlay.residents.values()].some(({ active }) => active > 0));
  for (const overlay of context.overlays) {
    const subjects: readonly (readonly [Subject, readonly RuleGroup[]])[] = [
      ['backups', backupRules(context, overlay, runs, analysis)],
      ['drills', overlay === serving ? drillRules(context) : []],
      ['objectives', objectiveRules(context, overlay)],
      ['replication', replicationRules(context, overlay, analysis)],
      ['workloads', workloadRules(context, overlay)],
    ];
    const folder = `observability/rules/${clusterPath(overlay)}`;
    files.push(...ofFolder(folder, subjects, (subject, groups) => prometheusRule(context, overlay, subject, groups)));
  }
  if (files.length === 0) return [];
  return [
    ...files,
    { path: 'observability/dashboards/dashboard.yaml', body: dashboard(context, runs) },
    { path: 'observability/dashboards/kustomization.yaml', body: kustomization(['dashboard.yaml']) },
  ];
}

/** Every path there may be. */
function candidates(context: Context): readonly string[] {
  const rules = context.overlays.flatMap((overlay) =>
    [...subjectNames, 'kustomization'].map((name) => `observability/rules/${clusterPath(overlay)}/${name}.yaml`),
  );
  return [...rules, 'observability/dashboards/dashboard.yaml', 'observability/dashboards/kustomization.yaml'];
}

function ofFolder(
  folder: string,
  subjects: readonly (readonly [string, readonly RuleGroup[]])[],
  body: (subject: string, groups: readonly RuleGroup[]) => YamlObject,
): readonly ObservabilityFile[] {
  const files = subjects
    .filter(([, groups]) => groups.length > 0)
    .map(([subject, groups]) => ({ path: `${folder}/${subject}.yaml`, body: body(subject, groups) }));
  if (files.length === 0) return [];
  return [
    ...files,
    {
      path: `${folder}/kustomization.yaml`,
      body: kustomization(subjects.filter(([, groups]) => groups.length > 0).map(([subject]) => `${subject}.yaml`)),
    },
  ];
}
