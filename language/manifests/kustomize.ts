/**
 * Kustomizations, built from files at hand as `kubectl kustomize` builds them: resources, components, config maps, patches, names,
 * namespace, labels, images and replicas. Nothing is fetched; what is not at hand or not understood is told, and the rest is built.
 */
import { movedTo } from './changed-trees.js';
import { generatorSources, withGeneratedConfigMaps } from './config-map-generator.js';
import { isKustomization, isKustomizeKind, kustomizationNames } from './kustomization-files.js';
import { type BuiltObject, builtObject, eachOnce, withReferences } from './kustomize-names.js';
import { patched } from './kustomize-patches.js';
import { transformed } from './kustomize-transforms.js';
import type { KustomizeBuild, KustomizeTrees } from './kustomize-trees.js';
import { readBlock } from './read-block.js';
import { type Manifest, type ManifestFile, type ReadManifests, readManifests } from './read-manifests.js';
import { folderOf, pathFrom, plainPath } from './relative-paths.js';
import { type WrittenPatch, writtenPatches } from './written-patches.js';
import { itemsAt, type ManifestProblem, type Place, textAt, type YamlMap, type YamlNode } from './yaml-tree.js';

export type { KustomizeTrees } from './kustomize-trees.js';

/** Fields that change objects in ways that are not followed. */
const notFollowed = ['generators', 'transformers', 'helmCharts', 'replacements', 'vars'];

/** Folders within folders that a build follows at most: more is a circle that a link made, or no tree anybody wrote. */
const deepest = 64;

/** Kustomizations that a build goes through at most, each as often as it is named: naming one twice on every level doubles them. */
const mostBuilt = 2000;

/**
 * Builds whatever kustomizations stand among the files; files that none of them names are loose.
 * @param known what was read of files before, by path: they are not read again, and what is wrong in them is not told again
 */
export function buildKustomizations(
  files: readonly ManifestFile[],
  known: ReadonlyMap<string, ReadManifests> = new Map(),
): KustomizeTrees {
  const tree = new Tree(files, known);
  const used = new Set<string>();
  const roots = tree.kustomizations.filter((path) => !tree.isBuiltUpon(path) && !tree.onlyGathers(path));
  const builds = roots.map((path): KustomizeBuild => {
    const own = new Set<string>();
    const manifests = tree.build(path, own, 0);
    for (const file of own) used.add(file);
    return {
      folder: folderOf(path),
      path,
      manifests: withReferences(manifests.filter((manifest) => !isKustomizeKind(manifest))),
      files: own,
      isWhole: [...own].every((file) => tree.isClosed(file)),
    };
  });
  const loose: Manifest[] = [];
  for (const path of tree.paths) {
    if (used.has(path) || isKustomization(path) || tree.isSource(path)) continue;
    loose.push(...tree.read(path).manifests);
  }
  return { builds, loose, problems: tree.problems, isComplete: tree.isComplete };
}

/** The files by path, each read once, with the objects that a build makes of them. */
class Tree {
  readonly paths: readonly string[];
  readonly kustomizations: readonly string[];
  private readonly texts: ReadonlyMap<string, string>;
  private readonly readings = new Map<string, ReadManifests>();
  private readonly roots = new Map<string, YamlMap | undefined>();
  private readonly told = new Set<string>();
  readonly problems: ManifestProblem[] = [];
  /** How many kustomizations build on a file or a kustomization. */
  private readonly upon: ReadonlyMap<string, number>;
  private readonly sources: ReadonlySet<string>;
  private readonly open = new Set<string>();
  private whole = true;
  private built = 0;

  constructor(
    files: readonly ManifestFile[],
    private readonly known: ReadonlyMap<string, ReadManifests>,
  ) {
    this.texts = new Map(files.map(({ path, text }) => [plainPath(path), text]));
    this.paths = [...this.texts.keys()].sort();
    this.kustomizations = this.paths.filter(isKustomization);
    const upon = new Map<string, number>();
    for (const path of this.kustomizations) {
      for (const { target } of this.members(path)) upon.set(target, (upon.get(target) ?? 0) + 1);
    }
    this.upon = upon;
    this.sources = new Set(
      this.kustomizations.flatMap((path) => generatorSources(this.rootOf(path)).map((written) => pathFrom(path, written))),
    );
  }

