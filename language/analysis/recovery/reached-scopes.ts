/** Which scopes of those that hit one component can reach a subject: found from what it depends on, which is mostly little. */
import type { SingleScope } from './class-scopes.js';
import type { RecoveryGraph } from './graph.js';

/** Places of single scopes by the groups of the graph that they hit. Made once a class. */
export class ReachedScopes {
  private readonly byGroup = new Map<number, number[]>();
  private readonly all: readonly number[];

  constructor(
    private readonly graph: RecoveryGraph,
    single: readonly SingleScope[],
  ) {
    this.all = [...single.keys()];
    single.forEach(({ nodes }, at) => {
      for (const group of new Set(nodes.map((id) => graph.orderOf(id)))) {
        const list = this.byGroup.get(group);
        if (list === undefined) this.byGroup.set(group, [at]);
        else list.push(at);
      }
    });
  }

  /** Places of the single scopes that hit what a node depends on, or itself; in their order, each once. */
  placesFor(id: number): readonly number[] {
    if (this.all.length === 0) return this.all;
    const groups = this.graph.groupsBelow(id);
    const found: number[] = [];
    for (const group of groups) {
      const places = this.byGroup.get(group);
      if (places !== undefined) for (const at of places) found.push(at);
    }
    found.sort((a, b) => a - b);
    return found.filter((at, index) => at !== found[index - 1]);
  }
}
