/** Edits of generated files, moved into `custom/` as strategic merge patches, so that the files can follow the model again. */
import { isSeq, isMap as isYamlMap, parseAllDocuments, parseDocument } from 'yaml';
import { customFolderFor } from './custom-folder.js';
import type { GeneratedFile } from './generated-tree.js';
import { ownPatchFile } from './own/own-base.js';
import { isMap, type Plain, type PlainMap, patchBetween } from './strategic-merge.js';
import { plainYaml } from './yaml.js';

/** What becomes of an edit: the files of `custom/` that carry it, or why no patch can. */
export type MovedEdit =
  | {
      readonly kind: 'moved';
      /** The new patch, and the kustomization that lists it. */
      readonly patch: GeneratedFile;
      readonly kustomization: GeneratedFile;
      /** What the user should look at, one sentence each. */
      readonly notes: readonly string[];
    }
  /** The data is the same: only blanks, quotes or the order of keys were changed. */
  | { readonly kind: 'same' }
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

/** A generated file and what a hand has made of it. */
export interface Edit {
  readonly path: string;
  readonly generated: string;
  readonly edited: string;
  /** Whether `generated` is what the hand began with: the model has not changed this file since. */
  readonly isStart: boolean;
}

/** Larger files are no edits of what DRML wrote. */
const longest = 1_000_000;

/**
 * Moves an edit. Files of `custom/` are never changed but for one line: the kustomization gains the entry of the new patch.
 * @param readExisting text of a file of the directory, `undefined` where there is none
 */
export function moveEdit(edit: Edit, readExisting: (path: string) => string | undefined): MovedEdit {
  const folder = customFolderFor(edit.path);
  if (edit.path.endsWith('/kustomization.yaml')) {
    return impossible(`no patch reaches ${edit.path}; list what you add in a kustomization of custom/`);
  }
  if (folder === undefined) {
    return impossible(
      `no patch of custom/ reaches ${edit.path}; change it from a kustomization of your own that refers to its folder`,
    );
  }
  const isPatch = /^overlays\/.+\/patches\//.test(edit.path) || edit.path.endsWith(`/${ownPatchFile}`);
  const from = onlyObject(edit.generated);
  const to = onlyObject(edit.edited);
  if (typeof from === 'string') return impossible(from);
  if (typeof to === 'string') return impossible(to);
  if (identityOf(from) !== identityOf(to)) {
    return impossible(`it is another object: ${identityOf(from)} became ${identityOf(to)}`);
  }
  const { patch, obstacles } = patchBetween(from, to, isPatch);
  if (obstacles.length > 0) return { kind: 'impossible', reasons: obstacles };
  const comments = addedComments(edit);
  if (patch === undefined) {
    return comments.length === 0 ? { kind: 'same' } : impossible('only comments were added, and a patch carries none of them');
  }
  const { file, path } = freePath(folder, edit.path, readExisting);
  const index = `${folder}/kustomization.yaml`;
  const listed = withEntry(readExisting(index), file, to);
  if (listed === undefined) return impossible(`${index} cannot be read; list the patch there by hand`);
  const header = [`Changes by hand, moved here from ${edit.path}. Yours: DRML never changes this file.`, ...comments];
  const { apiVersion = '', kind = '' } = to;
  const body = { apiVersion, kind, metadata: { ...nameOf(to), ...mapAt(patch, 'metadata') }, ...without(patch, ['metadata']) };
  return {
    kind: 'moved',
    patch: { path, content: plainYaml(body, header) },
    kustomization: { path: index, content: listed },
    notes: edit.isStart
      ? []
      : [`the model has changed since, and the patch holds every difference from it: ${leaves(patch).join(', ')}`],
  };
}

function impossible(reason: string): MovedEdit {
  return { kind: 'impossible', reasons: [reason] };
}

/** The one object of a text, or why there is none. */
function onlyObject(text: string): PlainMap | string {
  if (text.length > longest) return 'the file is too long to be read';
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    if ('empty' in documents) return 'the file is empty';
    const [first, second] = documents;
    if (second !== undefined) return 'it holds more than one object';
    const [error] = first?.errors ?? [];
    if (first === undefined || error !== undefined) return `it is no YAML: ${(error?.message ?? '').split('\n')[0]}`;
    const value = first.toJS({ maxAliasCount: 100 }) as Plain;
    return isMap(value) ? value : 'it holds no object';
  } catch (error) {
    return `it is no YAML: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function mapAt(map: PlainMap, key: string): PlainMap {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  return isMap(value) ? value : {};
}

function without(map: PlainMap, keys: readonly string[]): PlainMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

function nameOf(object: PlainMap): PlainMap {
  const { name, namespace } = mapAt(object, 'metadata');
  return { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
}

function identityOf(object: PlainMap): string {
  const { name = '', namespace = '' } = nameOf(object);
  return `${String(object.apiVersion)} ${String(object.kind)} ${String(namespace)}/${String(name)}`;
}

/** Comments of the edited file that the generated one does not have. */
function addedComments({ generated, edited }: Edit): readonly string[] {
  const comment = /(?:^|\s)#\s?(.*)$/;
  const known = new Set(generated.split(/\r?\n/));
  return edited.split(/\r?\n/).flatMap((line) => {
    const words = known.has(line) ? undefined : /^\s*#/.test(line) ? comment.exec(line)?.[1] : undefined;
    return words === undefined || words.trim() === '' ? [] : [words];
  });
}

/** A name that nothing has yet: `orders.deployment.yaml`, `orders.deployment-2.yaml`. */
function freePath(
  folder: string,
  from: string,
  readExisting: (path: string) => string | undefined,
): { readonly file: string; readonly path: string } {
  const parts = from.replace(/\.yaml$/, '').split('/');
  const stem = parts[0] === 'overlays' ? (parts.at(-1) ?? '') : parts.slice(parts[0] === 'base' ? 1 : 0).join('.');
  for (let round = 1; ; round += 1) {
    const file = `${stem}${round === 1 ? '' : `-${round}`}.yaml`;
    const path = `${folder}/${file}`;
    if (readExisting(path) === undefined) return { file, path };
  }
}

/** A kustomization with one patch more, the rest as it stands; undefined where its text is none. */
function withEntry(text: string | undefined, file: string, object: PlainMap): string | undefined {
  if (text === undefined) return undefined;
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isYamlMap(document.contents)) return undefined;
  const [group, version] = /^(.*)\/([^/]+)$/.exec(String(object.apiVersion))?.slice(1) ?? [undefined, String(object.apiVersion)];
  const target = { ...(group === undefined ? {} : { group }), version, kind: object.kind, name: nameOf(object).name };
  const patches: unknown = document.get('patches');
  if (patches === undefined || patches === null) document.set('patches', document.createNode([{ path: file, target }]));
  else if (isSeq(patches)) {
    patches.flow = false;
    patches.add(document.createNode({ path: file, target }));
  } else return undefined;
  const changed = document.toString({ lineWidth: 0 });
  return text.includes('\r\n') ? changed.replace(/\r?\n/g, '\r\n') : changed;
}

/** The fields that a patch sets, for people. */
function leaves(value: Plain, path: readonly string[] = []): readonly string[] {
  if (!isMap(value)) return [path.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
