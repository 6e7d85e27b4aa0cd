/**
 * What a picture shows, as plain readonly data that survives JSON: the server builds it, the webview and the command
 * line draw it. Nothing here knows positions; those are a {@link import('./layout.js').Layout}.
 */
import type { ComponentKind } from '../model/model.js';

/** Line and character, both from 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Where something is written: what a click reveals. */
export interface SourceRange {
  readonly uri: string;
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** The outline a node is drawn with. A gateway that runs in places is a card, one that does not is a hexagon. */
export type NodeShape = 'journey' | 'hexagon' | 'card' | 'bucket' | 'third-party' | 'group';

/** How an instance takes part. Letters are only for what replicates: primary, sync, async, witness. */
export interface Pip {
  readonly role: 'active' | 'standby' | 'witness';
  readonly letter?: 'P' | 'S' | 'A' | 'W';
}

/** One zone of a region on a card. `site` is the zone's path, or the region where the cell spans all its zones. */
export interface ZoneCell {
  readonly site: string;
  readonly label: string;
  readonly pips: readonly Pip[];
  /** The cell takes the whole row: the component is placed in the region and in no zone of it. */
  readonly spans: boolean;
}

/**
 * One region of a card. `arrives` is the replication between it and the row above: it leads here, or up into the region `into`
 * where the first row is a copy.
 */
export interface RegionRow {
  readonly region: string;
  /** Empty where the model has one region only. */
  readonly label: string;
  readonly cells: readonly ZoneCell[];
  readonly arrives?: { readonly mode: 'sync' | 'async'; readonly lag?: string; readonly into?: string };
}

/** A short fact (`needs 2 of 3`), or something to worry about (`1 replica`). `says` is the sentence behind it. */
export interface Chip {
  readonly text: string;
  readonly tone: 'fact' | 'finding' | 'missed';
  readonly says: string;
}

/** Whether the objectives are held: `unknown` where a figure is missing. */
export type ObjectiveState = 'met' | 'missed' | 'unknown';

export interface DiagramNode {
  readonly id: string;
  /** `group`: several components, folded. */
  readonly kind: 'journey' | 'group' | ComponentKind;
  readonly shape: NodeShape;
  readonly name: string;
  readonly title?: string;
  readonly source: SourceRange;
  /** Without a unit, in pixels of the picture at 1:1. */
  readonly width: number;
  readonly height: number;
  /** One line under the name: `third party`, `in cn-south · every 1 d`, `99.9898% (53.7 min/yr)`. Never cut where it is a figure. */
  readonly subtitle?: string;
  readonly rows: readonly RegionRow[];
  /** The one region that it stands in: of a bucket, and of a copy in a lane. */
  readonly region?: string;
  /** The node of the whole picture that this is a copy of, in a lane. */
  readonly copyOf?: string;
  readonly chips: readonly Chip[];
  /** Of a journey its own number, of a component those of the journeys that cannot do without it; from 1. */
  readonly journeys: readonly number[];
  readonly verdict?: ObjectiveState;
  readonly badge?: 'SPOF';
  /** Sentences for hover and for screen readers. */
  readonly says: readonly string[];
}

/**
 * What an edge means for its caller. `hard`: it fails too. `choice`: it needs some of several. `soft`: it goes on.
 * `async`: it hands over and goes on later. `route`: traffic is sent there, what fails is judged elsewhere.
 * `backup`: a copy goes there. `sync-copy`, `async-copy`: data is replicated there; only between lanes, else cards tell it.
 */
export type Relation = 'hard' | 'choice' | 'soft' | 'async' | 'route' | 'backup' | 'sync-copy' | 'async-copy';

export interface DiagramEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
  readonly source: SourceRange;
  readonly says: string;
  /** The line of the whole picture that this is a copy of, in lanes. */
  readonly copyOf?: { readonly id: string; readonly from: string; readonly to: string };
  /** Nothing runs over it now: its region stands by. */
  readonly quiet?: boolean;
}

/** A region with its zones, for the map of places. */
export interface Place {
  readonly site: string;
  readonly label: string;
  readonly role: 'active' | 'standby' | 'witness' | 'copies' | 'unused';
  /** Alone it takes a journey down. */
  readonly single: boolean;
  readonly source: SourceRange;
  readonly zones: readonly {
    readonly site: string;
    readonly label: string;
    readonly single: boolean;
    readonly source: SourceRange;
  }[];
}

/** Measures that all cards of one picture share, so that columns align. */
export interface CardMeasure {
  readonly width: number;
  readonly regionLabelWidth: number;
  readonly cellWidth: number;
}

/** One count of the summary; `mark` is the glyph before it. */
export interface SummaryPart {
  readonly text: string;
  readonly mark?: ObjectiveState;
}

export interface DiagramGraph {
  /** What the model is called in its text. */
  readonly name: string;
  readonly title: string;
  /** Which part of the system it is: `journey home`; absent where it is the whole. It ends the title. */
  readonly view?: string;
  /** Counts for the line under the title: `2 regions`, `12 components`, `1 missed`. */
  readonly summary: readonly SummaryPart[];
  readonly card: CardMeasure;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  readonly places: readonly Place[];
  /** The regions drawn as lanes, in the view that has them. */
  readonly lanes?: readonly Place[];
  /** Equal for two graphs exactly when one layout serves both: the same nodes of the same sizes, the same edges, as many places. */
  readonly structure: string;
}
