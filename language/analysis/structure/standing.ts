/** Which side of a component stands by its own instances, when some of them are off. What it requires elsewhere is left out. */
import type { Component } from '../../model/model.js';
import { type Instance, instancesOf, type Majority, type Side, sidesOf } from './sides.js';

/**
 * The first side that has enough instances, and whose quorums and votes hold, with the instances off that `isOff` names: `active`, or the
 * region of a standby. Undefined where none does, and for what has no instances.
 */
export function standingSide(component: Component, isOff: (instance: Instance) => boolean): string | undefined {
  const { active, standbys } = sidesOf(component);
  const up = instancesUp(component, isOff);
  return [active, ...standbys].find((side) => side.members.length > 0 && brokenMajority(side, up) === undefined)?.name;
}

/** What of the active side is not met with these instances off: its own count first, then its quorums and votes. */
export function missedMajority(
  component: Component,
  isOff: (instance: Instance) => boolean,
): { readonly majority: Majority; readonly left: number; readonly ofItself: boolean } | undefined {
  const { active } = sidesOf(component);
  const up = instancesUp(component, isOff);
  const majority = brokenMajority(active, up);
  return majority === undefined ? undefined : { majority, left: countUp(majority, up), ofItself: majority === active };
}

function instancesUp(component: Component, isOff: (instance: Instance) => boolean): readonly boolean[] {
  return instancesOf(component).map((instance) => !isOff(instance));
}

function brokenMajority(side: Side, up: readonly boolean[]): Majority | undefined {
  return [side, ...side.holds].find((majority) => countUp(majority, up) < majority.need);
}

function countUp({ members }: Majority, up: readonly boolean[]): number {
  return members.reduce((sum, index) => sum + (up[index] === true ? 1 : 0), 0);
}
