/**
 * The unavailability of one module in every state of the shared events it reads, by a diagram of its own.
 *
 * Most modules of a model look alike (three instances in the same three zones, equally reliable), so the diagram and all that was
 * computed with it belong to the shape, and a module is a shape with leaves.
 */
import type { Network } from '../structure/network.js';
import { alikeLabels } from './alike-sites.js';
import { type CompactDiagram, compact, unavailabilityUnder } from './compact-diagram.js';
import type { Contexts } from './contexts.js';
import { type CrewLevels, unavailabilityWithCrewsWaiting } from './crewed-diagram.js';
import { DecisionDiagrams, down, OverBudget } from './decision-diagram.js';
import type { CrewedUnits } from './repair-crews.js';

/** Nodes that one module may take: a majority of 600 instances fits. */
const moduleBudget = 1 << 18;

/**
 * So many shared events stand at the top of a module's diagram, since they decide most. More of them would split it into one diagram for
 * each of their states, so that they then stand where they are first met: beside the instances that they take.
 */
const mostOnTop = 8;

/** Their states are numbered by bits, and a number holds so many exactly. */
const mostShared = 52;

/** How modules of one structure read shared events. */
export interface SharedReading {
  readonly shared: readonly number[];
  /** Equal for those of one group that are read alike; undefined for what is not read. */
  labelOf(gate: number): number | undefined;
}

/** The modules of one network, with their shapes. */
export class ModuleTables {
  private readonly tables = new Map<number, ModuleTable>();
  private readonly shapes = new Map<string, ModuleShape>();
  private readonly readings = new Map<string, SharedReading>();

  /** `groups`: the shared events that may be read alike, zones of one region. */
  constructor(
    private readonly network: Network,
    private readonly isShared: (gate: number) => boolean,
    private readonly unavailability: (gate: number) => number,
    private readonly groups: readonly (readonly number[])[],
    private readonly crewOf: (gate: number) => CrewedUnits | undefined = () => undefined,
  ) {}

  /** The table of a module. Throws OverBudget where it is too large. */
  of(gate: number): ModuleTable {
    const known = this.tables.get(gate);
    if (known !== undefined) return known;
    const { leaves, postorder } = leavesBelow(this.network, gate);
    const shared = leaves.filter(this.isShared).sort((a, b) => a - b);
    if (shared.length > mostShared) throw new OverBudget(`More than ${mostShared} shared events.`);
    const own = leaves.filter((leaf) => !this.isShared(leaf));
    const ordered = shared.length > mostOnTop ? leaves : [...shared, ...own];
    const { structure, chances } = this.signature(ordered, postorder);
    const signature = `${structure}|${chances}`;
    let shape = this.shapes.get(signature);
    if (shape === undefined) {
      const chances = own.map(this.unavailability);
      shape = new ModuleShape(this.network, gate, ordered, postorder, shared, chances, own.map(this.crewOf));
      this.shapes.set(signature, shape);
    }
    let reading = this.readings.get(structure);
    if (reading === undefined) {
      reading = this.readingOf(shared, postorder);
      this.readings.set(structure, reading);
    }
    const table = new ModuleTable(shape, reading, own);
    this.tables.set(gate, table);
    return table;
  }

  private readingOf(shared: readonly number[], postorder: readonly number[]): SharedReading {
    let labels: ReadonlyMap<number, number> | undefined;
    const labelOf = (gate: number): number | undefined => {
      labels ??= alikeLabels(
        { network: this.network, postorder, unavailability: this.unavailability, crewOf: this.crewOf },
        this.groups.map((group) => group.filter((each) => shared.includes(each))),
      );
      // What belongs to no group is like nothing else.
      return labels.get(gate) ?? (shared.includes(gate) ? gate : undefined);
    };
    return { shared, labelOf };
  }

  /**
   * Equal for modules that differ in nothing but the identity of their own leaves; the structure also where these are down more or less
   * often, as long as those that are alike in one module are alike in the other.
   */
  private signature(
    leaves: readonly number[],
    postorder: readonly number[],
  ): { readonly structure: string; readonly chances: string } {
    const numbers = new Map<number, number>();
    const chances = new Map<string, number>();
    const crews = new Map<CrewedUnits, number>();
    const parts: string[] = [];
    leaves.forEach((leaf, index) => {
      numbers.set(leaf, index);
      if (this.isShared(leaf)) {
        parts.push(`s${leaf}`);
        return;
      }
      const crew = this.crewOf(leaf);
      // Each component has crews of its own.
      if (crew !== undefined && !crews.has(crew)) crews.set(crew, crews.size);
      const u =
        crew === undefined ? `${this.unavailability(leaf)}` : `${crews.get(crew)}:${crew.units}:${crew.ratio}:${crew.crews}`;
      if (!chances.has(u)) chances.set(u, chances.size);
      parts.push(`p${chances.get(u)}`);
    });
    for (const gate of postorder) {
      if (numbers.has(gate)) continue;
      numbers.set(gate, numbers.size);
      const { need, inputs } = this.network.gate(gate);
      parts.push(`${need}/${inputs.map((input) => numbers.get(input)).join('.')}`);
    }
    return { structure: parts.join(' '), chances: [...chances.keys()].join(' ') };
  }
}

/** One module: asked with the set of shared events that are down. */
export class ModuleTable {
  constructor(
    private readonly shape: ModuleShape,
    /** The shared gates that this module reads, and how. */
    readonly reading: SharedReading,
    /** Leaves that only this module reads. */
    readonly privateLeaves: readonly number[],
  ) {}

  /** Which of its shared events are down, as bits: equal masks mean equal answers. */
  mask(off: ReadonlySet<number>): number {
    let mask = 0;
    for (const gate of this.reading.shared) mask = mask * 2 + (off.has(gate) ? 1 : 0);
    return mask;
  }

