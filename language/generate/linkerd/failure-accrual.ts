/** When callers in a Linkerd mesh give up an instance that fails. */
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import { duration } from '../duration.js';
import { largest } from '../istio/largest.js';
import { callersOf } from '../istio/mesh.js';
import { traced, type YamlObject } from '../yaml.js';

/** Annotations of the callee's Service: when an instance that fails is given up. */
export function failureAccrual(context: Context, deployed: Deployed): YamlObject {
  const edges = callersOf(context, deployed.component).flatMap((caller) => caller.edges);
  const errors = largest(edges.map((edge) => edge.breaker?.errors));
  const ejects = largest(edges.map((edge) => edge.breaker?.ejects));
  if (errors === undefined) return {};
  const accrual = 'balancer.linkerd.io/failure-accrual';
  return {
    [accrual]: 'consecutive',
    [`${accrual}-consecutive-max-failures`]: traced(String(Math.max(1, Math.round(errors.value))), sourceOf(errors)),
    ...(ejects === undefined
      ? {}
      : {
          [`${accrual}-consecutive-min-penalty`]: traced(duration(ejects.value), sourceOf(ejects)),
          // The longest has to be longer than the shortest; each further failure doubles it.
          [`${accrual}-consecutive-max-penalty`]: traced(duration(ejects.value * 2), sourceOf(ejects)),
        }),
  };
}
