/** Single points of failure: minimal cuts of order one, of each subject that is asked for. */
import type { FailureEvent } from '../analysis.js';
import type { Structure } from './evaluate.js';
import { failureEvents } from './failure-leaves.js';
import { FatalEvents } from './fatal-events.js';

/** Single points of one subject, and what it cannot do without. Kept for many subjects: what they share is worked out once. */
export class SinglePoints {
  private readonly events: readonly FailureEvent[];
  private readonly leaves: ReadonlyMap<FailureEvent, number>;
  private readonly fatal: FatalEvents;
  private readonly components: readonly string[];
  private readonly wholes: FatalEvents;

  constructor(private readonly structure: Structure) {
    const { network, components } = structure.compiled;
    const events = failureEvents(structure);
    this.events = [...events.values()];
    this.leaves = new Map([...events].map(([leaf, event]) => [event, leaf]));
    this.fatal = new FatalEvents(network, [...events.keys()]);
    this.components = [...components.keys()];
    this.wholes = new FatalEvents(
      network,
      [...components.values()].map((gates) => gates.whole),
    );
  }

  /**
   * Events that take the subject down alone, in order of declaration: sites, instances and single events in `points`; common causes,
   * `together` and failovers in `sharedFate`. Nothing for a subject that is down with everything up: it needs no event. Undefined for unknown names.
   */
  of(subject: string): { readonly points: readonly FailureEvent[]; readonly sharedFate: readonly FailureEvent[] } | undefined {
    const up = this.upGate(subject);
    if (up === undefined) return undefined;
    const found = this.fatal.of(up).flatMap((index) => this.events[index] ?? []);
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
    const up = this.upGate(subject);
    const names = up === undefined ? [] : this.wholes.of(up).flatMap((index) => this.components[index] ?? []);
    return new Set(names.filter((name) => name !== subject));
  }

  private upGate(subject: string): number | undefined {
    const { compiled } = this.structure;
    const node = compiled.nodeOf(subject);
    return node === undefined ? undefined : compiled.gates[node.id]?.up;
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
