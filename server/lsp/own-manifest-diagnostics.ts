import { TextDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Model } from '../../language/model/model.js';
import { ownManifestProblems, readOwnManifests } from '../files/own-manifests.js';
import { manifestGenerator } from './on-demand.js';
import { rangeOf } from './positions.js';

/** What a model and the manifests that its components name say against each other, by file; of models that name none, nothing. */
export async function ownManifestDiagnostics(
  model: Model,
  shared: LangiumSharedServices,
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const byFile = new Map<string, Diagnostic[]>();
  if (ownManifestFiles(model).length === 0) return byFile;
  const { generateManifests } = await manifestGenerator();
  const files = await readOwnManifests(model, (uri) => shared.workspace.FileSystemProvider.readBinary(uri));
  const documents = new Map<string, TextDocument>();
  for (const [uri, file] of files) if ('text' in file) documents.set(uri, TextDocument.create(uri, 'yaml', 0, file.text));
  for (const { uri, start, end, code, message } of ownManifestProblems(model, files, generateManifests)) {
    const yaml = documents.get(uri);
    const range =
      yaml === undefined ? rangeOf(model, { uri, start, end }) : { start: yaml.positionAt(start), end: yaml.positionAt(end) };
    const diagnostic: Diagnostic = { range, severity: DiagnosticSeverity.Warning, source: 'drml', code, message };
    const list = byFile.get(uri);
    if (list === undefined) byFile.set(uri, [diagnostic]);
    else list.push(diagnostic);
  }
  return byFile;
}
