import { serviceEntryOf, strictFor, type TrafficPolicy, trafficPolicies } from '../istio-policies.js';
import { finding, type ManifestFinding, type ManifestRule, placeOfEntry, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { replaceValue } from '../yaml-edits.js';
import { entryOf, nodeAt, textAt, type YamlEntry } from '../yaml-tree.js';
import { documents, ordersDestinationRule, ordersService } from './example-manifests.js';

const strict = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: istio-system
spec:
  mtls:
    mode: STRICT
`;

/** DR081: a way to encrypt that the other side does not take. */
export const tlsMode: ManifestRule = {
  code: 'DR081',
  name: 'tls-mode',
  title: 'A TLS mode that the other side refuses',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'A DestinationRule calls a Service of the files with DISABLE or SIMPLE where a PeerAuthentication demands STRICT; it calls a host outside the mesh with ISTIO_MUTUAL; it asks for MUTUAL without a client certificate and key and without `credentialName`; or (a warning) it calls a name of the cluster or of a private network with SIMPLE and says neither whose certificates it takes (`caCertificates`, `credentialName`) nor that it takes any (`insecureSkipVerify`). Public names may do without: the authorities of the operating system sign them.',
    why: 'Every call fails, with 503: a workload under STRICT takes mutual TLS with certificates of the mesh only, and nobody outside has such certificates. Sources: Istio, Destination Rule (ClientTLSSettings) and PeerAuthentication; IST0128, IST0129, which say it of public names as well. Since Istio 1.21 certificates are verified with the authorities of the operating system where none is named; before, they were not verified at all.',
    how: 'Within the mesh leave `tls` out (Istio chooses by itself) or write ISTIO_MUTUAL; outside write SIMPLE, with `caCertificates` where the certificate is of an authority of your own.',
    bad: documents(
      strict,
      ordersService.replace('name: orders', 'name: orders\n  namespace: shop'),
      ordersDestinationRule(`tls:
  mode: DISABLE`),
    ),
    good: documents(
      strict,
      ordersService.replace('name: orders', 'name: orders\n  namespace: shop'),
      ordersDestinationRule(`tls:
  mode: ISTIO_MUTUAL`),
    ),
  },
  check({ index }) {
    return trafficPolicies(index).flatMap((traffic): readonly ManifestFinding[] => {
      const { policy, rule, host, subset } = traffic;
      const tls = nodeAt(policy, 'tls');
      const mode = entryOf(tls, 'mode');
      const written = textAt(mode?.value);
      if (mode === undefined || written === undefined) return [];
      const title = titleOf(rule);
      const about = subset === undefined ? {} : { about: subset };
      const write = (text: string) => textFix(`Write ${text}`, replaceValue(mode.value, text));
      if (written === 'DISABLE' || written === 'SIMPLE') {
        const demands = strictFor(host, rule.namespace, index);
        if (demands === undefined) return written === 'SIMPLE' ? withoutAuthority(traffic, mode) : [];
        const message = `${title} calls ${host} with ${written}, and ${titleOf(demands)} demands mutual TLS there: every call fails. Write ISTIO_MUTUAL, or leave tls out.`;
        const at = entryOf(nodeAt(demands.root, 'spec', 'mtls'), 'mode')?.at ?? demands.root.at;
        return [
          finding(placeOfEntry(mode), message, {
            subject: title,
            ...about,
            related: [{ at, message: 'Demands mutual TLS.' }],
            fixes: [write('ISTIO_MUTUAL')],
          }),
        ];
      }
      if (written === 'ISTIO_MUTUAL') {
        const entry = serviceEntryOf(host, index);
        const location = textAt(entry?.root, 'spec', 'location') ?? 'MESH_EXTERNAL';
        if (entry === undefined || !entry.isWhole || location !== 'MESH_EXTERNAL') return [];
        const message = `${title} calls ${host} with ISTIO_MUTUAL, and ${titleOf(entry)} says it is outside the mesh: it has no certificate of the mesh, and every call fails. Write SIMPLE.`;
        return [
          finding(placeOfEntry(mode), message, {
            subject: title,
            ...about,
            related: [{ at: entryOf(nodeAt(entry.root, 'spec'), 'hosts')?.at ?? entry.root.at, message: 'Outside the mesh.' }],
            fixes: [write('SIMPLE')],
          }),
        ];
      }
      const hasOwn =
        nodeAt(tls, 'credentialName') !== undefined ||
        (nodeAt(tls, 'clientCertificate') !== undefined && nodeAt(tls, 'privateKey') !== undefined);
      if (written !== 'MUTUAL' || hasOwn) return [];
      return [
        finding(
          placeOfEntry(mode),
          `${title} asks for MUTUAL without a certificate of its own: Istio refuses it. Write credentialName, or clientCertificate and privateKey; within the mesh ISTIO_MUTUAL.`,
          { subject: title, ...about, fixes: [write('ISTIO_MUTUAL')] },
        ),
      ];
    });
  },
};

/** SIMPLE towards a name of a cluster, which no public authority signs, and nothing that says who does. */
function withoutAuthority({ policy, rule, host, subset }: TrafficPolicy, mode: YamlEntry): readonly ManifestFinding[] {
  const tls = nodeAt(policy, 'tls');
  const isSaid = ['caCertificates', 'credentialName', 'insecureSkipVerify'].some((field) => nodeAt(tls, field) !== undefined);
  const isOfCluster = /^[a-z0-9-]+$/.test(host) || /\.(svc|local|internal|cluster|corp|lan|home\.arpa)$/.test(host);
  if (isSaid || !isOfCluster) return [];
  const subject = titleOf(rule);
  return [
    finding(
      placeOfEntry(mode),
      `${subject} calls ${host} with SIMPLE and names no authority: no public one signs such a name, so that Istio refuses the certificate, or before 1.21 takes any. Write caCertificates or credentialName.`,
      { severity: 'warning', subject, about: `authority ${subset ?? ''}` },
    ),
  ];
}
