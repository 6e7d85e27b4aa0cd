/** PeerAuthentications: inside the mesh everybody speaks mutual TLS. */
import type { Context, Deployed } from '../context.js';
import type { ReachedFromOutside } from '../entry/reached-from-outside.js';
import { componentMetadata, modelMetadata, selectorLabels } from '../kubernetes/metadata.js';
import { traced, type YamlObject } from '../yaml.js';

function apiVersion(context: Context): string {
  return context.has('istioV1') ? 'security.istio.io/v1' : 'security.istio.io/v1beta1';
}

/** For the whole namespace: whoever is outside the mesh is refused. */
export function strictPeers(context: Context): YamlObject {
  return {
    apiVersion: apiVersion(context),
    kind: 'PeerAuthentication',
    metadata: modelMetadata(context, 'default'),
    spec: { mtls: { mode: 'STRICT' } },
  };
}

/** For what an entry outside the mesh leads to: at those ports plain calls are taken as well. */
export function plainAtEntry(context: Context, deployed: Deployed, reached: ReachedFromOutside): YamlObject {
  const ports = reached.ports.map((port) => [String(port.target), { mode: traced('PERMISSIVE', reached.source) }] as const);
  return {
    apiVersion: apiVersion(context),
    kind: 'PeerAuthentication',
    metadata: componentMetadata(context, deployed, context.names.beside(deployed.component.name, 'entry'), reached.source),
    spec: {
      selector: { matchLabels: selectorLabels(deployed.name) },
      mtls: { mode: 'STRICT' },
      portLevelMtls: Object.fromEntries(ports),
    },
  };
}
