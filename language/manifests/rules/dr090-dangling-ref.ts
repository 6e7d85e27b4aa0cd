import { editDistance } from '../../syntax/nearest.js';
import { serviceEntryOf } from '../istio-policies.js';
import { isEmptySelector, type LabelSelector, labelSelectorOf, plainSelectorOf, spokenSelector } from '../label-selectors.js';
import { clusterHost, type ManifestIndex, sharesNamespace } from '../manifest-index.js';
import {
  finding,
  type ManifestContext,
  type ManifestFinding,
  type ManifestRule,
  placeOfEntry,
  textFix,
} from '../manifest-rule.js';
import { isMadeByOthers, missingBackends, missingForPod, missingGateways, missingObject } from '../missing-objects.js';
import type { Manifest } from '../read-manifests.js';
import { serviceAddress } from '../service-addresses.js';
import { titleOf } from '../workloads.js';
import { replaceValue } from '../yaml-edits.js';
import { entryOf, itemsAt, nodeAt, type Place, textAt, type YamlEntry, type YamlNode } from '../yaml-tree.js';
import { documents, ordersDeployment, ordersService } from './example-manifests.js';

/** DR090: something that leads to nothing. */
export const danglingRef: ManifestRule = {
  code: 'DR090',
  name: 'dangling-ref',
  title: 'A reference to something that is not there',
  severity: 'error',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'The selector of a Service, PodDisruptionBudget or NetworkPolicy takes none of the pods of the files; an autoscaler scales a workload, an Ingress or a route of the Gateway API leads to a Service, or a VirtualService to a Service or a subset, that is in none of them; a container has the address of a Service in its environment that is in none of them (a warning); a pod takes a ConfigMap, a claim or a Secret (a warning) that is in none of them; or a VirtualService or a route of the Gateway API is for a Gateway that is in none of them. Each is judged only where the files have something of that sort at all, in that namespace. Silent about what is optional, what a generator of kustomize, a claim template, a certificate or an operator makes for an object of its own, and what may stand in a document that could not be read and that names its kind and its name: the output says so there.',
    why: 'Nothing fails when it is applied. The Service has no endpoints, the budget protects nothing, the first call finds nobody, and the pod waits for ever for its volume. Sources: kube-linter dangling-service, dangling-horizontalpodautoscaler, dangling-networkpolicy; IST0101, IST0173, IST0174.',
    how: 'Write the labels or the name of what is meant; the message names what is near. Where it stands in other files, name these as well.',
    bad: documents(ordersDeployment({}), ordersService.replace('app: orders', 'app: order')),
    good: documents(ordersDeployment({}), ordersService),
  },
  check(context) {
    const { index } = context;
    const whole = (kind: string): readonly Manifest[] => index.ofKind(kind).filter(({ isWhole }) => isWhole);
    // Where nothing of the sort is among the files, it stands elsewhere.
    const knowsPods = index.workloads.length > 0;
    const knowsServices = index.ofKind('Service').length > 0;
    return [
      ...(knowsPods
        ? [
            ...whole('Service').flatMap((one) =>
              selector(one, plainSelectorOf(one.root, 'spec', 'selector'), 'selector', context),
            ),
            ...whole('PodDisruptionBudget').flatMap((one) => labels(one, 'selector', context)),
            ...whole('NetworkPolicy').flatMap((one) => labels(one, 'podSelector', context)),
            ...whole('HorizontalPodAutoscaler').flatMap((one) => target(one, context)),
          ]
        : []),
      ...(knowsServices
        ? [
            ...whole('Ingress').flatMap((one) => backends(one, context)),
            ...whole('VirtualService').flatMap((one) => hosts(one, context)),
            ...index.written.flatMap(({ manifest, title, containers }) =>
              containers.flatMap((container) => addresses(manifest, title, container, context)),
            ),
          ]
        : []),
      ...whole('VirtualService').flatMap((one) => subsets(one, context)),
      ...index.written.flatMap((workload) => missingForPod(workload, index)),
      ...missingGateways(index),
      ...missingBackends(index),
    ];
  },
};

function labels(one: Manifest, field: string, context: ManifestContext): readonly ManifestFinding[] {
  return selector(one, labelSelectorOf(nodeAt(one.root, 'spec', field)), field, context);
}

function selector(one: Manifest, wanted: LabelSelector, field: string, { index }: ManifestContext): readonly ManifestFinding[] {
  const entry = entryOf(nodeAt(one.root, 'spec'), field);
  if (entry === undefined || isEmptySelector(wanted) || index.selected(wanted, one.namespace).length > 0) return [];
  if (isOfOperator(wanted, one, index) || runsElsewhere(wanted, one, index)) return [];
  const values = [...wanted.labels.values()];
  if (index.mayBeUnread(workloadKinds, values, `the pods of ${titleOf(one)}`)) return [];
  const title = titleOf(one);
  const near = nearLabels(wanted, one, { index });
  const hint =
    near === undefined ? 'Write the labels of the pods that are meant.' : `Did you mean ${near.key}=${near.value} of ${near.of}?`;
  const written = near === undefined ? undefined : labelEntry(entry.value, near.key);
  return [
    finding(entry.at, `${title} selects ${spokenSelector(wanted)}, and no pod of these files has these labels. ${hint}`, {
      subject: title,
      about: 'selector',
      fixes: [
        near === undefined || written === undefined
          ? undefined
          : textFix(`Write ${near.key}: ${near.value}`, replaceValue(written.value, near.value)),
      ],
    }),
  ];
}

