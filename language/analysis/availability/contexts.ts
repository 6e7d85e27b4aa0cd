/**
 * Contexts: joint states of the shared events (sites, failovers) that a figure depends on. Given one, all else is independent,
 * so that P = Σ over contexts. A region that is down takes its zones with it: their own states then make no difference.
 */

/** Shared events that stand or fall as a group: a region with its zones, or one failover. */
export interface SharedGroup {
  /** The event that takes the whole group, where there is one. */
  readonly parent: { readonly gate: number; readonly unavailability: number } | undefined;
  readonly children: readonly { readonly gate: number; readonly unavailability: number }[];
}

/** A state, or all those that differ only in which of several events that are read alike are down. */
export interface Context {
  /** What is down in one of its states. */
  readonly down: ReadonlySet<number>;
  /** How many of its states, 0..1 and by probability, each event is down in; 0 for those that are not here. */
  readonly shares: ReadonlyMap<number, number>;
  readonly probability: number;
}

/** Contexts with their probabilities; `rest` is the probability of those left out. */
export interface Contexts {
  readonly groups: readonly SharedGroup[];
  readonly contexts: readonly Context[];
  readonly rest: number;
}

/** Up to so many states nothing is gained by counting those together that are read alike. */
const fewStates = 1 << 10;

/** The groups cut down to the events that can fail and that `used` holds. */
export function groupsRead(groups: readonly SharedGroup[], used: ReadonlySet<number>): readonly SharedGroup[] {
  return groups.flatMap((group) => {
    const { parent: whole } = group;
    const parent = whole !== undefined && whole.unavailability > 0 && used.has(whole.gate) ? whole : undefined;
    const children = group.children.filter((child) => child.unavailability > 0 && used.has(child.gate));
    return parent === undefined && children.length === 0 ? [] : [{ parent, children }];
  });
}

/** Most contexts that one figure may cost; past it the least likely are left out and the figure is a bound. */
export const contextBudget = 1 << 14;

/** How many joint states the groups have. */
function statesIn(groups: readonly SharedGroup[]): number {
  return groups.reduce((states, group) => states * (2 ** group.children.length + (group.parent === undefined ? 0 : 1)), 1);
}

/** Whether it is worth while to ask which events of the groups are read alike. */
export function haveManyStates(groups: readonly SharedGroup[]): boolean {
  return statesIn(groups) > fewStates;
}

/**
 * The contexts of the groups. Events of one group with the same label, equally likely, are read alike: only how many of them are down
 * makes a difference. `rest` is the probability of what is left out: 0 when all is there. Only groups with more than
 * {@link contextBudget} contexts together leave any out, the least likely ones.
 */
export function enumerateContexts(groups: readonly SharedGroup[], labelOf?: (gate: number) => string): Contexts {
  const kinds = groups.map((group) => ({ parent: group.parent, kinds: kindsOf(group, labelOf) }));
  let count = 1;
  for (const { parent, kinds: alike } of kinds)
    count *= alike.reduce((states, { gates }) => states * (gates.length + 1), 1) + (parent === undefined ? 0 : 1);
  if (count <= contextBudget) return { groups, ...walk(kinds, 0) };
  for (let threshold = 1e-18; ; threshold *= 100) {
    const found = walk(kinds, threshold);
    if (found.contexts.length <= contextBudget) return { groups, ...found };
  }
}

/** Events that are read alike. */
interface Kind {
  readonly gates: readonly number[];
  readonly unavailability: number;
}

interface KindGroup {
  readonly parent: SharedGroup['parent'];
  readonly kinds: readonly Kind[];
}

type Walked = Pick<Contexts, 'contexts' | 'rest'>;

function kindsOf(group: SharedGroup, labelOf: ((gate: number) => string) | undefined): readonly Kind[] {
  const kinds = new Map<string, { readonly gates: number[]; readonly unavailability: number }>();
  for (const { gate, unavailability } of group.children) {
    const key = labelOf === undefined ? `${gate}` : `${unavailability} ${labelOf(gate)}`;
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { gates: [gate], unavailability });
    else kind.gates.push(gate);
  }
  return [...kinds.values()];
}

function walk(groups: readonly KindGroup[], threshold: number): Walked {
  let contexts: Context[] = [{ down: new Set(), shares: new Map(), probability: 1 }];
  let rest = 0;
  for (const group of groups) {
    const states = statesOf(group, threshold);
    rest += (1 - rest) * states.rest;
    const next: Context[] = [];
    for (const context of contexts) {
      for (const state of states.contexts) {
        const probability = context.probability * state.probability;
        if (probability < threshold) rest += probability;
        else next.push(joined(context, state, probability));
      }
      if (next.length > contextBudget && threshold > 0) return { contexts: next, rest };
    }
    contexts = next;
  }
  return { contexts, rest };
}

function statesOf({ parent, kinds }: KindGroup, threshold: number): Walked {
  let contexts: Context[] = [{ down: new Set(), shares: new Map(), probability: 1 - (parent?.unavailability ?? 0) }];
  let rest = 0;
  for (const { gates, unavailability: u } of kinds) {
    const next: Context[] = [];
    for (const context of contexts) {
      let ways = 1;
      for (let failed = 0; failed <= gates.length; failed++) {
        const probability = context.probability * ways * u ** failed * (1 - u) ** (gates.length - failed);
        ways = (ways * (gates.length - failed)) / (failed + 1);
        if (failed > 0 && probability < threshold) {
          rest += probability;
          continue;
        }
        const shares = new Map(failed === 0 ? [] : gates.map((gate) => [gate, failed / gates.length]));
        next.push(joined(context, { down: new Set(gates.slice(0, failed)), shares, probability }, probability));
      }
    }
    contexts = next;
  }
  if (parent !== undefined)
    contexts.push({ down: new Set([parent.gate]), shares: new Map([[parent.gate, 1]]), probability: parent.unavailability });
  return { contexts, rest };
}

/** Both at once, with the probability given. */
function joined(a: Context, b: Context, probability: number): Context {
  if (b.down.size === 0) return { ...a, probability };
  if (a.down.size === 0) return { ...b, probability };
  return { down: new Set([...a.down, ...b.down]), shares: new Map([...a.shares, ...b.shares]), probability };
}

/**
 * For each shared event that can fail, the mean of a quantity while the event is down less that while it is up. Contexts where the whole
 * group is down say nothing of its members.
 */
export function sharedDifferences({ contexts, groups }: Contexts, quantity: (at: number) => number): ReadonlyMap<number, number> {
  const whenDown = new Map<number, number>();
  const whenUp = new Map<number, number>();
  const add = (map: Map<number, number>, gate: number, value: number): void => {
    map.set(gate, (map.get(gate) ?? 0) + value);
  };
  contexts.forEach((context, at) => {
    const value = context.probability * quantity(at);
    for (const { parent, children } of groups) {
      const parentDown = parent !== undefined && context.down.has(parent.gate);
      if (parent !== undefined) add(parentDown ? whenDown : whenUp, parent.gate, value);
      if (parentDown) continue;
      for (const { gate } of children) {
        const share = context.shares.get(gate) ?? 0;
        if (share > 0) add(whenDown, gate, share * value);
        if (share < 1) add(whenUp, gate, (1 - share) * value);
      }
    }
  });
  const result = new Map<number, number>();
  for (const { parent, children } of groups) {
    for (const { gate, unavailability: u } of [...(parent === undefined ? [] : [parent]), ...children])
      result.set(gate, (whenDown.get(gate) ?? 0) / u - (u < 1 ? (whenUp.get(gate) ?? 0) / (1 - u) : 0));
  }
  return result;
}
