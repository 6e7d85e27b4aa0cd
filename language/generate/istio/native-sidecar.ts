/** When sidecars end: with pods that are to end, and not before pods that still serve. */
import type { Source } from '../../model/fact.js';
import type { Context } from '../context.js';
import type { YamlObject } from '../yaml.js';

/**
 * The annotation for pods that serve: a sidecar ends five seconds after it is told to, while the pod drains and ends its calls, unless it is one
 * of Kubernetes' own kind, which ends last. Where the versions lack those, it waits for as long as the pod may need.
 * @param seconds from the word to end until the last call is done
 */
export function outlastingSidecar(context: Context, seconds: number): YamlObject | undefined {
  if (!context.istio) return undefined;
  return context.has('nativeSidecar') && context.has('nativeSidecarOfIstio')
    ? { 'sidecar.istio.io/nativeSidecar': 'true' }
    : { 'proxy.istio.io/config': `terminationDrainDuration: ${seconds}s` };
}

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
