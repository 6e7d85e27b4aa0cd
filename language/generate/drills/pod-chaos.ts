/** Experiments of Chaos Mesh that take pods for a while. */
import type { Source } from '../../model/fact.js';
import type { Context } from '../context.js';
import { modelMetadata, selectorLabels } from '../kubernetes/metadata.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import type { Hit } from './drill-hits.js';

/** How long a drill lasts of which nobody says it, in seconds: long enough for every alert, short enough to sit through. */
const conventionalDuration = 600;

/**
 * The experiment of a hit. The pods stay where they are and do not answer, as those of a lost zone would until their nodes are given
 * up, and come back by themselves at the end: nobody has to remember to stop it.
 */
export function podChaos(context: Context, name: string, hit: Hit, lasts: number | undefined): YamlObject {
  const { store, zone, count, source } = hit;
  return {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'PodChaos',
    metadata: modelMetadata(context, name, source),
    spec: {
      action: 'pod-failure',
      ...amount(count, hit),
      duration: experimentDuration(hit.duration ?? lasts, source),
      selector: {
        namespaces: [context.names.namespace],
        // A lost site takes all pods, those of operators too.
        labelSelectors: store === undefined ? undefined : selectorLabels(store.name),
        nodeSelectors:
          zone === undefined ? undefined : { 'topology.kubernetes.io/zone': traced(zone.platformId, source, zone.path) },
      },
    },
  };
}

function amount(count: number | undefined, { source }: Hit): YamlObject {
  if (count === undefined) return { mode: traced('all', source) };
  return { mode: 'fixed', value: traced(String(count), source) };
}

/** How long an experiment lasts, as Chaos Mesh reads it. */
export function experimentDuration(seconds: number | undefined, source: Source): Yaml {
  if (seconds === undefined) {
    return traced(`${conventionalDuration}s`, source, 'DRML convention: neither the scenario nor a drill says how long');
  }
  return traced(`${Math.max(1, Math.ceil(seconds))}s`, source);
}
