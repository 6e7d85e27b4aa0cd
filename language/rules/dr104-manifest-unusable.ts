import { orders, ordersManifest } from './own-manifest-example.js';
import type { RuleDescription } from './rule.js';

/** DR104: the manifest that a component names is not there, or nothing can be laid over it. */
export const manifestUnusable: RuleDescription = {
  code: 'DR104',
  name: 'manifest-unusable',
  title: 'Manifest that cannot be used',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: 'A component names a `manifest` that is not there, is no YAML file beside the model, cannot be read, holds no Deployment and no StatefulSet with the name of the component, or labels its pods `app` with another name.',
    why: 'Nothing is generated for such a component: it is missing in every cluster that the model says it runs in.',
    how: 'Correct the path, or the name in the file.',
    beside: ordersManifest,
    bad: orders('runs 2 in north', './k8s/order.yaml'),
    good: orders('runs 2 in north', './k8s/orders.yaml'),
  },
};
