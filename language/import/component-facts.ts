/** Statements of a component that its own workload and Services tell: image, ports, resources, probes, volumes, endings. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, type YamlNode } from '../manifests/yaml-tree.js';
import { isWritable } from '../syntax/checks/formats.js';
import { imageOf, type KnownKind, keepsVolumes } from './component-kind.js';
import { type Statement, spokenPlace } from './imported.js';
import { cpuOf, durationOf, repetitionOf, sizeOf } from './quantities.js';
import type { Workload } from './workloads.js';

/** Statements in the order they are written in. `claims`: PersistentVolumeClaims of the cluster by namespace and name. */
export function componentFacts(
  workload: Workload,
  known: KnownKind,
  services: readonly Manifest[],
  claims: ReadonlyMap<string, Manifest>,
  read: FieldReader,
): readonly Statement[] {
  const keepsData = known.kind === 'database' || known.kind === 'cache' || known.kind === 'queue' || known.kind === 'coordinator';
  const image = imageOf(workload);
  const imageAt = nodeAt(workload.container, 'image')?.at;
  return [
    ...(known.engine === undefined
      ? []
      : [{ text: `engine ${known.engine.name}${known.engine.version === undefined ? '' : ` "${known.engine.version}"`}` }]),
    ...(image === undefined || !isWritable('image', image) ? [] : [{ text: `image ${quoted(image)}`, ...placed(imageAt) }]),
    ...portsOf(workload, services),
    ...resourcesOf(workload, read),
    ...(keepsData ? storageOf(workload, claims, read) : []),
    ...probesOf(workload, read),
    ...endingOf(workload, read),
    ...(workload.kind === 'CronJob' ? repetition(workload) : []),
  ];
}

function placed(at: Place | undefined): { readonly at?: Place } {
  return at === undefined ? {} : { at };
}

/** A text of the language: quotes and backslashes are escaped, and what would end a line is left out. */
export function quoted(text: string): string {
  return `"${text.replace(/\p{Cc}/gu, '').replace(/["\\]/g, '\\$&')}"`;
}

const protocols: Readonly<Record<string, string>> = {
  http: 'http',
  http2: 'http',
  'kubernetes.io/h2c': 'http',
  grpc: 'grpc',
  'grpc-web': 'grpc',
  tcp: 'tcp',
  https: 'tls',
  tls: 'tls',
};

/** Ports that Services offer, each number once. */
function portsOf(workload: Workload, services: readonly Manifest[]): readonly Statement[] {
  const statements = new Map<number, Statement>();
  const words = new Set<string>();
  // What is called first is the Service inside the cluster; one for the outside offers the same once more.
  const order = [...services].sort((a, b) => Number(isOutside(a)) - Number(isOutside(b)));
  for (const service of order) {
    for (const port of itemsAt(service.root, 'spec', 'ports')) {
      const number = Number(textAt(port, 'port'));
      if (!Number.isInteger(number) || number < 1 || number > 65_535 || statements.has(number)) continue;
      if ((textAt(port, 'protocol') ?? 'TCP') !== 'TCP') continue;
      const name = textAt(port, 'name');
      const protocol = protocols[textAt(port, 'appProtocol') ?? ''] ?? protocols[name?.split('-')[0] ?? ''];
      const target = targetNumber(workload, textAt(port, 'targetPort'));
      const plain = name !== undefined && name !== protocol && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ? name : undefined;
      // Two Services may call their ports the same: one component tells them apart.
      const word = plain ?? protocol;
      const called = word !== undefined && words.has(word) ? `${protocol ?? 'port'}-${number}` : plain;
      if (word !== undefined) words.add(word);
      const line = [
        'port',
        ...(called !== undefined ? [called] : protocol === undefined ? [] : [protocol]),
        String(number),
        ...(target !== undefined && target !== number ? ['to', String(target)] : []),
        ...(called !== undefined && protocol !== undefined && protocols[called] === undefined ? [protocol] : []),
      ];
      statements.set(number, { text: line.join(' '), note: `Service ${service.name} (${spokenPlace(port.at)})`, at: port.at });
    }
  }
  return [...statements.values()];
}

function isOutside(service: Manifest): boolean {
  return ['LoadBalancer', 'NodePort'].includes(textAt(service.root, 'spec', 'type') ?? '');
}

function targetNumber(workload: Workload, target: string | undefined): number | undefined {
  if (target === undefined) return undefined;
  if (/^\d+$/.test(target)) return Number(target);
  const port = itemsAt(workload.container, 'ports').find((item) => textAt(item, 'name') === target);
  const number = textAt(port, 'containerPort');
  return number === undefined ? undefined : Number(number);
}

