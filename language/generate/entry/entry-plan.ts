/** How users come in through a gateway: what leads them there, and whose pods those are. */
import type { Fact } from '../../model/fact.js';
import type { Component, Entry, Model } from '../../model/model.js';
import { isAddress } from './host-name.js';

/**
 * Whose pods stand behind an entry.
 * - `program`: the gateway has an image, and its own program carries its routes; the entry leads to its Service.
 * - `proxy`: pods of the mesh, which DRML writes, carry the routes.
 * - `controller`: pods that the class brings along carry the routes.
 */
export type EntryPods = 'program' | 'proxy' | 'controller';

export interface EntryPlan {
  readonly entry: Fact<Entry>;
  readonly pods: EntryPods;
}

/** Why a stated entry cannot be written. */
export type EntryGap = 'no-istio' | 'image-and-proxy' | 'no-class' | 'no-host' | 'address';

/** The class of the Gateway API that Istio serves. */
const istioClass = 'istio';

/** The entry of a gateway: its own, else the model's. `undefined` where nobody states one. */
export function entryPlan(model: Model, component: Component): EntryPlan | undefined {
  if (component.kind !== 'gateway') return undefined;
  const entry = component.deployment.entry ?? model.settings.entry;
  if (entry === undefined) return undefined;
  const { means, class: name } = entry.value;
  if (component.deployment.image !== undefined) return { entry, pods: 'program' };
  const proxied = model.settings.mesh?.value.name === 'istio' && (means === 'istio' ? name === undefined : name === istioClass);
  return { entry, pods: proxied && means !== 'ingress' ? 'proxy' : 'controller' };
}

/** What keeps the entry from being written. */
export function entryGap(model: Model, component: Component, { entry, pods }: EntryPlan): EntryGap | undefined {
  const { means, class: name } = entry.value;
  if (means === 'istio' && model.settings.mesh?.value.name !== 'istio') return 'no-istio';
  if (means === 'istio' && name === undefined && pods === 'program') return 'image-and-proxy';
  if (means === 'gateway-api' && name === undefined) return 'no-class';
  const { host } = component.deployment;
  if (host === undefined) return 'no-host';
  return isAddress(host.value) ? 'address' : undefined;
}