  /** Whether config maps are made of it, so that it holds no objects itself. */
  isSource(path: string): boolean {
    return this.sources.has(path);
  }

  get isComplete(): boolean {
    return this.whole;
  }

  /** Whether others build on it: a base, or a component, which is none by itself. */
  isBuiltUpon(path: string): boolean {
    return this.upon.has(path) || textAt(this.rootOf(path), 'kind') === 'Component';
  }

  /** Whether it only lists several that others build on as well, for people who want them all at once. */
  onlyGathers(path: string): boolean {
    const members = this.members(path);
    const keys = [...(this.rootOf(path)?.entries.keys() ?? [])];
    return (
      members.length > 1 &&
      keys.every((key) => ['apiVersion', 'kind', 'metadata', 'resources'].includes(key)) &&
      members.every(({ target }) => (this.upon.get(target) ?? 0) > 1)
    );
  }

  /** A kustomization's own tree. It need not say what it is: its file's name does. */
  private rootOf(path: string): YamlMap | undefined {
    const known = this.roots.get(path);
    if (known !== undefined || this.roots.has(path)) return known;
    const { manifests, others } = this.read(path);
    const text = this.texts.get(path) ?? '';
    const root =
      manifests[0]?.root ??
      (others.length === 0 ? undefined : readManifests([{ path, text: `${text}\nkind: Kustomization\n` }]).manifests[0]?.root);
    this.roots.set(path, root);
    return root;
  }

  /** Whether a file names nothing that is not at hand, and makes nothing in ways that are not followed. */
  isClosed(path: string): boolean {
    return !this.open.has(path);
  }

  read(path: string): ReadManifests {
    const known = this.readings.get(path) ?? this.known.get(path);
    if (known !== undefined) return known;
    const reading = readManifests([{ path, text: this.texts.get(path) ?? '' }]);
    this.readings.set(path, reading);
    this.problems.push(...reading.problems);
    if (!reading.isComplete) this.whole = false;
    return reading;
  }

  /** The objects of a kustomization: its resources, what it generates, its components, and then what it changes. */
  build(path: string, used: Set<string>, depth: number): readonly BuiltObject[] {
    return this.builtOn(path, [], used, depth);
  }

  /** A component works on the objects of whoever takes it; any other kustomization on none but its own. */
  private builtOn(path: string, below: readonly BuiltObject[], used: Set<string>, depth: number): readonly BuiltObject[] {
    used.add(path);
    const root = this.rootOf(path);
    if (root === undefined) return below;
    if (depth > deepest) {
      this.tell(root.at, 'error', `Kustomizations build on each other in a circle here, or more than ${deepest} deep.`);
      return below;
    }
    if (++this.built > mostBuilt) {
      this.tell(root.at, 'error', 'The kustomizations name each other too often: this and what follows is left out.');
      return below;
    }
    this.tellNotFollowed(path, root);
    const members = this.members(path);
    let objects = eachOnce(
      [
        ...below,
        ...members.flatMap(({ target, isComponent }) => {
          if (isComponent) return [];
          if (isKustomization(target)) return this.build(target, used, depth + 1);
          used.add(target);
          return this.read(target).manifests.map(builtObject);
        }),
      ],
      (at, message) => this.tell(at, 'error', message),
    );
    objects = this.generated(path, root, objects);
    for (const { target, isComponent } of members) {
      if (isComponent && isKustomization(target)) objects = this.builtOn(target, objects, used, depth + 1);
    }
    return this.changed(path, root, objects, used);
  }

  private tellNotFollowed(path: string, root: YamlMap): void {
    for (const field of notFollowed) {
      const entry = root.entries.get(field);
      if (entry === undefined) continue;
      this.open.add(path);
      this.tell(
        entry.at,
        'warning',
        `${field} is not followed. Build it with kubectl kustomize and name the result, if it matters.`,
      );
    }
  }

