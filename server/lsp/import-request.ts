import { URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { formatterOf } from '../../language/refactor/formatted.js';
import { manifestImporter } from './on-demand.js';
import type { ImportParams, ImportResult } from './protocol.js';

/** A model from manifests that the client has read, laid out; nothing is written. */
export async function imported({ files, sources }: ImportParams, shared: LangiumSharedServices): Promise<ImportResult> {
  const { importManifests, missingSources } = await manifestImporter();
  const missing = missingSources(files);
  const { text, problems, counts } = importManifests(files, { sources });
  const told = problems.map(({ at, message }) => ({ path: at.uri, line: at.line, message }));
  if (counts.components > 0)
    return {
      text: `${formatterOf(shared.ServiceRegistry.getServices(URI.parse('untitled:imported.drml')))(text)}\n`,
      problems: told,
      missing,
    };
  return {
    text: null,
    problems: told,
    missing,
    problem: 'Nothing that runs is in these files: expected Deployments, StatefulSets, DaemonSets or Jobs.',
  };
}
