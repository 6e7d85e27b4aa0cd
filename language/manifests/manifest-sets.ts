/**
 * Which objects stand side by side in a cluster. What kustomizations build is judged as it is built, one variant (staging, production)
 * at a time; with it stands what other kustomizations build that share no file with it, and what no kustomization names.
 */

import { isKustomization } from './kustomization-files.js';
import { kustomizationsOf } from './kustomizations.js';
import { buildKustomizations } from './kustomize.js';
import type { KustomizeBuild } from './kustomize-trees.js';
import { ManifestIndex } from './manifest-index.js';
import type { Manifest, ManifestFile, ReadManifests } from './read-manifests.js';
import { plainPath } from './relative-paths.js';
import type { ManifestProblem } from './yaml-tree.js';

/** Objects that are applied together. */
export interface ManifestSet {
  readonly index: ManifestIndex;
  readonly builds: readonly KustomizeBuild[];
}

export interface ManifestSets {
  readonly sets: readonly ManifestSet[];
  /** All builds: one of several in which something is found is named. */
  readonly builds: readonly KustomizeBuild[];
  readonly problems: readonly ManifestProblem[];
}

/** Past so many names of variants, variants are told apart by their order alone, so that the cost stays that of the largest family. */
const mostVariants = 12;

/** The sets of files; one of everything where no kustomization is among them. `read`: what was read of the same files. */
export function manifestSets(files: readonly ManifestFile[], read: ReadManifests): ManifestSets {
  if (!files.some(({ path }) => isKustomization(plainPath(path)))) {
    return { sets: [{ index: new ManifestIndex(read), builds: [] }], builds: [], problems: [] };
  }
  const { builds, loose, problems } = buildKustomizations(files, readingsOf(files, read));
  const { isPatch, generated } = kustomizationsOf(read.manifests);
  const beside = loose.filter((manifest) => !isPatch(manifest));
  const sets = columnsOf(familiesOf(builds)).map((chosen): ManifestSet => {
    const manifests = [...chosen.flatMap((build) => build.manifests), ...beside];
    const isOpen = chosen.some(({ isWhole }) => !isWhole);
    return { index: new ManifestIndex({ manifests, unread: read.unread }, isOpen, generated), builds: chosen };
  });
  for (const { index } of sets) index.variants = sets.flatMap((other) => (other.index === index ? [] : other.index));
  const said = problems.filter(({ code }) => code === 'yaml/kustomize').map(asDoubt);
  // Kustomizations that only build on each other build nothing: what is written is judged as it is.
  const whole = sets.length > 0 ? sets : [{ index: new ManifestIndex(read), builds: [] }];
  return { sets: whole, builds, problems: said };
}

/** What stands in other files is no slip of these: nothing is said about what it may hold. */
function asDoubt(problem: ManifestProblem): ManifestProblem {
  return { ...problem, severity: 'warning' };
}

/** What was read, by file. */
function readingsOf(files: readonly ManifestFile[], { manifests, others }: ReadManifests): ReadonlyMap<string, ReadManifests> {
  const readings = new Map<string, { manifests: Manifest[]; others: ReadManifests['others'][number][] }>();
  const of = (path: string) => {
    const key = plainPath(path);
    const known = readings.get(key) ?? { manifests: [], others: [] };
    readings.set(key, known);
    return known;
  };
  for (const { path } of files) of(path);
  for (const manifest of manifests) of(manifest.path).manifests.push(manifest);
  for (const other of others) of(other.at.uri).others.push(other);
  return new Map([...readings].map(([path, one]) => [path, { ...one, problems: [], isComplete: true, unread: [] }]));
}

/** Builds that share a file are variants of one thing. */
function familiesOf(builds: readonly KustomizeBuild[]): readonly (readonly KustomizeBuild[])[] {
  const families: { readonly files: Set<string>; readonly builds: KustomizeBuild[] }[] = [];
  const byFile = new Map<string, number>();
  for (const build of builds) {
    const near = new Set([...build.files].flatMap((file) => byFile.get(file) ?? []));
    const [into = families.length] = [...near].sort((a, b) => a - b);
    const family = families[into] ?? { files: new Set<string>(), builds: [] };
    families[into] = family;
    for (const other of near) {
      if (other === into) continue;
      const gone = families[other];
      if (gone === undefined) continue;
      for (const file of gone.files) family.files.add(file);
      family.builds.push(...gone.builds.splice(0));
    }
    for (const file of build.files) family.files.add(file);
    family.builds.push(build);
    for (const file of family.files) byFile.set(file, into);
  }
  return families.map((family) => family.builds).filter((members) => members.length > 0);
}

/** One variant of each family, until all have stood in a set: those of one name together. */
function columnsOf(families: readonly (readonly KustomizeBuild[])[]): readonly (readonly KustomizeBuild[])[] {
  const named = families.map((members) => {
    const seen = new Map<string, number>();
    return members.map((build) => {
      const name = build.folder.slice(build.folder.lastIndexOf('/') + 1);
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return { build, name: `${name} ${count}` };
    });
  });
  const several = named.filter((members) => members.length > 1);
  const names = [...new Set(several.flatMap((members) => members.map(({ name }) => name)))].sort();
  const columns = names.length <= mostVariants ? names : undefined;
  const count = Math.max(families.length === 0 ? 0 : 1, columns?.length ?? Math.max(0, ...families.map(({ length }) => length)));
  return Array.from({ length: count }, (_, position) =>
    named.flatMap((members) => {
      const wanted = columns?.[position];
      const chosen = columns === undefined ? members[position] : members.find(({ name }) => name === wanted);
      return (chosen ?? members[0])?.build ?? [];
    }),
  );
}

/** The folder of a build as people name it. */
export function spokenFolder({ folder }: KustomizeBuild): string {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.');
  return parts.slice(-2).join('/') || 'this folder';
}
