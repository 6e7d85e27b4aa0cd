import type { Edit } from '../../edit/edit.js';
import { finding, type ManifestContext, type ManifestRule, placeOfEntry, textFix } from '../manifest-rule.js';
import { isReplicated, type Workload } from '../workloads.js';
import { addDocument, yamlText } from '../yaml-edits.js';
import { entryOf, nodeAt, textsAt } from '../yaml-tree.js';
import { documents, ordersDeployment } from './example-manifests.js';

/** DR070: nothing limits how many pods a drain may take at once. */
export const noPdb: ManifestRule = {
  code: 'DR070',
  name: 'no-pdb',
  title: 'Several replicas and no disruption budget',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A Deployment or StatefulSet runs at least two pods, by its replicas or by the least that its autoscaler keeps, and no PodDisruptionBudget in the files selects them. Nothing is said where a document that may be one could not be read.',
    why: 'Whoever drains nodes, to upgrade or to repair them, may evict all pods at once: only a budget makes them wait. Sources: Kubernetes, Disruptions; kube-score *-has-poddisruptionbudget; Polaris missingPodDisruptionBudget.',
    how: 'Add a PodDisruptionBudget with `maxUnavailable: 1`, or with the number that may be missing. It holds at any number of replicas, which `minAvailable` as a number does not.',
    bad: ordersDeployment({ spec: 'replicas: 3' }),
    good: documents(
      ordersDeployment({ spec: 'replicas: 3' }),
      `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      app: orders
`,
    ),
  },
  check(context) {
    const { index } = context;
    return index.written.flatMap((workload) => {
      const { manifest, title, replicasEntry } = workload;
      const least = index.podsOf(workload)?.least ?? 0;
      if (!isReplicated(manifest.kind) || least < 2 || index.budgetsOf(workload).length > 0) return [];
      const at = replicasEntry ?? entryOf(manifest.root, 'kind');
      if (at === undefined || mayHaveBudget(workload, context)) return [];
      return [
        finding(
          placeOfEntry(at),
          `${title} runs ${least} pods and no PodDisruptionBudget selects them: a drain may evict all of them at once. Add one with maxUnavailable: 1.`,
          { subject: title, fixes: [textFix('Add a PodDisruptionBudget with maxUnavailable: 1', budgetFor(workload, context))] },
        ),
      ];
    });
  },
};

/** Whether one may stand in what could not be read: its selector has at least one of the labels. */
function mayHaveBudget({ labels, title }: Workload, { index }: ManifestContext): boolean {
  const said = `a PodDisruptionBudget of ${title}`;
  return [...labels.values()].some((value) => index.mayBeUnread(['PodDisruptionBudget'], [value], said));
}

function budgetFor({ manifest }: Workload, { textOf }: ManifestContext): readonly Edit[] | undefined {
  const labels = textsAt(nodeAt(manifest.root, 'spec', 'selector'), 'matchLabels');
  if (labels.size === 0 || manifest.name === '') return undefined;
  return addDocument(
    textOf(manifest.root.at.uri),
    manifest.root,
    [
      'apiVersion: policy/v1',
      'kind: PodDisruptionBudget',
      'metadata:',
      `  name: ${yamlText(manifest.name)}`,
      ...(manifest.namespace === undefined ? [] : [`  namespace: ${yamlText(manifest.namespace)}`]),
      'spec:',
      '  maxUnavailable: 1',
      '  unhealthyPodEvictionPolicy: AlwaysAllow',
      '  selector:',
      '    matchLabels:',
      ...[...labels].map(([key, value]) => `      ${yamlText(key)}: ${yamlText(value)}`),
    ].join('\n'),
  );
}