  /** Unavailability in each context, in their order. */
  row(contexts: Contexts): Float64Array {
    return this.shape.row(contexts, (off) => this.mask(off)).unavailability;
  }

  /** Mask of each context, in their order. */
  masks(contexts: Contexts): Float64Array {
    return this.shape.row(contexts, (off) => this.mask(off)).masks;
  }

  /** Birnbaum importance of a private leaf under a mask: unavailability with it down less unavailability with it up. */
  importance(leafIndex: number, mask: number): number {
    return this.shape.importance(leafIndex, mask);
  }
}

class ModuleShape {
  private readonly diagram: CompactDiagram;
  private readonly values: Float64Array;
  private readonly byLevel: Float64Array;
  private readonly sharedLevels: readonly number[];
  private readonly ownLevels: readonly number[];
  private readonly crews: readonly CrewLevels[];
  private readonly known = new Map<number, number>();
  private readonly importances: Map<number, number>[] = [];
  private readonly rows = new WeakMap<Contexts, { readonly unavailability: Float64Array; readonly masks: Float64Array }>();

  constructor(
    network: Network,
    gate: number,
    leaves: readonly number[],
    postorder: readonly number[],
    shared: readonly number[],
    private readonly own: readonly number[],
    crews: readonly (CrewedUnits | undefined)[],
  ) {
    const level = new Map(leaves.map((leaf, index) => [leaf, index]));
    const built = new Map<number, number>();
    const diagrams = new DecisionDiagrams(moduleBudget);
    for (const each of postorder) {
      const at = level.get(each);
      const { need, inputs } = network.gate(each);
      built.set(
        each,
        at === undefined
          ? diagrams.atLeast(
              need,
              inputs.map((input) => built.get(input) ?? down),
            )
          : diagrams.variable(at),
      );
    }
    this.diagram = compact(diagrams, built.get(gate) ?? down);
    this.values = new Float64Array(this.diagram.levels.length);
    this.byLevel = new Float64Array(leaves.length);
    this.sharedLevels = shared.map((leaf) => level.get(leaf) ?? 0);
    const isShared = new Set(shared);
    this.ownLevels = leaves.flatMap((leaf, index) => (isShared.has(leaf) ? [] : [index]));
    this.crews = [...new Set(crews)].flatMap((units) =>
      units === undefined ? [] : [{ units, levels: new Set(this.ownLevels.filter((_, index) => crews[index] === units)) }],
    );
  }

  /** Modules of one shape read the same shared events, so that they have the same row. */
  row(
    contexts: Contexts,
    maskOf: (off: ReadonlySet<number>) => number,
  ): { readonly unavailability: Float64Array; readonly masks: Float64Array } {
    let row = this.rows.get(contexts);
    if (row === undefined) {
      const masks = Float64Array.from(contexts.contexts, (context) => maskOf(context.down));
      row = { masks, unavailability: masks.map((mask) => this.under(mask)) };
      this.rows.set(contexts, row);
    }
    return row;
  }

  private under(mask: number): number {
    let value = this.known.get(mask);
    if (value === undefined) {
      this.setLeaves(mask);
      value = this.evaluate();
      this.known.set(mask, value);
    }
    return value;
  }

  importance(leafIndex: number, mask: number): number {
    let known = this.importances[leafIndex];
    if (known === undefined) {
      known = new Map();
      this.importances[leafIndex] = known;
    }
    let value = known.get(mask);
    if (value === undefined) {
      this.setLeaves(mask);
      const level = this.ownLevels[leafIndex] ?? 0;
      value = this.evaluate({ level, down: true }) - this.evaluate({ level, down: false });
      known.set(mask, value);
    }
    return value;
  }

  private setLeaves(mask: number): void {
    let rest = mask;
    for (let index = this.sharedLevels.length - 1; index >= 0; index--) {
      this.byLevel[this.sharedLevels[index] ?? 0] = rest % 2;
      rest = Math.floor(rest / 2);
    }
    this.ownLevels.forEach((level, index) => {
      this.byLevel[level] = this.own[index] ?? 0;
    });
  }

  private evaluate(forced?: { readonly level: number; readonly down: boolean }): number {
    const { diagram, byLevel, crews } = this;
    if (crews.length === 0) {
      if (forced !== undefined) byLevel[forced.level] = forced.down ? 1 : 0;
      return unavailabilityUnder(diagram, byLevel, this.values);
    }
    if (forced === undefined) return unavailabilityWithCrewsWaiting(diagram, byLevel, crews);
    // An instance makes a difference when it fails, so that it was up: what is known of it is said of the others of its component.
    const standing = crews.findIndex((crew) => crew.levels.has(forced.level));
    return unavailabilityWithCrewsWaiting(diagram, byLevel, crews, { standing, forced });
  }
}

/** Leaves below a gate in order of first visit, and all gates below it with inputs before outputs. */
function leavesBelow(
  network: Network,
  gate: number,
): { readonly leaves: readonly number[]; readonly postorder: readonly number[] } {
  const leaves: number[] = [];
  const postorder: number[] = [];
  const seen = new Set<number>([gate]);
  const stack: { readonly gate: number; at: number }[] = [{ gate, at: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { inputs, need } = network.gate(top.gate);
    const input = inputs[top.at++];
    if (input === undefined) {
      // A gate without inputs that asks for none is a leaf; one that asks for some can never be up.
      if (inputs.length === 0 && need === 0) leaves.push(top.gate);
      postorder.push(top.gate);
      stack.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ gate: input, at: 0 });
    }
  }
  return { leaves, postorder };
}
