import { finding, type ManifestRule, placeOfEntry, textFix } from '../manifest-rule.js';
import { titleOf } from '../workloads.js';
import { replaceValue } from '../yaml-edits.js';
import { entryOf } from '../yaml-tree.js';

interface OldVersion {
  /** What to write instead; undefined where the kind is gone. */
  readonly now: string | undefined;
  /** The version of Kubernetes that no longer serves it; undefined where it is served still. */
  readonly goneIn?: string;
  /** Whether the fields are the same, so that the name of the version is all there is to change. */
  readonly isSame: boolean;
  readonly hint?: string;
}

const workloads = { now: 'apps/v1', goneIn: '1.16', isSame: false, hint: 'spec.selector is required there' };
const ingress = {
  now: 'networking.k8s.io/v1',
  goneIn: '1.22',
  isSame: false,
  hint: 'backends are written as service.name and service.port, and pathType is required',
};
const istio = (group: string): OldVersion => ({ now: `${group}/v1`, isSame: true });
const same = (now: string, goneIn: string): OldVersion => ({ now, goneIn, isSame: true });

/** `apiVersion kind` or `apiVersion` alone → what became of it. From the Kubernetes deprecation guide and the release notes of Istio 1.22. */
const oldVersions: { readonly [key: string]: OldVersion } = {
  'extensions/v1beta1 Deployment': workloads,
  'extensions/v1beta1 DaemonSet': workloads,
  'extensions/v1beta1 ReplicaSet': workloads,
  'apps/v1beta1': workloads,
  'apps/v1beta2': workloads,
  'extensions/v1beta1 NetworkPolicy': same('networking.k8s.io/v1', '1.16'),
  'extensions/v1beta1 Ingress': ingress,
  'networking.k8s.io/v1beta1 Ingress': ingress,
  'networking.k8s.io/v1beta1 IngressClass': same('networking.k8s.io/v1', '1.22'),
  'extensions/v1beta1 PodSecurityPolicy': { now: undefined, goneIn: '1.16', isSame: false, hint: 'use Pod Security Admission' },
  'policy/v1beta1 PodSecurityPolicy': { now: undefined, goneIn: '1.25', isSame: false, hint: 'use Pod Security Admission' },
  'policy/v1beta1 PodDisruptionBudget': same('policy/v1', '1.25'),
  'batch/v1beta1 CronJob': same('batch/v1', '1.25'),
  'batch/v2alpha1 CronJob': same('batch/v1', '1.21'),
  'autoscaling/v2beta1 HorizontalPodAutoscaler': {
    now: 'autoscaling/v2',
    goneIn: '1.25',
    isSame: false,
    hint: 'a metric has its target under target',
  },
  'autoscaling/v2beta2 HorizontalPodAutoscaler': same('autoscaling/v2', '1.26'),
  'rbac.authorization.k8s.io/v1beta1': same('rbac.authorization.k8s.io/v1', '1.22'),
  'rbac.authorization.k8s.io/v1alpha1': same('rbac.authorization.k8s.io/v1', '1.22'),
  'scheduling.k8s.io/v1beta1 PriorityClass': same('scheduling.k8s.io/v1', '1.22'),
  'storage.k8s.io/v1beta1 StorageClass': same('storage.k8s.io/v1', '1.22'),
  'storage.k8s.io/v1beta1 CSIDriver': same('storage.k8s.io/v1', '1.22'),
  'apiextensions.k8s.io/v1beta1 CustomResourceDefinition': {
    now: 'apiextensions.k8s.io/v1',
    goneIn: '1.22',
    isSame: false,
    hint: 'each version states its own schema',
  },
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': {
    now: 'admissionregistration.k8s.io/v1',
    goneIn: '1.22',
    isSame: false,
    hint: 'sideEffects and admissionReviewVersions are required',
  },
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': {
    now: 'admissionregistration.k8s.io/v1',
    goneIn: '1.22',
    isSame: false,
    hint: 'sideEffects and admissionReviewVersions are required',
  },
  'coordination.k8s.io/v1beta1 Lease': same('coordination.k8s.io/v1', '1.22'),
  'discovery.k8s.io/v1beta1 EndpointSlice': {
    now: 'discovery.k8s.io/v1',
    goneIn: '1.25',
    isSame: false,
    hint: 'topology became nodeName and zone',
  },
  'flowcontrol.apiserver.k8s.io/v1beta1': { now: 'flowcontrol.apiserver.k8s.io/v1', goneIn: '1.26', isSame: false },
  'flowcontrol.apiserver.k8s.io/v1beta2': { now: 'flowcontrol.apiserver.k8s.io/v1', goneIn: '1.29', isSame: false },
  'flowcontrol.apiserver.k8s.io/v1beta3': { now: 'flowcontrol.apiserver.k8s.io/v1', goneIn: '1.32', isSame: false },
  'snapshot.storage.k8s.io/v1beta1': { now: 'snapshot.storage.k8s.io/v1', isSame: true },
  'networking.istio.io/v1alpha3 DestinationRule': istio('networking.istio.io'),
  'networking.istio.io/v1alpha3 Gateway': istio('networking.istio.io'),
  'networking.istio.io/v1alpha3 ServiceEntry': istio('networking.istio.io'),
  'networking.istio.io/v1alpha3 Sidecar': istio('networking.istio.io'),
  'networking.istio.io/v1alpha3 VirtualService': istio('networking.istio.io'),
  'networking.istio.io/v1alpha3 WorkloadEntry': istio('networking.istio.io'),
  'networking.istio.io/v1alpha3 WorkloadGroup': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 DestinationRule': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 Gateway': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 ServiceEntry': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 Sidecar': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 VirtualService': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 WorkloadEntry': istio('networking.istio.io'),
  'networking.istio.io/v1beta1 WorkloadGroup': istio('networking.istio.io'),
  'security.istio.io/v1beta1': istio('security.istio.io'),
  'telemetry.istio.io/v1alpha1': istio('telemetry.istio.io'),
  'gateway.networking.k8s.io/v1alpha2 HTTPRoute': { now: 'gateway.networking.k8s.io/v1', isSame: true },
  'gateway.networking.k8s.io/v1alpha2 Gateway': { now: 'gateway.networking.k8s.io/v1', isSame: true },
  'gateway.networking.k8s.io/v1alpha2 GatewayClass': { now: 'gateway.networking.k8s.io/v1', isSame: true },
  'gateway.networking.k8s.io/v1beta1 HTTPRoute': { now: 'gateway.networking.k8s.io/v1', isSame: true },
  'gateway.networking.k8s.io/v1beta1 Gateway': { now: 'gateway.networking.k8s.io/v1', isSame: true },
  'gateway.networking.k8s.io/v1beta1 GatewayClass': { now: 'gateway.networking.k8s.io/v1', isSame: true },
};

