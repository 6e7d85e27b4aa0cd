/** How one component or journey stands in a scenario: who serves, how many are left of what it needs, and what could still be lost. */
import type { SubjectStanding } from '../analysis.js';
import { survivorsOnce } from '../capacity/survivors.js';
import type { State, Structure } from '../structure/evaluate.js';
import type { StructureNode } from '../structure/nodes.js';
import { instancesOf, type Side, sidesOf } from '../structure/sides.js';

/** Reads the standing off a state; `usual` is the state with nothing off. Undefined for unknown names. */
export function standingIn(
  structure: Structure,
  state: State,
  usual: State,
  node: StructureNode,
): Omit<SubjectStanding, 'rto' | 'rpo'> | undefined {
  const found = state.of(node.name);
  if (found === undefined) return undefined;
  const { component } = node;
  const base = {
    name: node.name,
    up: found.up,
    degraded: found.degraded,
    reason: found.reason,
    serving: found.serving,
    usually: usual.upNode(node) ? usual.servingSide(node) : undefined,
  };
  if (component === undefined || component.placements.length === 0) {
    return { ...base, offInstances: [], standing: 0, needs: 0, instances: 0, spare: undefined };
  }
  const up = state.instancesUp(component.name);
  const instances = instancesOf(component);
  const left = survivorsOnce(structure, component, state);
  const sides = sidesOf(component);
  const side = [sides.active, ...sides.standbys].find((each) => each.name === left.carriedBy) ?? sides.active;
  const counting = new Set(left.instances.map((instance) => instance.index));
  return {
    ...base,
    offInstances: instances.filter((instance) => up[instance.index] !== true).map((instance) => instance.index),
    standing: counting.size,
    needs: side.need,
    instances: side.members.length,
    spare: spareOf(side, counting, up),
  };
}

/** How many more instances of a side may go, of the least that its number, its quorums and its votes leave; never below 0. */
function spareOf(side: Side, counting: ReadonlySet<number>, up: readonly boolean[]): number {
  const ofMajorities = side.holds.map(({ members, need }) => members.filter((member) => up[member] === true).length - need);
  return Math.max(0, Math.min(counting.size - side.need, ...ofMajorities));
}
