import { labelSelectorOf } from '../label-selectors.js';
import {
  finding,
  type ManifestContext,
  type ManifestFinding,
  type ManifestRule,
  placeOfEntry,
  textFix,
} from '../manifest-rule.js';
import type { Manifest } from '../read-manifests.js';
import { titleOf } from '../workloads.js';
import { addEntry } from '../yaml-edits.js';
import { entryOf, nodeAt, textAt, type YamlEntry, type YamlMap } from '../yaml-tree.js';
import { documents, ordersDeployment } from './example-manifests.js';

/** DR073: a budget that lets no pod go. */
export const pdbBlocksDrain: ManifestRule = {
  code: 'DR073',
  name: 'pdb-blocks-drain',
  title: 'A disruption budget that blocks every drain',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A PodDisruptionBudget asks for as many available pods as there are (by replicas, or by the least that the autoscaler keeps; percentages round up, as Kubernetes rounds them), for 100%, or allows 0 to be missing; or two budgets select the same pods. Information: `unhealthyPodEvictionPolicy: AlwaysAllow` is missing.',
    why: 'Every drain waits for such a budget without end: nodes are not upgraded, and somebody deletes the budget or the pods by force. With two budgets the eviction is refused with an error. Without AlwaysAllow, pods that never become ready block the drain as well. Sources: Kubernetes, Specifying a Disruption Budget; KEP-3017 (stable in 1.31); kube-linter pdb-min-available; Polaris pdbMinAvailableGreaterThanHPAMinReplicas.',
    how: 'Write `maxUnavailable: 1`: it holds at any number of replicas. One replica needs no budget, but a second replica. Select each pod by one budget.',
    bad: documents(
      ordersDeployment({ spec: 'replicas: 2' }),
      `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  minAvailable: 2
  selector:
    matchLabels:
      app: orders
`,
    ),
    good: documents(
      ordersDeployment({ spec: 'replicas: 2' }),
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
    return [...context.index.ofKind('PodDisruptionBudget').flatMap((budget) => judge(budget, context)), ...doubled(context)];
  },
};

function judge(budget: Manifest, context: ManifestContext): readonly ManifestFinding[] {
  const spec = nodeAt(budget.root, 'spec');
  if (spec?.kind !== 'map' || !budget.isWhole) return [];
  const title = titleOf(budget);
  const blocking = blocks(spec, budget, context);
  if (blocking !== undefined) {
    const { entry, reason } = blocking;
    const { at } = entry;
    const edits = [
      { kind: 'exact', at: { uri: at.uri, start: at.start, end: entry.value.at.end }, text: 'maxUnavailable: 1' },
    ] as const;
    return [
      finding(placeOfEntry(entry), `${title} lets no pod go: ${reason}, and every drain waits for it. Write maxUnavailable: 1.`, {
        subject: title,
        fixes: [textFix('Write maxUnavailable: 1', edits)],
      }),
    ];
  }
  if (nodeAt(spec, 'unhealthyPodEvictionPolicy') !== undefined) return [];
  const at = entryOf(spec, 'maxUnavailable') ?? entryOf(spec, 'minAvailable') ?? entryOf(budget.root, 'kind');
  if (at === undefined) return [];
  const line = 'unhealthyPodEvictionPolicy: AlwaysAllow';
  return [
    finding(
      placeOfEntry(at),
      `${title}: pods that are not ready count as well, so one that never starts blocks the drain. Add ${line}.`,
      {
        severity: 'info',
        subject: title,
        about: 'unhealthy',
        fixes: [textFix(`Add ${line}`, addEntry(context.textOf(spec.at.uri), spec, line))],
      },
    ),
  ];
}

function blocks(
  spec: YamlMap,
  budget: Manifest,
  { index }: ManifestContext,
): { readonly entry: YamlEntry; readonly reason: string } | undefined {
  const most = entryOf(spec, 'maxUnavailable');
  const written = textAt(spec, 'maxUnavailable');
  if (most !== undefined && written !== undefined && /^0+%?$/.test(written))
    return { entry: most, reason: `maxUnavailable is ${written}` };
  const least = entryOf(spec, 'minAvailable');
  const asked = textAt(spec, 'minAvailable');
  if (least === undefined || asked === undefined) return undefined;
  const percent = /^(\d+)%$/.exec(asked)?.[1];
  if (percent !== undefined && Number(percent) >= 100) return { entry: least, reason: `minAvailable is ${asked}` };
  const selected = index.selected(labelSelectorOf(nodeAt(spec, 'selector')), budget.namespace);
  const counts = selected.map((workload) => index.podsOf(workload));
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  const pods = counts.reduce((sum, count) => sum + (count?.least ?? 0), 0);
  const wanted = percent === undefined ? Number(asked) : Math.ceil((Number(percent) * pods) / 100);
  if (pods === 0 || !(wanted >= pods)) return undefined;
  const by = counts.some((count) => count?.autoscaler !== undefined) ? 'the autoscaler keeps as few as' : 'there are';
  return {
    entry: least,
    reason: `minAvailable is ${asked}${percent === undefined ? '' : `, which is ${wanted},`} and ${by} ${pods}`,
  };
}

function doubled({ index }: ManifestContext): readonly ManifestFinding[] {
  const told = new Set<Manifest>();
  return index.workloads.flatMap((workload) => {
    const [first, second] = index.budgetsOf(workload);
    if (first === undefined || second === undefined || told.has(second)) return [];
    told.add(second);
    const at = entryOf(nodeAt(second.root, 'spec'), 'selector')?.at ?? second.root.at;
    const other = entryOf(nodeAt(first.root, 'spec'), 'selector')?.at ?? first.root.at;
    return [
      finding(
        at,
        `${titleOf(second)} and ${titleOf(first)} select the same pods, those of ${workload.title}: Kubernetes then refuses every eviction. Keep one.`,
        { subject: titleOf(second), about: 'twice', related: [{ at: other, message: 'The other budget.' }] },
      ),
    ];
  });
}
