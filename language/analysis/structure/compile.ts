/**
 * Model → Boolean network: sites, instances, sides, requirements. The meaning of "up" in one place.
 */
import type { Component, Model } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import { type FailoverEvent, failoverEvent } from './failover-event.js';
import type { Compiled, ComponentGates, NodeGates, SideGates } from './gates.js';
import { Network } from './network.js';
import { hostSites, type NodeEdge, NodeTable, type StructureNode } from './nodes.js';
import { type Instance, instancesOf, liesIn, type Majority, type Side, type Sides, sidesOf } from './sides.js';

export type { Compiled } from './gates.js';
export type { StructureNode } from './nodes.js';

/** Compiles the model. Unknown names are left out; whatever parses compiles. */
export function compile(model: Model): Compiled {
  return new Compiler(model).run();
}

class Compiler {
  private readonly network = new Network();
  private readonly siteEvents = new Map<string, number>();
  private readonly siteUp = new Map<string, number>();
  private readonly componentGates = new Map<string, ComponentGates>();
  private readonly sides = new Map<string, Sides>();
  private readonly instances = new Map<string, readonly Instance[]>();
  private readonly table: NodeTable;
  private readonly nodes: readonly StructureNode[];
  private readonly gates: NodeGates[] = [];
  private readonly requirements: number[] = [];
  private readonly regionGates = new Map<string, number>();
  /** Definitions of region gates that wait: chains of requirements in the same region may be longer than the stack. */
  private readonly waiting: (() => void)[] = [];
  private readonly failover: number;
  private readonly failoverEvents = new Map<number, FailoverEvent>();
  private readonly failoverGates = new Map<string, number>();
  /** What of a component is the same for every journey: its sides, and one gate for all that is its own. */
  private readonly ownParts = new Map<string, { readonly sides: NodeGates['sides']; readonly gate: number }>();

  constructor(private readonly model: Model) {
    this.table = new NodeTable(model);
    this.nodes = this.table.nodes;
    this.failover = this.network.add();
  }

  run(): Compiled {
    this.compileSites();
    for (const component of this.model.components) this.compileInstances(component);
    // All gates are there before the first is defined, since requirements may be cyclic.
    for (let id = 0; id < this.nodes.length; id++) {
      this.requirements.push(this.network.add());
      this.gates.push({ up: this.network.add(), clean: 0, sides: [] });
    }
    for (const node of this.nodes) this.compileNode(node);
    this.defineWaiting();
    const cleanLayer = this.network.size;
    this.compileClean();
    this.defineWaiting();
    this.network.seal();
    return {
      network: this.network,
      nodes: this.nodes,
      gates: this.gates,
      components: this.componentGates,
      siteEvents: this.siteEvents,
      failover: this.failover,
      failoverEvents: this.failoverEvents,
      cleanLayer,
      nodeOf: (name, journey) => this.table.find(name, journey),
    };
  }

  private compileSites(): void {
    for (const region of this.model.regions) {
      const up = this.network.add();
      this.siteEvents.set(region.name, up);
      this.siteUp.set(region.name, up);
      for (const zone of region.zones) {
        const event = this.network.add();
        this.siteEvents.set(zone.path, event);
        this.siteUp.set(zone.path, this.network.all([event, up]));
      }
    }
  }

  private compileInstances(component: Component): void {
    const instances = instancesOf(component);
    this.instances.set(component.name, instances);
    this.sides.set(component.name, sidesOf(component));
    const inRegion = new Map<string, number>();
    for (const instance of instances) inRegion.set(instance.region, (inRegion.get(instance.region) ?? 0) + 1);
    const commonCauses = new Map<string, number>();
    for (const [region, count] of inRegion) {
      if (count >= 2 && component.commonCause.value > 0) commonCauses.set(region, this.network.add());
    }
    const events = instances.map(() => this.network.add());
    const up = instances.map((instance, index) => {
      const site = this.siteUp.get(instance.zone) ?? this.siteUp.get(instance.region);
      return this.network.all(present([events[index], site, commonCauses.get(instance.region)]));
    });
    this.componentGates.set(component.name, {
      whole: this.network.add(),
      together: component.together === undefined ? undefined : this.network.add(),
      events,
      instances: up,
      commonCauses,
    });
  }

  private upGate(id: number): number {
    return this.gates[id]?.up ?? 0;
  }

