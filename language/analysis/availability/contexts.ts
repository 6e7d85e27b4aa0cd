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

export interface Context {
  readonly down: ReadonlySet<number>;
  readonly probability: number;
}

/** Contexts with their probabilities; `rest` is the probability of those left out. */
export interface Contexts {
  readonly contexts: readonly Context[];
  readonly rest: number;
}

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

/**
 * The contexts of the groups. `rest` is the probability of those left out: 0 when all are there. Only groups with more than
 * {@link contextBudget} states together leave any out, the least likely ones.
 */
export function enumerateContexts(groups: readonly SharedGroup[]): Contexts {
  let states = 1;
  for (const group of groups) states *= 2 ** group.children.length + (group.parent === undefined ? 0 : 1);
  if (states <= contextBudget) return walk(groups, 0);
  for (let threshold = 1e-18; ; threshold *= 100) {
    const found = walk(groups, threshold);
    if (found.contexts.length <= contextBudget) return found;
  }
}

function walk(groups: readonly SharedGroup[], threshold: number): Contexts {
  let contexts: Context[] = [{ down: new Set(), probability: 1 }];
  let rest = 0;
  for (const group of groups) {
    const states = statesOf(group, threshold);
    if (states.contexts.length > contextBudget && threshold > 0) return states;
    rest += (1 - rest) * states.rest;
    const next: Context[] = [];
    for (const context of contexts) {
      for (const state of states.contexts) {
        const probability = context.probability * state.probability;
        if (probability < threshold) {
          rest += probability;
          continue;
        }
        next.push({ down: state.down.size === 0 ? context.down : new Set([...context.down, ...state.down]), probability });
      }
      if (next.length > contextBudget && threshold > 0) return { contexts: next, rest };
    }
    contexts = next;
  }
  return { contexts, rest };
}

function statesOf(group: SharedGroup, threshold: number): Contexts {
  const parent = group.parent;
  let contexts: Context[] = [{ down: new Set(), probability: 1 - (parent?.unavailability ?? 0) }];
  let rest = 0;
  for (const child of group.children) {
    const next: Context[] = [];
    for (const context of contexts) {
      next.push({ down: context.down, probability: context.probability * (1 - child.unavailability) });
      const lost = context.probability * child.unavailability;
      if (lost < threshold) rest += lost;
      else next.push({ down: new Set([...context.down, child.gate]), probability: lost });
    }
    contexts = next;
    // A region of many zones has too many states by itself: the caller leaves out more.
    if (contexts.length > contextBudget && threshold > 0) return { contexts, rest };
  }
  if (parent !== undefined) contexts.push({ down: new Set([parent.gate]), probability: parent.unavailability });
  return { contexts, rest };
}
