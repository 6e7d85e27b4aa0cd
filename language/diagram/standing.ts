/** States by what they are of, so that shapes find theirs at once. */
import type { DiagramGraph, Pip } from './diagram-graph.js';
import type { CellState, DiagramStates, EdgeState, NodeState, PartState, SiteState } from './states.js';

/** What a cell shows of its pips: so many crossed out, so many promoted to a letter. */
export interface CellStanding {
  readonly siteLost: boolean;
  readonly lost: number;
  readonly promoted: number;
  readonly letter: NonNullable<Pip['letter']>;
  /** The node is why something breaks, and this cell is where it lost its instances. */
  readonly cause: PartState | undefined;
}

/** The states of a picture, looked up by name. */
export interface Standing {
  /** Whether a what-if says anything at all. */
  readonly isTold: boolean;
  readonly node: (id: string) => NodeState | undefined;
  readonly site: (site: string) => SiteState | undefined;
  /** Whether the site, or the region it lies in, was switched off. */
  readonly isLost: (site: string) => boolean;
  readonly edge: (id: string) => EdgeState | undefined;
  readonly cell: (node: string, site: string, pips: number) => CellStanding;
  readonly replication: (node: string, region: string) => string | undefined;
}

/** An index over states. Where there are none, everything stands as the graph says. */
export function standingOf(graph: DiagramGraph, states: DiagramStates | undefined): Standing {
  const nodes = new Map((states?.nodes ?? []).map((state) => [state.id, state]));
  const sites = new Map((states?.sites ?? []).map((state) => [state.site, state]));
  const edges = new Map((states?.edges ?? []).map((state) => [state.id, state]));
  const key = (...names: readonly string[]): string => JSON.stringify(names);
  const cells = new Map((states?.cells ?? []).map((state): [string, CellState] => [key(state.node, state.site), state]));
  const replications = new Map((states?.replications ?? []).map((state) => [key(state.node, state.region), state.text]));
  const regionOf = new Map(graph.places.flatMap((place) => place.zones.map((zone) => [zone.site, place.site] as const)));
  const isLost = (site: string): boolean => {
    if (sites.size === 0) return false;
    const region = regionOf.get(site);
    return sites.get(site)?.state === 'lost' || (region !== undefined && sites.get(region)?.state === 'lost');
  };
  return {
    isTold: states !== undefined,
    node: (id) => nodes.get(id),
    site: (site) => sites.get(site),
    isLost,
    edge: (id) => edges.get(id),
    cell: (id, site, pips) => {
      const own = cells.size === 0 ? undefined : cells.get(key(id, site));
      const node = nodes.get(id);
      const siteLost = isLost(site);
      const lost = Math.min(pips, own?.lost ?? (siteLost || node?.state === 'lost' ? pips : 0));
      return {
        siteLost,
        lost,
        promoted: Math.min(pips - lost, own?.promoted ?? 0),
        letter: own?.letter ?? 'P',
        cause: node?.role === 'cause' && lost > 0 ? node.state : undefined,
      };
    },
    replication: (id, region) => (replications.size === 0 ? undefined : replications.get(key(id, region))),
  };
}
