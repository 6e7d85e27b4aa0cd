/** The namespace. */
import { sourceOf } from '../../model/fact.js';
import { type Context, sourceName } from '../context.js';
import { traced, type YamlObject } from '../yaml.js';

/** The namespace the model states, else one named after the model. In a mesh its pods get sidecars, without which no route applies. */
export function namespace(context: Context): YamlObject {
  const stated = context.model.settings.namespace;
  const from = (stated === undefined ? undefined : sourceOf(stated)) ?? context.model.settings.source;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: traced(context.names.namespace, stated === undefined ? context.model.settings.source : sourceOf(stated)),
      labels: {
        'app.kubernetes.io/managed-by': 'drml',
        'drml.dev/model': context.names.model,
        'istio-injection': context.istio ? 'enabled' : undefined,
      },
      annotations:
        from === undefined && !context.linkerd
          ? undefined
          : {
              'drml.dev/source': from === undefined ? undefined : sourceName(context.model, from),
              'linkerd.io/inject': context.linkerd ? 'enabled' : undefined,
            },
    },
  };
}
