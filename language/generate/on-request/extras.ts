/** Files that are written only for whoever asks: each for a program that not everybody has. */

import { optional } from '../../model/optional.js';
import type { Context } from '../context.js';
import type { GeneratedFile } from '../generated-tree.js';
import { lockPath, readLock } from '../lock.js';
import type { YamlObject } from '../yaml.js';
import { applicationSet } from './application-set.js';
import { awsBackupTemplates } from './aws-backup.js';
import { haproxyConfiguration } from './haproxy.js';

export type Extra = 'argocd' | 'aws-backup' | 'haproxy';
/** All of them, in the order in which they are listed to people. */
export const extras: readonly Extra[] = ['argocd', 'aws-backup', 'haproxy'];

/** What somebody asks for beside the manifests. */
export interface ExtraRequest {
  readonly extras: ReadonlySet<Extra>;
  /** Where the generated folder is kept, for Argo CD: `https://git.example.com/shop.git`. */
  readonly repository?: string;
  /** The generated folder in the repository, without a slash at its ends. */
  readonly folder?: string;
}

const applicationSetPath = 'argocd/applicationset.yaml';
const folders: Readonly<Record<Extra, string>> = { argocd: 'argocd/', 'aws-backup': 'aws/', haproxy: 'haproxy/' };

/**
 * What is asked for now, with what was asked for before: a run that does not ask again keeps it up, and takes nothing away. `read`: the
 * text of a file of the folder by its path, undefined where there is none.
 */
export function requestWithKept(asked: ExtraRequest, read: (path: string) => string | undefined): ExtraRequest {
  const paths = [...readLock(read(lockPath)).keys()];
  const kept = extras.filter((extra) => paths.some((path) => path.startsWith(folders[extra])));
  const before = applicationSource(read(applicationSetPath));
  const repository = asked.repository ?? before?.repository;
  const folder = asked.folder ?? before?.folder;
  return { extras: new Set([...asked.extras, ...kept]), ...optional('repository', repository), ...optional('folder', folder) };
}

/** Where a written ApplicationSet reads from; a placeholder is nowhere. */
function applicationSource(text: string | undefined): { readonly repository: string; readonly folder: string } | undefined {
  const repository = /^ *repoURL: "?([^"\s]+)"?$/m.exec(text ?? '')?.[1];
  const folder = /^ *path: "?(.*?)\/?overlays\/\{\{\.path\}\}"?$/m.exec(text ?? '')?.[1];
  return repository === undefined ? undefined : { repository, folder: folder ?? '' };
}

/** The files of the extras that are asked for. */
export function extraFiles(
  context: Context,
  request: ExtraRequest,
): {
  readonly objects: readonly { readonly path: string; readonly body: YamlObject }[];
  readonly texts: readonly GeneratedFile[];
} {
  const asked = (extra: Extra): boolean => request.extras.has(extra);
  const objects = [
    ...(asked('argocd') ? [{ path: applicationSetPath, body: applicationSet(context, request) }] : []),
    ...(asked('aws-backup')
      ? awsBackupTemplates(context).map(({ name, body }) => ({ path: `${folders['aws-backup']}backup-${name}.yaml`, body }))
      : []),
  ];
  const texts = asked('haproxy')
    ? haproxyConfiguration(context).map(({ name, content }) => ({ path: `${folders.haproxy}${name}.cfg`, content }))
    : [];
  return { objects, texts };
}