function resourcesOf(workload: Workload, read: FieldReader): readonly Statement[] {
  const resources = read.map(workload.container, 'resources');
  const amount = (side: string, what: string, text: (quantity: string) => string | undefined): string | undefined => {
    const written = read.numberOrText(resources, side, what)?.value;
    return written === undefined ? undefined : text(written);
  };
  const line = (what: 'cpu' | 'memory', text: (quantity: string) => string | undefined): Statement[] => {
    const limit = amount('limits', what, text);
    // Kubernetes takes a limit for the request where only the limit is written.
    const request = amount('requests', what, text) ?? limit;
    if (request === undefined) return [];
    return [
      { text: `${what} ${request}${limit === undefined || limit === request ? '' : ` to ${limit}`}`, ...placed(resources?.at) },
    ];
  };
  return [...line('cpu', cpuOf), ...line('memory', sizeOf)];
}

/** Where its data lies: a claim's size stands for the amount of data until somebody knows better. */
function storageOf(workload: Workload, claims: ReadonlyMap<string, Manifest>, read: FieldReader): readonly Statement[] {
  if (!keepsVolumes(workload)) {
    const volume = itemsAt(workload.pod, 'volumes').find((item) => nodeAt(item, 'emptyDir') !== undefined);
    const at = nodeAt(volume, 'emptyDir')?.at;
    const note =
      at === undefined
        ? 'no volume: its data lies in the container'
        : `volume ${textAt(volume, 'name') ?? ''} is an emptyDir (${spokenPlace(at)})`;
    return [{ text: 'storage ephemeral', note }];
  }
  const [template] = itemsAt(workload.manifest.root, 'spec', 'volumeClaimTemplates');
  const named = itemsAt(workload.pod, 'volumes').flatMap((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? []);
  const claim: YamlNode | undefined =
    template ?? named.map((name) => claims.get(`${workload.namespace}/${name}`)?.root).find((root) => root !== undefined);
  const spec = read.map(claim, 'spec');
  const written = read.numberOrText(spec, 'resources', 'requests', 'storage');
  const size = written === undefined ? undefined : sizeOf(written.value);
  const storageClass = textAt(spec, 'storageClassName');
  return [
    ...(size === undefined || written === undefined
      ? []
      : [{ text: `size ${size}`, note: `room for that much (${spokenPlace(written.at)}); write how much data there is` }]),
    {
      text: `storage zonal${storageClass !== undefined && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(storageClass) ? ` class ${storageClass}` : ''}`,
      note: 'it keeps a volume; zonal is a guess: regional where its disks outlive a zone',
    },
  ];
}

const probeKinds = ['startup', 'readiness', 'liveness'] as const;

/** Probes with the times that hold, Kubernetes' own where the manifest leaves them out. */
function probesOf(workload: Workload, read: FieldReader): readonly Statement[] {
  return probeKinds.flatMap((kind) => {
    const probe = read.map(workload.container, `${kind}Probe`);
    if (probe === undefined) return [];
    const path = textAt(probe, 'httpGet', 'path');
    const every = read.number(probe, 'periodSeconds')?.value ?? 10;
    const failures = read.number(probe, 'failureThreshold')?.value ?? 3;
    const timeout = read.number(probe, 'timeoutSeconds')?.value ?? 1;
    if (every <= 0 || failures < 1 || timeout <= 0) return [];
    const asked = path === undefined ? '' : ` ${quoted(path)}`;
    return [
      {
        text: `probe ${kind}${asked} every ${durationOf(every)} failures ${Math.round(failures)} timeout ${durationOf(timeout)}`,
        at: probe.at,
        ...(nodeAt(probe, 'exec') === undefined ? {} : { note: 'a command in the container' }),
      },
    ];
  });
}

/** Until Kubernetes marks a node that no longer answers: tolerations count from then. */
const nodeGraceSeconds = 50;

/** How long an instance may take to stop, and how long a dead node keeps it. */
function endingOf(workload: Workload, read: FieldReader): readonly Statement[] {
  const grace = read.number(workload.pod, 'terminationGracePeriodSeconds')?.value;
  const dead = itemsAt(workload.pod, 'tolerations').find(
    (item) => textAt(item, 'key') === 'node.kubernetes.io/unreachable' && nodeAt(item, 'tolerationSeconds') !== undefined,
  );
  const evicts = Number(textAt(dead, 'tolerationSeconds') ?? Number.NaN);
  return [
    ...(grace !== undefined && grace > 0 && grace !== 30
      ? [{ text: `grace ${durationOf(grace)}`, ...placed(nodeAt(workload.pod, 'terminationGracePeriodSeconds')?.at) }]
      : []),
    ...(evicts >= 0 ? [{ text: `evicts after ${durationOf(nodeGraceSeconds + evicts)}`, ...placed(dead?.at) }] : []),
  ];
}

function repetition(workload: Workload): readonly Statement[] {
  const written = textAt(workload.manifest.root, 'spec', 'schedule');
  const found = written === undefined ? undefined : repetitionOf(written);
  if (found === undefined) return [];
  const at = nodeAt(workload.manifest.root, 'spec', 'schedule')?.at;
  return [{ text: `repeats every ${durationOf(found.every)}${found.at === undefined ? '' : ` at ${found.at}`}`, ...placed(at) }];
}
