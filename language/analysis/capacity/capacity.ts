/** Capacity of components and regions, each worked out when first asked for. */
import type { Component, Region } from '../../model/model.js';
import { componentsByName, regionsByName } from '../../model/queries.js';
import type { Structure } from '../structure/evaluate.js';
import type { CapacityFigures } from './capacity-figures.js';
import { capacityOfComponent } from './component-capacity.js';
import { capacityOfRegion } from './region-quota.js';
import { SurvivorCounts } from './survivors.js';

/** Answers for components by their load and instances, for regions by their quotas. */
export class Capacity {
  private readonly counts: SurvivorCounts;
  private readonly components: ReadonlyMap<string, Component>;
  private readonly regions: ReadonlyMap<string, Region>;
  private readonly kept = new Map<string, CapacityFigures | undefined>();

  constructor(private readonly structure: Structure) {
    this.counts = new SurvivorCounts(structure);
    this.components = componentsByName(structure.model);
    this.regions = regionsByName(structure.model);
  }

  /** Undefined for journeys and unknown names. */
  of(subject: string): CapacityFigures | undefined {
    if (!this.kept.has(subject)) this.kept.set(subject, this.compute(subject));
    return this.kept.get(subject);
  }

  private compute(subject: string): CapacityFigures | undefined {
    const component = this.components.get(subject);
    if (component !== undefined) return capacityOfComponent(component, this.counts);
    const region = this.regions.get(subject);
    return region === undefined ? undefined : capacityOfRegion(this.structure.model, region, this.counts);
  }
}
