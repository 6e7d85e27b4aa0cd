/** Who carries the load of a component when something is off. The structure decides which side serves; this counts its instances. */
import type { Component } from '../../model/model.js';
import { oncePer } from '../../model/once-per.js';
import type { Off, State, Structure } from '../structure/evaluate.js';
import { type Instance, instancesOf } from '../structure/sides.js';

/** The side that serves and its instances that are up. */
export interface Survivors {
  /** `active`, or the region of a standby; undefined where no instance is left anywhere. */
  readonly carriedBy: string | undefined;
  readonly instances: readonly Instance[];
}

const nobody: Survivors = { carriedBy: undefined, instances: [] };

/** Answers who survives what; the state of a lost site is worked out once for all components. */
export class SurvivorCounts {
  private readonly states = new Map<string, State>();

  constructor(private readonly structure: Structure) {}

  /** With nothing off. */
  now(component: Component): Survivors {
    return this.of(component, this.state('', {}));
  }

  withoutSite(component: Component, site: string): Survivors {
    return this.of(component, this.state(site, { sites: new Set([site]) }));
  }

  /** Without one active instance. Instances are alike, so that it does not matter which. */
  withoutInstance(component: Component): Survivors {
    const first = instancesOf(component).find((instance) => instance.role === 'active');
    if (first === undefined) return this.now(component);
    return this.of(component, this.structure.evaluate({ instances: new Map([[component.name, [first.index]]]) }));
  }

  private state(key: string, off: Off): State {
    let state = this.states.get(key);
    if (state === undefined) {
      state = this.structure.evaluate(off);
      this.states.set(key, state);
    }
    return state;
  }

  private of(component: Component, state: State): Survivors {
    return survivorsIn(this.structure, component, state);
  }
}

const countedIn = oncePer((_state: State) => new Map<Component, Survivors>());

/** As {@link survivorsIn}, kept for as long as the state is: for states that are read by many and not kept for long. */
export function survivorsOnce(structure: Structure, component: Component, state: State): Survivors {
  const counted = countedIn(state);
  const known = counted.get(component);
  if (known !== undefined) return known;
  const survivors = survivorsIn(structure, component, state);
  counted.set(component, survivors);
  return survivors;
}

/** Where no side has what it needs, whoever has most instances left is asked, so that the figure says how much is missing. */
export function survivorsIn(structure: Structure, component: Component, state: State): Survivors {
  const node = structure.compiled.nodeOf(component.name);
  if (node === undefined) return nobody;
  const instances = instancesOf(component);
  const serving = state.servingSide(node);
  let most: Survivors = nobody;
  for (const [carriedBy, indexes] of state.counting(node)) {
    if (carriedBy !== serving && indexes.length <= most.instances.length) continue;
    const found = { carriedBy, instances: indexes.flatMap((index) => instances[index] ?? []) };
    if (carriedBy === serving) return found;
    most = found;
  }
  return most;
}
