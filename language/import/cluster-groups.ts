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
  const { chosen, leftOut: leftOutBuilds } = chosenBuilds(trees);
  const leftOut = [...leftOutBuilds];
  const regionOf = (path: string): string | undefined => {
    for (const [folder, region] of named) if (path === folder || path.startsWith(`${folder}/`)) return region;
    return undefined;
  };
  const groups: ClusterObjects[] = [];
  const [running, beside] = partition(chosen);
  const loose = trees.loose.filter(({ path }) => !drillFolder.test(path));
  // Beside overlays, and where the user says what is what, folders are taken for no regions.
  const guessed = named.size === 0 && running.length === 0 ? folderRegions(loose) : new Map<string, string>();
  const { shared, byRegion } = byFolder(loose, (path) => regionOf(path) ?? guessed.get(path));
  for (const folder of otherEnvironments([...new Set(guessed.values())])) {
    byRegion.delete(folder);
    leftOut.push(folder);
  }
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
  for (const [region, manifests] of byRegion) {
    const isEnvironment = guessed.size > 0 && environments.includes(region);
    groups.push({ ...(isEnvironment ? {} : { region }), manifests: [...manifests, ...shared] });
  }
  if (groups.length === 0) groups.push({ manifests: shared });
  return { groups, leftOut };
}

function byFolder(
  loose: readonly Manifest[],
  regionOf: (path: string) => string | undefined,
): { readonly shared: readonly Manifest[]; readonly byRegion: Map<string, Manifest[]> } {
  const shared: Manifest[] = [];
  const byRegion = new Map<string, Manifest[]>();
  for (const manifest of loose) {
    const region = regionOf(manifest.path);
    const list = region === undefined ? shared : byRegion.get(region);
    if (list !== undefined) list.push(manifest);
    else if (region !== undefined) byRegion.set(region, [manifest]);
  }
  return { shared, byRegion };
}

/** Regions as clouds name them: `eu-central-1`, `us-gov-west-1`, `europe-west4`. */
const cloudRegion =
  /^(?:(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov)?-(?:north|south|central)?(?:east|west)?-\d|(?:africa|asia|australia|europe|me|northamerica|southamerica|us)-[a-z]+\d{1,2})$/;

/**
 * The regions that folders of files name, by file: by a cloud's name of one, or below `clusters` or `regions`. None where workloads
 * lie outside of such folders too, since nothing says in which region those run.
 */
function folderRegions(loose: readonly Manifest[]): ReadonlyMap<string, string> {
  const regions = new Map<string, string>();
  const running = new Set<string>();
  for (const { path, kind } of loose) {
    const steps = path.split('/').slice(0, -1);
    const region = steps.find((step, index) => cloudRegion.test(step) || /^(?:clusters|regions)$/.test(steps[index - 1] ?? ''));
    if (region !== undefined) regions.set(path, region);
    if (!runningKinds.has(kind)) continue;
    if (region === undefined) return new Map();
    running.add(region);
  }
  return new Map([...regions].filter(([, region]) => running.has(region)));
}

/** Of folders named for environments, all but the one that users see first. */
function otherEnvironments(names: readonly string[]): readonly string[] {
  const known = names.filter((name) => environments.includes(name));
  const [, ...others] = known.sort((a, b) => environments.indexOf(a) - environments.indexOf(b));
  return others;
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

const runningKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'Rollout',
  'DeploymentConfig',
]);

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
