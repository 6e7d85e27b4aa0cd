import { counted } from '../../rules/wording.js';
import { finding, type ManifestRule, placeOfEntry, textFix } from '../manifest-rule.js';
import { isReplicated } from '../workloads.js';
import { addEntry, yamlText } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, textAt, textsAt, type YamlNode } from '../yaml-tree.js';
import { ordersDeployment } from './example-manifests.js';

const zoneKey = 'topology.kubernetes.io/zone';

/** DR072: nothing keeps the pods apart. */
export const noSpread: ManifestRule = {
  code: 'DR072',
  name: 'no-spread',
  title: 'Several replicas that may share one zone',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A Deployment or StatefulSet runs at least two pods, and neither a topology spread constraint nor a pod anti-affinity keeps them in different zones (or names any other domain than the host).',
    why: 'The scheduler fills nodes by its own measures; its default only prefers to spread. Replicas in one zone, or on one node, go down together. Sources: Kubernetes, Pod Topology Spread Constraints; kube-linter no-anti-affinity; kube-score; Polaris topologySpreadConstraint.',
    how: 'Add a constraint on topology.kubernetes.io/zone with `whenUnsatisfiable: DoNotSchedule` (ScheduleAnyway only prefers) and `nodeTaintsPolicy: Honor`, so that a zone that is down does not count as an empty one.',
    bad: ordersDeployment({ spec: 'replicas: 3' }),
    good: ordersDeployment({
      spec: 'replicas: 3',
      pod: `topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
    nodeTaintsPolicy: Honor
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        app: orders`,
    }),
  },
  check({ index, textOf }) {
    return index.written.flatMap((workload) => {
      const { manifest, title, pod, pods, replicasEntry } = workload;
      const least = index.podsOf(workload)?.least ?? 0;
      if (!isReplicated(manifest.kind) || least < 2 || pod === undefined) return [];
      const keys = pods.flatMap(domainsOf);
      if (keys.some((key) => key !== 'kubernetes.io/hostname')) return [];
      const at = replicasEntry ?? entryOf(manifest.root, 'kind');
      if (at === undefined) return [];
      const what =
        keys.length > 0 ? 'are kept on different nodes only, and may share one zone' : 'may run in one zone, even on one node';
      const labels = textsAt(nodeAt(manifest.root, 'spec', 'selector'), 'matchLabels');
      const lines = [
        'topologySpreadConstraints:',
        '  - maxSkew: 1',
        `    topologyKey: ${zoneKey}`,
        '    whenUnsatisfiable: DoNotSchedule',
        '    nodeTaintsPolicy: Honor',
        ...(manifest.kind === 'Deployment' ? ['    matchLabelKeys: [pod-template-hash]'] : []),
        '    labelSelector:',
        '      matchLabels:',
        ...[...labels].map(([key, value]) => `        ${yamlText(key)}: ${yamlText(value)}`),
      ].join('\n');
      const isNew = nodeAt(pod, 'topologySpreadConstraints') === undefined && labels.size > 0;
      return [
        finding(
          placeOfEntry(at),
          `The ${counted(least, 'pod')} of ${title} ${what}. Spread them over ${zoneKey} with whenUnsatisfiable: DoNotSchedule.`,
          {
            subject: title,
            fixes: [isNew ? textFix('Spread the pods over the zones', addEntry(textOf(pod.at.uri), pod, lines)) : undefined],
          },
        ),
      ];
    });
  },
};

/** The domains over which a pod is kept apart from others. */
function domainsOf(pod: YamlNode): readonly string[] {
  const affinity = nodeAt(pod, 'affinity', 'podAntiAffinity');
  const terms = [
    ...itemsAt(pod, 'topologySpreadConstraints'),
    ...itemsAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution'),
    ...itemsAt(affinity, 'preferredDuringSchedulingIgnoredDuringExecution').flatMap(
      (item) => nodeAt(item, 'podAffinityTerm') ?? [],
    ),
  ];
  return terms.flatMap((term) => textAt(term, 'topologyKey') ?? []);
}
