/** The objects of one entry. */
import { sourceOf } from '../../model/fact.js';
import type { Context } from '../context.js';
import { gatewayOptions, startsPods } from '../istio/gateway-options.js';
import { gatewayVirtualService, istioGateway } from '../istio/istio-gateway.js';
import type { Named } from '../kubernetes/metadata.js';
import { openGateway } from '../kubernetes/network-policy.js';
import type { YamlObject } from '../yaml.js';
import type { EntryGap, EntryPlan } from './entry-plan.js';
import { entryRoutes } from './entry-routes.js';
import { apiGateway, entryHttpRoute } from './gateway-api.js';
import { ingress } from './ingress.js';

/** Objects by the name of their file without its ending; none where the model lacks what they need, which is reported. */
export function entryObjects(
  context: Context,
  gateway: Named,
  plan: EntryPlan,
  gap: EntryGap | undefined,
): readonly { readonly file: string; readonly body: YamlObject }[] {
  const { component } = gateway;
  const lacks = (message: string): readonly never[] => {
    context.report({ kind: 'missing', component: component.name, message, source: sourceOf(plan.entry) ?? component.nameSource });
    return [];
  };
  if (gap !== undefined) return lacks(`${component.name}: ${gapWords[gap]}`);
  const routes = entryRoutes(context, gateway, plan.pods);
  if (routes.length === 0) return lacks(`${component.name} leads nowhere, so it gets no entry. Write \`routes "/" to SERVICE\`.`);
  if (component.deployment.certificate === undefined) {
    lacks(`${component.name} has no certificate: users reach it in plain text. Write \`certificate SECRET\`.`);
  }
  switch (plan.entry.value.means) {
    case 'gateway-api':
      return [
        { file: 'gateway', body: apiGateway(context, gateway, plan) },
        { file: 'http-route', body: entryHttpRoute(context, gateway, plan, routes) },
        ...startedGateway(context, gateway, plan),
      ];
    case 'istio':
      return [
        { file: 'gateway', body: istioGateway(context, gateway, plan) },
        { file: 'entry-virtual-service', body: gatewayVirtualService(context, gateway, plan, routes) },
      ];
    case 'ingress':
      return [{ file: 'ingress', body: ingress(context, gateway, plan, routes) }];
  }
}

/** Istio starts pods for a Gateway whose own pods DRML does not write: how many, and where; a closed namespace has to let users in to them. */
function startedGateway(
  context: Context,
  gateway: Named,
  plan: EntryPlan,
): readonly { readonly file: string; readonly body: YamlObject }[] {
  if (!startsPods(context, plan)) return [];
  const deployed = context.deployed.get(gateway.component.name);
  const options = deployed === undefined ? undefined : gatewayOptions(context, deployed, plan);
  const closed = context.model.settings.isolation?.value === 'closed';
  return [
    ...(closed ? [{ file: 'gateway-network-policy', body: openGateway(context, gateway, sourceOf(plan.entry)) }] : []),
    ...(options === undefined ? [] : [{ file: 'gateway-options', body: options }]),
  ];
}

const gapWords: Readonly<Record<EntryGap, string>> = {
  'no-istio': 'its entry is a gateway of Istio, and the model has no mesh. Write `mesh istio`, or another entry.',
  'image-and-proxy':
    'it has an image of its own, so its pods are no gateway of Istio. Take the image away, or name the gateway that leads to it: `entry istio ingressgateway`.',
  'no-class': 'the Gateway needs a class. Write `entry gateway-api CLASS`.',
  address: 'its host is an address, and an entry asks for a name. Write `host "shop.example.com"`.',
  'no-host': 'it has no host, so it gets no entry. Write `host "shop.example.com"`.',
};
