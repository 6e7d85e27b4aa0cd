/**
 * How the parts of a picture stand in a what-if, as plain readonly data that survives JSON. The renderer takes it beside
 * the graph and the layout: states change what is inside a shape, never where it stands or how large it is.
 */
import type { Chip, ObjectiveState, Pip } from './diagram-graph.js';

/** `at-risk` works without a spare, `degraded` works short, `lost` is what was switched off itself. */
export type PartState = 'ok' | 'at-risk' | 'degraded' | 'down' | 'lost';

/** Whether a part is why something breaks, or breaks because of something else. */
export type PartRole = 'cause' | 'consequence';

/** A component or a journey. What is not listed is drawn as it is without a what-if, but with its state line empty. */
export interface NodeState {
  /** {@link import('./diagram-graph.js').DiagramNode.id}. */
  readonly id: string;
  readonly state: PartState;
  readonly role?: PartRole;
  /** A few words beside the state: `needs redis-cart`, `1 left, needs 2`. Cut where the card ends. */
  readonly reason?: string;
  /** The whole sentence, for hover and for screen readers. */
  readonly says?: string;
  /** Of a journey, or a component with an objective: whether what was promised still holds. */
  readonly verdict?: ObjectiveState;
  /** Of a journey: instead of its own chips (`RTO 12 min`, `RPO 5 s`); as many as fit are drawn. */
  readonly chips?: readonly Chip[];
  /** Instead of the line under the name, where the shape has one: `switched to cn-east`. */
  readonly subtitle?: string;
  /** Of a folded box: what it holds. */
  readonly inside?: InsideState;
}

/** How what a folded box holds stands. */
export interface InsideState {
  /** How many components stand in each state, the worst first; journeys are not counted. */
  readonly counts: readonly (readonly [PartState, number])[];
  /** A part that is why something breaks, where there is one: the first in order of declaration. */
  readonly cause?: string;
}

/** A region or a zone. */
export interface SiteState {
  /** {@link import('./diagram-graph.js').Place.site}, or that of one of its zones. A lost region takes its zones with it. */
  readonly site: string;
  readonly state: PartState;
  /** Serves now what another region served before. */
  readonly promoted?: boolean;
  readonly says?: string;
}

/** The instances of one component in one site, where they differ from what its site says. */
export interface CellState {
  readonly node: string;
  /** {@link import('./diagram-graph.js').ZoneCell.site}. */
  readonly site: string;
  /** How many of the cell's pips are lost; all of them where absent and the site is lost, else none. */
  readonly lost?: number;
  /** How many of those that are left were promoted; they are drawn as active, and as primary where they have a letter. */
  readonly promoted?: number;
  /** The letter that the promoted ones now wear; `P` where absent. */
  readonly letter?: Pip['letter'];
}

/** A line between two nodes. */
export interface EdgeState {
  /** {@link import('./diagram-graph.js').DiagramEdge.id}. */
  readonly id: string;
  /** `down`: its caller fails through it; `degraded`: its caller goes on without it; `lost`: the line itself was cut. */
  readonly state: PartState;
  readonly says?: string;
}

/** The replication that arrives in a region of a card. */
export interface ReplicationState {
  readonly node: string;
  readonly region: string;
  /** Instead of its mode and lag: `cut · ≤ 5 s lost`. */
  readonly text: string;
}

/** What a picture shows in a what-if. Lists, not records: a name of a model could be anything. */
export interface DiagramStates {
  /** Instead of the model's title: `What if cn-north.a is lost?`. */
  readonly title: string;
  /** Behind the counts of the states, one after the other until there is no more room. `strong` parts are bold. */
  readonly summary: readonly { readonly text: string; readonly strong?: boolean }[];
  readonly nodes: readonly NodeState[];
  readonly sites: readonly SiteState[];
  readonly cells?: readonly CellState[];
  readonly edges?: readonly EdgeState[];
  readonly replications?: readonly ReplicationState[];
}