  private compileNode(node: StructureNode): void {
    const { component } = node;
    const placed = component !== undefined && (component.placements.length > 0 || hostSites(component).length > 0);
    const local = placed ? node.hard.filter((entry) => entry.edge.sameRegion) : [];
    const global = node.hard.filter((entry) => !local.includes(entry));
    const requirement = this.requirements[node.id] ?? 0;
    const required = global.map((entry) =>
      this.network.threshold(
        entry.need,
        entry.targets.map((id) => this.upGate(id)),
      ),
    );
    this.network.define(requirement, required.length, required);
    const gates = this.gates[node.id];
    if (gates === undefined) return;
    if (component === undefined) {
      this.network.define(gates.up, 1, [requirement]);
      return;
    }
    // Without edges in the same region, what is the component's own does not depend on who asks, and is one module of the structure.
    const shared = local.length === 0 ? this.ownParts.get(component.name) : undefined;
    const own = shared ?? this.compileOwn(node, component, local);
    if (local.length === 0) this.ownParts.set(component.name, own);
    this.network.define(gates.up, 2, [own.gate, requirement]);
    this.gates[node.id] = { ...gates, sides: own.sides };
  }

  private compileOwn(
    node: StructureNode,
    component: Component,
    local: readonly NodeEdge[],
  ): { readonly sides: NodeGates['sides']; readonly gate: number } {
    const own = this.componentGates.get(component.name);
    const inputs = present([own?.whole, own?.together]);
    const sides: SideGates[] = [];
    if (component.placements.length > 0) {
      const all = this.sides.get(component.name);
      if (all !== undefined) {
        sides.push({ name: 'active', ...this.sideGate(node, all.active, local) });
        for (const side of all.standbys) {
          const works = present([this.failover, this.failoverTo(component, side.name)]);
          const { gate, counted } = this.sideGate(node, side, local);
          sides.push({ name: side.name, gate: this.network.all([...works, gate]), counted });
        }
      }
    } else if (hostSites(component).length > 0) {
      const hosts = hostSites(component).flatMap((site) => {
        const up = this.siteUp.get(site);
        return up === undefined ? [] : [this.network.all([up, ...this.localGates(node, local, regionOf(site))])];
      });
      if (hosts.length > 0) sides.push({ name: 'active', gate: this.network.threshold(1, hosts), counted: [] });
    }
    if (sides.length > 0) {
      inputs.push(
        this.network.threshold(
          1,
          sides.map((side) => side.gate),
        ),
      );
    }
    return { sides, gate: this.network.all(inputs) };
  }

  private failoverTo(component: Component, standby: string): number | undefined {
    const event = failoverEvent(this.model, component, standby);
    if (event === undefined) return undefined;
    const known = this.failoverGates.get(event.id);
    if (known !== undefined) return known;
    const gate = this.network.add();
    this.failoverGates.set(event.id, gate);
    this.failoverEvents.set(gate, event);
    return gate;
  }

  private sideGate(node: StructureNode, side: Side, local: readonly NodeEdge[]): Omit<SideGates, 'name'> {
    const gates = this.componentGates.get(node.name);
    const counted = side.members.map((index) => [index, this.countedInstance(node, index, local)] as const);
    const majority = (entry: Majority): number =>
      this.network.threshold(
        entry.need,
        entry.members.map((index) => gates?.instances[index] ?? 0),
      );
    const enough = this.network.threshold(
      side.need,
      counted.map(([, gate]) => gate),
    );
    return { gate: this.network.all([enough, ...side.holds.map(majority)]), counted };
  }

  /** An instance that counts: up, and in a region where what it requires `in same region` serves. */
  private countedInstance(node: StructureNode, index: number, local: readonly NodeEdge[]): number {
    const up = this.componentGates.get(node.name)?.instances[index] ?? 0;
    const region = this.instances.get(node.name)?.[index]?.region ?? '';
    return this.network.all([up, ...this.localGates(node, local, region)]);
  }

  private localGates(node: StructureNode, local: readonly NodeEdge[], region: string): number[] {
    return local.map((entry) => {
      const id = `${node.id} ${region} ${entry.edge.source.start} ${node.hard.indexOf(entry)}`;
      const known = this.regionGates.get(id);
      if (known !== undefined) return known;
      const gate = this.network.add();
      this.regionGates.set(id, gate);
      this.waiting.push(() =>
        this.network.define(
          gate,
          entry.need,
          entry.targets.map((target) => this.servesIn(target, region)),
        ),
      );
      return gate;
    });
  }

