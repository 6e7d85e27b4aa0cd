import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { checkManifests } from '../../language/manifests/check-manifests.js';
import { mayHoldManifests, readManifests } from '../../language/manifests/read-manifests.js';
import type { ManifestProblem } from '../../language/manifests/yaml-tree.js';
import { ConfigFiles } from '../files/config-files.js';
import { manifestPathsIn, readManifestFiles } from './manifest-files.js';
import { type LanguageProblem, openSession, type Session, type SessionOptions } from './session.js';
import { holdsModels } from './source-files.js';
import { UnusableInput } from './unusable-input.js';

/**
 * As {@link openSession}, with manifests among the paths: YAML and JSON files that are named, the standard input (`-`), and folders
 * that hold no models. A folder with models is a project, in which files of others are left alone.
 */
export async function openCheckedSession(paths: readonly string[], options: SessionOptions = {}): Promise<Session> {
  const manifests = paths.filter(isForManifests);
  if (manifests.length === 0) return openSession(paths, options);
  const models = paths.filter((path) => !manifests.includes(path));
  const session = models.length === 0 ? noModels : await openSession(models, options);
  const configs = new ConfigFiles(NodeFileSystem.fileSystemProvider());
  const files = readManifestFiles(manifests)
    .map(({ path, text }) => ({ path: uriOf(path), text }))
    .filter(({ path, text }) => isNamed(path, manifests) || (mayHoldManifests(text, path) && !configs.excludes(URI.parse(path))));
  const read = readManifests(files);
  if (read.manifests.length === 0 && read.problems.length === 0 && models.length === 0) {
    throw new UnusableInput(`${manifests.join(', ')}: not a .drml file, and no object of Kubernetes is in it.`);
  }
  const { problems, findings } = checkManifests(files, read, (uri) => configs.configOf(URI.parse(uri)));
  const known = new Set(session.configs.map(({ uri }) => uri));
  return {
    ...session,
    texts: new Map([...session.texts, ...files.map(({ path, text }) => [path, text] as const)]),
    problems: [...session.problems, ...problems.map(asProblem)],
    configs: [...session.configs, ...configs.reports().filter(({ uri }) => !known.has(uri))],
    manifestFindings: findings,
  };
}

const noModels: Session = { models: [], texts: new Map(), problems: [], broken: new Set(), configs: [], manifestFindings: [] };

function isForManifests(path: string): boolean {
  if (path === '-' || /\.(?:ya?ml|json)$/i.test(path)) return true;
  const full = resolve(path);
  return existsSync(full) && statSync(full).isDirectory() && !holdsModels(full) && manifestPathsIn(full).length > 0;
}

function isNamed(uri: string, paths: readonly string[]): boolean {
  return paths.some((path) => uriOf(path === '-' ? 'standard input' : path) === uri);
}

function uriOf(path: string): string {
  return URI.file(resolve(path)).toString();
}

function asProblem({ code, severity, message, at, fix }: ManifestProblem): LanguageProblem {
  const [change] = fix?.changes ?? [];
  return {
    uri: at.uri,
    severity,
    code,
    message,
    start: at.start,
    end: at.end,
    ...(fix === undefined || change === undefined ? {} : { fix: { title: fix.title, safe: fix.safe, change } }),
  };
}
