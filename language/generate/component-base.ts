/** The base of one component: everything that is the same in every cluster. */
import { sourceOf } from '../model/fact.js';
import { keepsData } from '../model/queries.js';
import type { Context, Deployed } from './context.js';
import { entryObjects } from './entry/entry-objects.js';
import type { ReachedFromOutside } from './entry/reached-from-outside.js';
import { destinationRule } from './istio/destination-rule.js';
import { isAddressed, serviceHost } from './istio/mesh.js';
import { plainAtEntry } from './istio/peer-authentication.js';
import { virtualService } from './istio/virtual-service.js';
import { cronJob } from './kubernetes/cron-job.js';
import { deployment } from './kubernetes/deployment.js';
import { horizontalPodAutoscaler, isAutoscaled, scaleBounds } from './kubernetes/horizontal-pod-autoscaler.js';
import { job } from './kubernetes/job.js';
import { networkPolicy, type Visitors } from './kubernetes/network-policy.js';
import { workloadFile } from './kubernetes/overlay-patches.js';
import { disruptionBudgets, podDisruptionBudget } from './kubernetes/pod-disruption-budget.js';
import { headlessService, service } from './kubernetes/service.js';
import { certificateRole, certificateRoleBinding, serviceAccount } from './kubernetes/service-account.js';
import { statefulSet } from './kubernetes/stateful-set.js';
import { linkerdRoute } from './linkerd/route.js';
import { reportContradictions, reportOwnObject } from './own/contradictions.js';
import { operationsOf } from './own/json-patch.js';
import type { OwnManifest } from './own/own-manifest.js';
import { ownPatch } from './own/own-patch.js';
import { reportUnpatched } from './own/unpatched.js';
import { isDrained } from './workload.js';
import { asMap, type Yaml, type YamlObject } from './yaml.js';

/** What overlays need to know of the base. */
export interface BaseContents {
  readonly budgets: ReadonlyMap<string, number>;
  readonly scaled: { readonly min: number; readonly max: number } | undefined;
  /** What is laid over the component's own manifest, where it has one. */
  readonly ownPatch?: Yaml;
}

/** What the base of one component has to know of others. */
export interface Around {
  readonly visitors: Visitors;
  readonly reached: ReadonlyMap<string, ReachedFromOutside>;
}

/** The objects of a component, by the name of their file without its ending, and what overlays patch of them. */
export function componentBase(
  context: Context,
  deployed: Deployed,
  around: Around,
): { readonly contents: BaseContents; readonly objects: readonly { readonly file: string; readonly body: YamlObject }[] } {
  const { component, own } = deployed;
  const objects: { file: string; body: YamlObject }[] = [];
  const add = (file: string, body: YamlObject | undefined): void => {
    if (body !== undefined && !isOwn(own, body)) objects.push({ file, body });
  };
  if (own === undefined) add(workloadFile(deployed), workload(context, deployed));
  add('service', service(context, deployed));
  if (own === undefined && deployed.workload === 'StatefulSet') add('headless-service', headlessService(context, deployed));
  const budgets: ReadonlyMap<string, number> = isDrained(deployed.workload) ? disruptionBudgets(context, component) : new Map();
  const budget = podDisruptionBudget(context, deployed, budgets);
  // Two budgets that select one pod would stop every eviction.
  if (own?.budget === undefined) add('pod-disruption-budget', budget);
  else reportOwnObject(context, deployed, own, budget, own.budget);
  const home = context.overlays.flatMap((overlay) => overlay.residents.get(component.name) ?? []).find((one) => one.replicas > 0);
  const scaled = home !== undefined && isAutoscaled(context, deployed) ? scaleBounds(deployed, home) : undefined;
  if (home !== undefined && scaled !== undefined) {
    const autoscaler = horizontalPodAutoscaler(context, deployed, home);
    if (own?.autoscaler === undefined) add('horizontal-pod-autoscaler', autoscaler);
    else reportOwnObject(context, deployed, own, autoscaler, own.autoscaler);
  }
  if (own === undefined) add('service-account', serviceAccount(context, deployed));
  if (deployed.pods !== 'proxy' && component.deployment.ports.length === 0) reportPortless(context, deployed);
  else if (context.istio && isAddressed(context, component)) {
    const target = { component, name: deployed.name, host: serviceHost(context, deployed) };
    add('destination-rule', destinationRule(context, target));
    add('virtual-service', virtualService(context, target));
  } else if (context.linkerd && isAddressed(context, component)) add('route', linkerdRoute(context, deployed));
  for (const { file, body } of entryOf(context, deployed)) add(file, body);
  const outside = around.reached.get(component.name);
  if (context.istio && outside?.plain) add('peer-authentication', plainAtEntry(context, deployed, outside));
  add('network-policy', networkPolicy(context, deployed, outside, around.visitors));
  objects.sort((a, b) => (a.file < b.file ? -1 : 1));
  if (own === undefined) return { contents: { budgets, scaled }, objects };
  const patch = ownPatch(context, deployed, own);
  const residences = context.overlays.flatMap((overlay) => overlay.residents.get(component.name) ?? []);
  const counts = residences.map(({ replicas, placements }) => ({ replicas, source: placements[0]?.source }));
  reportContradictions(context, deployed, own, patch, counts);
  reportUnpatched(context, deployed, own);
  const contents = {
    budgets: own.budget === undefined ? budgets : new Map<string, number>(),
    scaled: own.autoscaler === undefined ? scaled : undefined,
    ownPatch: own.kind === 'Rollout' ? operationsOf(patch, own.workload.root) : patch,
  };
  return { contents, objects };
}