/** Kinds whose pods a selector may take. */
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod'];

/** Whether it selects the pods of an operator's object, which bear its name in one of their labels. */
function isOfOperator({ labels: wanted }: LabelSelector, { namespace }: Manifest, index: ManifestIndex): boolean {
  const values = new Set(wanted.values());
  return index.ofOthers.some((one) => values.has(one.name) && sharesNamespace(one.namespace, namespace));
}

/**
 * Whether what it selects runs in another variant and is taken out of this one: where clusters share a mesh, a Service stands without
 * pods wherever somebody calls it. Pods that are there with other labels are no such case.
 */
function runsElsewhere(wanted: LabelSelector, { namespace }: Manifest, index: ManifestIndex): boolean {
  return index.variants.some((variant) =>
    variant
      .selected(wanted, namespace)
      .some(({ manifest }) => index.named(manifest.kind, manifest.name, manifest.namespace) === undefined),
  );
}

function labelEntry(node: YamlNode, key: string): YamlEntry | undefined {
  return entryOf(node, key) ?? entryOf(nodeAt(node, 'matchLabels'), key);
}

/** The one label that differs from those of a workload, where all others are the same: of the workload of the same name, or nearest by letters. */
function nearLabels(
  { labels: wanted, expressions }: LabelSelector,
  { name, namespace }: Manifest,
  { index }: Pick<ManifestContext, 'index'>,
) {
  if (expressions.length > 0) return undefined;
  let best: { readonly key: string; readonly value: string; readonly of: string; readonly distance: number } | undefined;
  for (const workload of index.workloads) {
    if (!sharesNamespace(workload.manifest.namespace, namespace)) continue;
    const differing = [...wanted].filter(([key, value]) => workload.labels.get(key) !== value);
    const [key = '', value = ''] = differing[0] ?? [];
    const has = workload.labels.get(key);
    if (differing.length !== 1 || has === undefined) continue;
    const distance = workload.manifest.name === name ? 0 : editDistance(value, has, 2);
    if (distance <= 2 && (best === undefined || distance < best.distance))
      best = { key, value: has, of: workload.title, distance };
  }
  return best;
}

function target(one: Manifest, { index }: ManifestContext): readonly ManifestFinding[] {
  const reference = nodeAt(one.root, 'spec', 'scaleTargetRef');
  const kind = textAt(reference, 'kind');
  const entry = entryOf(reference, 'name');
  const name = textAt(entry?.value);
  // Workloads of other operators are scaled as well.
  if (entry === undefined || name === undefined || (kind !== 'Deployment' && kind !== 'StatefulSet')) return [];
  if (index.targetOf(one) !== undefined || index.mayBeUnread([kind], [name], `${kind} ${name}`)) return [];
  const subject = titleOf(one);
  const said = `${subject} scales ${kind} ${name}, which is in none of these files.`;
  return [missingObject({ entry, said, subject, kind, name, candidates: index.ofKind(kind) })];
}

function backends(one: Manifest, { index }: ManifestContext): readonly ManifestFinding[] {
  const title = titleOf(one);
  const services = [
    nodeAt(one.root, 'spec', 'defaultBackend', 'service'),
    ...itemsAt(one.root, 'spec', 'rules').flatMap((rule) =>
      itemsAt(rule, 'http', 'paths').map((path) => nodeAt(path, 'backend', 'service')),
    ),
  ];
  return services.flatMap((service) => {
    const entry = entryOf(service, 'name');
    const name = textAt(entry?.value);
    if (entry === undefined || name === undefined || index.named('Service', name, one.namespace) !== undefined) return [];
    if (isMadeByOthers(name, one.namespace, index) || index.mayBeUnread(['Service'], [name], `Service ${name}`)) return [];
    const said = `${title} leads to Service ${name}, which is in none of these files.`;
    return [missingObject({ entry, said, subject: title, kind: 'Service', name, candidates: index.ofKind('Service') })];
  });
}

