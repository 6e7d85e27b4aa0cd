/** The pod of a Deployment, StatefulSet or Job. */
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import { imageGap } from '../../model/pod-gaps.js';
import type { Context, Deployed } from '../context.js';
import { nativeSidecar, outlastingSidecar } from '../istio/native-sidecar.js';
import { opaquePorts } from '../linkerd/opaque-ports.js';
import { dnsLabel } from '../names.js';
import { ends } from '../workload.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { componentLabels } from './metadata.js';
import { containerPorts } from './ports.js';
import { priorityClassName } from './priority-class.js';
import { probes } from './probes.js';
import { byteQuantity, cpuQuantity } from './quantity.js';
import { topologySpread } from './topology-spread.js';

/** Seconds a pod goes on serving after it is told to stop, while others learn that it left. */
const drainSeconds = 10;
/** What a program gets at least to end after the drain, where no caller says how long its calls take. */
const shutdownSeconds = 5;
/** Kubernetes' own default, kept unless the model asks for more. */
const defaultGraceSeconds = 30;
/** Until Kubernetes marks a node that no longer answers, which is before pods tolerate anything; up to 1.31 it takes 40 s. */
const nodeGraceSeconds = 50;
/** How long tiers 0 and 1 stay bound to a node that is marked; Kubernetes' default is 300 s. */
const evictionSeconds = 30;

/** Behind every path that is ours and not the author's. */
export const pathConvention = 'DRML convention, the model has no paths';

/** What a pod template adds to its container beside what the component states: a StatefulSet's volume. */
export interface Mounts {
  readonly volumeMounts: readonly Yaml[];
}

/** The template. Its labels and fields name no line of the model, so that moving text never restarts a pod. */
export function podTemplate(context: Context, deployed: Deployed, extra: Mounts = { volumeMounts: [] }): YamlObject {
  const { component, name, workload } = deployed;
  const serves = !ends(workload);
  const mounts = statedMounts(component);
  return {
    metadata: podMetadata(context, deployed),
    spec: {
      serviceAccountName: name,
      securityContext: securityContext(component, extra.volumeMounts.length > 0),
      priorityClassName:
        component.tier === undefined ? undefined : traced(priorityClassName(component.tier.value), component.nameSource),
      terminationGracePeriodSeconds: serves ? grace(context, component) : undefined,
      // What failed is kept to be read; the Job starts another pod.
      restartPolicy: serves ? undefined : 'Never',
      tolerations: serves ? tolerations(context, component) : undefined,
      topologySpreadConstraints: topologySpread(context, deployed),
      containers: [container(context, deployed, [...mounts.volumeMounts, ...extra.volumeMounts])],
      volumes: mounts.volumes.length > 0 ? mounts.volumes : undefined,
    },
  };
}

/** Labels; of pods that end and of gateways, what tells the mesh what to put beside or in place of their container. */
function podMetadata(context: Context, deployed: Deployed): YamlObject {
  const { component, workload, pods } = deployed;
  const labels = componentLabels(context, deployed);
  if (pods === 'proxy') {
    return {
      labels: { ...labels, 'sidecar.istio.io/inject': 'true' },
      annotations: { 'inject.istio.io/templates': 'gateway' },
    };
  }
  const opaque = context.linkerd ? opaquePorts(component, 'pod') : {};
  if (!ends(workload)) {
    const annotations = { ...opaque, ...outlastingSidecar(context, leastGrace(context, component)) };
    return { labels, annotations: Object.keys(annotations).length === 0 ? undefined : annotations };
  }
  // A proxy of Linkerd does not end with its pod in every version.
  if (context.linkerd) return { labels, annotations: { 'linkerd.io/inject': 'disabled' } };
  return {
    labels,
    annotations: nativeSidecar(context, component.name, "the mesh's sidecar keeps its pods from ending.", component.nameSource),
  };
}