/** Whether the component's own manifest holds the object itself. */
function isOwn(own: OwnManifest | undefined, { kind, metadata }: YamlObject): boolean {
  const name = asMap(metadata)?.name;
  return own?.objects.some((object) => object.kind === kind && object.name === name) === true;
}

function workload(context: Context, deployed: Deployed): YamlObject | undefined {
  switch (deployed.workload) {
    case 'Deployment':
      return deployment(context, deployed);
    case 'StatefulSet':
      return statefulSet(context, deployed);
    case 'Job':
      return job(context, deployed);
    case 'CronJob':
      return cronJob(context, deployed);
    case 'DaemonSet':
    case 'Rollout':
      return undefined;
  }
}

/** The entry of a gateway. Where nobody says how users come in, that is the platform's: a load balancer, a gateway of its own. */
function entryOf(context: Context, deployed: Deployed): readonly { readonly file: string; readonly body: YamlObject }[] {
  const { component, name, pods } = deployed;
  const stated = context.entries.get(component.name);
  if (stated !== undefined) {
    const objects = entryObjects(context, deployed, stated.plan, stated.gap);
    const secured =
      pods === 'proxy' && stated.plan.entry.value.means === 'istio' && component.deployment.certificate !== undefined;
    if (!secured) return objects;
    return [
      ...objects,
      { file: 'certificate-role', body: certificateRole(context, deployed) },
      { file: 'certificate-role-binding', body: certificateRoleBinding(context, deployed) },
    ];
  }
  const host = component.deployment.host;
  if (host !== undefined && component.kind === 'gateway') {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: nothing leads ${host.value} to the Service ${name}. Write \`entry gateway-api CLASS\`, \`entry istio GATEWAY\` or \`entry ingress CLASS\`, or point your load balancer at it.`,
      source: sourceOf(host) ?? component.nameSource,
    });
  }
  return [];
}

/** Nobody can call what has no port: a gap only where somebody does. */
function reportPortless(context: Context, { component }: Deployed): void {
  if (!isAddressed(context, component)) return;
  context.report({
    kind: 'missing',
    component: component.name,
    message: `${component.name} is called and has no port, so it gets no Service. Write \`port ${keepsData(component) ? 'tcp 5432' : 'http 8080'}\`.`,
    source: component.nameSource,
  });
}
