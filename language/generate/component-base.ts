/** The base of one component: everything that is the same in every cluster. */
import { sourceOf } from '../model/fact.js';
import { keepsData } from '../model/queries.js';
import type { Context, Deployed } from './context.js';
import { destinationRule } from './istio/destination-rule.js';
import { isAddressed } from './istio/mesh.js';
import { virtualService } from './istio/virtual-service.js';
import { deployment } from './kubernetes/deployment.js';
import { horizontalPodAutoscaler, isAutoscaled, scaleBounds } from './kubernetes/horizontal-pod-autoscaler.js';
import { job } from './kubernetes/job.js';
import { workloadFile } from './kubernetes/overlay-patches.js';
import { disruptionBudgets, podDisruptionBudget } from './kubernetes/pod-disruption-budget.js';
import { headlessService, service } from './kubernetes/service.js';
import { statefulSet } from './kubernetes/stateful-set.js';
import type { YamlObject } from './yaml.js';

/** What overlays need to know of the base. */
export interface BaseContents {
  readonly budgets: ReadonlyMap<string, number>;
  readonly scaled: { readonly min: number; readonly max: number } | undefined;
}

/** The objects of a component, by the name of their file without its ending, and what overlays patch of them. */
export function componentBase(
  context: Context,
  deployed: Deployed,
): { readonly contents: BaseContents; readonly objects: readonly { readonly file: string; readonly body: YamlObject }[] } {
  const { component } = deployed;
  const objects: { file: string; body: YamlObject }[] = [];
  const add = (file: string, body: YamlObject | undefined): void => {
    if (body !== undefined) objects.push({ file, body });
  };
  add(workloadFile(deployed), workload(context, deployed));
  add('service', service(context, deployed));
  if (deployed.workload === 'StatefulSet') add('headless-service', headlessService(context, deployed));
  const budgets: ReadonlyMap<string, number> = deployed.workload === 'Job' ? new Map() : disruptionBudgets(context, component);
  add('pod-disruption-budget', podDisruptionBudget(context, deployed, budgets));
  const home = context.overlays.flatMap((overlay) => overlay.residents.get(component.name) ?? []).find((one) => one.replicas > 0);
  const scaled = home !== undefined && isAutoscaled(context, deployed) ? scaleBounds(deployed, home) : undefined;
  if (home !== undefined && scaled !== undefined)
    add('horizontal-pod-autoscaler', horizontalPodAutoscaler(context, deployed, home));
  if (component.deployment.ports.length === 0) reportPortless(context, deployed);
  else if (context.istio && isAddressed(context, component)) {
    add('destination-rule', destinationRule(context, deployed));
    add('virtual-service', virtualService(context, deployed));
  }
  reportEntry(context, deployed);
  return { contents: { budgets, scaled }, objects: objects.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

function workload(context: Context, deployed: Deployed): YamlObject {
  switch (deployed.workload) {
    case 'Deployment':
      return deployment(context, deployed);
    case 'StatefulSet':
      return statefulSet(context, deployed);
    case 'Job':
      return job(context, deployed);
  }
}

/** How users come in is the platform's: an ingress, a load balancer, a gateway of its own. */
function reportEntry(context: Context, { component, name }: Deployed): void {
  const host = component.deployment.host;
  if (host === undefined) return;
  context.report({
    kind: 'left-out',
    component: component.name,
    message: `${component.name}: no ingress is generated for ${host.value}. Point your ingress or load balancer at the Service ${name}.`,
    source: sourceOf(host) ?? component.nameSource,
  });
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
