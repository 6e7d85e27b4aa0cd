import { TextDocument, URI } from 'langium';
import { applyEdits } from '../../language/edit/apply.js';
import type { Source } from '../../language/model/fact.js';
import type { Config } from '../../language/rules/config.js';
import { ruleLink } from '../../language/rules/links.js';
import { manifestChecker } from './on-demand.js';
import type { JudgedManifest, LineRange, ManifestFinding, ManifestText } from './protocol.js';

/** What is wrong with manifests that the client has read, whose paths are URIs. Files of other kinds are left out. */
export async function judgedManifests(
  files: readonly ManifestText[],
  configOf: (file: URI) => Config,
  isLaidOver: (code: string, file: string) => boolean = () => false,
): Promise<readonly JudgedManifest[]> {
  const { checkManifests, mayHoldManifests, readManifests } = await manifestChecker();
  const judged = files.filter(({ path, text }) => mayHoldManifests(text, path));
  const texts = new Map(judged.map(({ path, text }) => [path, text]));
  const documents = new Map<string, TextDocument>();
  const documentOf = (uri: string): TextDocument => {
    const document = documents.get(uri) ?? TextDocument.create(uri, 'yaml', 0, texts.get(uri) ?? '');
    documents.set(uri, document);
    return document;
  };
  const range = ({ uri, start, end }: Source): LineRange => {
    const document = documentOf(uri);
    return { start: document.positionAt(start), end: document.positionAt(end) };
  };
  const byFile = new Map<string, ManifestFinding[]>(judged.map(({ path }) => [path, []]));
  const { problems, findings } = checkManifests(judged, readManifests(judged), (uri) => configOf(URI.parse(uri)));
  for (const { code, severity, message, at, fix } of problems) {
    const changes = (fix?.changes ?? []).map((change) => ({ uri: change.uri, range: range(change), text: change.text }));
    const fixes = fix === undefined ? [] : [{ title: fix.title, changes }];
    byFile.get(at.uri)?.push({ range: range(at), severity, code, message, related: [], fixes });
  }
  for (const { code, severity, message, at, related, fixes } of findings) {
    if (isLaidOver(code, at.uri)) continue;
    byFile.get(at.uri)?.push({
      range: range(at),
      severity,
      code,
      message,
      help: ruleLink(code),
      related: related.map((one) => ({ uri: one.at.uri, range: range(one.at), message: one.message })),
      fixes: fixes.map(({ title, edits }) => ({
        title,
        changes: applyEdits(edits, (uri) => texts.get(uri)).map((change) => ({
          uri: change.uri,
          range: range(change),
          text: change.text,
        })),
      })),
    });
  }
  return [...byFile].map(([uri, found]) => ({ uri, findings: found }));
}
