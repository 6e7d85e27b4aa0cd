import { TextDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Diagnostic, Location } from 'vscode-languageserver';
import { ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Source } from '../../language/model/fact.js';
import type { Model } from '../../language/model/model.js';
import type { Config } from '../../language/rules/config.js';
import type { Finding } from '../../language/rules/rule.js';
import type { AnalysedModel } from '../../language/workspace.js';
import { readOwnManifests } from '../files/own-manifests.js';
import { manifestGenerator, meaning } from './on-demand.js';
import { locationOf } from './positions.js';

/** What a model and the manifests that its components name say against each other, and the texts that were read. */
export interface OwnManifests {
  /** The model that was judged: places in its files are those of its text. */
  readonly model: Model;
  readonly findings: readonly Finding[];
  readonly documents: ReadonlyMap<string, TextDocument>;
}

/** Reads and judges them; of models that name none, nothing. */
export async function ownManifestsOf(
  { model, analysis }: AnalysedModel,
  config: Config,
  shared: LangiumSharedServices,
): Promise<OwnManifests | undefined> {
  if (ownManifestFiles(model).length === 0) return undefined;
  const [{ generateManifests }, { ownManifestFindings }] = await Promise.all([manifestGenerator(), meaning()]);
  const files = await readOwnManifests(model, (uri) => shared.workspace.FileSystemProvider.readBinary(uri));
  const documents = new Map<string, TextDocument>();
  for (const [uri, file] of files) if ('text' in file) documents.set(uri, TextDocument.create(uri, 'yaml', 0, file.text));
  // Nothing is written out: only what there is to say is wanted.
  const { problems } = generateManifests(model, files, () => false);
  return { model, findings: ownManifestFindings(model, problems, analysis.asOf, config), documents };
}

/** A place of the model, or of a manifest that it names. */
export function locationIn({ model, documents }: OwnManifests, at: Source): Location {
  const yaml = documents.get(at.uri);
  if (yaml === undefined) return locationOf(model, at);
  return { uri: at.uri, range: { start: yaml.positionAt(at.start), end: yaml.positionAt(at.end) } };
}

/** The same findings as they show in the manifests: at the line that contradicts, with the statement beside it. */
export function seenFromManifests(
  own: OwnManifests,
  shown: (finding: Finding) => Diagnostic,
): readonly { readonly uri: string; readonly diagnostic: Diagnostic }[] {
  return own.findings.flatMap((finding) =>
    finding.related.flatMap(({ at }) => {
      if (!own.documents.has(at.uri)) return [];
      const { range } = locationIn(own, at);
      const statement = { message: 'The model says it here.', location: locationIn(own, finding.at) };
      return [{ uri: at.uri, diagnostic: { ...shown(finding), range, relatedInformation: [statement] } }];
    }),
  );
}
