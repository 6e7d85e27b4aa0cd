/** Where data is lost: the stores whose loss a component or journey takes on, each with what it loses by itself. */
import type { Component, DisruptionClass } from '../../model/model.js';
import type { Figure } from '../figure.js';
import type { Structure } from '../structure/evaluate.js';
import type { ClassScopes } from './class-scopes.js';
import { dataLoss, losesData } from './data-loss.js';
import type { RecoveryGraph } from './graph.js';
import { worse } from './time.js';

/** Losses of the stores of one model, each worked out once. */
export class LossOrigins {
  private readonly own = new Map<string, Figure | undefined>();

  constructor(
    private readonly structure: Structure,
    private readonly graph: RecoveryGraph,
    private readonly scopesOf: (disruption: DisruptionClass) => ClassScopes,
  ) {}

  /**
   * By store, in seconds, the worst that it loses by itself in the class, whatever it requires. The stores: the subject's own data, what it
   * requires and writes, the sources of what is derived, and whom these must agree with, all of it carried on. Empty for unknown names.
   */
  of(subject: string, disruption: DisruptionClass): ReadonlyMap<string, Figure> {
    const found = new Map<string, Figure>();
    const { nodes } = this.structure.compiled;
    const first = this.structure.compiled.nodeOf(subject);
    const met = new Set(first === undefined ? [] : [first.id]);
    for (const id of met) {
      const node = nodes[id];
      if (node === undefined) continue;
      for (const name of node.component === undefined ? [] : [node.name, ...(this.graph.agreeingWith(node.name) ?? [])]) {
        const component = this.graph.component(name);
        const loss = component === undefined || found.has(name) ? undefined : this.ownLoss(component, disruption);
        if (loss !== undefined) found.set(name, loss);
      }
      for (const { edge, targets } of node.hard) if (!edge.reads || edge.writes) for (const target of targets) met.add(target);
      for (const source of this.graph.sourcesOf(id)) met.add(source);
    }
    return found;
  }

  private ownLoss(store: Component, disruption: DisruptionClass): Figure | undefined {
    if (!losesData(store)) return undefined;
    const key = `${store.name}@${disruption}`;
    if (!this.own.has(key)) this.own.set(key, this.worst(store, disruption));
    return this.own.get(key);
  }

  private worst(store: Component, disruption: DisruptionClass): Figure | undefined {
    const scopes = this.scopesOf(disruption);
    let worst: Figure | undefined;
    for (const scope of [...scopes.wide, ...scopes.ownOf(store.name).map((each) => each.scope)]) {
      if (!(scope.instances.has(store.name) || scope.hosts.has(store.name))) continue;
      const { rpo } = dataLoss(this.structure.model, store, scope, (name) => this.graph.component(name));
      worst = worst === undefined ? rpo : worse(worst, rpo);
    }
    return worst;
  }
}
