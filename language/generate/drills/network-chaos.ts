/** Experiments of Chaos Mesh that cut zones of one cluster off from each other. */
import type { Source } from '../../model/fact.js';
import type { FailedTarget, Zone } from '../../model/model.js';
import type { Context } from '../context.js';
import { modelMetadata } from '../kubernetes/metadata.js';
import type { Overlay } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { experimentDuration } from './pod-chaos.js';

/** A link between two zones of one cluster, by what their nodes are labelled with. */
export interface CutLink {
  readonly overlay: Overlay;
  readonly ends: readonly [CutEnd, CutEnd];
  readonly source: Source;
}

interface CutEnd {
  readonly path: string;
  readonly platformId: string;
}

/** The link where one cluster spans it, and nodes of both ends can be told; between clusters nothing in them can cut it. */
export function cutLink(context: Context, target: Extract<FailedTarget, { kind: 'link' }>): CutLink | undefined {
  for (const overlay of context.overlays) {
    const [a, b] = [target.a, target.b].map((path) => endOf(overlay.zones.find((zone) => zone.path === path)));
    if (a !== undefined && b !== undefined) return { overlay, ends: [a, b], source: target.source };
  }
  return undefined;
}

function endOf(zone: Zone | undefined): CutEnd | undefined {
  return zone?.platformId === undefined ? undefined : { path: zone.path, platformId: zone.platformId.value };
}

/** The experiment: no packet passes between the two zones, either way, for a while. */
export function networkChaos(context: Context, name: string, link: CutLink, seconds: number | undefined): YamlObject {
  const [a, b] = link.ends;
  const selector = (end: CutEnd): Yaml => ({
    namespaces: [context.names.namespace],
    nodeSelectors: { 'topology.kubernetes.io/zone': traced(end.platformId, link.source, end.path) },
  });
  return {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'NetworkChaos',
    metadata: modelMetadata(context, name, link.source),
    spec: {
      action: 'partition',
      mode: 'all',
      direction: 'both',
      duration: experimentDuration(seconds, link.source),
      selector: selector(a),
      target: { mode: 'all', selector: selector(b) },
    },
  };
}
