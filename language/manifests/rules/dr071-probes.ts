import { plainSelectorOf, selects } from '../label-selectors.js';
import { sharesNamespace } from '../manifest-index.js';
import { finding, type ManifestContext, type ManifestFinding, type ManifestRule, textFix } from '../manifest-rule.js';
import { podPath, type Workload } from '../workloads.js';
import { addEntry, removeEntry } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, numberAt, sameValue, textAt, textsOf, type YamlMap, type YamlNode } from '../yaml-tree.js';
import { documents, ordersDeployment, ordersService } from './example-manifests.js';

/** From this delay on a liveness probe is taken to wait for a slow start, in seconds. */
const slowStart = 30;

/** DR071: probes that keep traffic on pods that cannot serve, or restart those that could. */
export const probes: ManifestRule = {
  code: 'DR071',
  name: 'probes',
  title: 'Probes that do not tell ready from alive',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A pod that a Service sends requests to has no container with a readiness probe (an error); liveness asks exactly what readiness asks; liveness asks another host or another Service of the files; or liveness waits 30 seconds and more for the start and there is no startup probe (information).',
    why: 'Without readiness a Service sends requests to pods that cannot serve them yet, at every release and restart. A liveness probe that fails with a dependency restarts every pod at once, and turns a short fault of one into an outage of all. Sources: Kubernetes, Liveness, Readiness and Startup Probes; kube-score pod-probes and pod-probes-identical; kube-linter no-readiness-probe.',
    how: 'Give the container a readiness probe that says whether it can serve now. Let liveness ask the process alone, or leave it out. Put the time of a slow start into a startup probe.',
    bad: documents(ordersDeployment({}), ordersService),
    good: documents(
      ordersDeployment({
        container: `ports:
  - containerPort: 8080
readinessProbe:
  httpGet: { path: /ready, port: 8080 }
livenessProbe:
  httpGet: { path: /alive, port: 8080 }`,
      }),
      ordersService,
    ),
  },
  check(context) {
    return context.index.written.flatMap((workload) => [
      ...missing(workload, context),
      ...workload.containers.flatMap((container) => liveness(workload, container, context)),
    ]);
  },
};

function missing(workload: Workload, { index, textOf }: ManifestContext): readonly ManifestFinding[] {
  const { title, containers, manifest, pods } = workload;
  const [first] = containers;
  if (first === undefined || podPath(manifest.kind) === undefined || !index.isServed(workload)) return [];
  const all = pods.flatMap((pod) => [...itemsAt(pod, 'containers'), ...itemsAt(pod, 'initContainers')]);
  if (all.some((container) => nodeAt(container, 'readinessProbe') !== undefined)) return [];
  const port = numberAt(first, 'ports', 0, 'containerPort') ?? servedPort(workload, index);
  const lines = `readinessProbe:\n  tcpSocket:\n    port: ${port}\n  periodSeconds: 5`;
  return [
    finding(
      entryOf(first, 'name')?.at ?? first.at,
      `${title} serves requests and has no readiness probe: pods get them before they can answer. Add a readinessProbe.`,
      {
        severity: 'error',
        subject: title,
        about: 'readiness',
        fixes: [
          port === undefined
            ? undefined
            : textFix(`Ask port ${port} whether the pod is ready`, addEntry(textOf(first.at.uri), first, lines)),
        ],
      },
    ),
  ];
}

function liveness(
  { title, manifest }: Workload,
  container: YamlMap,
  { index, textOf }: ManifestContext,
): readonly ManifestFinding[] {
  const entry = entryOf(container, 'livenessProbe');
  if (entry === undefined) return [];
  const name = textAt(container, 'name') ?? '';
  const text = textOf(entry.at.uri);
  const remove = textFix('Remove the livenessProbe', removeEntry(text, container, entry));
  const found: ManifestFinding[] = [];
  const readiness = nodeAt(container, 'readinessProbe');
  const same = handlers.some((handler) => {
    const asked = nodeAt(entry.value, handler);
    const alsoAsked = nodeAt(readiness, handler);
    return asked !== undefined && alsoAsked !== undefined && sameValue(asked, alsoAsked);
  });
  const asked = foreignHost(entry.value, manifest.name, new Set(index.ofKind('Service').map((service) => service.name)));
  if (asked !== undefined) {
    found.push(
      finding(
        entry.at,
        `${title}: liveness of ${name} asks ${asked}: where that fails, every pod is restarted. Let it ask the process alone.`,
        { subject: title, about: `${name} liveness`, fixes: [remove] },
      ),
    );
  } else if (same) {
    found.push(
      finding(
        entry.at,
        `${title}: liveness and readiness of ${name} ask the same: what makes a pod unready for a moment restarts it. Leave liveness out, or let it ask the process alone.`,
        { subject: title, about: `${name} liveness`, fixes: [remove] },
      ),
    );
  }
  const delay = numberAt(entry.value, 'initialDelaySeconds') ?? 0;
  if (delay >= slowStart && nodeAt(container, 'startupProbe') === undefined) {
    found.push(
      finding(
        entryOf(entry.value, 'initialDelaySeconds')?.at ?? entry.at,
        `${title}: liveness of ${name} waits ${delay} s for the start, and also after every restart of a pod that hangs. Put the start into a startupProbe.`,
        { severity: 'info', subject: title, about: `${name} start` },
      ),
    );
  }
  return found;
}

/** The port of the pod that a Service sends requests to, where it is a number. */
function servedPort({ manifest, labels }: Workload, index: ManifestContext['index']): number | undefined {
  const service = index.ofKind('Service').find(({ root, namespace }) => {
    const selector = plainSelectorOf(root, 'spec', 'selector');
    return selector.labels.size > 0 && sharesNamespace(namespace, manifest.namespace) && selects(selector, labels);
  });
  const [port] = itemsAt(service?.root, 'spec', 'ports');
  return nodeAt(port, 'targetPort') === undefined ? numberAt(port, 'port') : numberAt(port, 'targetPort');
}

const handlers = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

/** A host or a Service, other than the workload itself, that a probe asks. */
function foreignHost(probe: YamlNode, own: string, services: ReadonlySet<string>): string | undefined {
  const host = textAt(probe, 'httpGet', 'host') ?? textAt(probe, 'tcpSocket', 'host');
  if (host !== undefined && !/^(localhost|127\.|::1|\[::1\])/.test(host)) return host;
  for (const word of textsOf(nodeAt(probe, 'exec', 'command')).flatMap((text) => text.split(/[\s"'=/:@]+/))) {
    const [name = ''] = word.split('.');
    if (name !== own && name.length > 2 && services.has(name)) return name;
  }
  return undefined;
}
