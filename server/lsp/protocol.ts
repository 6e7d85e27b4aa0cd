import type { PageModel } from '../../language/diagram/export/page-data.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import type { WhatIf } from '../../language/diagram/what-if/what-if.js';
import type { WorstLosses } from '../../language/diagram/what-if/worst-losses.js';
import type { WritePlan } from '../../language/generate/plan.js';
import type { OfferedGroup } from '../../language/part-changes/part-changes.js';
import type { Matrix } from '../../language/report/matrix/matrix.js';
import type { MatrixFormat } from '../../language/report/matrix/matrix-document.js';

/**
 * What client and server say to each other beyond LSP. Only types and method names stand here, so that
 * both sides, and any other editor's client, can import this file.
 */

/** Names the file whose model (its import closure) is meant. */
export interface DocumentParams {
  /** The URI of a .drml file, as the client spells it. */
  readonly uri: string;
}

/** Asks for the picture of the model that a file belongs to. Params: {@link DocumentParams}, result: {@link DiagramResult}. */
export const diagramRequest = 'drml/diagram';

export interface DiagramResult {
  /** The version of the asked document that the picture was made from. */
  readonly version: number;
  /** What to draw, or null when the model cannot be drawn now. */
  readonly diagram: DiagramGraph | null;
  /** One sentence for the user when the picture is missing or stale. */
  readonly problem?: string;
}

/** Asks what becomes of a model when something is switched off. Params: {@link WhatIfParams}, result: {@link WhatIfResult}. */
export const whatIfRequest = 'drml/whatIf';

export interface WhatIfParams extends DocumentParams {
  /** What is off. Names that the model does not have are left out. */
  readonly switches: Switches;
}

export interface WhatIfResult {
  /** Null where nothing of it is in the model, or where there is no model. */
  readonly whatIf: WhatIf | null;
}

/** Asks which losses hurt most, and for the scenarios of the model. Params: {@link DocumentParams}, result: {@link WorstLossesResult}. */
export const worstLossesRequest = 'drml/worstLosses';

export interface WorstLossesResult {
  readonly losses: WorstLosses | null;
}

/** Asks for what an interactive page holds of a model. Params: {@link DocumentParams}, result: {@link PageResult}. */
export const pageRequest = 'drml/page';

export interface PageResult {
  /** Null where there is no model now. */
  readonly page: PageModel | null;
}

/** Asks for the edit that keeps a what-if as a scenario; nothing is changed. Params: {@link WhatIfParams}, result: {@link KeepScenarioResult}. */
export const keepScenarioRequest = 'drml/keepScenario';

export interface KeepScenarioResult {
  /** The name of the scenario that the edits write. */
  readonly name?: string;
  readonly edits: readonly PictureEdit[];
  /** One sentence for the user when it cannot be kept. */
  readonly problem?: string;
}

/** One change of a text. */
export interface PictureEdit {
  readonly uri: string;
  /** Of the document that the change was made for. */
  readonly version: number;
  readonly range: { readonly start: LinePosition; readonly end: LinePosition };
  readonly text: string;
}

/** Asks what can be changed of one part of the picture; nothing is changed. Params: {@link PartChangesParams}, result: {@link PartChangesResult}. */
export const partChangesRequest = 'drml/partChanges';

export interface PartChangesParams extends DocumentParams {
  /** The component, journey, region or zone (by its path). */
  readonly name: string;
  /** The change whose edits are wanted. */
  readonly id?: string;
}

export interface PartChangesResult {
  /** Empty where the model has no part of the name. */
  readonly groups: readonly OfferedGroup[];
  /** Of the change that was asked for; empty where it is not possible any more. */
  readonly edits: readonly PictureEdit[];
}

/** Asks for the disaster recovery matrix of the model that a file belongs to. Params: {@link MatrixParams}, result: {@link MatrixResult}. */
export const matrixRequest = 'drml/matrix';

export interface MatrixParams extends DocumentParams {
  /** The matrix as text of this format; as data where absent. */
  readonly format?: MatrixFormat;
}

export interface MatrixResult {
  readonly matrix: Matrix | null;
  readonly text?: string;
}

