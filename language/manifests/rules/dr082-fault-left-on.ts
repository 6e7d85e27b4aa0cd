import { finding, type ManifestFinding, type ManifestRule, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { removeEntry } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, numberAt, textAt, type YamlNode } from '../yaml-tree.js';
import { ordersVirtualService } from './example-manifests.js';

const faulty = (match: string): string => `- ${match}fault:
    abort:
      httpStatus: 503
      percentage:
        value: 10
  route:
    - destination:
        host: orders.shop.svc.cluster.local`;

/** DR082: a drill that nobody ended. */
export const faultLeftOn: ManifestRule = {
  code: 'DR082',
  name: 'fault-left-on',
  title: 'An injected fault for all requests',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A route of a VirtualService injects delays or errors into a share of requests above 0, without a condition on a header or on the labels of callers, in an object that is no drill: neither its folder is `drills` nor does it carry the label `drml.dev/drill` or `drml.dev/role: drill`.',
    why: 'Fault injection answers real users as well. A test that was forgotten is an outage that no metric of the workload explains. Source: Istio, Fault Injection.',
    how: 'Take `fault` out once the drill is over. For a drill, put a route before the others that takes requests with a header of their own only, and keep it in a folder `drills` that no overlay uses.',
    bad: ordersVirtualService(faulty('')),
    good: ordersVirtualService(faulty('match:\n    - headers: { x-drml-drill: { exact: "1" } }\n  ')),
  },
  check({ index, textOf }) {
    return index.ofKind('VirtualService').flatMap((service) => {
      const isDrill =
        /(^|\/)drills\//.test(service.path) ||
        nodeAt(service.root, 'metadata', 'labels', 'drml.dev/drill') !== undefined ||
        textAt(service.root, 'metadata', 'labels', 'drml.dev/role') === 'drill';
      if (isDrill || !service.isWhole) return [];
      return itemsAt(service.root, 'spec', 'http').flatMap((http, position): readonly ManifestFinding[] => {
        const fault = entryOf(http, 'fault');
        if (http.kind !== 'map' || fault === undefined) return [];
        const share = Math.max(shareOf(nodeAt(fault.value, 'abort')), shareOf(nodeAt(fault.value, 'delay')));
        const conditions = itemsAt(http, 'match');
        if (share <= 0 || (conditions.length > 0 && conditions.every(isNarrow))) return [];
        const title = titleOf(service);
        return [
          finding(
            fault.at,
            `${title} injects a fault into ${share}% of the requests of all callers: it is no drill by label or folder. Remove fault.`,
            {
              subject: title,
              about: String(position),
              fixes: [textFix('Remove fault', removeEntry(textOf(fault.at.uri), http, fault))],
            },
          ),
        ];
      });
    });
  },
};

/** The share of requests that a fault takes, in percent: none where it is left out. */
function shareOf(fault: YamlNode | undefined): number {
  return numberAt(fault, 'percentage', 'value') ?? numberAt(fault, 'percent') ?? 0;
}

function isNarrow(condition: YamlNode): boolean {
  return nodeAt(condition, 'headers') !== undefined || nodeAt(condition, 'sourceLabels') !== undefined;
}
