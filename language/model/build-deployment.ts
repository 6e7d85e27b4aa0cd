/** Lowering of what a component asks of its platform: demand, image, ports, probes, scaling and rollout. */
import {
  isEntry,
  isHost,
  isLoad,
  isMounts,
  isPort,
  isProbe,
  isRepeats,
  isRollout,
  isRoutes,
  isScales,
  type Load as LoadNode,
} from '../generated/ast.js';
import { maximumInstances } from '../syntax/quantity.js';
import { innerAcceptances } from './build-acceptances.js';
import { countFact, type Layered, Layers, originOf, quantityFact, quantityOf, sourceAt, writtenAt } from './build-facts.js';
import { sitePath } from './build-sites.js';
import type { Demand, Deployment, Entry, Mount, Port, Probe, Repetition, Rollout } from './deployment.js';
import type { Fact } from './fact.js';
import { optional } from './optional.js';

/** `load`, `capacity`, `cpu` and `memory`. */
export function buildDemand(layers: Layers): Demand {
  const load = layers.nearest(isLoad, 'Load');
  return {
    ...optional('load', load === undefined ? undefined : quantityFact(load, load.node.value, 'rate')),
    ...optional('peak', load === undefined ? undefined : quantityFact(load, load.node.peak, 'rate')),
    ...optional('peakHours', load === undefined ? undefined : peakHours(load)),
    ...optional('capacity', layers.quantity('capacity', 'rate')),
    ...optional('cpu', layers.quantity('cpu', 'cpu')),
    ...optional('cpuLimit', layers.upper('cpu', 'cpu')),
    ...optional('memory', layers.quantity('memory', 'size')),
    ...optional('memoryLimit', layers.upper('memory', 'size')),
  };
}

/** What the platform needs to know to run it. */
export function buildDeployment(layers: Layers): Deployment {
  const scales = layers.nearest(isScales, 'Scales');
  const scalesTo = scales === undefined ? undefined : countFact(scales, scales.node.max, 1, maximumInstances);
  return {
    ...optional('image', layers.text('image')),
    ...optional('platformId', layers.text('id')),
    ...optional('manifest', layers.text('manifest')),
    ...buildHosts(layers),
    ...optional('entry', buildEntry(layers)),
    ...optional('certificate', layers.word('certificate')),
    ports: layers.nearestLayer(isPort, 'Port').flatMap((layered): readonly Port[] => {
      const { node } = layered;
      const number = quantityOf(node.number, 'count')?.value;
      const target = quantityOf(node.target, 'count')?.value;
      if (number === undefined || number < 1 || number > 65_535) return [];
      return [
        {
          ...optional('name', node.name),
          number,
          ...optional('target', target),
          protocol: protocolOf(node.protocol ?? node.name),
          ...writtenAt(layered),
        },
      ];
    }),
    routes: layers.all(isRoutes, 'Routes').flatMap(({ node }) =>
      node.routes.flatMap((route) => {
        const name = route.target?.ref?.name;
        return name === undefined
          ? []
          : [{ path: route.path, target: { name, at: sourceAt(route), resolved: true }, source: sourceAt(route) }];
      }),
    ),
    probes: probes(layers),
    ...(scales === undefined || scalesTo === undefined
      ? {}
      : {
          scales: {
            ...optional('min', countFact(scales, scales.node.min, 0, maximumInstances)),
            max: scalesTo,
            ...optional('utilisation', quantityFact(scales, scales.node.utilisation, 'share')),
            ...optional('within', quantityFact(scales, scales.node.within, 'duration')),
            ...writtenAt(scales),
          },
        }),
    ...optional('rollout', buildRollout(layers)),
    ...optional('grace', layers.quantity('grace', 'duration')),
    mounts: buildMounts(layers),
    ...optional('user', layers.quantity('user', 'count')),
    ...optional('repeats', buildRepetition(layers)),
  };
}

