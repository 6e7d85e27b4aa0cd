/** Generated files as one text to be read: each under a comment with its path, with the place in the model of every line that has one. */
import type { Source } from '../model/fact.js';
import type { GeneratedFile } from './generated-tree.js';

export interface ManifestText {
  readonly text: string;
  /** By line of the text, counted from 0. */
  readonly sources: ReadonlyMap<number, Source>;
}

/** Joins files, without the comments that they begin with, under lines of comment of their own. */
export function manifestText(files: readonly GeneratedFile[], words: readonly string[]): ManifestText {
  const lines = words.map((line) => `# ${line.replace(/[\s\p{Cc}]+/gu, ' ')}`);
  const sources = new Map<number, Source>();
  for (const [index, file] of files.entries()) {
    const content = file.content.split('\n');
    const header = content.findIndex((line) => !line.startsWith('#'));
    lines.push(...(index === 0 ? [] : ['---']), `# ${file.path}`);
    for (const [line, source] of Object.entries(file.sources ?? {})) sources.set(lines.length + Number(line) - header, source);
    lines.push(...content.slice(header, -1));
  }
  return { text: `${lines.join('\n')}\n`, sources };
}

/** Whether a file of the tree is about one component, by its name on the platform. */
export function isAboutComponent(path: string, name: string): boolean {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  if (file === 'kustomization.yaml') return false;
  // A component may be called as a region, a cluster or a folder is.
  return parts[0] === 'base' ? parts[1] === name : parts[0] === 'overlays' && file.startsWith(`${name}.`);
}