/** Server to client, after every analysis. Params: {@link AnalysisChangedParams}. */
export const analysisChangedNotification = 'drml/analysisChanged';

export interface AnalysisChangedParams {
  /** The files whose figures, findings or picture may have changed. */
  readonly uris: readonly string[];
}

/** Asks for the manifests of the model that a file belongs to; nothing is written. Params: {@link DocumentParams}, result: {@link ManifestsResult}. */
export const manifestsRequest = 'drml/manifests';

export interface GeneratedFile {
  /** The path below the output folder, with forward slashes and without `..`. */
  readonly path: string;
  readonly content: string;
}

export interface ManifestsResult {
  /** The URI of the model's root file; the output folder lies next to it by default. */
  readonly root: string;
  readonly files: readonly GeneratedFile[];
  /** Why files are missing, one sentence each; empty when the model could be generated in full. */
  readonly problems: readonly string[];
}

/** Asks how a folder comes to hold the manifests of a model; nothing is written. Params: {@link ManifestPlanParams}, result: {@link ManifestPlanResult}. */
export const manifestPlanRequest = 'drml/manifestPlan';

export interface ManifestPlanParams extends DocumentParams {
  /** The folder's texts by their paths in it: of what is generated, of what its lock names, of the lock, and all of `custom/`. */
  readonly present: Readonly<Record<string, string>>;
  /** What becomes of files changed by hand: they stay, their changes become patches, or those named are written anew. */
  readonly edits: 'refuse' | 'move' | { readonly overwrite: readonly string[] };
}

export interface ManifestPlanResult {
  readonly plan: WritePlan | null;
  /** One sentence for the user when there is no plan. */
  readonly problem?: string;
}

/**
 * Asks for generated files as one text to read, with the places in the model that its lines follow from; nothing is written.
 * Params: {@link ManifestTextParams}, result: {@link ManifestTextResult}.
 */
export const manifestTextRequest = 'drml/manifestText';

export interface ManifestTextParams extends DocumentParams {
  /** What to show: the files of a component by its name, those of the component at a line of the file (from 0), or one file by its path. */
  readonly of: { readonly component: string } | { readonly line: number } | { readonly path: string };
}

export interface ManifestTextResult {
  /** The URI of the model's root file. */
  readonly root: string;
  /** The component; empty where one file was asked for, or where there is none. */
  readonly component: string;
  /** YAML, or null where there is none now. */
  readonly text: string | null;
  /** Lines of the text that follow from a place of the model, both from 0. */
  readonly lines: readonly ManifestLine[];
  /** The first line that follows from the line asked for. */
  readonly reveal?: number;
  /** One sentence for the user when the text is missing. */
  readonly problem?: string;
}

export interface ManifestLine {
  readonly line: number;
  readonly uri: string;
  readonly range: { readonly start: LinePosition; readonly end: LinePosition };
}

/** As the protocol says places: from 0. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Asks for the disaster recovery report of the model that a file belongs to. Params: {@link DocumentParams}, result: {@link ReportResult}. */
export const reportRequest = 'drml/report';

export interface ReportResult {
  /** The URI of the model's root file. */
  readonly root: string;
  /** The name of the model; empty where there is none. */
  readonly model: string;
  /** The report as Markdown, or null where it cannot be made now. The sums in it are of the texts as they stand in the editor. */
  readonly markdown: string | null;
  /** One sentence for the user when the report is missing. */
  readonly problem?: string;
}

/** Asks for a model of manifests; nothing is written. Params: {@link ImportParams}, result: {@link ImportResult}. */
export const importRequest = 'drml/importManifests';

/** The text of a manifest, and the path that messages name it by. */
export interface ManifestText {
  readonly path: string;
  readonly text: string;
}

export interface ImportParams {
  readonly files: readonly ManifestText[];
  /** What the user chose, for the head of the model. */
  readonly sources: readonly string[];
}

