import { URI } from 'langium';
import { ownManifestFiles } from '../../language/generate/own/own-files.js';
import type { Model } from '../../language/model/model.js';
import { componentsByName } from '../../language/model/queries.js';

/** Rules about what DRML writes beside every manifest of a component, or lays over it: a disruption budget, and the spread over zones. */
const always = ['DR070', 'DR072'];

/**
 * Rules that have nothing to say about a manifest that models name, since what they ask for comes from there.
 * @param uri of the manifest
 */
export function laidOver(models: readonly Model[], uri: string): ReadonlySet<string> {
  const codes = new Set<string>();
  const asked = URI.parse(uri).toString();
  for (const model of models) {
    for (const file of ownManifestFiles(model)) {
      const component = componentsByName(model).get(file.component);
      if (component === undefined || file.uri === undefined || URI.parse(file.uri).toString() !== asked) continue;
      const { deployment, demand } = component;
      for (const code of always) codes.add(code);
      if (deployment.probes.some(({ kind }) => kind === 'readiness')) codes.add('DR071');
      if (demand.cpu !== undefined) codes.add('DR075');
      if (deployment.image !== undefined) codes.add('DR088');
    }
  }
  return codes;
}
