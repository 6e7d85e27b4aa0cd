import type { DiagramGraph } from '../../language/diagram/graph.js';

/**
 * What the editor and the picture say to each other. Only types stand here, so that both sides can import the file
 * without taking code of the other.
 */

/** A place in a text: line and character, both from 0, characters in UTF-16 units. */
export interface ViewPosition {
  readonly line: number;
  readonly character: number;
}

/** A new picture. `graph` is null when the model cannot be drawn now: then the last good picture stays. */
export interface DiagramMessage {
  readonly kind: 'diagram';
  readonly graph: DiagramGraph | null;
  /** The version of the document; an older one than the last shown is ignored. */
  readonly version: number;
  /** One sentence for the user when the picture is missing or stale. */
  readonly problem?: string;
}

/** The script of the layout worker as text. A webview may start workers only from a blob of its own. */
export interface WorkerMessage {
  readonly kind: 'worker';
  readonly source: string;
}

export type HostMessage = DiagramMessage | WorkerMessage;

/** The view listens now and wants the worker and the first picture. */
export interface ReadyMessage {
  readonly kind: 'ready';
}

/** The user activated something in the picture: show where it is written. */
export interface RevealMessage {
  readonly kind: 'reveal';
  readonly uri: string;
  readonly start: ViewPosition;
  readonly end: ViewPosition;
}

export type ViewMessage = ReadyMessage | RevealMessage;