export interface ImportResult {
  /** The model, or null where the manifests hold nothing that runs. */
  readonly text: string | null;
  /** What could not be read; lines from 1. */
  readonly problems: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  /**
   * Files that kustomizations make config maps of and that were not sent: each by the path of the kustomization and what that writes,
   * relative to its folder. A client that can read them asks again with them.
   */
  readonly missing: readonly { readonly beside: string; readonly written: string }[];
  /** One sentence for the user when there is no model. */
  readonly problem?: string;
}

/** Server to client, where what a model names as its own manifests is not what it was, or one of them has changed. Params: {@link OwnManifestsParams}. */
export const ownManifestsNotification = 'drml/ownManifests';

export interface OwnManifestsParams {
  /** URI of the model's root file. */
  readonly root: string;
  /** URIs of all files of the model. */
  readonly files: readonly string[];
  /** URIs of the manifests that its components name; none where there is no such model any more. */
  readonly manifests: readonly string[];
}

/** Asks what is wrong with manifests; nothing is written. Params: {@link ManifestCheckParams}, result: {@link ManifestCheckResult}. */
export const manifestCheckRequest = 'drml/checkManifests';

export interface ManifestCheckParams {
  /** Their paths are URIs. */
  readonly files: readonly ManifestText[];
  /** Set where they are the manifests that models name: what DRML lays over them, or writes beside them, is not missing there. */
  readonly own?: boolean;
}

export interface ManifestCheckResult {
  /** Files with objects of Kubernetes, those without findings too. */
  readonly files: readonly JudgedManifest[];
  /** One sentence for the user when nothing was checked. */
  readonly problem?: string;
}

export interface JudgedManifest {
  readonly uri: string;
  readonly findings: readonly ManifestFinding[];
}

export interface ManifestFinding {
  readonly range: LineRange;
  readonly severity: 'error' | 'warning' | 'info';
  /** Code of the rule, or `yaml/…` for what cannot be read. */
  readonly code: string;
  readonly message: string;
  /** Address of the page of the rule. */
  readonly help?: string;
  readonly related: readonly { readonly uri: string; readonly range: LineRange; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly changes: readonly { readonly uri: string; readonly range: LineRange; readonly text: string }[];
  }[];
}

export interface LineRange {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

/** Server to client: asks for a file that is not on the server's disk. Params: {@link PathParams}, result: {@link FileResult}. */
export const readFileRequest = 'drml/readFile';

/** Server to client: asks what is in a folder that is not on the server's disk. Params: {@link PathParams}, result: {@link FolderResult}. */
export const readFolderRequest = 'drml/readFolder';

/** Names a file or a folder. */
export interface PathParams {
  readonly uri: string;
}

export interface FileResult {
  /** The bytes of the file in base64; null where it cannot be read. */
  readonly base64: string | null;
}

export interface FolderEntry {
  readonly name: string;
  /** A link is `other`: links are never followed. */
  readonly kind: 'file' | 'folder' | 'other';
}

export interface FolderResult {
  /** What is in the folder; null where it cannot be read. */
  readonly entries: readonly FolderEntry[] | null;
}

/** Asks how the workspace stands, for the status bar. Params: none, result: {@link HealthResult}, or null after an internal error. */
export const healthRequest = 'drml/health';

export interface HealthResult {
  /** The names of the models in the workspace, joined by ", "; empty when there is none. */
  readonly model: string;
  readonly findings: { readonly errors: number; readonly warnings: number };
  /** How long the last analysis took, in milliseconds. */
  readonly analysisMilliseconds: number;
}

/**
 * Commands that a client may offer to the server's lines and refactorings. It names those it has in `initializationOptions.commands`;
 * without them the lines are words only, and refactorings keep the names they made up.
 *
 * - `drml.openPreview` with the URI of a file: shows the picture of its model.
 * - `drml.showReferences` with a URI, a position and a list of locations: shows the locations.
 * - `drml.renameAfterEdit` with a URI and a position: asks for a new name of what stands there, after the edit it came with.
 * - `drml.openManifests` with a URI and the name of a component: shows its manifests, as {@link manifestTextRequest} gives them.
 */
export const clientCommands = ['drml.openPreview', 'drml.showReferences', 'drml.renameAfterEdit', 'drml.openManifests'] as const;

export type ClientCommand = (typeof clientCommands)[number];
