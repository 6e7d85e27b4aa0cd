import { type LangiumDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { applyEdits } from '../../language/edit/apply.js';
import type { TextChange } from '../../language/edit/edit.js';
import type { AnalysedModel } from '../../language/workspace.js';
import type { Figures } from './figures.js';
import { answerOrNothing, type Log } from './guarded.js';
import { partChanges, pictureAnswers, reportWriter } from './on-demand.js';
import {
  type DocumentParams,
  type KeepScenarioResult,
  keepScenarioRequest,
  type MatrixParams,
  type MatrixResult,
  matrixRequest,
  type PageResult,
  type PartChangesParams,
  type PartChangesResult,
  type PictureEdit,
  pageRequest,
  partChangesRequest,
  type WhatIfParams,
  type WhatIfResult,
  type WorstLossesResult,
  whatIfRequest,
  worstLossesRequest,
} from './protocol.js';

/** Answers what the picture asks beside itself. `analysed` waits for the analysis of the newest text. */
export function addPictureRequests(
  connection: Connection,
  shared: LangiumSharedServices,
  figures: () => Figures,
  analysed: (token: CancellationToken) => Promise<void>,
  log: Log,
): void {
  type Answers = Awaited<ReturnType<typeof pictureAnswers>>;
  /** Asks with the model of a file as it stands; `none` where there is no model, or where the answer failed. */
  const asked = async <T>(
    name: string,
    uri: string,
    token: CancellationToken,
    none: T,
    ask: (answers: Answers, of: AnalysedModel) => T,
  ) => {
    const answered = async (): Promise<T> => {
      const answers = await pictureAnswers();
      await analysed(token);
      const [of] = figures().modelsOf(uri);
      return of === undefined ? none : ask(answers, of);
    };
    return (await answerOrNothing(name, answered, log)) ?? none;
  };
  connection.onRequest(whatIfRequest, ({ uri, switches }: WhatIfParams, token: CancellationToken) =>
    asked<WhatIfResult>('what-if', uri, token, { whatIf: null }, ({ whatIf }, { model, analysis }) => ({
      whatIf: whatIf(model, analysis, switches) ?? null,
    })),
  );
  connection.onRequest(worstLossesRequest, ({ uri }: DocumentParams, token: CancellationToken) =>
    asked<WorstLossesResult>('worst losses', uri, token, { losses: null }, ({ worstLosses }, { model, analysis }) => ({
      losses: worstLosses(model, analysis),
    })),
  );
  connection.onRequest(pageRequest, ({ uri }: DocumentParams, token: CancellationToken) =>
    asked<PageResult>('page', uri, token, { page: null }, ({ pageModelOf }, { model, analysis }) => ({
      page: pageModelOf(model, analysis),
    })),
  );
  connection.onRequest(matrixRequest, async ({ uri, format }: MatrixParams, token: CancellationToken) => {
    const answered = async (): Promise<MatrixResult> => {
      const { matrixOf, matrixText } = await reportWriter();
      await analysed(token);
      const [of] = figures().modelsOf(uri);
      if (of === undefined) return { matrix: null };
      const { model, analysis } = of;
      return format === undefined
        ? { matrix: matrixOf(model, analysis) }
        : { matrix: null, text: matrixText(model, analysis, format) };
    };
    return (await answerOrNothing('matrix', answered, log)) ?? { matrix: null };
  });
  const documentOf = (file: string): LangiumDocument | undefined =>
    shared.workspace.LangiumDocuments.getDocument(URI.parse(file));
  connection.onRequest(partChangesRequest, async ({ uri, name, id }: PartChangesParams, token: CancellationToken) => {
    const none: PartChangesResult = { groups: [], edits: [] };
    const answered = async (): Promise<PartChangesResult> => {
      const { partChanges: changesOf, offered, editsOf } = await partChanges();
      await analysed(token);
      const [of] = figures().modelsOf(uri);
      if (of === undefined) return none;
      const found = changesOf(of.model, of.findings, of.analysis.asOf, name);
      const edits = id === undefined ? undefined : editsOf(found, id);
      const texts = applyEdits(edits ?? [], (file) => documentOf(file)?.textDocument.getText());
      return { groups: offered(found), edits: texts.flatMap((change) => editOf(change, documentOf(change.uri)) ?? []) };
    };
    return (await answerOrNothing('changes of a part', answered, log)) ?? none;
  });
  connection.onRequest(keepScenarioRequest, ({ uri, switches }: WhatIfParams, token: CancellationToken) => {
    const failed: KeepScenarioResult = { edits: [], problem: 'Nothing is switched off that the model has.' };
    return asked<KeepScenarioResult>('kept scenario', uri, token, failed, ({ whatIf, keptScenario }, { model, analysis }) => {
      const shown = whatIf(model, analysis, switches);
      if (shown === undefined) return failed;
      const kept = keptScenario(model, shown, (file) => documentOf(file)?.textDocument.getText());
      if ('problem' in kept) return { edits: [], problem: kept.problem };
      return { name: kept.name, edits: kept.changes.flatMap((change) => editOf(change, documentOf(change.uri)) ?? []) };
    });
  });
}

function editOf({ uri, start, end, text }: TextChange, document: LangiumDocument | undefined): PictureEdit | undefined {
  if (document === undefined) return undefined;
  const { textDocument } = document;
  return {
    uri,
    version: textDocument.version,
    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    text,
  };
}
