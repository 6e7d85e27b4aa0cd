/** Capacity of components and regions, each worked out when first asked for. */
import type { Component, Region } from '../../model/model.js';
import { componentsByName, regionsByName } from '../../model/queries.js';
import type { Structure } from '../structure/evaluate.js';
import type { CapacityFigures } from './capacity-figures.js';
import { capacityOfComponent } from './component-capacity.js';
import { backlogsOf, type RecoveryOf } from './queue-backlog.js';
import { capacityOfRegion } from './region-quota.js';
import { ReplicationBacklogs } from './replication-backlog.js';
import { SurvivorCounts } from './survivors.js';

/** Answers for components by their load and instances, for regions by their quotas. */
export class Capacity {
  private readonly counts: SurvivorCounts;
  private readonly components: ReadonlyMap<string, Component>;
  private readonly regions: ReadonlyMap<string, Region>;
  private readonly replications: ReplicationBacklogs;
  private readonly kept = new Map<string, CapacityFigures | undefined>();

  /** `recovery`: of consumers of queues; without it nobody knows how long they are away. */
  constructor(
    private readonly structure: Structure,
    private readonly recovery: RecoveryOf = () => new Map(),
  ) {
    this.counts = new SurvivorCounts(structure);
    this.replications = new ReplicationBacklogs(structure.model);
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
    if (component !== undefined) {
      const { model } = this.structure;
      const serving = (each: Component): number => this.counts.now(each).instances.length;
      return capacityOfComponent(component, this.counts, {
        backlogs: backlogsOf(model, component, this.recovery, serving),
        replication: this.replications.of(component),
      });
    }
    const region = this.regions.get(subject);
    return region === undefined ? undefined : capacityOfRegion(this.structure.model, region, this.counts);
  }
}
