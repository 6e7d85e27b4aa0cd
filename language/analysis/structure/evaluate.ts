/**
 * What is up when something is off: the greatest fixed point of the whole model. With all else up, a cycle of requirements is up.
 */
import type { Model } from '../../model/model.js';
import { requiredInstances } from '../../model/queries.js';
import { type Compiled, compile } from './compile.js';
import type { Fall } from './network.js';
import type { StructureNode } from './nodes.js';
import { instancesOf } from './sides.js';

/** What is switched off. Names that the model does not have are ignored. */
export interface Off {
  /** Region names and zone paths; a region takes its zones. */
  readonly sites?: ReadonlySet<string>;
  /** Whole components. */
  readonly components?: ReadonlySet<string>;
  /** Single instances: component → indexes over all its placements, in order. */
  readonly instances?: ReadonlyMap<string, readonly number[]>;
  /** Whether failovers to standbys work; they do where nothing is said. */
  readonly failover?: 'works' | 'fails';
}

/** Why something is down: the nearest thing that made it so. */
export interface Reason {
  readonly kind: 'off' | 'site' | 'requires' | 'instances' | 'failover' | 'short';
  /** The site, or the required component or journey; the subject itself otherwise. */
  readonly name: string;
  /** For people: `requires store, which is down`. */
  readonly text: string;
}

export interface SubjectState {
  readonly up: boolean;
  /** Up without something wanted, or through something that is. */
  readonly degraded: boolean;
  /** Who serves: `active`, or the region of the standby. Undefined where it is down, or has no instances and no place. */
  readonly serving: string | undefined;
  readonly reason: Reason | undefined;
}

/** The structure function of a model, compiled once. */
export class Structure {
  readonly compiled: Compiled;
  private readonly leaves: ReadonlyMap<number, { readonly kind: Reason['kind']; readonly name: string }>;
  private readonly nodeOfGate: ReadonlyMap<number, StructureNode>;

  constructor(readonly model: Model) {
    this.compiled = compile(model);
    const leaves = new Map<number, { readonly kind: Reason['kind']; readonly name: string }>();
    for (const [site, gate] of this.compiled.siteEvents) leaves.set(gate, { kind: 'site', name: site });
    for (const [name, gates] of this.compiled.components) {
      leaves.set(gates.whole, { kind: 'off', name });
      if (gates.together !== undefined) leaves.set(gates.together, { kind: 'off', name });
      for (const gate of [...gates.events, ...gates.commonCauses.values()]) leaves.set(gate, { kind: 'instances', name });
    }
    leaves.set(this.compiled.failover, { kind: 'failover', name: 'failover' });
    this.leaves = leaves;
    this.nodeOfGate = new Map(this.compiled.nodes.map((node, id) => [this.compiled.gates[id]?.up ?? -1, node]));
  }

  /**
   * The state with `off` switched off. `journey`: components are judged as this journey needs them (`requires … for`); journeys are
   * always judged with their own. Never throws; unknown names answer undefined.
   */
  evaluate(off: Off, journey?: string): State {
    return new State(this, this.compiled.network.fall(this.leavesOf(off)), journey);
  }

  /** The leaves of the network that an {@link Off} means. */
  leavesOf(off: Off): number[] {
    const { siteEvents, components, failover } = this.compiled;
    const result: number[] = [];
    const push = (gate: number | undefined): void => {
      if (gate !== undefined) result.push(gate);
    };
    for (const site of off.sites ?? []) push(siteEvents.get(site));
    for (const name of off.components ?? []) push(components.get(name)?.whole);
    for (const [name, indexes] of off.instances ?? []) for (const index of indexes) push(components.get(name)?.events[index]);
    if (off.failover === 'fails') result.push(failover);
    return result;
  }