  /** Defining a region gate may ask for others, which then wait in turn. */
  private defineWaiting(): void {
    for (let define = this.waiting.pop(); define !== undefined; define = this.waiting.pop()) define();
  }

  /** Whether a component serves in a region: at least min(N, placed there) of its instances up there, and its own requirements hold. */
  private servesIn(id: number, region: string): number {
    const memo = `serves ${id} ${region}`;
    const known = this.regionGates.get(memo);
    if (known !== undefined) return known;
    const node = this.nodes[id];
    const component = node?.component;
    if (node === undefined || component === undefined) return this.upGate(id);
    const gate = this.network.add();
    this.regionGates.set(memo, gate);
    const own = this.componentGates.get(component.name);
    const local = node.hard.filter((entry) => entry.edge.sameRegion);
    const always = present([own?.whole, own?.together, this.requirements[id]]);
    if (component.placements.length > 0) {
      const members = (this.instances.get(component.name) ?? []).filter(
        (instance) =>
          instance.region === region &&
          (instance.role === 'active' || instance.role === 'hot-standby' || instance.role === 'warm-standby'),
      );
      const required = this.sides.get(component.name)?.active.need ?? 1;
      // Where nothing is placed the threshold cannot be met: the region does not host it.
      const need = Math.max(1, Math.min(required, members.length));
      const counted = members.map((instance) => this.countedInstance(node, instance.index, local));
      this.network.define(gate, always.length + 1, [...always, this.network.threshold(need, counted)]);
    } else if (hostSites(component).length > 0) {
      const sites = hostSites(component).filter((site) => liesIn(site, region));
      const up = present(sites.map((site) => this.siteUp.get(site)));
      const here = this.localGates(node, local, region);
      this.network.define(gate, always.length + here.length + 1, [...always, ...here, this.network.threshold(1, up)]);
    } else {
      // What has no place serves every region alike.
      this.network.define(gate, 1, [this.upGate(id)]);
    }
    return gate;
  }

  /** Degraded is up without something wanted, or through something degraded: a second layer over the first that nothing below reads. */
  private compileClean(): void {
    const touched = this.reachingSoftEdges();
    // Whether everything wanted is there, whatever the node itself does.
    const whole = this.gates.map((_, id) => (touched.has(id) ? this.network.add() : undefined));
    this.gates.forEach((gates, id) => {
      this.gates[id] = { ...gates, clean: touched.has(id) ? this.network.add() : gates.up };
    });
    this.nodes.forEach((node, id) => {
      const gates = this.gates[id];
      const complete = whole[id];
      if (gates === undefined || complete === undefined) return;
      const wanted = node.soft.map((entry) =>
        this.network.threshold(
          entry.need,
          entry.targets.map((target) => this.upGate(target)),
        ),
      );
      const regions = regionsOf(node);
      const required = node.hard.map((entry) =>
        this.network.threshold(
          entry.need,
          entry.targets.map((target) => {
            if (!entry.edge.sameRegion || regions.length === 0) return this.gates[target]?.clean ?? 0;
            // What serves a region may be too few everywhere else: that takes nothing from those that it serves.
            const serves = regions.map((region) => this.servesIn(target, region));
            return this.network.all([this.network.threshold(1, serves), ...present([whole[target]])]);
          }),
        ),
      );
      this.network.define(complete, wanted.length + required.length, [...wanted, ...required]);
      this.network.define(gates.clean, 2, [gates.up, complete]);
    });
  }

  /** Nodes that want something, and all that require them, directly or not: only these can be degraded. */
  private reachingSoftEdges(): ReadonlySet<number> {
    const callers = new Map<number, number[]>();
    for (const node of this.nodes) {
      for (const target of node.hard.flatMap((entry) => entry.targets)) {
        const list = callers.get(target);
        if (list === undefined) callers.set(target, [node.id]);
        else list.push(node.id);
      }
    }
    const reaching = new Set(this.nodes.filter((node) => node.soft.length > 0).map((node) => node.id));
    for (const id of reaching) for (const caller of callers.get(id) ?? []) reaching.add(caller);
    return reaching;
  }
}

/** Regions that a node's component is placed in. */
function regionsOf({ component }: StructureNode): readonly string[] {
  if (component === undefined) return [];
  return [...new Set([...component.placements.map((each) => each.region), ...hostSites(component).map(regionOf)])];
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}
