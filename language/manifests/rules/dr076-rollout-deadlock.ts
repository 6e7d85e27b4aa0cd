import { isEmptySelector, labelSelectorOf, selects } from '../label-selectors.js';
import {
  finding,
  type ManifestContext,
  type ManifestFinding,
  type ManifestRule,
  placeOfEntry,
  textFix,
} from '../manifest-rule.js';
import type { Workload } from '../workloads.js';
import { addEntry, replaceValue } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, textAt, type YamlMap } from '../yaml-tree.js';
import { ordersDeployment } from './example-manifests.js';

const host = 'kubernetes.io/hostname';

/** DR076: a release that cannot begin, or that stops everything. */
export const rolloutDeadlock: ManifestRule = {
  code: 'DR076',
  name: 'rollout-deadlock',
  title: 'A rollout that cannot proceed, or that stops everything',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A Deployment allows no pod more and no pod less during a rollout (an error); it allows none less, by what is written or because 25% of its pods round down to none, while a required anti-affinity keeps its pods on different nodes; or several replicas are stopped all at once by `Recreate`.',
    why: 'Where no pod may go before a new one runs, and the new one needs a node without any of them, a cluster with as many nodes as replicas never releases again. Recreate makes every release an outage. Sources: Kubernetes, Deployments (maxSurge, maxUnavailable); kube-score deployment-strategy.',
    how: 'Allow one pod to be missing (`maxUnavailable: 1`) where replicas leave room for it, or keep one node more than replicas. Use RollingUpdate for what runs more than once.',
    bad: ordersDeployment({
      spec: `replicas: 3
strategy:
  rollingUpdate:
    maxSurge: 0
    maxUnavailable: 0`,
    }),
    good: ordersDeployment({
      spec: `replicas: 3
strategy:
  rollingUpdate:
    maxSurge: 1
    maxUnavailable: 0`,
    }),
  },
  check(context) {
    return context.index.written.flatMap((workload) => (workload.manifest.kind === 'Deployment' ? judge(workload, context) : []));
  },
};

function judge(workload: Workload, { index, textOf }: ManifestContext): readonly ManifestFinding[] {
  const { manifest, title } = workload;
  const spec = nodeAt(manifest.root, 'spec');
  const pods = index.podsOf(workload)?.least ?? 1;
  if (spec?.kind !== 'map') return [];
  const type = entryOf(nodeAt(spec, 'strategy'), 'type');
  if (textAt(type?.value) === 'Recreate') {
    if (pods < 2 || type === undefined) return [];
    return [
      finding(
        placeOfEntry(type),
        `${title} stops all ${pods} pods before a new one starts: every release is an outage. Write type: RollingUpdate.`,
        {
          subject: title,
          fixes: [textFix('Write RollingUpdate', replaceValue(type.value, 'RollingUpdate'))],
        },
      ),
    ];
  }
  const rolling = nodeAt(spec, 'strategy', 'rollingUpdate');
  const surge = entryOf(rolling, 'maxSurge');
  const less = entryOf(rolling, 'maxUnavailable');
  if (surge !== undefined && less !== undefined && isNone(surge.value) && isNone(less.value)) {
    return [
      finding(
        placeOfEntry(surge),
        `${title} allows no pod more and no pod less: no rollout can begin, and Kubernetes refuses it. Write maxSurge: 1.`,
        {
          severity: 'error',
          subject: title,
          related: [{ at: placeOfEntry(less), message: 'No pod may be missing.' }],
          fixes: [textFix('Write maxSurge: 1', replaceValue(surge.value, '1'))],
        },
      ),
    ];
  }
  const apart = keptApart(workload);
  if (apart === undefined || mayMiss(textAt(less?.value), pods) > 0 || pods < 2) return [];
  const at = less ?? entryOf(spec, 'replicas') ?? entryOf(manifest.root, 'kind');
  if (at === undefined) return [];
  const why = less === undefined ? `25% of ${pods} pods is none` : 'no pod may be missing';
  return [
    finding(
      placeOfEntry(at),
      `${title}: ${why}, and each pod needs a node of its own: a rollout needs ${pods + 1} nodes. Write maxUnavailable: 1, or keep a node more.`,
      {
        subject: title,
        related: [{ at: apart, message: 'Keeps the pods on different nodes.' }],
        fixes: [textFix('Allow one pod to be missing', missingOne(textOf(spec.at.uri), spec, less?.value))],
      },
    ),
  ];
}

function missingOne(text: string, spec: YamlMap, less: Parameters<typeof replaceValue>[0] | undefined) {
  if (less !== undefined) return replaceValue(less, '1');
  const strategy = nodeAt(spec, 'strategy');
  const rolling = nodeAt(strategy, 'rollingUpdate');
  if (rolling?.kind === 'map') return addEntry(text, rolling, 'maxUnavailable: 1');
  if (strategy?.kind === 'map') return addEntry(text, strategy, 'rollingUpdate:\n  maxUnavailable: 1');
  return addEntry(text, spec, 'strategy:\n  rollingUpdate:\n    maxUnavailable: 1');
}

function isNone(node: Parameters<typeof replaceValue>[0]): boolean {
  return /^0+%?$/.test(textAt(node) ?? '');
}

/** How many pods may be missing during a rollout: percentages round down, and the default is 25%. */
function mayMiss(written: string | undefined, pods: number): number {
  const percent = /^(\d+)%$/.exec(written ?? '25%')?.[1];
  return percent === undefined ? Number(written) : Math.floor((Number(percent) * pods) / 100);
}

/** What requires the pods of a workload to be on different nodes. */
function keptApart({ pod, labels }: Workload) {
  const terms = itemsAt(pod, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  for (const term of terms) {
    const selector = labelSelectorOf(nodeAt(term, 'labelSelector'));
    if (textAt(term, 'topologyKey') === host && !isEmptySelector(selector) && selects(selector, labels)) return term.at;
  }
  return undefined;
}
