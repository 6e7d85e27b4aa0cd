/** Models of texts that stand nowhere: copies of files, tried out with a change. */
import { DocumentState, EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import type { DrmlFile } from '../generated/ast.js';
import { createDrmlCoreServices } from '../syntax/drml-module.js';
import { importClosure } from '../syntax/imports.js';
import { buildModel } from './build.js';
import type { Model } from './model.js';

/** Reads copies of files beside the files themselves. A text that does not change from one model to the next is read once. */
export class CopiedFiles {
  private readonly services = createDrmlCoreServices(EmptyFileSystem);
  private last: Promise<unknown> = Promise.resolve();

  /** The model of a root, by the texts of all its files, by URI; undefined where one of them has syntax errors. */
  modelOf(root: string, texts: ReadonlyMap<string, string>): Promise<Model | undefined> {
    // One after the other: all share the copies.
    const next = this.last.then(() => this.build(root, texts));
    this.last = next.catch(() => undefined);
    return next;
  }

  private async build(root: string, texts: ReadonlyMap<string, string>): Promise<Model | undefined> {
    const {
      LangiumDocuments: documents,
      LangiumDocumentFactory: factory,
      DocumentBuilder: builder,
    } = this.services.shared.workspace;
    for (const document of documents.all.toArray()) {
      if (texts.get(document.uri.toString()) !== document.textDocument.getText()) documents.deleteDocument(document.uri);
    }
    for (const [uri, text] of texts) {
      const parsed = URI.parse(uri);
      if (!documents.hasDocument(parsed)) documents.addDocument(factory.fromString<DrmlFile>(text, parsed));
    }
    const all = documents.all.toArray();
    // Names lead from any file to any other: all are linked anew.
    for (const document of all) builder.resetToState(document, DocumentState.Parsed);
    await builder.build(all, { validation: false });
    const start = documents.getDocument(URI.parse(root));
    if (start === undefined || all.some(({ parseResult }) => parseResult.parserErrors.length > 0)) return undefined;
    return buildModel(importClosure(documents, start) as readonly LangiumDocument<DrmlFile>[]);
  }
}
