/** What stands beside the workloads: backups of each cluster, alerts and dashboards, drills, runbooks. */
import type { Analysis } from '../analysis/analysis.js';
import { analyze } from '../analysis/analyze.js';
import type { BackupRun } from './backup-runs.js';
import type { Context } from './context.js';
import { drillFiles } from './drills/drill-files.js';
import type { GeneratedFile } from './generated-tree.js';
import { observabilityFiles } from './prometheus/observability-files.js';
import { withRegionLosses } from './runbooks/recovery-case.js';
import { runbookFiles } from './runbooks/runbook-files.js';
import { veleroFiles } from './velero/velero-files.js';
import type { YamlObject } from './yaml.js';

export interface BesideWorkloads {
  readonly objects: readonly { readonly path: string; readonly body: YamlObject }[];
  /** Files that are no YAML. */
  readonly texts: readonly GeneratedFile[];
}

/** All of it that is wanted, by path; no overlay refers to any of these files. What nobody wants costs no figures. */
export function besideWorkloads(
  context: Context,
  runs: readonly BackupRun[],
  wanted: (path: string) => boolean,
): BesideWorkloads {
  // Figures of scenarios and recovery depend on no date; what does is not asked for.
  let figures: Analysis | undefined;
  const analysis = (): Analysis => {
    figures ??= analyze(withRegionLosses(context.model), { asOf: '' });
    return figures;
  };
  const drills = drillFiles(context, runs, analysis, wanted);
  return {
    objects: [
      ...context.overlays.flatMap((overlay) => veleroFiles(context, overlay, runs)),
      ...observabilityFiles(context, runs, analysis, wanted),
      ...drills.objects,
    ],
    texts: [...drills.texts, ...runbookFiles(context, runs, analysis, wanted)],
  };
}