function subsets(one: Manifest, { index }: ManifestContext): readonly ManifestFinding[] {
  const title = titleOf(one);
  const routes = ['http', 'tls', 'tcp']
    .flatMap((protocol) => itemsAt(one.root, 'spec', protocol))
    .flatMap((route) => itemsAt(route, 'route'));
  return routes.flatMap((route) => {
    const destination = nodeAt(route, 'destination');
    const host = textAt(destination, 'host');
    const entry = entryOf(destination, 'subset');
    const name = textAt(entry?.value);
    if (host === undefined || entry === undefined || name === undefined) return [];
    const rules = index
      .ofKind('DestinationRule')
      .filter((rule) => sameHost(textAt(rule.root, 'spec', 'host') ?? '', rule.namespace, host, one.namespace));
    // A rule for the host may stand elsewhere, unless one is here.
    if (rules.length === 0) return [];
    const names = rules.flatMap((rule) =>
      itemsAt(rule.root, 'spec', 'subsets').flatMap((subset) => textAt(subset, 'name') ?? []),
    );
    if (names.includes(name) || index.mayBeUnread(['DestinationRule'], [name], `subset ${name} of ${host}`)) return [];
    const near = names.find((candidate) => editDistance(name, candidate, 1) <= 1);
    const has = names.length === 0 ? 'has no subsets' : `has ${names.join(', ')}`;
    return [
      finding(
        placeOfEntry(entry),
        `${title} sends requests to subset ${name} of ${host}, and its DestinationRule ${has}: they fail with 503. ${near === undefined ? 'Add the subset, or leave it out here.' : `Did you mean ${near}?`}`,
        {
          subject: title,
          about: `subset ${host} ${name}`,
          related: rules.map((rule): { message: string; at: Place } => ({
            message: 'The rule for the host.',
            at: entryOf(nodeAt(rule.root, 'spec'), 'host')?.at ?? rule.root.at,
          })),
          fixes: [near === undefined ? undefined : textFix(`Write ${near}`, replaceValue(entry.value, near))],
        },
      ),
    ];
  });
}

/** Hosts of the cluster that a VirtualService sends requests to, in namespaces of which the files have Services. */
function hosts(one: Manifest, { index }: ManifestContext): readonly ManifestFinding[] {
  const title = titleOf(one);
  const told = new Set<string>();
  return itemsAt(one.root, 'spec', 'http')
    .flatMap((route) => itemsAt(route, 'route'))
    .flatMap((route) => {
      const entry = entryOf(nodeAt(route, 'destination'), 'host');
      const host = textAt(entry?.value);
      const isOfCluster = host !== undefined && (/\.svc(\.cluster\.local)?$/.test(host) || /^[a-z0-9-]+$/.test(host));
      if (entry === undefined || !isOfCluster || told.has(host)) return [];
      const { name, namespace } = clusterHost(host, one.namespace);
      const services = index.ofKind('Service').filter((service) => sharesNamespace(service.namespace, namespace));
      if (services.length === 0 || services.some((service) => service.name === name)) return [];
      if (serviceEntryOf(host, index) !== undefined) return [];
      if (isMadeByOthers(name, namespace, index)) return [];
      if (index.mayBeUnread(['Service', 'ServiceEntry'], [name], `Service ${name}`)) return [];
      told.add(host);
      const near = services.find((service) => editDistance(name, service.name, 2) <= 2)?.name;
      const meant = near === undefined ? undefined : host.replace(name, near);
      return [
        finding(
          placeOfEntry(entry),
          `${title} leads to ${host}, and no Service of these files has that name. ${meant === undefined ? 'Add the Service, or take the address out.' : `Did you mean ${meant}?`}`,
          {
            subject: title,
            about: `host ${host}`,
            fixes: [meant === undefined ? undefined : textFix(`Write ${meant}`, replaceValue(entry.value, meant))],
          },
        ),
      ];
    });
}

function sameHost(one: string, oneFrom: string | undefined, other: string, otherFrom: string | undefined): boolean {
  if (one === other) return true;
  const [a, b] = [clusterHost(one, oneFrom), clusterHost(other, otherFrom)];
  return a.name === b.name && sharesNamespace(a.namespace, b.namespace);
}

function addresses(
  manifest: Manifest,
  title: string,
  container: YamlNode,
  { index }: ManifestContext,
): readonly ManifestFinding[] {
  return itemsAt(container, 'env').flatMap((variable) => {
    const entry = entryOf(variable, 'value');
    const name = textAt(variable, 'name') ?? '';
    const host = entry === undefined ? undefined : serviceAddress(name, textAt(entry.value) ?? '');
    if (entry === undefined || host === undefined) return [];
    const { name: service, namespace } = clusterHost(host, manifest.namespace);
    const isOurs = index.ofKind('Service').some((one) => sharesNamespace(one.namespace, namespace));
    if (!isOurs || index.serviceOf(host, manifest.namespace) !== undefined || serviceEntryOf(host, index) !== undefined)
      return [];
    if (isMadeByOthers(service, namespace, index)) return [];
    if (index.mayBeUnread(['Service', 'ServiceEntry'], [service], `Service ${service}`)) return [];
    const near = index.ofKind('Service').find((one) => editDistance(host, one.name, 2) <= 2)?.name;
    const hint = near === undefined ? 'Add the Service, or take the address out.' : `Did you mean ${near}?`;
    return [
      finding(placeOfEntry(entry), `${title}: ${name} leads to ${host}, and no Service of these files has that name. ${hint}`, {
        severity: 'warning',
        subject: title,
        about: `address ${name}`,
        fixes: [
          near === undefined || entry.value.kind !== 'text'
            ? undefined
            : textFix(`Write ${near}`, replaceValue(entry.value, JSON.stringify(entry.value.value.replace(host, near)))),
        ],
      }),
    ];
  });
}
