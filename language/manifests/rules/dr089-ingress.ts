import { counted } from '../../rules/wording.js';
import { finding, type ManifestContext, type ManifestFinding, type ManifestRule, placeOfEntry } from '../manifest-rule.js';
import type { Manifest } from '../read-manifests.js';
import { isReplicated, titleOf } from '../workloads.js';
import { entryOf, itemsAt, nodeAt, textAt, type YamlMap } from '../yaml-tree.js';

const ordersIngress = (extra: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: orders
spec:
${extra}  rules:
    - host: orders.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: orders
                port:
                  number: 80
`;

/** DR089: a way in that depends on chance. */
export const ingress: ManifestRule = {
  code: 'DR089',
  name: 'ingress',
  title: 'A way in without class, host or TLS, or with one replica',
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'An Ingress names no class (and no IngressClass of the files is the default), has a rule without a host, or has no TLS for a host; or a workload that is a gateway (label `istio: ingressgateway`, or a name that says so) runs one pod.',
    why: 'Without a class the cluster decides which controller serves it, and the cluster of the other region may decide otherwise. Without a host it takes the requests of all others that fit nowhere. One gateway pod is an outage of everything behind it at each restart. Sources: Kubernetes, Ingress; Istio, Installing Gateways (high availability).',
    how: 'Write ingressClassName, a host in each rule and `tls` for it. Run at least two gateway pods.',
    bad: ordersIngress(''),
    good: ordersIngress(`  ingressClassName: nginx
  tls:
    - hosts: [orders.example.com]
      secretName: orders-tls
`),
  },
  check(context) {
    return [...context.index.ofKind('Ingress').flatMap((one) => (one.isWhole ? judge(one, context) : [])), ...gateways(context)];
  },
};

function judge(one: Manifest, { index }: ManifestContext): readonly ManifestFinding[] {
  const { root } = one;
  const spec = entryOf(root, 'spec');
  if (spec?.value.kind !== 'map') return [];
  const title = titleOf(one);
  const found: ManifestFinding[] = [];
  const hasClass =
    nodeAt(spec.value, 'ingressClassName') !== undefined ||
    nodeAt(root, 'metadata', 'annotations', 'kubernetes.io/ingress.class') !== undefined ||
    index.ofKind('IngressClass').some(isDefault) ||
    index.mayBeUnread(['IngressClass'], [], 'a default IngressClass');
  if (!hasClass) {
    const message = `${title} names no class: each cluster serves it by its default, or not at all. Write ingressClassName.`;
    found.push(finding(spec.at, message, { subject: title, about: 'class' }));
  }
  const secured = new Set(
    itemsAt(spec.value, 'tls').flatMap((item) => itemsAt(item, 'hosts').flatMap((host) => textAt(host) ?? [])),
  );
  const hasTlsForAll = itemsAt(spec.value, 'tls').some((item) => itemsAt(item, 'hosts').length === 0);
  for (const rule of itemsAt(spec.value, 'rules')) {
    const host = entryOf(rule, 'host');
    const name = textAt(host?.value);
    if (host === undefined || name === undefined) {
      const message = `${title}: a rule without a host takes requests for any name. Write host.`;
      found.push(finding(firstKey(rule)?.at ?? rule.at, message, { subject: title, about: 'host' }));
    } else if (!hasTlsForAll && !secured.has(name) && ![...secured].some((other) => covers(other, name)) && !endsElsewhere(one)) {
      const message = `${title}: ${name} is served without TLS. Write it into tls, with a secretName.`;
      found.push(finding(placeOfEntry(host), message, { subject: title, about: `tls ${name}` }));
    }
  }
  return found;
}

function isDefault({ root }: Manifest): boolean {
  return textAt(root, 'metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class') === 'true';
}

/** Load balancers of clouds take their certificates from annotations. */
function endsElsewhere({ root }: Manifest): boolean {
  const annotations = nodeAt(root, 'metadata', 'annotations');
  return (
    annotations?.kind === 'map' && [...annotations.entries.keys()].some((key) => /certificate|cert-arn|pre-shared-cert/.test(key))
  );
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1);
}

function firstKey(node: YamlMap | { readonly kind: string }) {
  return 'entries' in node ? node.entries.values().next().value : undefined;
}

function gateways({ index }: ManifestContext): readonly ManifestFinding[] {
  return index.written.flatMap((workload) => {
    const { manifest, labels, title, replicasEntry } = workload;
    const name = `${manifest.name} ${labels.get('app.kubernetes.io/name') ?? ''}`;
    const isGateway =
      labels.get('istio') === 'ingressgateway' ||
      /ingress-?gateway|eastwest-?gateway|ingress-nginx|ingress-controller/.test(name);
    const count = index.podsOf(workload);
    if (!isGateway || !isReplicated(manifest.kind) || count === undefined || count.least > 1) return [];
    const at = replicasEntry ?? entryOf(manifest.root, 'kind');
    if (at === undefined) return [];
    const message = `${title} is a way in and runs ${counted(count.least, 'pod')}: each restart of it is an outage of everything behind it. Run 2 or more.`;
    return [finding(placeOfEntry(at), message, { subject: title, about: 'gateway' })];
  });
}
