/**
 * Single points of failure: minimal cuts of order one, for all subjects at once. Each event that can fail is switched off by itself and
 * what falls is noted with the event, so that the whole costs what falls, not events × components.
 */
import type { FailureEvent } from '../analysis.js';
import type { Structure } from './evaluate.js';
import { type FailureLeaf, failureEvents } from './failure-leaves.js';

/** Single points of one subject, and what it cannot do without. Made once a structure, on first use. */
export class SinglePoints {
  private readonly events: readonly FailureLeaf[];
  private readonly leaves: ReadonlyMap<FailureEvent, number>;
  private readonly byNode: readonly (readonly number[])[];
  private readonly wholes: readonly (readonly string[])[];

  constructor(private readonly structure: Structure) {
    this.events = [...failureEvents(structure)].map(([leaf, event]) => ({ leaf, event }));
    this.leaves = new Map(this.events.map(({ leaf, event }) => [event, leaf]));
    const { network, gates, cleanLayer, components } = structure.compiled;
    const nodeOfGate = new Int32Array(network.size).fill(-1);
    gates.forEach((entry, id) => {
      nodeOfGate[entry.up] = id;
    });
    const byNode: number[][] = gates.map(() => []);
    this.events.forEach((event, index) => {
      for (const gate of network.fallen([event.leaf], cleanLayer)) {
        const id = nodeOfGate[gate] ?? -1;
        if (id >= 0) byNode[id]?.push(index);
      }
    });
    const wholes: string[][] = gates.map(() => []);
    for (const [name, own] of components) {
      for (const gate of network.fallen([own.whole], cleanLayer)) {
        const id = nodeOfGate[gate] ?? -1;
        if (id >= 0 && structure.compiled.nodes[id]?.name !== name) wholes[id]?.push(name);
      }
    }
    this.byNode = byNode;
    this.wholes = wholes;
  }

  /**
   * Events that take the subject down alone, in order of declaration: sites, instances and single events in `points`; common causes,
   * `together` and failovers in `sharedFate`. Nothing for a subject that is down with everything up: it needs no event. Undefined for unknown names.
   */
  of(subject: string): { readonly points: readonly FailureEvent[]; readonly sharedFate: readonly FailureEvent[] } | undefined {
    const node = this.structure.compiled.nodeOf(subject);
    if (node === undefined) return undefined;
    const found = (this.byNode[node.id] ?? []).flatMap((index) => this.events[index]?.event ?? []);
    return {
      points: found.filter((event) => event.kind !== 'shared-fate'),
      sharedFate: found.filter((event) => event.kind === 'shared-fate'),
    };
  }

  /** The leaf that an event of {@link of} stands for. */
  leafOf(event: FailureEvent): number | undefined {
    return this.leaves.get(event);
  }

  /** Components whose loss, whole, takes the subject down; the subject itself is not among them. Empty for unknown names. */
  hardClosure(subject: string): ReadonlySet<string> {
    const node = this.structure.compiled.nodeOf(subject);
    return new Set(node === undefined ? [] : this.wholes[node.id]);
  }

  /** Components and journeys that are down with the site off and every failover working. Empty for unknown sites. */
  downWithout(site: string): ReadonlySet<string> {
    return new Set(this.structure.evaluate({ sites: new Set([site]) }).down());
  }
}

/** The minimal cuts of order one of a component or journey; see {@link SinglePoints.of}. For many subjects keep one {@link SinglePoints}. */
export function singlePoints(structure: Structure, subject: string): readonly FailureEvent[] {
  return new SinglePoints(structure).of(subject)?.points ?? [];
}
