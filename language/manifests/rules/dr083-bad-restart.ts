import { finding, type ManifestFinding, type ManifestRule, placeOfEntry, textFix } from '../manifest-rule.js';
import { addEntry, replaceValue } from '../yaml-edits.js';
import { entryOf, textAt } from '../yaml-tree.js';
import { ordersDeployment } from './example-manifests.js';

const always: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController']);

/** DR083: what is not restarted, or not allowed to be. */
export const badRestart: ManifestRule = {
  code: 'DR083',
  name: 'bad-restart',
  title: 'A restart policy that is refused, or a pod that nothing replaces',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'The pods of a Deployment, StatefulSet or DaemonSet have another restart policy than Always; those of a Job or CronJob have Always, which is also what they get where it is left out; or a Pod or ReplicaSet stands alone, with no workload that owns it (a warning).',
    why: 'Kubernetes refuses the first two when they are applied, in a recovery at the worst moment. A pod that stands alone is gone with its node: nothing makes it anew. Sources: Kubernetes, Pod Lifecycle (restart policy), Jobs; kube-linter restart-policy.',
    how: 'Leave restartPolicy out of Deployments; write OnFailure or Never in Jobs. Let a Deployment, StatefulSet or Job run the pod.',
    bad: ordersDeployment({ pod: 'restartPolicy: OnFailure' }),
    good: ordersDeployment({ pod: 'restartPolicy: Always' }),
  },
  check({ index, textOf }) {
    return index.written.flatMap(({ manifest, title, pod }): readonly ManifestFinding[] => {
      const { kind, root } = manifest;
      if (kind === 'Pod' || kind === 'ReplicaSet') {
        const at = entryOf(root, 'kind') ?? undefined;
        const message = `${title} stands alone: ${kind === 'Pod' ? 'when its node is gone, nothing recreates it' : 'it never gets a new version by itself'}. Let a Deployment run it.`;
        return at === undefined ? [] : [finding(placeOfEntry(at), message, { severity: 'warning', subject: title })];
      }
      if (pod === undefined) return [];
      const policy = entryOf(pod, 'restartPolicy');
      const written = textAt(policy?.value);
      if (always.has(kind)) {
        if (policy === undefined || written === undefined || written === 'Always') return [];
        return [
          finding(
            placeOfEntry(policy),
            `${title} has restartPolicy ${written}: Kubernetes takes only Always here. Write Always, or leave it out.`,
            {
              subject: title,
              fixes: [textFix('Write Always', replaceValue(policy.value, 'Always'))],
            },
          ),
        ];
      }
      if ((kind !== 'Job' && kind !== 'CronJob') || (policy !== undefined && written !== 'Always')) return [];
      const edits =
        policy === undefined
          ? addEntry(textOf(pod.at.uri), pod, 'restartPolicy: OnFailure')
          : replaceValue(policy.value, 'OnFailure');
      const at = policy === undefined ? (entryOf(pod, 'containers')?.at ?? pod.at) : placeOfEntry(policy);
      return [
        finding(
          at,
          `${title} has restartPolicy Always${policy === undefined ? ' (the default)' : ''}, which Kubernetes refuses: a job ends. Write OnFailure or Never.`,
          { subject: title, fixes: [textFix('Write OnFailure', edits)] },
        ),
      ];
    });
  },
};