/** What the restricted profile of the platform asks for; volumes belong to the group of whoever writes them. */
function securityContext(component: Component, writes: boolean): YamlObject {
  const { user } = component.deployment;
  const number = user === undefined ? undefined : traced(user.value, sourceOf(user));
  return {
    runAsNonRoot: true,
    runAsUser: number,
    runAsGroup: number,
    fsGroup: writes ? number : undefined,
    fsGroupChangePolicy: writes && user !== undefined ? 'OnRootMismatch' : undefined,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function container(context: Context, deployed: Deployed, volumeMounts: readonly Yaml[]): YamlObject {
  const { component, workload } = deployed;
  const ports = deployed.pods === 'proxy' ? [] : containerPorts(component);
  return {
    name: containerName(deployed),
    image: image(context, deployed),
    ports:
      ports.length === 0
        ? undefined
        : ports.map((port) => ({ name: port.name, containerPort: traced(port.target, port.port.source), protocol: 'TCP' })),
    ...(ends(workload) ? {} : { ...served(context, deployed), lifecycle: lifecycle(context, component) }),
    resources: resources(component),
    volumeMounts: volumeMounts.length > 0 ? volumeMounts : undefined,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
}

/** Of the container that does the work. The mesh knows that of its gateways by this name. */
export function containerName({ name, pods }: Deployed): string {
  return pods === 'proxy' ? 'istio-proxy' : name;
}

/** Probes; those of its own gateways the mesh brings along. */
function served(context: Context, deployed: Deployed): YamlObject {
  return deployed.pods === 'proxy' ? {} : probes(context, deployed);
}

/** The stated image; else one that no registry can serve, so that the gap shows before anything runs. */
function image(context: Context, { component, name, pods }: Deployed): Yaml {
  // The mesh puts its own image in place of this word.
  if (pods === 'proxy') return 'auto';
  const stated = component.deployment.image;
  if (stated !== undefined) return traced(stated.value, sourceOf(stated));
  context.report({
    kind: 'missing',
    component: component.name,
    message: imageGap(component),
    source: component.nameSource,
  });
  return traced(`image-missing.invalid/${name}:missing`, component.nameSource, 'PLACEHOLDER: the model states no image');
}

function lifecycle(context: Context, component: Component): YamlObject | undefined {
  // Nothing is routed to what has no port, so nothing has to drain.
  if (component.deployment.ports.length === 0 && component.kind !== 'gateway') return undefined;
  if (context.has('preStopSleep')) return { preStop: { sleep: { seconds: drainSeconds } } };
  context.report({
    kind: 'left-out',
    component: component.name,
    message: `${component.name}: Kubernetes before 1.30 has no preStop sleep; let the program serve ${drainSeconds} s after SIGTERM.`,
    source: component.nameSource,
  });
  return undefined;
}

function drainOf(component: Component): number {
  return component.deployment.ports.length === 0 ? 0 : drainSeconds;
}

/** Seconds that the drain and the calls behind it take. */
function leastGrace(context: Context, component: Component): number {
  const calls = (context.incoming.get(component.name) ?? []).map(({ edge }) => edge.timeout?.value ?? 0);
  return Math.ceil(drainOf(component) + Math.max(shutdownSeconds, ...calls));
}

/** Long enough for the drain and the longest call the model lets a caller wait for. */
function grace(context: Context, component: Component): Yaml {
  const stated = component.deployment.grace;
  const drain = drainOf(component);
  const least = leastGrace(context, component);
  if (stated === undefined) return Math.max(defaultGraceSeconds, least);
  const source = sourceOf(stated);
  if (stated.value >= least) return traced(Math.ceil(stated.value), source);
  context.report({
    kind: 'left-out',
    component: component.name,
    message: `${component.name}: grace ${stated.value} s is too short: the drain takes ${drain} s, and its calls must end after it; ${least} s is written instead. Write \`grace ${least}s\`.`,
    source: source ?? component.nameSource,
  });
  return traced(least, source);
}

/** `evicts after` counts from the fault, and a toleration from the moment the node is marked. */
function tolerations(context: Context, component: Component): readonly Yaml[] | undefined {
  const stated = component.evictsAfter;
  const important = component.tier !== undefined && component.tier.value <= 1;
  if (stated === undefined && !important) return undefined;
  const source = stated === undefined ? component.nameSource : sourceOf(stated);
  if (stated !== undefined && stated.value < nodeGraceSeconds) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: Kubernetes takes ${nodeGraceSeconds} s to see that a node is dead, so nothing is evicted after ${stated.value} s; it happens at once when the node is marked. Write \`evicts after ${nodeGraceSeconds}s\`.`,
      source: source ?? component.nameSource,
    });
  }
  const seconds = stated === undefined ? evictionSeconds : Math.max(0, Math.ceil(stated.value - nodeGraceSeconds));
  return ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: traced(seconds, source),
  }));
}

/** Requests and limits as stated; tier 0 gets its memory limit from the request, so that no neighbour's peak can evict it. */
function resources(component: Component): YamlObject | undefined {
  const { cpu, cpuLimit, memory, memoryLimit } = component.demand;
  const written = (fact: Fact<number> | undefined, text: (value: number) => string): Yaml | undefined =>
    fact === undefined ? undefined : traced(text(fact.value), sourceOf(fact));
  const some = (map: YamlObject): YamlObject | undefined =>
    Object.values(map).some((value) => value !== undefined) ? map : undefined;
  return some({
    requests: some({ cpu: written(cpu, cpuQuantity), memory: written(memory, byteQuantity) }),
    limits: some({
      cpu: written(cpuLimit, cpuQuantity),
      memory: written(memoryLimit ?? (component.tier?.value === 0 ? memory : undefined), byteQuantity),
    }),
  });
}

/** Secrets and configuration by name only; where they are mounted is a convention, since the model has no paths. */
function statedMounts(component: Component): { readonly volumes: readonly Yaml[]; readonly volumeMounts: readonly Yaml[] } {
  const mounts = component.deployment.mounts;
  return {
    volumes: mounts.map(({ kind, name, source }) => ({
      name: traced(dnsLabel(`${kind}-${name}`), source),
      ...(kind === 'secret' ? { secret: { secretName: dnsLabel(name) } } : { configMap: { name: dnsLabel(name) } }),
    })),
    volumeMounts: mounts.map(({ kind, name, source }) => ({
      name: traced(dnsLabel(`${kind}-${name}`), source),
      mountPath: traced(
        kind === 'secret' ? `/etc/secrets/${dnsLabel(name)}` : `/etc/config/${dnsLabel(name)}`,
        source,
        pathConvention,
      ),
      readOnly: true,
    })),
  };
}
