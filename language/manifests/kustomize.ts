/**
 * Kustomizations, built from files at hand as `kubectl kustomize` builds them: resources, components, patches, namespace,
 * images and replicas. Nothing is fetched; what is not at hand or not understood is told, and the rest is built.
 */
import { withGeneratedConfigMaps } from './config-map-generator.js';
import { type Manifest, type ManifestFile, type ReadManifests, readManifests } from './read-manifests.js';
import { applyOperations, areOperations, strategicMerge } from './strategic-merge.js';
import {
  itemsAt,
  type ManifestProblem,
  nodeAt,
  numberAt,
  type Place,
  textAt,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from './yaml-tree.js';

const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Fields that change objects in ways that are not followed. */
const notFollowed = ['namePrefix', 'nameSuffix', 'generators', 'transformers', 'helmCharts', 'replacements', 'vars'];

/** Folders within folders that a build follows at most: more is a circle that a link made, or no tree anybody wrote. */
const deepest = 64;

/** Whether a path names a kustomization. */
export function isKustomization(path: string): boolean {
  return kustomizationNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** The objects of one build. */
export interface KustomizeBuild {
  /** Folder of the kustomization, as the files name it. */
  readonly folder: string;
  readonly manifests: readonly Manifest[];
}

export interface KustomizeTrees {
  /** One for each kustomization that no other builds on, in the order of their folders. */
  readonly builds: readonly KustomizeBuild[];
  /** Objects of files that no kustomization names. */
  readonly loose: readonly Manifest[];
  readonly problems: readonly ManifestProblem[];
  /** Whether all that was named could be read. */
  readonly isComplete: boolean;
}

/** Builds whatever kustomizations stand among the files; files that none of them names are loose. */
export function buildKustomizations(files: readonly ManifestFile[]): KustomizeTrees {
  const tree = new Tree(files);
  const used = new Set<string>();
  const roots = tree.kustomizations.filter((path) => !tree.isBuiltUpon(path) && !tree.onlyGathers(path));
  const builds = roots.map((path): KustomizeBuild => {
    const manifests = tree.build(path, used, 0);
    return { folder: folderOf(path), manifests: manifests.filter((manifest) => !isKustomizeKind(manifest)) };
  });
  const loose: Manifest[] = [];
  for (const path of tree.paths) {
    if (used.has(path) || isKustomization(path)) continue;
    loose.push(...tree.read(path).manifests);
  }
  return { builds, loose, problems: tree.problems, isComplete: tree.isComplete };
}

function isKustomizeKind({ kind, group }: Manifest): boolean {
  return group === 'kustomize.config.k8s.io' || kind === 'Kustomization' || kind === 'Component';
}

/** The files by path, each read once, with the objects that a build makes of them. */
class Tree {
  readonly paths: readonly string[];
  readonly kustomizations: readonly string[];
  private readonly texts: ReadonlyMap<string, string>;
  private readonly readings = new Map<string, ReadManifests>();
  private readonly roots = new Map<string, YamlMap | undefined>();
  private readonly told = new Set<string>();
  private readonly found: ManifestProblem[] = [];
  /** How many kustomizations build on a file or a kustomization. */
  private readonly upon: ReadonlyMap<string, number>;
  private whole = true;

  constructor(files: readonly ManifestFile[]) {
    this.texts = new Map(files.map(({ path, text }) => [normal(path), text]));
    this.paths = [...this.texts.keys()].sort();
    this.kustomizations = this.paths.filter(isKustomization);
    const upon = new Map<string, number>();
    for (const path of this.kustomizations) {
      for (const { target } of this.members(path)) upon.set(target, (upon.get(target) ?? 0) + 1);
    }
    this.upon = upon;
  }

  get problems(): readonly ManifestProblem[] {
    return this.found;
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

  read(path: string): ReadManifests {
    const known = this.readings.get(path);
    if (known !== undefined) return known;
    const reading = readManifests([{ path, text: this.texts.get(path) ?? '' }]);
    this.readings.set(path, reading);
    this.found.push(...reading.problems);
    if (!reading.isComplete) this.whole = false;
    return reading;
  }

  build(path: string, used: Set<string>, depth: number): readonly Manifest[] {
    used.add(path);
    const root = this.rootOf(path);
    if (root === undefined) return [];
    if (depth > deepest) {
      this.tell(root.at, 'error', `Kustomizations build on each other in a circle here, or more than ${deepest} deep.`);
      return [];
    }
    let objects: Manifest[] = [];
    for (const { target, isComponent } of this.members(path)) {
      if (!isKustomization(target)) {
        used.add(target);
        objects.push(...this.read(target).manifests);
      } else if (!isComponent) objects.push(...this.build(target, used, depth + 1));
    }
    objects = this.changed(path, root, objects, used);
    for (const { target, isComponent } of this.members(path)) {
      if (!isComponent || !isKustomization(target)) continue;
      used.add(target);
      const component = this.rootOf(target);
      if (component === undefined || depth > deepest) continue;
      for (const member of this.members(target)) {
        used.add(member.target);
        objects.push(
          ...(isKustomization(member.target) ? this.build(member.target, used, depth + 1) : this.read(member.target).manifests),
        );
      }
      objects = this.changed(target, component, objects, used);
    }
    return objects;
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
        if (target !== undefined) members.push({ target, isComponent: field === 'components' });
        else if (/^[a-z][a-z0-9+.-]*:\/\/|^[^/]+\.[a-z]+\/.+\/.+|^git@/i.test(written)) {
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
    const path = normal(`${folderOf(from)}/${written}`);
    if (this.texts.has(path)) return path;
    return kustomizationNames.map((name) => normal(`${path}/${name}`)).find((candidate) => this.texts.has(candidate));
  }

  private changed(path: string, root: YamlMap, objects: readonly Manifest[], used: Set<string>): Manifest[] {
    for (const field of notFollowed) {
      const entry = root.entries.get(field);
      if (entry === undefined) continue;
      this.tell(
        entry.at,
        'warning',
        `${field} is not followed. Build it with kubectl kustomize and name the result, if names matter.`,
      );
    }
    let result = withGeneratedConfigMaps(objects, root, path);
    for (const patch of [
      ...itemsAt(root, 'patches').map((item) => ({
        node: nodeAt(item, 'patch'),
        file: nodeAt(item, 'path'),
        target: nodeAt(item, 'target'),
      })),
      ...itemsAt(root, 'patchesStrategicMerge').map((item) => ({ node: undefined, file: item, target: undefined })),
      ...itemsAt(root, 'patchesJson6902').map((item) => ({
        node: nodeAt(item, 'patch'),
        file: nodeAt(item, 'path'),
        target: nodeAt(item, 'target'),
      })),
    ]) {
      for (const body of this.patchBodies(path, patch.node, patch.file, used)) result = this.patched(result, body, patch.target);
    }
    return result.map((object) => this.renamed(object, root));
  }

  /** The patches of an entry: in its file, or written in the kustomization itself. */
  private patchBodies(
    path: string,
    inline: YamlNode | undefined,
    file: YamlNode | undefined,
    used: Set<string>,
  ): readonly YamlNode[] {
    const name = textAt(file);
    if (file !== undefined && name !== undefined) {
      const target = this.resolve(path, name);
      if (target === undefined) {
        this.tell(file.at, 'error', `There is no ${name} here, so this patch is not applied.`);
        return [];
      }
      used.add(target);
      const { manifests, others } = this.read(target);
      if (manifests.length > 0 || others.length === 0) return manifests.map((manifest) => manifest.root);
      this.tell(
        file.at,
        'warning',
        `${name} is a list of operations; write it as \`patch: |-\` in the kustomization for DRML to follow it.`,
      );
      return [];
    }
    const text = textAt(inline);
    if (inline === undefined || text === undefined) return [];
    if (/^\s*[[-]/.test(text)) return this.operations(text, inline);
    return readManifests([{ path: inline.at.uri, text }]).manifests.map((manifest) => moved(manifest.root, inline.at));
  }

  /** Operations are a list, which is no object: they are read as the items of one. */
  private operations(text: string, inline: YamlNode): readonly YamlNode[] {
    const indented = text.replace(/^/gm, '  ');
    const [holder] = readManifests([
      { path: inline.at.uri, text: `apiVersion: v1\nkind: Patch\nmetadata: { name: patch }\noperations:\n${indented}\n` },
    ]).manifests;
    const list = nodeAt(holder?.root, 'operations');
    return list === undefined ? [] : [moved(list, inline.at)];
  }

  private patched(objects: readonly Manifest[], body: YamlNode, target: YamlNode | undefined): Manifest[] {
    const wantedKind = textAt(target, 'kind') ?? textAt(body, 'kind');
    const wantedName = textAt(target, 'name') ?? textAt(body, 'metadata', 'name');
    const isMeant = (object: Manifest): boolean => {
      if (wantedKind !== undefined && object.kind !== wantedKind) return false;
      if (wantedName === undefined) return true;
      return target === undefined ? object.name === wantedName : matches(wantedName, object.name);
    };
    if (!objects.some(isMeant)) {
      this.tell(
        body.at,
        'warning',
        `This patch is for ${wantedKind ?? 'an object'} ${wantedName ?? ''}, which the kustomization does not have.`,
      );
    }
    return objects.flatMap((object) => {
      if (!isMeant(object)) return [object];
      if (areOperations(body)) return [{ ...object, root: applyOperations(object.root, body) }];
      const root = body.kind === 'map' ? strategicMerge(object.root, body, object.group) : object.root;
      return root === undefined ? [] : [{ ...object, root }];
    });
  }

  /** Namespace, prefix, suffix, images and replicas of a kustomization. */
  private renamed(object: Manifest, root: YamlMap): Manifest {
    if (isKustomizeKind(object)) return object;
    let { root: body } = object;
    const namespace = textAt(root, 'namespace');
    const images = itemsAt(root, 'images');
    if (images.length > 0) body = withImages(body, images);
    for (const item of itemsAt(root, 'replicas')) {
      const count = nodeAt(item, 'count');
      if (textAt(item, 'name') === object.name && numberAt(item, 'count') !== undefined && count !== undefined)
        body = withValue(body, ['spec', 'replicas'], count);
    }
    return { ...object, root: body, ...(namespace === undefined ? {} : { namespace }) };
  }

  private tell(at: Place, severity: ManifestProblem['severity'], message: string): void {
    const key = `${at.uri}\0${at.start}\0${message}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    if (severity === 'error') this.whole = false;
    this.found.push({ code: 'yaml/kustomize', severity, message, at });
  }
}

/** A patch's target is an anchored regular expression; what is no such expression is a name. */
function matches(pattern: string, name: string): boolean {
  const [before = '', after, ...more] = pattern.split(/\.?\*/);
  // More than one wildcard is more than anybody writes, and slow to try on a hostile pattern.
  if (after === undefined || more.length > 0) return pattern === name;
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

function withImages(body: YamlMap, images: readonly YamlNode[]): YamlMap {
  const visit = (node: YamlNode): YamlNode => {
    if (node.kind === 'list') return { ...node, items: node.items.map(visit) };
    if (node.kind !== 'map') return node;
    const entries = new Map<string, YamlEntry>();
    for (const [key, entry] of node.entries) {
      const image = key === 'image' ? textAt(entry.value) : undefined;
      const change = image === undefined ? undefined : images.find((item) => textAt(item, 'name') === imageName(image));
      if (image === undefined || change === undefined) entries.set(key, { ...entry, value: visit(entry.value) });
      else {
        const name = textAt(change, 'newName') ?? imageName(image);
        const digest = textAt(change, 'digest');
        const tag = textAt(change, 'newTag');
        const rest = digest !== undefined ? `@${digest}` : tag !== undefined ? `:${tag}` : image.slice(imageName(image).length);
        entries.set(key, { ...entry, value: { kind: 'text', at: change.at, value: `${name}${rest}`, quoted: true } });
      }
    }
    return { ...node, entries };
  };
  const result = visit(body);
  return result.kind === 'map' ? result : body;
}

/** An image without its tag and digest. */
function imageName(image: string): string {
  const name = image.split('@')[0] ?? image;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

function withValue(body: YamlMap, path: readonly string[], value: YamlNode): YamlMap {
  const [step, ...rest] = path;
  if (step === undefined) return body;
  const old = body.entries.get(step);
  const inner: YamlMap = old?.value.kind === 'map' ? old.value : { kind: 'map', at: value.at, entries: new Map() };
  const entries = new Map(body.entries);
  entries.set(step, { key: step, at: old?.at ?? value.at, value: rest.length === 0 ? value : withValue(inner, rest, value) });
  return { ...body, entries };
}

/** A tree that was read from a text within a file: its places are the stretch of that text. */
function moved(node: YamlNode, at: Place): YamlNode {
  switch (node.kind) {
    case 'map':
      return {
        ...node,
        at,
        entries: new Map([...node.entries].map(([key, entry]) => [key, { ...entry, at, value: moved(entry.value, at) }])),
      };
    case 'list':
      return { ...node, at, items: node.items.map((item) => moved(item, at)) };
    default:
      return { ...node, at };
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** A path without `.` and `..` where they can be worked out. */
function normal(path: string): string {
  const rooted = path.startsWith('/');
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps[steps.length - 1] !== '..') steps.pop();
    else if (step !== '..' || !rooted) steps.push(step);
  }
  return `${rooted ? '/' : ''}${steps.join('/')}`;
}
