import { DocumentState, type LangiumDocument, URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import type { Model } from '../../language/model/model.js';
import { type LanguageFix, languageFix } from '../../language/refactor/safe-fixes.js';
import type { Finding } from '../../language/rules/rule.js';
import { createDrmlCoreServices } from '../../language/syntax/drml-module.js';
import { fileOf, importsOf } from '../../language/syntax/imports.js';
import { type AnalysedModel, ModelWorkspace } from '../../language/workspace.js';
import { ConfigFiles, type ConfigReport } from '../files/config-files.js';
import { withOwnManifests } from './own-manifest-problems.js';
import { findSources, readModelText } from './source-files.js';
import { UnusableInput } from './unusable-input.js';

/** A problem that the language itself has with a file: syntax, names, values. */
export interface LanguageProblem {
  readonly uri: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** `syntax/…`; absent where the text could not be read. */
  readonly code?: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** The one way to mend it, where there is one. */
  readonly fix?: LanguageFix;
}

/** What a command line works on: its models, analysed, and what is wrong with their files. */
export interface Session {
  readonly models: readonly AnalysedModel[];
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly LanguageProblem[];
  /** Files of which parts could not be read as statements. */
  readonly broken: ReadonlySet<string>;
  readonly configs: readonly ConfigReport[];
  /** What the rules say of manifests that were named beside models or instead of them. */
  readonly manifestFindings: readonly Finding[];
}

export interface SessionOptions {
  /** `YYYY-MM-DD`; without it the settings' day, else today. */
  readonly asOf?: string;
}

/** Reads, checks and analyses the models of the paths. Throws {@link UnusableInput} where nothing can be said about the input. */
export async function openSession(paths: readonly string[], options: SessionOptions = {}): Promise<Session> {
  const asked = options.asOf;
  if (asked !== undefined && !isDay(asked)) throw new UnusableInput(`--as-of ${asked}: not a day. Write it as 2026-11-21.`);
  const { shared, drml } = createDrmlCoreServices(NodeFileSystem);
  const configs = new ConfigFiles(shared.workspace.FileSystemProvider);
  const sources = findSources(paths);
  const found = sources.found.filter((path) => !configs.excludes(URI.file(path)));
  if (sources.named.length + found.length === 0) {
    throw new UnusableInput(`${paths.join(', ')}: drml.config.json leaves out every .drml file here.`);
  }
  const texts = new Map<string, string>();
  const documents = readWithImports([...sources.named, ...found], shared.workspace, texts);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });

  let current: URI | undefined;
  const workspace = new ModelWorkspace(shared, drml, {
    asOf: () =>
      asked ?? (current === undefined ? undefined : configs.configOf(current).asOf) ?? new Date().toISOString().slice(0, 10),
    configOf: (root) => configs.configOf(root),
  });
  const inFolders = new Set(found.map((path) => URI.file(path).toString()));
  const roots = new Set(sources.named.map((path) => URI.file(path).toString()));
  for (const root of workspace.roots()) if (inFolders.has(root.uri.toString())) roots.add(root.uri.toString());
  const models: AnalysedModel[] = [];
  for (const root of [...roots].sort()) {
    current = URI.parse(root);
    const analysed = workspace.analysed(root);
    if (analysed !== undefined) models.push(analysed);
  }
  const broken = new Set(documents.filter(isBroken).map((document) => document.uri.toString()));
  const own = await withOwnManifests(models, (root) => configs.configOf(root));
  for (const [uri, text] of own.texts) texts.set(uri, text);
  const problems = documents.flatMap(problemsOf);
  return { models: own.models, texts, problems, broken, configs: configs.reports(), manifestFindings: [] };
}

/** As {@link openSession}, for commands whose answer would mislead where a file could not be read whole. */
export async function openSoundSession(paths: readonly string[], options: SessionOptions = {}): Promise<Session> {
  const session = await openSession(paths, options);
  const broken = new Set(
    session.models.flatMap(({ model }) => model.files.map(({ uri }) => uri)).filter((uri) => session.broken.has(uri)),
  );
  if (broken.size > 0) {
    const names = [...broken].map((uri) => URI.parse(uri).fsPath).join(', ');
    throw new UnusableInput(`${names}: the file has syntax errors; "drml check" shows them.`);
  }
  return session;
}

/** The one model of a session. Throws {@link UnusableInput} where there are several. */
export function onlyModel(session: Session): AnalysedModel {
  const [first, ...more] = session.models;
  if (first === undefined) throw new UnusableInput('There is no model here.');
  if (more.length > 0) {
    const names = session.models.map(({ model }) => nameOf(model)).join(', ');
    throw new UnusableInput(`There are ${session.models.length} models here (${names}): name the file of one.`);
  }
  return first;
}

function nameOf(model: Model): string {
  return `${model.name} in ${URI.parse(model.root).fsPath}`;
}

type WorkspaceServices = ReturnType<typeof createDrmlCoreServices>['shared']['workspace'];

/** Documents of the files and of all they import. A missing import is reported by the checks, where it is written. */
function readWithImports(paths: readonly string[], workspace: WorkspaceServices, texts: Map<string, string>): LangiumDocument[] {
  const documents: LangiumDocument[] = [];
  const add = (uri: URI): void => {
    const text = readModelText(uri.fsPath);
    const document = workspace.LangiumDocumentFactory.fromString(text, uri);
    texts.set(uri.toString(), text);
    workspace.LangiumDocuments.addDocument(document);
    documents.push(document);
  };
  for (const path of paths) add(URI.file(path));
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index];
    if (document === undefined) break;
    for (const { uri } of importsOf(document)) {
      if (uri === undefined || workspace.LangiumDocuments.hasDocument(uri)) continue;
      if (workspace.FileSystemProvider.existsSync(uri)) add(uri);
    }
  }
  return documents;
}

function isBroken(document: LangiumDocument): boolean {
  const { lexerErrors, parserErrors } = document.parseResult;
  return fileOf(document) === undefined || lexerErrors.length > 0 || parserErrors.length > 0;
}

function problemsOf(document: LangiumDocument): readonly LanguageProblem[] {
  if (document.state < DocumentState.Validated) return [];
  const text = document.textDocument;
  const uri = document.uri.toString();
  return (document.diagnostics ?? []).map(({ range, message, severity, code, data }) => ({
    uri,
    severity: severity === 1 || severity === undefined ? 'error' : severity === 2 ? 'warning' : 'info',
    ...(typeof code === 'string' ? { code } : {}),
    message: typeof message === 'string' ? message : message.value,
    start: text.offsetAt(range.start),
    end: text.offsetAt(range.end),
    ...fixEntry(languageFix(data, uri)),
  }));
}

function fixEntry(fix: LanguageFix | undefined): { readonly fix?: LanguageFix } {
  return fix === undefined ? {} : { fix };
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
