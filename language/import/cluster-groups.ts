/** Which objects belong to one cluster: a kustomization that nothing builds on, a folder that the user named, or all loose files. */
import type { KustomizeTrees } from '../manifests/kustomize.js';
import type { Manifest } from '../manifests/read-manifests.js';
import type { ClusterObjects } from './clusters.js';

export interface ClusterGroups {
  readonly groups: readonly ClusterObjects[];
  /** Folders of overlays that are the same system in another environment. */
  readonly leftOut: readonly string[];
}

/** Names of environments, the one that users see first. Overlays of these names are one system several times, not several regions. */
const environments = [
  'production',
  'prod',
  'prd',
  'live',
  'main',
  'staging',
  'stage',
  'stg',
  'preprod',
  'uat',
  'qa',
  'test',
  'testing',
  'dev',
  'development',
  'local',
  'sandbox',
  'ci',
  'e2e',
  'demo',
  'preview',
];

/** Objects that a drill breaks things with are no part of the system. */
const drillFolder = /(?:^|\/)drills(?:\/|$)/;

/**
 * Groups builds and loose objects. Kustomizations under `overlays/REGION/CLUSTER` are regions; of overlays named for
 * environments one is taken. `named`: folders or files by the region the user says they are.
 */
export function groupsOf(trees: KustomizeTrees, named: ReadonlyMap<string, string>): ClusterGroups {
  const { chosen, leftOut } = chosenBuilds(trees);
  const regionOf = (path: string): string | undefined => {
    for (const [folder, region] of named) if (path === folder || path.startsWith(`${folder}/`)) return region;
    return undefined;
  };
  const groups: ClusterObjects[] = [];
  const shared: Manifest[] = [];
  const byRegion = new Map<string, Manifest[]>();
  for (const manifest of trees.loose) {
    if (drillFolder.test(manifest.path)) continue;
    const region = regionOf(manifest.path);
    if (region === undefined) shared.push(manifest);
    else byRegion.set(region, [...(byRegion.get(region) ?? []), manifest]);
  }
  const [running, beside] = partition(chosen);
  const folders = running.map(({ folder }) => /(?:^|\/)overlays\/([^/]+)(?:\/([^/]+))?$/.exec(folder));
  const regions = new Set(folders.flatMap((match) => match?.[1] ?? []));
  for (const [index, build] of running.entries()) {
    const [, last, inner] = folders[index] ?? [];
    const isRegion = running.length > 1 || inner !== undefined;
    const region = regionOf(build.folder) ?? (isRegion ? (last ?? build.folder.split('/').at(-1)) : undefined);
    const cluster = inner === undefined || inner === 'default' ? undefined : inner;
    groups.push({
      ...(region === undefined ? {} : { region }),
      ...(cluster === undefined ? {} : { cluster }),
      manifests: [
        ...build.manifests,
        ...(running.length === 1 && byRegion.size === 0 ? shared : []),
        ...beside.filter(({ folder }) => belongs(folder, last, regions)).flatMap(({ manifests }) => manifests),
      ],
    });
  }
  for (const [region, manifests] of byRegion) groups.push({ region, manifests: [...manifests, ...shared] });
  if (groups.length === 0) groups.push({ manifests: shared });
  return { groups, leftOut };
}

function chosenBuilds(trees: KustomizeTrees): {
  readonly chosen: KustomizeTrees['builds'];
  readonly leftOut: readonly string[];
} {
  const builds = trees.builds.filter(({ folder, manifests }) => manifests.length > 0 && !drillFolder.test(folder));
  const rankOf = (folder: string): number => environments.indexOf(folder.slice(folder.lastIndexOf('/') + 1));
  const [best] = builds.filter(({ folder }) => rankOf(folder) >= 0).sort((a, b) => rankOf(a.folder) - rankOf(b.folder));
  if (best === undefined) return { chosen: builds, leftOut: [] };
  const others = builds.filter((build) => build !== best && rankOf(build.folder) >= 0);
  return { chosen: builds.filter((build) => !others.includes(build)), leftOut: others.map(({ folder }) => folder) };
}

const runningKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod']);

/** Builds that run something, and those that only stand beside it, such as rules for alerts. */
function partition(
  builds: KustomizeTrees['builds'],
): readonly [running: KustomizeTrees['builds'], beside: KustomizeTrees['builds']] {
  const runs = ({ manifests }: KustomizeTrees['builds'][number]): boolean => manifests.some(({ kind }) => runningKinds.has(kind));
  return [builds.filter(runs), builds.filter((build) => !runs(build))];
}

/** Whether a folder beside is for a region: its path names that one, or none. */
function belongs(folder: string, region: string | undefined, regions: ReadonlySet<string>): boolean {
  const named = folder.split('/').filter((step) => regions.has(step));
  return named.length === 0 || (region !== undefined && named.includes(region));
}
