/** Tracing of the mesh. */
import { sourceOf } from '../../model/fact.js';
import type { Tracing } from '../../model/model.js';
import type { Context } from '../context.js';
import { modelMetadata } from '../kubernetes/metadata.js';
import { traced, type YamlObject } from '../yaml.js';

/** The Telemetry of the namespace, the only one without a selector: of two, the mesh would take one or the other. */
export function tracingTelemetry(context: Context, tracing: Tracing): YamlObject {
  const { provider, sampling, source } = tracing;
  return {
    apiVersion: context.has('istioV1') ? 'telemetry.istio.io/v1' : 'telemetry.istio.io/v1alpha1',
    kind: 'Telemetry',
    metadata: modelMetadata(context, 'tracing', source),
    spec: {
      tracing: [
        {
          providers: [{ name: traced(provider, source) }],
          // In steps of a hundredth of a percent, and never rounded down to nothing.
          randomSamplingPercentage:
            sampling === undefined
              ? undefined
              : traced(sampling.value === 0 ? 0 : Math.max(0.01, Number((sampling.value * 100).toFixed(2))), sourceOf(sampling)),
        },
      ],
    },
  };
}
