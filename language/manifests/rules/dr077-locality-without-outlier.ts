import { policyField, trafficPolicies } from '../istio-policies.js';
import { finding, type ManifestRule, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { addEntry } from '../yaml-edits.js';
import { entryOf, nodeAt } from '../yaml-tree.js';
import { ordersDestinationRule } from './example-manifests.js';

const detection = `outlierDetection:
  consecutiveGatewayErrors: 5
  interval: 5s
  baseEjectionTime: 30s
  maxEjectionPercent: 100`;

const failover = `loadBalancer:
  localityLbSetting:
    failover:
      - from: eu-west
        to: eu-north`;

/** DR077: a failover between localities that never happens. */
export const localityWithoutOutlier: ManifestRule = {
  code: 'DR077',
  name: 'locality-without-outlier',
  title: 'Locality failover without outlier detection',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A DestinationRule asks for failover between localities (`failover`, `failoverPriority`, or `localityLbSetting` with neither `distribute` nor `enabled: false`), and neither it nor the host as a whole has `outlierDetection`. Nothing is said where the Service states `trafficDistribution`, which brings localities of its own.',
    why: 'Istio orders endpoints by locality only where outlier detection tells which ones have failed. Without it the setting does nothing: calls go to all regions all of the time. Source: Istio, Locality Load Balancing; its validation says "outlier detection policy must be provided for failover".',
    how: 'Add `outlierDetection` beside `loadBalancer`, with `maxEjectionPercent: 100`, so that a whole region can be left.',
    bad: ordersDestinationRule(failover),
    good: ordersDestinationRule(`${failover}\n${detection}`),
  },
  check({ index, textOf }) {
    return trafficPolicies(index).flatMap((traffic) => {
      const { policy, rule, host, subset } = traffic;
      const setting = entryOf(nodeAt(policy, 'loadBalancer'), 'localityLbSetting');
      if (setting === undefined || setting.value.kind !== 'map') return [];
      const enabled = nodeAt(setting.value, 'enabled');
      const isOff = enabled?.kind === 'flag' && !enabled.value;
      const asks = nodeAt(setting.value, 'failover') !== undefined || nodeAt(setting.value, 'failoverPriority') !== undefined;
      if (isOff || (!asks && nodeAt(setting.value, 'distribute') !== undefined)) return [];
      if (policyField(traffic, 'outlierDetection') !== undefined) return [];
      if (nodeAt(index.serviceOf(host, rule.namespace)?.root, 'spec', 'trafficDistribution') !== undefined) return [];
      const title = titleOf(rule);
      return [
        finding(
          setting.at,
          `${title} asks for failover between localities without outlierDetection: Istio ignores it, and calls go everywhere. Add outlierDetection.`,
          {
            subject: title,
            ...(subset === undefined ? {} : { about: subset }),
            fixes: [textFix('Add outlierDetection', addEntry(textOf(policy.at.uri), policy, detection))],
          },
        ),
      ];
    });
  },
};
