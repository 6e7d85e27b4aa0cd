/** YAML within YAML: what stands in a text of several lines, with the places that it has in the file. */
import { placesOf } from './text-places.js';
import { readYamlDocuments } from './yaml-document.js';
import { yamlLimits } from './yaml-limits.js';
import type { ManifestProblem, YamlNode } from './yaml-tree.js';

export interface ReadBlock {
  readonly roots: readonly YamlNode[];
  readonly problems: readonly ManifestProblem[];
}

/**
 * The maps and lists that stand in a literal text (`|`), each at its place in the file. Undefined of texts in other forms, whose letters
 * are not those of the file, and where something else stands there. `fileText`: of the file that the text is in.
 */
export function readBlock(text: YamlNode, fileText: string): ReadBlock | undefined {
  const { uri, start, end } = text.at;
  if (text.kind !== 'text' || !fileText.startsWith('|', start)) return undefined;
  const first = fileText.indexOf('\n', start) + 1;
  if (first === 0 || first > end) return undefined;
  const problems: ManifestProblem[] = [];
  const file = {
    text: fileText,
    place: placesOf(uri, fileText),
    report: (problem: ManifestProblem): void => {
      problems.push(problem);
    },
  };
  const roots = readYamlDocuments(file, first, end, yamlLimits).flatMap(({ root }) => root ?? []);
  return roots.some(({ kind }) => kind !== 'map' && kind !== 'list') ? undefined : { roots, problems };
}
