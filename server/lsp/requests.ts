import { DocumentState, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { CancellationToken, type Connection, DiagnosticSeverity } from 'vscode-languageserver';
import type { buildGraph } from '../../language/diagram/graph.js';
import type { generateManifests, groupedProblems, OwnFiles } from '../../language/generate/index.js';
import type { EditChoices, WritePlan } from '../../language/generate/plan.js';
import type { Model } from '../../language/model/model.js';
import { readOwnManifests } from '../files/own-manifests.js';
import { sha256 } from '../files/sha256.js';
import { judgedManifests } from './check-manifests-request.js';
import type { Figures } from './figures.js';
import { answerOrNothing, type Log } from './guarded.js';
import { imported } from './import-request.js';
import { laidOver } from './laid-over.js';
import { type ManifestWriter, manifestTextOf } from './manifest-text.js';
import { manifestGenerator, pictureGraph, reportWriter } from './on-demand.js';
import { addPictureRequests } from './picture-requests.js';
import {
  type DiagramResult,
  type DocumentParams,
  diagramRequest,
  type HealthResult,
  healthRequest,
  type ImportParams,
  type ImportResult,
  importRequest,
  type ManifestCheckParams,
  type ManifestCheckResult,
  type ManifestPlanParams,
  type ManifestPlanResult,
  type ManifestsResult,
  type ManifestTextParams,
  type ManifestTextResult,
  manifestCheckRequest,
  manifestPlanRequest,
  manifestsRequest,
  manifestTextRequest,
  type ReportResult,
  reportRequest,
} from './protocol.js';

type ReportWriter = Awaited<ReturnType<typeof reportWriter>>;

/** Answers the requests that are DRML's own. Each waits for the analysis of the newest text first. */
export function addRequests(connection: Connection, shared: LangiumSharedServices, figures: () => Figures, log: Log): void {
  const analysed = async (token: CancellationToken): Promise<void> => {
    await shared.workspace.WorkspaceManager.ready;
    await shared.workspace.DocumentBuilder.waitUntil(DocumentState.Validated, token);
  };
  connection.onRequest(diagramRequest, async ({ uri }: DocumentParams, token: CancellationToken) => {
    const drawn = async (): Promise<DiagramResult> => {
      const { buildGraph } = await pictureGraph();
      await analysed(token);
      return diagramOf(shared, figures(), uri, buildGraph);
    };
    return (await answerOrNothing('diagram', drawn, log)) ?? undrawable(shared, uri);
  });
  connection.onRequest(manifestsRequest, async ({ uri }: DocumentParams, token: CancellationToken) => {
    const failed: ManifestsResult = {
      root: uri,
      files: [],
      problems: ['The manifests could not be generated; the output "DRML" says why.'],
    };
    const generated = async (): Promise<ManifestsResult> => {
      const writer = await manifestGenerator();
      await analysed(token);
      return manifestsOf(shared, figures(), uri, writer, await ownFilesOf(shared, figures(), uri));
    };
    return (await answerOrNothing('manifests', generated, log)) ?? failed;
  });
  connection.onRequest(manifestPlanRequest, async (params: ManifestPlanParams, token: CancellationToken) => {
    const planned = async (): Promise<ManifestPlanResult> => {
      const { generateManifests, planWrite, requestWithKept } = await manifestGenerator();
      await analysed(token);
      const read = readerOf(params);
      // What the command line was asked for beside the manifests is kept up here too.
      const request = requestWithKept({ extras: new Set() }, read);
      const own = await ownFilesOf(shared, figures(), params.uri);
      return planOf(shared, figures(), params, (model) =>
        planWrite(generateManifests(model, own, undefined, request), read, choicesOf(params)),
      );
    };
    const problem = 'The manifests could not be generated; the output "DRML" says why.';
    return (await answerOrNothing('manifest plan', planned, log)) ?? { plan: null, problem };
  });
  connection.onRequest(manifestTextRequest, async (params: ManifestTextParams, token: CancellationToken) => {
    const problem = 'The manifests could not be generated; the output "DRML" says why.';
    const failed: ManifestTextResult = { root: params.uri, component: '', text: null, lines: [], problem };
    const written = async (): Promise<ManifestTextResult> => {
      const writer = await manifestGenerator();
      await analysed(token);
      return readableManifests(shared, figures(), params, writer, await ownFilesOf(shared, figures(), params.uri));
    };
    return (await answerOrNothing('manifest text', written, log)) ?? failed;
  });
  connection.onRequest(reportRequest, async ({ uri }: DocumentParams, token: CancellationToken) => {
    const failed: ReportResult = {
      root: uri,
      model: '',
      markdown: null,
      problem: 'The report could not be made; the output "DRML" says why.',
    };
    const written = async (): Promise<ReportResult> => {
      const writer = await reportWriter();
      await analysed(token);
      return reportResult(shared, figures(), uri, writer);
    };
    return (await answerOrNothing('report', written, log)) ?? failed;
  });
  connection.onRequest(importRequest, async (params: ImportParams) => {
    const problem = 'The import failed; the output "DRML" says why.';
    const failed: ImportResult = { text: null, problems: [], missing: [], problem };
    return (await answerOrNothing('import', () => imported(params, shared), log)) ?? failed;
  });
  connection.onRequest(manifestCheckRequest, async ({ files, own }: ManifestCheckParams) => {
    const failed: ManifestCheckResult = { files: [], problem: 'The check failed; the output "DRML" says why.' };
    const isLaidOver = (code: string, file: string): boolean =>
      laidOver(
        figures()
          .all()
          .map(({ model }) => model),
        file,
      ).has(code);
    const judged = async (): Promise<ManifestCheckResult> => ({
      files: await judgedManifests(files, (file) => figures().configOf(file), own === true ? isLaidOver : undefined),
    });
    return (await answerOrNothing('check of manifests', judged, log)) ?? failed;
  });
  addPictureRequests(connection, shared, figures, analysed, log);
  // Clients send this request with empty parameters or with none; the token comes last either way.
  connection.onRequest(healthRequest, async (...given: unknown[]) => {
    const token: unknown = given.at(-1);
    await analysed(CancellationToken.is(token) ? token : CancellationToken.None);
    return answerOrNothing('health', () => healthOf(shared, figures()), log) ?? null;
  });
}

function diagramOf(shared: LangiumSharedServices, figures: Figures, uri: string, graphOf: typeof buildGraph): DiagramResult {
  const version = versionOf(shared, uri);
  const broken = brokenFiles(shared, figures, uri);
  if (broken.length > 0) return { version, diagram: null, problem: `Syntax errors in ${broken.join(', ')}.` };
  const [model] = figures.modelsOf(uri);
  if (model === undefined) return { version, diagram: null, problem: 'This file belongs to no model.' };
  return { version, diagram: graphOf(model.model, model.analysis) };
}

function undrawable(shared: LangiumSharedServices, uri: string): DiagramResult {
  return {
    version: versionOf(shared, uri),
    diagram: null,
    problem: 'The picture could not be made; the output "DRML" says why.',
  };
}

function manifestsOf(
  shared: LangiumSharedServices,
  figures: Figures,
  uri: string,
  writer: { readonly generateManifests: typeof generateManifests; readonly groupedProblems: typeof groupedProblems },
  own: OwnFiles,
): ManifestsResult {
  const [analysed] = figures.modelsOf(uri);
  if (analysed === undefined) return { root: uri, files: [], problems: ['This file belongs to no model.'] };
  const broken = brokenFiles(shared, figures, uri);
  const root = analysed.model.root;
  if (broken.length > 0) return { root, files: [], problems: [`Syntax errors in ${broken.join(', ')}: nothing is generated.`] };
  const { files, problems } = writer.generateManifests(analysed.model, own);
  return { root, files, problems: writer.groupedProblems(problems).map(({ message }) => message) };
}

/** The files that the components of a model name as their own manifests. */
async function ownFilesOf(shared: LangiumSharedServices, figures: Figures, uri: string): Promise<OwnFiles> {
  const [analysed] = figures.modelsOf(uri);
  if (analysed === undefined) return new Map();
  return readOwnManifests(analysed.model, (file) => shared.workspace.FileSystemProvider.readBinary(file));
}

function planOf(
  shared: LangiumSharedServices,
  figures: Figures,
  { uri }: ManifestPlanParams,
  plan: (model: Model) => WritePlan,
): ManifestPlanResult {
  const [analysed] = figures.modelsOf(uri);
  if (analysed === undefined) return { plan: null, problem: 'This file belongs to no model.' };
  const broken = brokenFiles(shared, figures, uri);
  if (broken.length > 0) return { plan: null, problem: `Syntax errors in ${broken.join(', ')}.` };
  return { plan: plan(analysed.model) };
}

/** What the client has seen in the folder. */
function readerOf({ present }: ManifestPlanParams): (path: string) => string | undefined {
  const texts = new Map(Object.entries(present));
  return (path) => texts.get(path);
}

function choicesOf({ edits }: ManifestPlanParams): EditChoices {
  if (edits === 'refuse') return {};
  return edits === 'move' ? { move: 'all' } : { overwrite: new Set(edits.overwrite) };
}

function readableManifests(
  shared: LangiumSharedServices,
  figures: Figures,
  params: ManifestTextParams,
  writer: ManifestWriter,
  own: OwnFiles,
): ManifestTextResult {
  const { uri } = params;
  const [analysed] = figures.modelsOf(uri);
  const missing = (root: string, problem: string): ManifestTextResult => ({
    root,
    component: '',
    text: null,
    lines: [],
    problem,
  });
  if (analysed === undefined) return missing(uri, 'This file belongs to no model.');
  const broken = brokenFiles(shared, figures, uri);
  if (broken.length > 0) return missing(analysed.model.root, `Syntax errors in ${broken.join(', ')}.`);
  return manifestTextOf(analysed.model, params, writer, own);
}

async function reportResult(
  shared: LangiumSharedServices,
  figures: Figures,
  uri: string,
  { markdownOf, originOf, reportOf }: ReportWriter,
): Promise<ReportResult> {
  const [analysed] = figures.modelsOf(uri);
  if (analysed === undefined) return { root: uri, model: '', markdown: null, problem: 'This file belongs to no model.' };
  const { model } = analysed;
  const broken = brokenFiles(shared, figures, uri);
  if (broken.length > 0) {
    return { root: model.root, model: model.name, markdown: null, problem: `Syntax errors in ${broken.join(', ')}.` };
  }
  const textOf = (file: string): string =>
    shared.workspace.LangiumDocuments.getDocument(URI.parse(file))?.textDocument.getText() ?? '';
  const origin = await originOf(model, (file) => new TextEncoder().encode(textOf(file)), sha256);
  return { root: model.root, model: model.name, markdown: markdownOf(reportOf({ ...analysed, origin })) };
}

function healthOf(shared: LangiumSharedServices, figures: Figures): HealthResult {
  const seen = new Set<string>();
  let errors = 0;
  let warnings = 0;
  for (const document of shared.workspace.LangiumDocuments.all) {
    for (const { severity } of document.diagnostics ?? []) {
      if (severity === DiagnosticSeverity.Error) errors++;
      else if (severity === DiagnosticSeverity.Warning) warnings++;
    }
  }
  for (const finding of figures.all().flatMap(({ findings }) => findings)) {
    // A file of several models is judged in each: what they agree on counts once.
    const key = JSON.stringify([finding.code, finding.at, finding.message]);
    if (finding.accepted !== undefined || seen.has(key)) continue;
    seen.add(key);
    if (finding.severity === 'error') errors++;
    else if (finding.severity === 'warning') warnings++;
  }
  const names = new Set(figures.all().map(({ model }) => model.name));
  return { model: [...names].sort().join(', '), findings: { errors, warnings }, analysisMilliseconds: figures.milliseconds };
}

/** Names of the files of the model that could not be parsed: a picture or manifests of a torn model would mislead. */
function brokenFiles(shared: LangiumSharedServices, figures: Figures, uri: string): readonly string[] {
  const files = figures.modelsOf(uri)[0]?.model.files.map((file) => file.uri) ?? [uri];
  return files
    .filter((file) => {
      const result = shared.workspace.LangiumDocuments.getDocument(URI.parse(file))?.parseResult;
      return result !== undefined && (result.parserErrors.length > 0 || result.lexerErrors.length > 0);
    })
    .map((file) => file.slice(file.lastIndexOf('/') + 1));
}

function versionOf(shared: LangiumSharedServices, uri: string): number {
  return shared.workspace.TextDocuments.get(uri)?.version ?? 0;
}
