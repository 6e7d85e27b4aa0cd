/** Time that calls between regions take at least: round trips × the link's round-trip time, each callee in the place nearest to the answer. */
import type { Component, Edge, Model } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import type { NodeEdge, StructureNode } from '../structure/nodes.js';
import type { Call, CallGraph } from './call-graph.js';

/** Seconds, and the links whose round-trip time is not stated. */
export interface Floor {
  readonly seconds: number;
  readonly missing: readonly string[];
}

const nothing: Floor = { seconds: 0, missing: [] };
const anywhere = '';

/** Floors of all nodes, by the region where the work is done. A circle adds nothing: a floor leaves out what it does not know. */
export class RoundTrips {
  private readonly floors: ReadonlyMap<string, Floor>[];
  private readonly links = new Map<string, number>();
  private readonly regions: readonly (readonly string[])[];

  constructor(
    model: Model,
    private readonly graph: CallGraph,
  ) {
    for (const link of model.links) {
      if (link.roundTrip === undefined) continue;
      const key = pair(regionOf(link.a), regionOf(link.b));
      this.links.set(key, Math.min(this.links.get(key) ?? Number.POSITIVE_INFINITY, link.roundTrip.value));
    }
    this.regions = graph.compiled.nodes.map((node) => (node.component === undefined ? [anywhere] : regionsOf(node.component)));
    this.floors = graph.compiled.nodes.map(() => new Map());
    for (const group of graph.groups) {
      for (const id of group) {
        const node = graph.compiled.nodes[id];
        if (node === undefined) continue;
        this.floors[id] = new Map((this.regions[id] ?? []).map((region) => [region, this.floorIn(node, region)] as const));
      }
    }
  }

  /** The worst over the regions where the node works, since users of that region wait so long. */
  of(node: number): Floor {
    return worst([...(this.floors[node] ?? new Map<string, Floor>()).values()]);
  }

  /** One call alone, from the caller's worst region to the callee's nearest place. */
  ofCall(call: Call): Floor {
    return worst((this.regions[call.from] ?? []).map((region) => this.nearest(call, region, () => nothing)));
  }

  private floorIn(node: StructureNode, region: string): Floor {
    const calls = new Map<Edge, Call[]>();
    for (const call of this.graph.of(node.id)) {
      const list = calls.get(call.edge);
      if (list === undefined) calls.set(call.edge, [call]);
      else list.push(call);
    }
    return worst(node.hard.map((hard) => this.floorOfEdge(hard, calls.get(hard.edge) ?? [], region)));
  }

  /** As many targets as are needed must answer: the slowest of all, the quickest of any, the k-th quickest of k. */
  private floorOfEdge(hard: NodeEdge, calls: readonly Call[], region: string): Floor {
    const each = calls
      .filter((call) => call.edge.acks?.value !== 'none')
      .map((call) => {
        const inner = this.graph.inCircle(call);
        return this.nearest(call, region, (place) => (inner ? nothing : (this.floors[call.to]?.get(place) ?? nothing)));
      })
      .sort((a, b) => a.seconds - b.seconds);
    return worst(each.slice(0, hard.need));
  }

  private nearest(call: Call, from: string, below: (place: string) => Floor): Floor {
    const trips = call.edge.trips?.value ?? 1;
    let best: Floor | undefined;
    const unknown: string[] = [];
    for (const place of this.regions[call.to] ?? []) {
      // What has no place, and users, are as near as can be.
      const apart = from !== anywhere && place !== anywhere && from !== place;
      if (apart && call.edge.sameRegion) continue;
      const distance = apart ? this.links.get(pair(from, place)) : 0;
      const under = below(place);
      if (distance === undefined) {
        unknown.push(`rtt of the link ${[from, place].sort().join(' <-> ')}`);
        continue;
      }
      const seconds = trips * distance + under.seconds;
      if (best === undefined || seconds < best.seconds) best = { seconds, missing: under.missing };
    }
    if (best === undefined) return { seconds: 0, missing: unknown };
    // A place in an unknown distance can be nearer only where the known one is not free.
    return best.seconds === 0 ? best : { seconds: best.seconds, missing: [...best.missing, ...unknown] };
  }
}

function worst(floors: readonly Floor[]): Floor {
  const missing = [...new Set(floors.flatMap((floor) => floor.missing))].slice(0, 3);
  return { seconds: floors.reduce((most, floor) => Math.max(most, floor.seconds), 0), missing };
}

function regionsOf(component: Component): readonly string[] {
  const active = component.placements.filter((placement) => placement.role === 'active').map((placement) => placement.region);
  const hosts = component.hosts.filter((host) => host.resolved).map((host) => regionOf(host.name));
  const all = [...new Set([...active, ...hosts])];
  return all.length === 0 ? [anywhere] : all;
}

function pair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
