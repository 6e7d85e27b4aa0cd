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
import { addEntry, removeEntry, replaceValue } from '../yaml-edits.js';
import { entryOf, nodeAt, numberAt } from '../yaml-tree.js';
import { documents, ordersDeployment } from './example-manifests.js';

const autoscaler = (least: number): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: orders
spec:
  minReplicas: ${least}
  maxReplicas: 10
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: orders
`;

/** DR074: an autoscaler that something else works against, or that may leave a single pod. */
export const hpa: ManifestRule = {
  code: 'DR074',
  name: 'hpa',
  title: 'An autoscaler that is overruled, or that keeps one pod',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'The workload that a HorizontalPodAutoscaler scales states `replicas` itself; the autoscaler may go down to one pod; or its least is above its most (an error). A target that is in none of the files is DR090.',
    why: 'Each `kubectl apply` sets the stated number again and undoes what the autoscaler did, at a peak of all times. One pod is an outage at every crash, drain and release. Sources: Kubernetes, Horizontal Pod Autoscaling (migrating to it); kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured; kube-linter hpa-minimum-three-replicas.',
    how: 'Take `replicas` out of the workload (first let the cluster forget the number it applied: `kubectl apply edit-last-applied`, or it falls to 1 for a moment). Keep at least two pods, better as many as are left over after a zone is lost.',
    bad: documents(ordersDeployment({ spec: 'replicas: 3' }), autoscaler(3)),
    good: documents(ordersDeployment({}), autoscaler(3)),
  },
  check(context) {
    return context.index.ofKind('HorizontalPodAutoscaler').flatMap((one) => (one.isWhole ? judge(one, context) : []));
  },
};

function judge(one: Manifest, { index, textOf }: ManifestContext): readonly ManifestFinding[] {
  const spec = nodeAt(one.root, 'spec');
  if (spec?.kind !== 'map') return [];
  const title = titleOf(one);
  const found: ManifestFinding[] = [];
  const target = index.targetOf(one);
  const minimum = entryOf(spec, 'minReplicas');
  const least = minimum === undefined ? 1 : numberAt(spec, 'minReplicas');
  const maximum = entryOf(spec, 'maxReplicas');
  const most = numberAt(spec, 'maxReplicas');
  const isPatched = index.patches.some(({ kind, name }) => kind === one.kind && name === one.name);
  if (least !== undefined && most !== undefined && least > most && maximum !== undefined && minimum !== undefined) {
    found.push(
      finding(
        placeOfEntry(maximum),
        `${title} keeps at least ${least} pods and at most ${most}: Kubernetes refuses it. Write maxReplicas: ${least}.`,
        {
          severity: 'error',
          subject: title,
          about: 'most',
          related: [{ at: placeOfEntry(minimum), message: `At least ${least}.` }],
          fixes: [textFix(`Write maxReplicas: ${least}`, replaceValue(maximum.value, String(least)))],
        },
      ),
    );
  } else if (least === 1 && !isPatched) {
    const at = minimum ?? maximum ?? entryOf(one.root, 'kind');
    const edits =
      minimum === undefined ? addEntry(textOf(spec.at.uri), spec, 'minReplicas: 2') : replaceValue(minimum.value, '2');
    if (at !== undefined && (most === undefined || most >= 2)) {
      found.push(
        finding(
          placeOfEntry(at),
          `${title} may go down to 1 pod${minimum === undefined ? ' (the default)' : ''}: its next crash, drain or release is an outage. Write minReplicas: 2 or more.`,
          { subject: title, about: 'least', fixes: [textFix('Write minReplicas: 2', edits)] },
        ),
      );
    }
  }
  const stated = target?.replicasEntry;
  const parent = nodeAt(target?.manifest.root, 'spec');
  if (target !== undefined && stated !== undefined && parent?.kind === 'map') {
    found.push(
      finding(
        placeOfEntry(stated),
        `${target.title} states replicas, and ${title} scales it: each apply undoes what the autoscaler did. Take replicas out.`,
        {
          subject: target.title,
          related: [{ at: entryOf(spec, 'scaleTargetRef')?.at ?? one.root.at, message: 'The autoscaler of it.' }],
          fixes: [textFix('Take replicas out', removeEntry(textOf(stated.at.uri), parent, stated))],
        },
      ),
    );
  }
  return found;
}
