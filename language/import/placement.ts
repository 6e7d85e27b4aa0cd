/** How many instances of a component run where, how many must stay, and how far they scale. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, textsAt } from '../manifests/yaml-tree.js';
import { type Cluster, zoneLabel, zonesOfWorkload } from './clusters.js';
import { type Statement, spokenPlace } from './imported.js';
import { isSpreadOver, isTakenBy, namespaceOf, type Workload } from './workloads.js';

/** A component in one cluster. */
export interface Presence {
  readonly cluster: Cluster;
  readonly workload: Workload;
  /** Instances that run. */
  readonly replicas: number;
  /** The objects that run them, and how many each: more than one where several versions run. */
  readonly versions: readonly { readonly name: string; readonly count: number }[];
  /** Whether one runs on every node, and nothing says how many nodes there are. */
  readonly isUncounted: boolean;
  /** Words behind the instances, and why they are what they are. */
  readonly note?: string;
  /** Where the number of instances stands. */
  readonly at: Place;
  /** ` as hot standby`, as DRML has written it; empty where it is active. */
  readonly role: string;
  readonly zones: readonly string[];
  /** The fewest that a disruption budget leaves; undefined where there is none, or one that says nothing of it. */
  readonly least: { readonly count: number; readonly at: Place } | undefined;
  readonly scale:
    | { readonly from: number; readonly to: number; readonly cpu: number | undefined; readonly at: Place }
    | undefined;
}

const roles: ReadonlySet<string> = new Set(['active', 'hot-standby', 'warm-standby', 'pilot-light', 'cold-standby', 'witness']);

/** What a workload's cluster says of its instances. */
export function presenceOf(cluster: Cluster, workload: Workload, read: FieldReader): Presence {
  const { root } = workload.manifest;
  const scale = scaleOf(cluster, workload, read);
  const stated = read.number(root, 'spec', workload.kind === 'Job' ? 'completions' : 'replicas');
  const nodes = cluster.manifests.filter((manifest) => manifest.kind === 'Node').length;
  const isEverywhere = workload.kind === 'DaemonSet';
  const scheduled = isEverywhere ? read.number(root, 'status', 'desiredNumberScheduled') : undefined;
  const replicas = isEverywhere
    ? Math.max(1, nodes, Math.round(scheduled?.value ?? 0))
    : (scale?.from ?? Math.max(0, Math.round(stated?.value ?? 1)));
  const written = textsAt(root, 'metadata', 'labels').get('drml.dev/role') ?? 'active';
  const held = zonesOfWorkload(workload);
  const isUncounted = isEverywhere && nodes === 0 && (scheduled === undefined || scheduled.value < 1);
  const note = isEverywhere
    ? !isUncounted
      ? 'a DaemonSet: one on every node'
      : 'a DaemonSet: one on every node; write how many there are'
    : scale === undefined &&
        stated === undefined &&
        workload.kind !== 'Job' &&
        workload.kind !== 'CronJob' &&
        workload.kind !== 'Pod'
      ? 'replicas left out: Kubernetes runs one'
      : undefined;
  return {
    cluster,
    workload,
    replicas,
    versions: [{ name: workload.objectName, count: replicas }],
    isUncounted,
    ...(note === undefined ? {} : { note }),
    at: scale?.at ?? stated?.at ?? scheduled?.at ?? root.at,
    role: written === 'active' || !roles.has(written) ? '' : ` as ${written.replace('-', ' ')}`,
    zones: cluster.region.zones.filter((zone) => held.includes(zone.platformId)).map((zone) => zone.name),
    least: leastOf(cluster, workload, scale?.from ?? replicas, read),
    scale,
  };
}

