/** What VirtualServices and DestinationRules say of calls: timeouts and retries by caller, and when an instance is given up. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, textsAt, type YamlNode } from '../manifests/yaml-tree.js';
import type { Cluster } from './clusters.js';
import { durationOf, secondsOf } from './quantities.js';
import { componentKey } from './services.js';
import { namespaceOf, picks } from './workloads.js';

/** A route of a VirtualService to a component. */
export interface CallRoute {
  /** Key of the component that is called. */
  readonly target: string;
  /** Keys of the callers it is for; undefined where it is for all. */
  readonly callers: readonly string[] | undefined;
  /** Statements of the edge's block. */
  readonly block: readonly string[];
  readonly at: Place;
}

/** Causes that Istio retries on by itself. */
const usualCauses: ReadonlySet<string> = new Set([
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
  '503',
  'retriable-status-codes',
]);

/** Whether an object belongs to Istio's networking. */
export function isMeshKind({ group }: Manifest): boolean {
  return group === 'networking.istio.io' || group === 'security.istio.io' || group === 'telemetry.istio.io';
}

/** The routes of all VirtualServices that hold inside the mesh, in the order they are tried. */
export function callRoutes(cluster: Cluster, read: FieldReader): readonly CallRoute[] {
  const routes: CallRoute[] = [];
  for (const manifest of cluster.manifests) {
    if (manifest.kind !== 'VirtualService' || manifest.group !== 'networking.istio.io') continue;
    const gateways = itemsAt(manifest.root, 'spec', 'gateways').map((item) => textAt(item));
    if (gateways.length > 0 && !gateways.includes('mesh')) continue;
    for (const http of read.items(manifest.root, 'spec', 'http')) {
      const matches = itemsAt(http, 'match');
      const labels = matches.map((match) => textsAt(match, 'sourceLabels'));
      const isForAll = matches.length === 0 || labels.every((map) => map.size === 0);
      // A path or a header narrows a route to some calls: what it says does not hold for the edge.
      if (isForAll && matches.some((match) => isNarrow(match))) continue;
      const callers = isForAll
        ? undefined
        : cluster.workloads
            .filter(({ podLabels }) => labels.some((map) => picks(map, podLabels)))
            .map(({ namespace, name }) => componentKey(namespace, name));
      for (const destination of itemsAt(http, 'route')) {
        const host = textAt(destination, 'destination', 'host');
        const answer = host === undefined ? undefined : cluster.services.answerOf(host, namespaceOf(manifest));
        if (answer?.kind !== 'component') continue;
        routes.push({ target: answer.key, callers, block: limitsOf(http, read), at: http.at });
      }
    }
  }
  return routes;
}

function isNarrow(match: YamlNode): boolean {
  return ['uri', 'headers', 'method', 'authority', 'queryParams', 'scheme'].some((field) => nodeAt(match, field) !== undefined);
}

function limitsOf(http: YamlNode, read: FieldReader): readonly string[] {
  const block: string[] = [];
  const timeout = secondsOf(read.text(http, 'timeout')?.value ?? '');
  if (timeout !== undefined && timeout > 0) block.push(`timeout ${durationOf(timeout)}`);
  const attempts = read.number(http, 'retries', 'attempts')?.value;
  if (attempts === undefined || attempts < 1) return block;
  const each = secondsOf(read.text(http, 'retries', 'perTryTimeout')?.value ?? '');
  const backoff = secondsOf(read.text(http, 'retries', 'backoff')?.value ?? '');
  const causes = (read.text(http, 'retries', 'retryOn')?.value ?? '')
    .split(',')
    .map((cause) => cause.trim())
    .filter((cause) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(cause));
  const stated = causes.every((cause) => usualCauses.has(cause))
    ? []
    : causes.map((cause) => (/^[a-z]/.test(cause) ? cause : `"${cause}"`));
  block.push(
    [
      `retries ${Math.round(attempts)}`,
      ...(each === undefined || each <= 0 ? [] : [`each ${durationOf(each)}`]),
      ...(backoff === undefined || backoff <= 0 ? [] : [`backoff ${durationOf(backoff)}`]),
      ...(stated.length === 0 ? [] : [`on ${stated.join(', ')}`]),
    ].join(' '),
  );
  return block;
}

/** What Istio's own defaults and DRML's are: written out it would say nothing. */
const usualBreaker = 'breaker errors 5 within 5s ejects 30s';

/** A statement of an edge's block, and the object that says it. */
export interface Breaker {
  readonly text: string;
  readonly at: Place;
}

/** The `breaker` of each component that a DestinationRule gives one, by key. */
export function breakers(cluster: Cluster, read: FieldReader): ReadonlyMap<string, Breaker> {
  const found = new Map<string, Breaker>();
  for (const manifest of cluster.manifests) {
    if (manifest.kind !== 'DestinationRule' || manifest.group !== 'networking.istio.io') continue;
    const host = textAt(manifest.root, 'spec', 'host');
    const answer = host === undefined ? undefined : cluster.services.answerOf(host, namespaceOf(manifest));
    if (answer?.kind !== 'component') continue;
    const outlier = read.map(manifest.root, 'spec', 'trafficPolicy', 'outlierDetection');
    const errors = ['consecutive5xxErrors', 'consecutiveGatewayErrors']
      .map((field) => Number(textAt(outlier, field) ?? 0))
      .find((count) => count > 0);
    const within = secondsOf(textAt(outlier, 'interval') ?? '');
    const ejects = secondsOf(textAt(outlier, 'baseEjectionTime') ?? '');
    const connections = read.number(manifest.root, 'spec', 'trafficPolicy', 'connectionPool', 'tcp', 'maxConnections')?.value;
    const text = [
      'breaker',
      ...(errors === undefined ? [] : [`errors ${errors}`]),
      ...(within === undefined || within <= 0 ? [] : [`within ${durationOf(within)}`]),
      ...(ejects === undefined || ejects <= 0 ? [] : [`ejects ${durationOf(ejects)}`]),
      ...(connections === undefined || connections < 1 ? [] : [`connections ${Math.round(connections)}`]),
    ].join(' ');
    if (text !== 'breaker' && text !== usualBreaker) found.set(answer.key, { text, at: manifest.root.at });
  }
  return found;
}
