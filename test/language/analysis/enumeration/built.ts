/** Texts to models, thousands of them: one set of language services, and each text a file of its own. */
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import type { DrmlFile } from '../../../../language/generated/ast.js';
import { buildModel } from '../../../../language/model/build.js';
import type { Model } from '../../../../language/model/model.js';
import { createDrmlCoreServices } from '../../../../language/syntax/drml-module.js';

const { shared } = createDrmlCoreServices(EmptyFileSystem);

/** The model of a text; `errors` is what the language says against it, where `checked`. */
export async function built(
  text: string,
  checked = false,
): Promise<{ readonly model: Model; readonly errors: readonly string[] }> {
  const uri = URI.parse('memory:///model.drml');
  const document = shared.workspace.LangiumDocumentFactory.fromString<DrmlFile>(text, uri);
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: checked });
  const model = buildModel([document as LangiumDocument<DrmlFile>]);
  const errors = (document.diagnostics ?? []).filter(({ severity }) => severity === 1).map(({ message }) => String(message));
  shared.workspace.LangiumDocuments.deleteDocument(uri);
  return { model, errors };
}
