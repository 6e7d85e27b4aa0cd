/** Sidecars of pods that are to end. */
import type { Source } from '../../model/fact.js';
import type { Context } from '../context.js';
import type { YamlObject } from '../yaml.js';

/**
 * The annotation for pods that end by themselves: a sidecar that does not end keeps a Job running for ever, one of Kubernetes' own
 * kind ends with it. Without a mesh, or where its versions lack them, `undefined`; `otherwise` says what happens then.
 */
export function nativeSidecar(context: Context, component: string, otherwise: string, source: Source): YamlObject | undefined {
  if (!context.istio) return undefined;
  if (context.has('nativeSidecar') && context.has('nativeSidecarOfIstio')) return { 'sidecar.istio.io/nativeSidecar': 'true' };
  context.report({
    kind: 'left-out',
    component,
    message: `${component}: before Kubernetes 1.29 and Istio 1.24 ${otherwise}`,
    source,
  });
  return undefined;
}
