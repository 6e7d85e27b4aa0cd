/** Which gate of the network stands for what. */
import type { FailoverEvent } from './failover-event.js';
import type { Network } from './network.js';
import type { StructureNode } from './nodes.js';

/** Gates of a component that all journeys share. */
export interface ComponentGates {
  /** The whole component: its only event where it has no instances, else a switch that nothing but a question turns off. */
  readonly whole: number;
  readonly together: number | undefined;
  /** Events, one an instance. */
  readonly events: readonly number[];
  /** Instances up: own event, common cause, zone. */
  readonly instances: readonly number[];
  readonly commonCauses: ReadonlyMap<string, number>;
}

/** Gates of one node. */
export interface NodeGates {
  readonly up: number;
  /** Up with everything wanted. */
  readonly clean: number;
  /** Sides, in order: the active one first. Requirements are not part of them. */
  readonly sides: readonly SideGates[];
}

/** Gates of one side. */
export interface SideGates {
  readonly name: string;
  readonly gate: number;
  /** Its instances, by index, with the gate that counts: up, and beside what they require in their region. None of hosts. */
  readonly counted: readonly (readonly [index: number, gate: number])[];
}

/** A model as a network, with the gates of everything in it. */
export interface Compiled {
  readonly network: Network;
  readonly nodes: readonly StructureNode[];
  readonly gates: readonly NodeGates[];
  readonly components: ReadonlyMap<string, ComponentGates>;
  readonly siteEvents: ReadonlyMap<string, number>;
  readonly failover: number;
  /** Failovers that may not work, by gate: one event a pair of sites, or a component's own. */
  readonly failoverEvents: ReadonlyMap<number, FailoverEvent>;
  /** First gate of the layer that only tells degraded from up. */
  readonly cleanLayer: number;
  nodeOf(name: string, journey?: string): StructureNode | undefined;
}