/** `host "…"`, and `host "…" in SITE` of the nearest block that names any. */
function buildHosts(layers: Layers): Pick<Deployment, 'host' | 'hostIn'> {
  const stated = layers.nearestLayer(isHost, 'Host').filter(({ node }) => node.host !== undefined);
  const everywhere = stated.find(({ node }) => node.site === undefined);
  const hostIn = stated.flatMap((layered) => {
    const region = layered.node.site?.region?.ref?.name;
    const zone = layered.node.site?.zone?.ref?.name;
    if (region === undefined) return [];
    const host = { value: layered.node.host, origin: originOf(layered) };
    return [{ region, ...optional('zone', zone === undefined ? undefined : sitePath(region, zone)), host }];
  });
  return {
    ...(everywhere === undefined ? {} : { host: { value: everywhere.node.host, origin: originOf(everywhere) } }),
    ...(hostIn.length === 0 ? {} : { hostIn }),
  };
}

/** `entry gateway-api istio`; undefined where the word means nothing. */
export function buildEntry(layers: Layers): Fact<Entry> | undefined {
  const entry = layers.nearest(isEntry, 'Entry');
  const means = entry?.node.means;
  if (entry === undefined || (means !== 'gateway-api' && means !== 'istio' && means !== 'ingress')) return undefined;
  return { value: { means, ...optional('class', entry.node.entryClass) }, origin: originOf(entry) };
}

/** `repeats every 1d at 02:00 takes 10m`. */
function buildRepetition(layers: Layers): Repetition | undefined {
  const repeats = layers.nearest(isRepeats, 'Repeats');
  const every = repeats === undefined ? undefined : quantityFact(repeats, repeats.node.every, 'duration');
  if (repeats === undefined || every === undefined || every.value <= 0) return undefined;
  return {
    every,
    ...optional('at', repeats.node.at),
    ...optional('takes', quantityFact(repeats, repeats.node.takes, 'duration')),
    ...writtenAt(repeats),
  };
}

/** `mounts secret db-password, config orders`: of all layers, the nearest first. */
export function buildMounts(layers: Layers): readonly Mount[] {
  return layers.all(isMounts, 'Mounts').flatMap(({ node }) =>
    node.mounts.map((mount) => ({
      kind: mount.kind === 'config' ? ('config' as const) : ('secret' as const),
      name: mount.name,
      source: sourceAt(mount),
    })),
  );
}

function peakHours(load: Layered<LoadNode>): Demand['peakHours'] {
  const { from, to } = load.node;
  return from === undefined || to === undefined ? undefined : { value: { from, to }, origin: originOf(load) };
}

/** `rollout { … }`, merged item by item. */
function buildRollout(layers: Layers): Rollout | undefined {
  const blocks = layers.all(isRollout, 'Rollout');
  const first = blocks[0];
  if (first === undefined) return undefined;
  const details = new Layers(blocks.map(({ node, from }) => ({ statements: node.details, from })));
  return {
    ...optional('surge', details.quantity('surge', 'share')),
    ...optional('unavailable', details.quantity('unavailable', 'share')),
    ...optional('waves', details.quantity('waves', 'count')),
    ...optional('bake', details.quantity('bake', 'duration')),
    ...innerAcceptances(details),
    ...writtenAt(first),
  };
}

/** One probe of each kind, merged item by item: what the nearest leaves out comes from the policy or the defaults. */
function probes(layers: Layers): readonly Probe[] {
  const found = new Map<string, Probe>();
  for (const layered of layers.all(isProbe, 'Probe')) {
    const kind = layered.node.probe;
    if (kind !== 'readiness' && kind !== 'liveness' && kind !== 'startup') continue;
    const { path, every, failures, timeout } = layered.node;
    const probe: Probe = {
      kind,
      ...(path === undefined ? {} : { path: { value: path, origin: originOf(layered) } }),
      ...optional('every', quantityFact(layered, every, 'duration')),
      ...optional('failures', countFact(layered, failures, 1, 1000)),
      ...optional('timeout', quantityFact(layered, timeout, 'duration')),
      ...writtenAt(layered),
    };
    const nearer = found.get(kind);
    found.set(kind, nearer === undefined ? probe : merged(probe, nearer));
  }
  return [...found.values()];
}

/** The nearer probe with what only the farther one says; it stands where the nearer one stands. */
function merged(farther: Probe, nearer: Probe): Probe {
  const { source: _source, from: _from, ...items } = farther;
  return { ...items, ...nearer };
}

function protocolOf(word: string | undefined): Port['protocol'] {
  return word === 'http' || word === 'grpc' || word === 'tls' ? word : 'tcp';
}