  /** The nearest cause of a gate that fell: a site, an instance, or another component or journey. */
  reasonOf(fall: (gate: number) => number | undefined, node: StructureNode): Reason {
    let gate = this.compiled.gates[node.id]?.up ?? 0;
    for (;;) {
      const leaf = this.leaves.get(gate);
      if (leaf !== undefined) return describe(leaf.kind, leaf.name, node);
      const required = this.nodeOfGate.get(gate);
      if (required !== undefined && required.id !== node.id) return describe('requires', required.name, node);
      const cause = fall(gate);
      if (cause === undefined || cause < 0) return describe('short', node.name, node);
      gate = cause;
    }
  }
}

/** One answer of {@link Structure.evaluate}: states are read off when asked for. */
export class State {
  private readonly known = new Map<StructureNode, SubjectState>();

  constructor(
    private readonly structure: Structure,
    private readonly fall: Fall,
    private readonly journey: string | undefined,
  ) {}

  /** Whether a component or journey is up; false for unknown names. */
  up(name: string): boolean {
    const node = this.structure.compiled.nodeOf(name, this.journey);
    return node !== undefined && this.upNode(node);
  }

  /** Everything about a component or journey; undefined for unknown names. */
  of(name: string): SubjectState | undefined {
    const node = this.structure.compiled.nodeOf(name, this.journey);
    if (node === undefined) return undefined;
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const found = this.read(node);
    this.known.set(node, found);
    return found;
  }

  private read(node: StructureNode): SubjectState {
    const up = this.upNode(node);
    return {
      up,
      degraded: up && this.fell(this.structure.compiled.gates[node.id]?.clean),
      serving: up ? this.servingSide(node) : undefined,
      reason: up ? undefined : this.structure.reasonOf((gate) => this.causeOf(gate), node),
    };
  }

  /** Which instances of a component are up, by index over all its placements. */
  instancesUp(name: string): readonly boolean[] {
    return (this.structure.compiled.components.get(name)?.instances ?? []).map((gate) => !this.fell(gate));
  }

  /** Whether a node is up. */
  upNode(node: StructureNode): boolean {
    return !this.fell(this.structure.compiled.gates[node.id]?.up);
  }

  /** The first side that stands, what it requires elsewhere apart; undefined where none does. */
  servingSide(node: StructureNode): string | undefined {
    return this.structure.compiled.gates[node.id]?.sides.find((side) => !this.fell(side.gate))?.name;
  }

  /** Instances of each side, by index, that count: up, and beside what they require in their region. In the order of the sides. */
  counting(node: StructureNode): ReadonlyMap<string, readonly number[]> {
    const sides = this.structure.compiled.gates[node.id]?.sides ?? [];
    return new Map(
      sides.map(({ name, counted }) => [name, counted.flatMap(([index, gate]) => (this.fell(gate) ? [] : [index]))] as const),
    );
  }

  /** Names of the components and journeys that are down, in order of declaration. */
  down(): readonly string[] {
    return this.structure.compiled.nodes
      .filter((node) => node.context === undefined && !this.upNode(node))
      .map((node) => node.name);
  }

  private fell(gate: number | undefined): boolean {
    return gate !== undefined && this.causeOf(gate) !== undefined;
  }

  private causeOf(gate: number): number | undefined {
    return this.fall.get(gate) ?? this.structure.compiled.network.baseline.get(gate);
  }
}

function describe(kind: Reason['kind'], name: string, node: StructureNode): Reason {
  switch (kind) {
    case 'off':
      return { kind, name, text: name === node.name ? 'it is off' : `${name} is off` };
    case 'site':
      return { kind, name, text: `${name} is down` };
    case 'requires':
      return { kind, name, text: `requires ${name}, which is down` };
    case 'instances':
      return { kind, name: node.name, text: 'too few instances are up' };
    case 'failover':
      return { kind, name: node.name, text: 'the failover does not work' };
    case 'short':
      return { kind, name: node.name, text: shortage(node) };
  }
}

/** Why something cannot stand even with everything up. */
function shortage(node: StructureNode): string {
  const component = node.component;
  if (component === undefined || component.placements.length === 0) return 'what it requires cannot stand';
  const active = instancesOf(component).filter((instance) => instance.role === 'active').length;
  return `needs ${requiredInstances(component).count} instances and runs ${active}`;
}
