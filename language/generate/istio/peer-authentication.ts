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
  reportOperators(context);
  return {
    apiVersion: apiVersion(context),
    kind: 'PeerAuthentication',
    metadata: modelMetadata(context, 'default'),
    spec: { mtls: { mode: 'STRICT' } },
  };
}

/** An operator stands outside the mesh, and its pods in this namespace get sidecars that refuse it. */
function reportOperators(context: Context): void {
  const run = [...context.components.values()].filter(
    ({ data, placements }) => data.managedBy?.value.manager === 'operator' && placements.length > 0,
  );
  const [first] = run.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (first === undefined) return;
  context.report({
    kind: 'left-out',
    component: first.name,
    message: `Pods of operators get sidecars in this namespace, and those refuse the operator: ${run.map(({ name }) => name).join(', ')}. Label them \`sidecar.istio.io/inject: "false"\` in their resources.`,
    source: first.nameSource,
  });
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