  /** What a kustomization lists, as paths of files at hand. */
  private members(path: string): readonly { readonly target: string; readonly isComponent: boolean }[] {
    const root = this.rootOf(path);
    const members: { target: string; isComponent: boolean }[] = [];
    for (const field of ['resources', 'bases', 'components']) {
      for (const item of itemsAt(root, field)) {
        const written = textAt(item);
        if (written === undefined) continue;
        const target = this.resolve(path, written);
        if (target !== undefined) {
          members.push({ target, isComponent: field === 'components' });
          continue;
        }
        this.open.add(path);
        if (/^[a-z][a-z0-9+.-]*:\/\/|^[^/]+\.[a-z]+\/.+\/.+|^git@/i.test(written)) {
          this.tell(
            item.at,
            'warning',
            `${written} lies elsewhere and is not fetched: its objects are missing. Build it with kubectl kustomize and name the result.`,
          );
        } else
          this.tell(item.at, 'error', `There is no ${written} here. Name its folder too, or take it out of the kustomization.`);
      }
    }
    return members;
  }

  private resolve(from: string, written: string): string | undefined {
    const path = pathFrom(from, written);
    if (this.texts.has(path)) return path;
    return kustomizationNames.map((name) => plainPath(`${path}/${name}`)).find((candidate) => this.texts.has(candidate));
  }

  /** What a kustomization itself makes of the objects below it. */
  private changed(path: string, root: YamlMap, objects: readonly BuiltObject[], used: Set<string>): readonly BuiltObject[] {
    let result = objects;
    for (const field of ['patchesStrategicMerge', 'patches'] as const) {
      for (const patch of writtenPatches(root, field)) result = this.patchedBy(path, patch, result, used);
    }
    result = result.map((object) => (isKustomizeKind(object) ? object : transformed(object, root)));
    for (const patch of writtenPatches(root, 'patchesJson6902')) result = this.patchedBy(path, patch, result, used);
    return result;
  }

  private patchedBy(
    path: string,
    patch: WrittenPatch,
    objects: readonly BuiltObject[],
    used: Set<string>,
  ): readonly BuiltObject[] {
    return this.patchBodies(path, patch, used).reduce(
      (result, body) => patched(result, body, patch.target, (at, message) => this.tell(at, 'warning', message)),
      objects,
    );
  }

  /** The patches of an entry: in its file, or written in the kustomization itself. */
  private patchBodies(path: string, { text, file }: WrittenPatch, used: Set<string>): readonly YamlNode[] {
    const written = textAt(text);
    if (text !== undefined && written !== undefined) {
      const block = readBlock(text, this.texts.get(path) ?? '');
      if (block !== undefined) {
        for (const { message, at } of block.problems) this.tell(at, 'error', `In this patch: ${message}`);
        return block.roots;
      }
      const { manifests, others, problems } = readManifests([{ path: text.at.uri, text: written }]);
      for (const { message } of problems) this.tell(text.at, 'error', `In this patch: ${message}`);
      return [...manifests.map(({ root }) => root), ...others].map((body) => movedTo(body, text.at));
    }
    const name = textAt(file);
    if (file === undefined || name === undefined) return [];
    const target = this.resolve(path, name);
    if (target === undefined) {
      this.tell(file.at, 'error', `There is no ${name} here, so this patch is not applied.`);
      return [];
    }
    used.add(target);
    const { manifests, others } = this.read(target);
    return [...manifests.map(({ root }) => root), ...others];
  }

  private generated(path: string, root: YamlMap, objects: readonly BuiltObject[]): readonly BuiltObject[] {
    return withGeneratedConfigMaps(objects, root, path, (written, at) => {
      const source = pathFrom(path, written);
      const text = this.texts.get(source);
      if (text !== undefined) return { path: source, text };
      this.tell(at, 'warning', `There is no ${written} here, so nothing of it is in the config map.`);
      return undefined;
    });
  }

  private tell(at: Place, severity: ManifestProblem['severity'], message: string): void {
    const key = `${at.uri}\0${at.start}\0${message}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    if (severity === 'error') this.whole = false;
    this.problems.push({ code: 'yaml/kustomize', severity, message, at });
  }
}
