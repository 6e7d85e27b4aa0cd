import {
  finding,
  type ManifestContext,
  type ManifestFinding,
  type ManifestRule,
  placeOfEntry,
  textFix,
} from '../manifest-rule.js';
import { quantityOf } from '../quantities.js';
import type { Workload } from '../workloads.js';
import { replaceValue } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, textAt, type YamlMap } from '../yaml-tree.js';
import { ordersDeployment } from './example-manifests.js';

/** DR075: a pod of which the scheduler does not know what it needs. */
export const noRequests: ManifestRule = {
  code: 'DR075',
  name: 'no-requests',
  title: 'No CPU or memory requests',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A container requests no CPU or no memory and has no limit that would stand for it, and neither the pod as a whole nor a LimitRange of the files gives one; a limit is below its request (an error); or a workload of tier 0 (label `drml.dev/tier: "0"`) has a memory limit other than its request, or no priority class.',
    why: 'The scheduler packs pods by their requests. A pod without one lands on a full node, is the first to be evicted there, and gives an autoscaler nothing to measure against. Sources: Kubernetes, Resource Management and Pod Quality of Service Classes; kube-linter unset-cpu-requirements; kube-score container-resources; Polaris cpuRequestsMissing.',
    how: 'Write what the container needs at its usual load: `kubectl top pod` or your metrics tell. Give memory a limit equal to its request where the pod must not be evicted, and a priority class to what all else depends on.',
    bad: ordersDeployment({}),
    good: ordersDeployment({
      container: `resources:
  requests: { cpu: 250m, memory: 512Mi }
  limits: { memory: 512Mi }`,
    }),
  },
  check(context) {
    return context.index.written.flatMap((workload) => [
      ...workload.containers.flatMap((container) => judge(workload, container, context)),
      ...critical(workload),
    ]);
  },
};

function judge({ manifest, title, pods }: Workload, container: YamlMap, { index }: ManifestContext): readonly ManifestFinding[] {
  const name = textAt(container, 'name') ?? '';
  const inPatches = pods
    .slice(1)
    .some((pod) => itemsAt(pod, 'containers').some((other) => nodeAt(other, 'resources', 'requests') !== undefined));
  const found: ManifestFinding[] = [];
  const hasDefaults =
    inPatches ||
    pods.some((pod) => nodeAt(pod, 'resources') !== undefined) ||
    index.ofKind('LimitRange').some(({ namespace }) => namespace === manifest.namespace);
  const missing = ['cpu', 'memory'].filter(
    (resource) =>
      nodeAt(container, 'resources', 'requests', resource) === undefined &&
      nodeAt(container, 'resources', 'limits', resource) === undefined,
  );
  if (missing.length > 0 && !hasDefaults) {
    const at = entryOf(container, 'resources')?.at ?? entryOf(container, 'name')?.at ?? container.at;
    found.push(
      finding(
        at,
        `${title}: ${name} requests no ${missing.join(' or ')}: the scheduler may put it on a full node, and evicts it first. Write resources.requests.`,
        { subject: title, about: `${name} requests` },
      ),
    );
  }
  for (const resource of ['cpu', 'memory']) {
    const limit = entryOf(nodeAt(container, 'resources', 'limits'), resource);
    const request = textAt(container, 'resources', 'requests', resource);
    const most = quantityOf(textAt(limit?.value));
    const needed = quantityOf(request);
    if (limit === undefined || request === undefined || most === undefined || needed === undefined || most >= needed) continue;
    found.push(
      finding(
        placeOfEntry(limit),
        `${title}: the ${resource} limit of ${name} is ${textAt(limit.value)}, below its request of ${request}: Kubernetes refuses the pod. Write at least ${request}.`,
        {
          severity: 'error',
          subject: title,
          about: `${name} ${resource}`,
          fixes: [textFix(`Write ${request}`, replaceValue(limit.value, request))],
        },
      ),
    );
  }
  return found;
}

function critical({ manifest, title, tier, containers, pods }: Workload): readonly ManifestFinding[] {
  if (tier !== 0) return [];
  const found: ManifestFinding[] = [];
  const at = entryOf(manifest.root, 'kind')?.at ?? manifest.root.at;
  if (!pods.some((pod) => nodeAt(pod, 'priorityClassName') !== undefined)) {
    found.push(
      finding(
        at,
        `${title} is of tier 0 and has no priority class: when nodes are short, it waits like all else. Write priorityClassName.`,
        {
          subject: title,
          about: 'priority',
        },
      ),
    );
  }
  for (const container of containers) {
    const request = textAt(container, 'resources', 'requests', 'memory');
    const limit = entryOf(nodeAt(container, 'resources', 'limits'), 'memory');
    if (request === undefined || limit === undefined) continue;
    const [needed, most] = [quantityOf(request), quantityOf(textAt(limit.value))];
    if (needed === undefined || most === undefined || most <= needed) continue;
    const name = textAt(container, 'name') ?? '';
    found.push(
      finding(
        placeOfEntry(limit),
        `${title} is of tier 0, and ${name} may use ${textAt(limit.value)} of memory where it requests ${request}: a full node evicts it. Let both be the same.`,
        {
          subject: title,
          about: `${name} guaranteed`,
          fixes: [textFix(`Write ${request}`, replaceValue(limit.value, request))],
        },
      ),
    );
  }
  return found;
}