const budget = (version: string): string => `apiVersion: ${version}
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: orders
`;

/** DR085: a version of an interface that clusters no longer serve, or soon will not. */
export const deprecatedApi: ManifestRule = {
  code: 'DR085',
  name: 'deprecated-api',
  title: 'An apiVersion that is gone, or is going',
  ofText: true,
  severity: 'warning',
  subsumes: [],
  docs: {
    language: 'yaml',
    what: 'An object has an `apiVersion` that Kubernetes 1.32 or an earlier version no longer serves (an error), or one that has a stable successor.',
    why: 'What ran on the old cluster cannot be applied to the new one: this is found when a cluster is rebuilt after a disaster, unless it is found before. Sources: Kubernetes, Deprecated API Migration Guide; Istio 1.22 release notes (v1 of networking, security and telemetry); kube-score stable-version; kube-linter no-extensions-v1beta.',
    how: 'Write the version that the message names. Where fields have changed, the message says which.',
    bad: budget('policy/v1beta1'),
    good: budget('policy/v1'),
  },
  check({ index }) {
    return [...index.objects, ...index.patches].flatMap((manifest) => {
      const { apiVersion, kind, root } = manifest;
      const key = [`${apiVersion} ${kind}`, apiVersion].find((one) => Object.hasOwn(oldVersions, one));
      const old = key === undefined ? undefined : oldVersions[key];
      const entry = entryOf(root, 'apiVersion');
      if (old === undefined || entry === undefined) return [];
      const { now, goneIn, isSame, hint } = old;
      const title = titleOf(manifest);
      const state = goneIn === undefined ? 'is no longer the stable version' : `is gone since Kubernetes ${goneIn}`;
      const write = now === undefined ? '' : ` Write ${now}.`;
      const more = hint === undefined ? '' : ` Then ${hint}.`;
      const what = now === undefined ? ` ${capital(hint ?? '')}.` : `${write}${more}`;
      return [
        finding(placeOfEntry(entry), `${title}: ${apiVersion} ${state}.${what}`, {
          ...(goneIn === undefined ? {} : { severity: 'error' as const }),
          subject: title,
          fixes: [isSame && now !== undefined ? textFix(`Write ${now}`, replaceValue(entry.value, now)) : undefined],
        }),
      ];
    });
  },
};

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
