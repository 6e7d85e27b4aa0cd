import { orders, ordersManifest } from './own-manifest-example.js';
import type { RuleDescription } from './rule.js';

/** DR103: a component and the manifest that it names say different things. */
export const manifestContradiction: RuleDescription = {
  code: 'DR103',
  name: 'manifest-contradiction',
  title: 'Model and manifest contradict each other',
  severity: 'warning',
  subsumes: [],
  docs: {
    what: "A component names its own `manifest`, and a field that follows from the model has another value there: image, probes, requests and limits, grace, priority, spread, the number of instances (of all clusters, unless an autoscaler of the file decides), and the numbers of the file's own disruption budget, autoscaler and Service. Fields that the model says nothing about are the file's. The finding stands at the statement and names the line of the file; the editor shows it at both. What an overlay of your own changes later is not seen.",
    why: 'What is generated lays the value of the model over the file, so that whoever reads the file alone reads something that never runs; and a figure of the model rests on a number that the running system may not have.',
    how: 'Correct one of the two. The fix writes what the model says into the file.',
    beside: ordersManifest,
    bad: orders('runs 3 in north', './k8s/orders.yaml'),
    good: orders('runs 2 in north', './k8s/orders.yaml'),
  },
};