/** `runs`, `needs` and `scales` of a component over its clusters. `keepsData`: a budget of a store lets one go at a time and says no more. */
export function placementStatements(presences: readonly Presence[], keepsData: boolean): readonly Statement[] {
  const most = Math.max(...presences.map((presence) => presence.replicas));
  const statements: Statement[] = [];
  for (const presence of presences) {
    const { replicas, cluster, zones, role, note, versions } = presence;
    const places = zones.length === 0 || zones.length === cluster.region.zones.length ? '' : ` zones ${zones.join(', ')}`;
    // What runs nowhere was scaled to nothing; elsewhere it runs, so it waits here.
    const asStandby = replicas === 0 && role === '' ? ' as cold standby' : role;
    const count = replicas > 0 ? replicas : Math.max(1, most, zones.length);
    const spread =
      count > 1 && cluster.region.zones.length > 1 && zones.length !== 1 && !isSpreadOver(presence.workload.pod, zoneLabel)
        ? 'nothing in its manifest spreads it over zones'
        : undefined;
    const each = versions.map(({ name, count }) => `${name} ${count}`).join(', ');
    const said = [
      versions.length > 1 ? each : note,
      replicas === 0 ? `scaled to nothing here; write how many start` : undefined,
      spread,
    ].filter((part) => part !== undefined);
    statements.push({
      text: `runs ${count} in ${cluster.region.name}${places}${asStandby}`,
      at: presence.at,
      ...(said.length === 0 ? {} : { note: said.join('; ') }),
    });
  }
  if (!keepsData) statements.push(...needsOf(presences));
  const scales = presences.flatMap((presence) => (presence.scale === undefined ? [] : [presence.scale]));
  const [scale] = scales;
  if (scale !== undefined) {
    // One ceiling holds for every site: the highest that a cluster allows.
    const to = Math.max(most, ...scales.map((one) => one.to));
    statements.push({
      text: `scales to ${to}${scale.cpu === undefined ? '' : ` at ${scale.cpu}% cpu`}`,
      note: `its autoscaler (${spokenPlace(scale.at)})`,
      at: scale.at,
    });
  }
  return statements;
}

function needsOf(presences: readonly Presence[]): readonly Statement[] {
  const active = presences.filter(({ role, replicas }) => role === '' && replicas > 0);
  if (active.length === 0 || active.some(({ least }) => least === undefined)) return [];
  const least = active.reduce((sum, presence) => sum + (presence.least?.count ?? 0), 0);
  const at = active[0]?.least?.at;
  if (least <= 1 || at === undefined) return [];
  return [{ text: `needs ${least}`, note: `its disruption budget keeps that many (${spokenPlace(at)})`, at }];
}

/** What the disruption budget of a workload leaves of its pods. */
export function leastOf(cluster: Cluster, workload: Workload, replicas: number, read: FieldReader): Presence['least'] {
  const budget = cluster.manifests.find(
    (manifest) =>
      manifest.kind === 'PodDisruptionBudget' &&
      namespaceOf(manifest) === workload.namespace &&
      isTakenBy(nodeAt(manifest.root, 'spec', 'selector'), workload.podLabels),
  );
  if (budget === undefined) return undefined;
  const share = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
    // Kubernetes rounds the pods that a percentage means up, both of those that must stay and of those that may go.
    if (percent !== undefined) return Math.ceil((Number(percent) * replicas) / 100);
    return /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const stays = share(read.numberOrText(budget.root, 'spec', 'minAvailable')?.value);
  const goes = share(read.numberOrText(budget.root, 'spec', 'maxUnavailable')?.value);
  const least = stays ?? (goes === undefined ? undefined : replicas - goes);
  return least === undefined ? undefined : { count: Math.max(1, Math.min(replicas, least)), at: budget.root.at };
}

function scaleOf(cluster: Cluster, workload: Workload, read: FieldReader): Presence['scale'] {
  const scaler = cluster.manifests.find((manifest: Manifest) => {
    const target = nodeAt(manifest.root, 'spec', 'scaleTargetRef');
    return (
      (manifest.kind === 'HorizontalPodAutoscaler' || manifest.kind === 'ScaledObject') &&
      namespaceOf(manifest) === workload.namespace &&
      textAt(target, 'name') === workload.objectName &&
      (textAt(target, 'kind') ?? 'Deployment') === workload.kind
    );
  });
  if (scaler === undefined) return undefined;
  const isObject = scaler.kind === 'ScaledObject';
  const from = Math.max(1, read.number(scaler.root, 'spec', isObject ? 'minReplicaCount' : 'minReplicas')?.value ?? 1);
  const to = read.number(scaler.root, 'spec', isObject ? 'maxReplicaCount' : 'maxReplicas')?.value;
  if (to === undefined || to < from) return undefined;
  const metric = itemsAt(scaler.root, 'spec', 'metrics').find(
    (item) => textAt(item, 'resource', 'name') === 'cpu' || textAt(item, 'containerResource', 'name') === 'cpu',
  );
  const percent =
    textAt(metric, 'resource', 'target', 'averageUtilization') ??
    textAt(metric, 'containerResource', 'target', 'averageUtilization') ??
    textAt(scaler.root, 'spec', 'targetCPUUtilizationPercentage');
  const cpu = percent === undefined ? undefined : Number(percent);
  return { from, to, cpu: cpu !== undefined && cpu > 0 && cpu <= 100 ? cpu : undefined, at: scaler.root.at };
}
