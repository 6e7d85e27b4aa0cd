import { spokenList } from '../../rules/wording.js';
import { policyField, trafficPolicies } from '../istio-policies.js';
import { finding, type ManifestRule, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { addEntry, linesOf } from '../yaml-edits.js';
import { entryOf, itemsAt, textAt } from '../yaml-tree.js';
import { ordersDestinationRule } from './example-manifests.js';

/** What a port does not take over from the host. */
const fields = ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'] as const;

/** DR079: settings of a port that throw those of the host away. */
export const portLevelDropsPolicy: ManifestRule = {
  code: 'DR079',
  name: 'port-level-drops-policy',
  title: 'Port settings that drop those of the host',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A DestinationRule has `portLevelSettings` for a port that leave out a connection pool, outlier detection, load balancing or TLS, and the traffic policy around them has it.',
    why: 'Settings of a port replace those of the host as a whole: what they leave out falls back to the default of Istio, not to what stands above. Source: Istio, Destination Rule, TrafficPolicy.portLevelSettings.',
    how: 'Repeat under the port what should hold there, or drop the port from portLevelSettings.',
    bad: ordersDestinationRule(`outlierDetection:
  maxEjectionPercent: 100
portLevelSettings:
  - port:
      number: 8080
    connectionPool:
      tcp:
        maxConnections: 100`),
    good: ordersDestinationRule(`outlierDetection:
  maxEjectionPercent: 100
portLevelSettings:
  - port:
      number: 8080
    connectionPool:
      tcp:
        maxConnections: 100
    outlierDetection:
      maxEjectionPercent: 100`),
  },
  check({ index, textOf }) {
    return trafficPolicies(index).flatMap((traffic) => {
      const { policy, rule, subset } = traffic;
      return itemsAt(policy, 'portLevelSettings').flatMap((settings) => {
        if (settings.kind !== 'map') return [];
        const dropped = fields.filter((field) => policyField(traffic, field) !== undefined && !settings.entries.has(field));
        if (dropped.length === 0) return [];
        const port = textAt(settings, 'port', 'number') ?? '';
        const entries = dropped.flatMap((field) => entryOf(policy, field) ?? entryOf(traffic.base, field) ?? []);
        const lines = entries.map((entry) => linesOf(textOf(entry.at.uri), entry));
        const edits = lines.includes(undefined) ? undefined : addEntry(textOf(settings.at.uri), settings, lines.join('\n'));
        const title = titleOf(rule);
        return [
          finding(
            entryOf(settings, 'port')?.at ?? settings.at,
            `${title}: settings of port ${port} replace those of the host, so its ${spokenList(dropped)} ${dropped.length === 1 ? 'does' : 'do'} not hold there. Repeat ${dropped.length === 1 ? 'it' : 'them'} under the port.`,
            {
              subject: title,
              about: `${subset ?? ''} ${port}`,
              related: entries.map(({ key, at }) => ({ at, message: `${key} of the host.` })),
              fixes: [textFix(`Repeat ${spokenList(dropped)} under port ${port}`, edits)],
            },
          ),
        ];
      });
    });
  },
};
