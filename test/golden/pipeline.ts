/** A text through every stage of the library, in memory: what all hosts do, without a host. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import { buildGraph } from '../../language/diagram/graph.js';
import { renderSvg } from '../../language/diagram/svg.js';
import type { DrmlFile } from '../../language/generated/ast.js';
import { generateManifests, noOwnFiles } from '../../language/generate/index.js';
import type { Document } from '../../language/report/document.js';
import { reportOf } from '../../language/report/report.js';
import { createDrmlCoreServices } from '../../language/syntax/drml-module.js';
import { applyEdits, formatDocument } from '../../language/syntax/format.js';
import { type AnalysedModel, ModelWorkspace } from '../../language/workspace.js';
import { layoutInNode } from '../../server/layout/elk-node.js';

/** Path → text. */
export type Files = Readonly<Record<string, string>>;

/** One problem of the language or finding of a rule; line and column from 1. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'info';
  /** `syntax/…` of the language, `DR…` of a rule. */
  readonly code: string;
  readonly message: string;
}

export interface Stages extends AnalysedModel {
  readonly diagnostics: readonly Diagnostic[];
  readonly documents: readonly LangiumDocument<DrmlFile>[];
  /** The text of the root, formatted. */
  readonly formatted: () => string;
  readonly picture: () => Promise<string>;
  readonly manifests: () => ReturnType<typeof generateManifests>;
  /** The disaster recovery report, of sources with made-up sums. */
  readonly report: () => Document;
}

/** Where the files lie; an address without a host has one slash when it is printed. */
const folder = 'memory:/';

/** Parses, links, checks, lowers, analyses and judges the files; `root` is the file whose model is asked for. */
export async function pipeline(files: Files, root = Object.keys(files)[0] ?? ''): Promise<Stages> {
  const { shared, drml } = createDrmlCoreServices(EmptyFileSystem);
  const documents = Object.entries(files).map(([path, text]) =>
    shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, URI.parse(`${folder}${path}`)),
  );
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  const workspace = new ModelWorkspace(shared, drml, { asOf: () => '2026-11-21', configOf: () => ({}) });
  const analysed = workspace.analysed(folder + root);
  const rootDocument = documents.find(({ uri }) => uri.toString() === folder + root);
  if (analysed === undefined || rootDocument === undefined) throw new Error(`${root} is not among the files.`);
  return {
    ...analysed,
    documents,
    diagnostics: diagnosticsOf(documents, analysed),
    formatted: () => {
      const text = rootDocument.textDocument.getText();
      return applyEdits(text, formatDocument(text, rootDocument.parseResult));
    },
    picture: async () => {
      const graph = buildGraph(analysed.model, analysed.analysis);
      return renderSvg(graph, await layoutInNode(graph), { theme: 'light', standalone: true, idPrefix: '' });
    },
    manifests: () => generateManifests(analysed.model, noOwnFiles),
    report: () => {
      const sources = analysed.model.files.map(({ uri }) => ({ path: shortName(uri), sha256: '0'.repeat(64) }));
      return reportOf({ ...analysed, origin: { version: '0.0.0', sources, sha256: '1'.repeat(64) } });
    },
  };
}

function diagnosticsOf(documents: readonly LangiumDocument<DrmlFile>[], { findings }: AnalysedModel): readonly Diagnostic[] {
  const found = documents.flatMap((document): readonly Diagnostic[] => {
    const file = shortName(document.uri.toString());
    const text = document.textDocument;
    const ofLanguage = (document.diagnostics ?? []).map((one) => ({
      file,
      line: one.range.start.line + 1,
      column: one.range.start.character + 1,
      severity: one.severity === 2 ? ('warning' as const) : one.severity === 3 ? ('info' as const) : ('error' as const),
      code: String(one.code ?? one.data?.code ?? '-'),
      message: typeof one.message === 'string' ? one.message : one.message.value,
    }));
    const ofRules = findings
      .filter(({ at }) => at.uri === document.uri.toString())
      .map(({ at, severity, code, message, accepted }) => {
        const start = text.positionAt(at.start);
        const shown = accepted === undefined ? message : `(accepted) ${message}`;
        return { file, line: start.line + 1, column: start.character + 1, severity, code, message: shown };
      });
    return [...ofLanguage, ...ofRules];
  });
  // Sorting is stable: findings of one place and one code stay as they came.
  return found.sort((a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column || order(a.code, b.code));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A file's path as the test wrote it. */
export function shortName(uri: string): string {
  return decodeURIComponent(uri.startsWith(folder) ? uri.slice(folder.length) : uri);
}

/** All `.drml` files of a folder, by their paths in it. */
export function filesIn(path: string): Files {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.drml') && entry.name !== 'formatted.drml')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    entries.map((file) => [relative(path, file).split(sep).join('/'), readFileSync(file, 'utf8').replaceAll('\r\n', '\n')]),
  );
}
