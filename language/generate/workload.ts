/** Which kind of workload a component becomes, or why it becomes none. */

import type { GenerationProblem } from '../model/generation-problem.js';
import type { Component } from '../model/model.js';
import { isBareStore } from '../model/pod-gaps.js';
import { keepsData } from '../model/queries.js';
import type { EntryPods } from './entry/entry-plan.js';

/** DaemonSets and the Rollouts of Argo are never generated: a component's own manifest may be one. */
export type Workload = 'Deployment' | 'StatefulSet' | 'Job' | 'CronJob' | 'DaemonSet' | 'Rollout';

/** Group and version of each kind. */
export const workloadApis: Readonly<Record<Workload, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Rollout: 'argoproj.io/v1alpha1',
};

/** Whether it ends by itself, so that nothing is routed to it and nothing keeps it up. */
export function ends(workload: Workload): boolean {
  return workload === 'Job' || workload === 'CronJob';
}

/** Whether a drain evicts its pods, so that a budget can hold them: those of a DaemonSet stay, and what ends by itself is started anew. */
export function isDrained(workload: Workload): boolean {
  return !ends(workload) && workload !== 'DaemonSet';
}

/**
 * The workload of a component.
 *
 * What somebody else runs gets none: externals, buckets, what a provider or an operator manages, what has no `runs`.
 * A named engine in several copies gets none either: copies of a database in a bare StatefulSet do not replicate.
 */
export function workloadOf(
  component: Component,
  report: (problem: GenerationProblem) => void,
  pods?: EntryPods,
): Workload | undefined {
  const { kind, name, data, deployment } = component;
  const leftOut = (message: string): undefined => {
    report({ kind: 'left-out', component: name, message: `${name}: ${message}`, source: component.nameSource });
    return undefined;
  };
  if (kind === 'external' || kind === 'bucket') return undefined;
  if (component.placements.length === 0) {
    if (keepsData(component) || component.hosts.length > 0) return undefined;
    report({
      kind: 'missing',
      component: name,
      message: `${name} runs nowhere, so nothing is generated for it. Write \`runs N in REGION\`.`,
      source: component.nameSource,
    });
    return undefined;
  }
  const manager = data.managedBy?.value;
  if (manager?.manager === 'provider') return undefined;
  if (manager?.manager === 'operator') {
    return leftOut(
      `the operator ${manager.operator ?? ''} creates its pods; write its custom resource beside the generated files.`,
    );
  }
  if (pods === 'controller') {
    const wanted = component.placements.map(({ region, zones }) => `${zones.length} in ${region}`).join(', ');
    return leftOut(`its pods belong to what serves its entry. Run them there as the model says: ${wanted}.`);
  }
  switch (kind) {
    case 'service':
    case 'gateway':
      return 'Deployment';
    case 'job':
      // A job that consumes from a queue runs for as long as the queue does.
      if (component.edges.some((edge) => edge.kind === 'consumes')) return 'Deployment';
      return deployment.repeats === undefined ? 'Job' : 'CronJob';
    case 'cache':
      return data.size !== undefined && data.storage !== undefined && data.storage.value !== 'ephemeral'
        ? 'StatefulSet'
        : 'Deployment';
    case 'database':
    case 'queue':
    case 'coordinator': {
      if (isBareStore(component)) return 'StatefulSet';
      const engine = data.engine?.value.name ?? 'generic';
      const instances = component.placements.reduce((sum, placement) => sum + placement.zones.length, 0);
      return leftOut(
        `${instances} instances of ${engine} need something that replicates them. Write \`managed by operator NAME\`, \`managed by provider\`, \`manifest "PATH"\`, or \`engine generic\` for a bare StatefulSet.`,
      );
    }
  }
}
