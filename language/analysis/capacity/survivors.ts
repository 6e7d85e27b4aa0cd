/** Who carries the load of a component when something is off. The structure decides which side serves; this counts its instances. */
import type { Component } from '../../model/model.js';
import type { Off, State, Structure } from '../structure/evaluate.js';
import { type Instance, instancesOf } from '../structure/sides.js';

/** The side that serves and its instances that are up. */
export interface Survivors {
  /** `active`, or the region of a standby; undefined where no instance is left anywhere. */
  readonly carriedBy: string | undefined;
  readonly instances: readonly Instance[];
}

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

  /** Where no side has what it needs, whoever has most instances left is asked, so that the figure says how much is missing. */
  private of(component: Component, state: State): Survivors {
    const up = state.instancesUp(component.name);
    const sides = new Map<string, Instance[]>();
    for (const instance of instancesOf(component)) {
      const side = sideOf(instance);
      if (side === undefined || up[instance.index] !== true) continue;
      const members = sides.get(side);
      if (members === undefined) sides.set(side, [instance]);
      else members.push(instance);
    }
    const node = this.structure.compiled.nodeOf(component.name);
    const serving = node === undefined ? undefined : state.servingSide(node);
    const stands = serving === undefined ? undefined : sides.get(serving);
    if (serving !== undefined && stands !== undefined) return { carriedBy: serving, instances: stands };
    let best: Survivors = { carriedBy: undefined, instances: [] };
    for (const [carriedBy, instances] of sides) {
      if (instances.length > best.instances.length) best = { carriedBy, instances };
    }
    return best;
  }
}

function sideOf(instance: Instance): string | undefined {
  switch (instance.role) {
    case 'active':
      return 'active';
    case 'hot-standby':
    case 'warm-standby':
      return instance.region;
    case 'cold-standby':
    case 'pilot-light':
    case 'witness':
      return undefined;
  }
}
