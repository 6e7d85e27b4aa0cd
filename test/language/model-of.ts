/** Turns `.drml` text into documents and models for tests, in memory: nothing here touches the disk. */
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import type { DrmlFile } from '../../language/generated/ast.js';
import { buildModel } from '../../language/model/build.js';
import type { Model } from '../../language/model/model.js';
import { createDrmlCoreServices, type DrmlCoreServices } from '../../language/syntax/drml-module.js';
import { importClosure } from '../../language/syntax/imports.js';

/** The files of a test: path → text. The first one is the root. */
export type Files = Readonly<Record<string, string>>;

export interface Parsed {
  readonly services: DrmlCoreServices;
  /** In the order of `files`. */
  readonly documents: readonly LangiumDocument<DrmlFile>[];
  readonly model: Model;
}

/** Parses, links and checks files that live under `memory:///`, and builds the model of the first one's import closure. */
export async function parseFiles(files: Files): Promise<Parsed> {
  const { shared, drml } = createDrmlCoreServices(EmptyFileSystem);
  const documents = Object.entries(files).map(([path, text]) =>
    shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, URI.parse(`memory:///${path}`)),
  );
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  const [root] = documents;
  if (root === undefined) throw new Error('A test model needs at least one file.');
  const closure = importClosure(shared.workspace.LangiumDocuments, root) as readonly LangiumDocument<DrmlFile>[];
  return { services: drml, documents, model: buildModel(closure) };
}

/** The model of one text. */
export async function modelOf(text: string): Promise<Model> {
  return (await parseFiles({ 'model.drml': text })).model;
}
