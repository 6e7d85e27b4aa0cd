import type { PageStart } from '../../language/diagram/export/page-data.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import type { WorstLosses } from '../../language/diagram/what-if/worst-losses.js';
import type { OfferedGroup } from '../../language/part-changes/part-changes.js';
import type { Matrix } from '../../language/report/matrix/matrix.js';
import type { MatrixFormat } from '../../language/report/matrix/matrix-document.js';

/**
 * What the editor and the picture say to each other. Only types and names stand here, so that both sides can import the
 * file without taking code of the other.
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
  /** The file whose model it is: zoom, view and switches are kept for each. */
  readonly file?: string;
  /** How the file was looked at last, in whichever view; as {@link KeptMessage} said it. */
  readonly kept?: unknown;
}

/** The scripts of the layout workers as text. A webview may start workers only from a blob of its own. */
export interface WorkerMessage {
  readonly kind: 'worker';
  /** The engine's. */
  readonly source: string;
  /** That of the layered layout of our own, which is the page's. */
  readonly layered: string;
}

/** What a file declares, from its syntax alone: it stands in for the first picture. */
export interface OutlineMessage {
  readonly kind: 'outline';
  readonly uri: string;
  readonly parts: readonly {
    readonly name: string;
    /** `service, tier 1, in north` */
    readonly detail: string;
    readonly start: ViewPosition;
    readonly end: ViewPosition;
  }[];
}

/** What becomes of the model with this switched off; null where the model has none of it (any more). */
export interface WhatIfAnswerMessage {
  readonly kind: 'what-if-answer';
  readonly asked: Switches;
  readonly answer: WhatIf | null;
}

export interface LossesMessage {
  readonly kind: 'losses';
  readonly losses: WorstLosses | null;
}

export interface MatrixMessage {
  readonly kind: 'matrix';
  readonly matrix: Matrix | null;
}

/** What can be changed of a part that was chosen. */
export interface PartChangesMessage {
  readonly kind: 'part-changes';
  /** As asked: the component, journey, region or zone. */
  readonly name: string;
  readonly groups: readonly OfferedGroup[];
}

/** How keeping a scenario, a change of the text, or an export ended: one sentence. */
export interface NoticeMessage {
  readonly kind: 'notice';
  readonly text: string;
  /** The file whose last change can be taken back. */
  readonly undo?: string;
  /** A file was saved, and this can be done with it. */
  readonly saved?: readonly SavedAction[];
}

/** The cursor stands in what is declared here; null: in nothing that the picture could show. */
export interface CursorMessage {
  readonly kind: 'cursor';
  readonly at: { readonly uri: string; readonly start: ViewPosition } | null;
}

export type HostMessage =
  | DiagramMessage
  | WorkerMessage
  | OutlineMessage
  | WhatIfAnswerMessage
  | LossesMessage
  | MatrixMessage
  | PartChangesMessage
  | NoticeMessage
  | CursorMessage;

/** Every kind of message that the editor sends. */
export const hostMessageKinds: readonly HostMessage['kind'][] = [
  'diagram',
  'worker',
  'outline',
  'what-if-answer',
  'losses',
  'matrix',
  'part-changes',
  'notice',
  'cursor',
];

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

/** What is switched off now. */
export interface WhatIfMessage {
  readonly kind: 'what-if';
  readonly switches: Switches;
}

/** Nothing is switched off any more; or asks for the worst losses, or for the matrix. */
export interface AskMessage {
  readonly kind: 'what-if-over' | 'ask-losses' | 'ask-matrix';
}

/** Keep what is switched off as a scenario of the file. */
export interface KeepMessage {
  readonly kind: 'keep';
  readonly switches: Switches;
}

/** Offer what can be done to the text at what was chosen in the picture. */
export interface ActionsMessage {
  readonly kind: 'actions';
  readonly uri: string;
  readonly start: ViewPosition;
  readonly end: ViewPosition;
}

/** What can be changed of a part? */
export interface AskChangesMessage {
  readonly kind: 'ask-changes';
  readonly name: string;
}

/** Change the text in one of the ways that were listed. */
export interface ChangeMessage {
  readonly kind: 'change';
  readonly name: string;
  readonly id: string;
}

/** How a file is looked at now: for other views, and for when this one is closed. */
export interface KeptMessage {
  readonly kind: 'kept';
  readonly file: string;
  readonly state: unknown;
}

/** Whether the view stays with its file when another one becomes active. */
export interface PinMessage {
  readonly kind: 'pin';
  readonly pinned: boolean;
}

/** Take back the last change of a file. */
export interface UndoMessage {
  readonly kind: 'undo';
  readonly uri: string;
}

/** Write the matrix into a file that the user chooses. */
export interface SaveMatrixMessage {
  readonly kind: 'save-matrix';
  readonly format: MatrixFormat;
}

/** Write a picture into a file that the user chooses; `content` is text, or base64 of an image. */
export interface SavePictureMessage {
  readonly kind: 'save-picture';
  /** What the file is called unless the user says otherwise, without its ending. */
  readonly name: string;
  readonly format: 'svg' | 'png' | 'mmd' | 'd2';
  readonly content: string;
}

/** Write the picture as an interactive page of one file that the user chooses. */
export interface SavePageMessage {
  readonly kind: 'save-page';
  /** As in {@link SavePictureMessage}. */
  readonly name: string;
  /** What it opens with, but for its language. */
  readonly start: PageStart;
}

/** Open the file that was saved last, or show where it lies. */
export interface ShowSavedMessage {
  readonly kind: 'show-saved';
  readonly how: SavedAction;
}

/** What can be done with a file that was saved. */
export type SavedAction = 'open' | 'reveal';

/** What the export menu asks for. */
export type ExportMessage = SavePictureMessage | SavePageMessage;

export type ViewMessage =
  | ReadyMessage
  | RevealMessage
  | WhatIfMessage
  | AskMessage
  | KeepMessage
  | ActionsMessage
  | AskChangesMessage
  | ChangeMessage
  | UndoMessage
  | KeptMessage
  | PinMessage
  | SaveMatrixMessage
  | ExportMessage
  | ShowSavedMessage;
