/** Components that a zone, or a building with several zones, takes down, and who asks that it does not. */
import { percentText } from '../analysis/figure-text.js';
import { instancesOf } from '../analysis/structure/sides.js';
import { standingSide } from '../analysis/structure/standing.js';
import type { Component, Model } from '../model/model.js';
import { oncePer, onceWhile } from '../model/once-per.js';
import { instanceCount, requiredInstances } from '../model/queries.js';
import { type Claim, claims } from './objectives.js';
import type { RuleContext } from './rule.js';
import { workingSites } from './sites.js';
import { effectiveTiers, isTopTier } from './tier.js';
import { buildingsOver, sharedBuildings, type ZoneLoss, zoneLossesOf } from './zone-losses.js';

/** Promised availability from which a zone that takes the component down is an error whatever the tier. */
const strictAvailability = 0.999;

/** A component with the losses that take it down. */
export interface Fall {
  readonly component: Component;
  readonly losses: readonly ZoneLoss[];
}

/**
 * The losses that leave neither the active side nor a standby with what must stand. Undefined where there is none, for jobs, for a single
 * instance, and where all stand in one zone and one of them would do. `buildings`: those over the component; `anyShared`: whether there are
 * shared ones at all.
 */
function fellBy(component: Component, buildings: readonly ZoneLoss[], anyShared: boolean): Fall | undefined {
  const working = component.placements.filter((placement) => placement.role !== 'witness');
  if (component.kind === 'job' || instanceCount(working) < 2) return undefined;
  const { count } = requiredInstances(component);
  const simple = component.kind !== 'coordinator' && component.data.replication.length === 0;
  const sites = workingSites(component);
  if (count === 1 && simple && (sites.length === 1 || !anyShared)) return undefined;
  if (standingSide(component, () => false) === undefined) return undefined;
  const losses = zoneLossesOf(component, buildings).filter(
    ({ zones }) => standingSide(component, ({ zone }) => zones.has(zone)) === undefined,
  );
  // A building adds nothing where one of its zones alone takes the component down.
  const told = losses.filter(
    (loss) => loss.zones.size === 1 || !losses.some((other) => other.zones.size === 1 && contains(loss, other)),
  );
  const oneOfOne = simple && sites.length === 1 && count === 1;
  return told.length === 0 || oneOfOne ? undefined : { component, losses: told };
}

function contains(loss: ZoneLoss, other: ZoneLoss): boolean {
  return [...other.zones].every((zone) => loss.zones.has(zone));
}

/** As {@link fellBy} without buildings over it: it follows from the component alone, and outlives edits of others. */
const fellByZones = onceWhile((component: Component, anyShared: boolean) => fellBy(component, [], anyShared));

/** All components that a loss takes down, in order of declaration; worked out once a model. */
export const fallsOf = oncePer((model: Model): readonly Fall[] => {
  const anyShared = sharedBuildings(model).length > 0;
  return model.components.flatMap((component) => {
    const buildings = anyShared ? buildingsOver(component, model) : [];
    return (buildings.length === 0 ? fellByZones(component, anyShared) : fellBy(component, buildings, anyShared)) ?? [];
  });
});

/** Who asks that the components survive the loss of a zone; those that nobody asks it of are absent. */
export function askedFor(found: readonly Fall[], { model, analysis }: RuleContext): ReadonlyMap<string, Claim> {
  const lossesOf = new Map(found.map(({ component, losses }) => [component.name, losses]));
  const down = new Map<string, ReadonlySet<string>>();
  const isDown = (owner: string, { name, zones }: ZoneLoss): boolean => {
    if (zones.size > 1) return analysis.recovery(owner).get('zone-loss')?.perSite.get(name)?.survives === false;
    const off = down.get(name) ?? analysis.downWithout(name);
    down.set(name, off);
    return off.has(owner);
  };
  const components = found.map(({ component }) => component);
  return claims(model, analysis, 'zone-loss', components, (owner, component) =>
    (lossesOf.get(component.name) ?? []).some((loss) => isDown(owner, loss)),
  );
}

/** Why the loss may not take the component down, for people; undefined where nobody asks for more. */
export function reasonOf(component: Component, claim: Claim | undefined, { model }: RuleContext): string | undefined {
  if (claim !== undefined)
    return claim.owner === component.name
      ? 'its objective names zone-loss'
      : `${claim.owner}, which is down without it, names zone-loss`;
  const promised = component.objective?.availability;
  if (promised !== undefined && promised.value >= strictAvailability - 1e-12)
    return `its objective is ${percentText(promised.value)}`;
  const tier = effectiveTiers(model).get(component.name);
  return isTopTier(tier) ? `it is tier ${tier}` : undefined;
}

/** Whether the loss of some one active instance takes the component down already. */
export function spareless(component: Component): boolean {
  return instancesOf(component).some(
    (lost) => lost.role === 'active' && standingSide(component, (instance) => instance === lost) === undefined,
  );
}
