/** Which rows of the table of assumptions the availability of each subject rests on: its own and those of all that it requires. */
import type { AssumptionCode, Fact } from '../../model/fact.js';
import type { Component, Model } from '../../model/model.js';
import { failoverTo } from '../recovery/failover.js';
import type { Compiled, StructureNode } from '../structure/compile.js';
import { strongComponents } from '../structure/strong-components.js';
import type { SwitchingTime } from './switching-moves.js';

type Codes = ReadonlySet<AssumptionCode>;

export class UsedAssumptions {
  private readonly structural: ReadonlyMap<number, Codes>;
  private readonly times: ReadonlyMap<number, Codes>;
  private wanted: ReadonlyMap<number, Codes> | undefined;

  constructor(
    model: Model,
    private readonly compiled: Compiled,
    time: SwitchingTime,
  ) {
    const unstated = sitesWithoutFailureData(model);
    const { nodes, gates, components } = compiled;
    this.structural = spread(
      nodes,
      (node) => node.hard.flatMap((entry) => entry.targets),
      ({ id, component }) => {
        if (component === undefined) return nothing;
        const standbys = gates[id]?.sides.slice(1).map(({ name }) => name) ?? [];
        const shares = (components.get(component.name)?.commonCauses.size ?? 0) > 0;
        return ownOf(model, component, { unstated, standbys, shares });
      },
    );
    // Requirements with a choice are no part of the time that switching takes.
    this.times = spread(
      nodes,
      (node) => node.hard.flatMap((entry) => (entry.need === entry.targets.length ? entry.targets : [])),
      ({ id, component }) => {
        const standbys = component === undefined ? [] : (gates[id]?.sides.slice(1) ?? []);
        const assumes = standbys.some(({ name }) => component !== undefined && time(component, name).assumesNoTime);
        return assumes ? noTime : nothing;
      },
    );
  }

  /** The rows that a node's availability rests on, those of switching apart. */
  of(node: number): Codes {
    return this.structural.get(node) ?? nothing;
  }

  /** What the time that switching takes rests on besides. */
  ofSwitching(node: number): Codes {
    return this.times.get(node) ?? nothing;
  }

  /** What being degraded rests on besides: everything wanted, here or in what it requires. */
  ofWanted(node: number): Codes {
    this.wanted ??= spread(
      this.compiled.nodes,
      (each) => each.hard.flatMap((entry) => entry.targets),
      (each) => new Set(each.soft.flatMap((entry) => entry.targets).flatMap((target) => [...this.of(target)])),
    );
    return this.wanted.get(node) ?? nothing;
  }
}

const nothing: Codes = new Set();
const noTime: Codes = new Set(['no-time-stated']);

/** What is a node's own, and what comes to it from everything it leads to. */
function spread(
  nodes: readonly StructureNode[],
  calleesOf: (node: StructureNode) => readonly number[],
  ownOfNode: (node: StructureNode) => Codes,
): ReadonlyMap<number, Codes> {
  const byNode = new Map<number, Codes>();
  const callees = nodes.map(calleesOf);
  for (const circle of strongComponents(nodes.keys(), (id) => callees[id] ?? [])) {
    const sets = circle.flatMap((id) => {
      const node = nodes[id];
      return [
        node === undefined ? nothing : ownOfNode(node),
        ...(callees[id] ?? []).flatMap((callee) => byNode.get(callee) ?? []),
      ];
    });
    // Most subjects rest on the same rows: those share one set.
    const all = new Set(sets.flatMap((set) => [...set]));
    const same = sets.find((set) => set.size === all.size) ?? all;
    for (const id of circle) byNode.set(id, same);
  }
  return byNode;
}

function sitesWithoutFailureData(model: Model): ReadonlySet<string> {
  const stated = new Set<string>();
  for (const region of model.regions) {
    if (region.failure !== undefined) stated.add(region.name);
    for (const zone of region.zones) if (zone.failure !== undefined) stated.add(zone.path);
  }
  const names = model.regions.flatMap((region) => [region.name, ...region.zones.map((zone) => zone.path)]);
  return new Set(names.filter((name) => !stated.has(name)));
}

interface Around {
  readonly unstated: ReadonlySet<string>;
  /** Regions of its standby sides. */
  readonly standbys: readonly string[];
  /** Whether instances of it share a region, and with it a common cause. */
  readonly shares: boolean;
}

function ownOf(model: Model, component: Component, { unstated, standbys, shares }: Around): Codes {
  const codes = new Set<AssumptionCode>();
  const note = (fact: Fact<unknown>): void => {
    if (fact.origin.kind === 'assumed') codes.add(fact.origin.assumption);
  };
  note(component.failure.unavailability);
  const sites = component.hosts.map((host) => host.name);
  for (const { region, zones } of component.placements) sites.push(region, ...zones);
  if (sites.some((site) => unstated.has(site))) codes.add('sites-perfect');
  if (shares) note(component.commonCause);
  if (standbys.some((region) => failoverTo(model, component, region).success === undefined)) codes.add('failover-success');
  return codes;
}
