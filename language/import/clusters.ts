/** The clusters of an import: each is a region, with the zones that its objects name. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, textAt, textsAt } from '../manifests/yaml-tree.js';
import type { ImportedRegion } from './imported.js';
import { kebab } from './model-names.js';
import { Services } from './services.js';
import { underOneName, versionsIn } from './versions.js';
import { heldTo, type Workload, workloadsOf } from './workloads.js';

export const zoneLabel = 'topology.kubernetes.io/zone';
/** Where DRML notes the zones of what it placed: names of the model, by commas. */
export const zonesNote = 'drml.dev/zones';
export const regionLabel = 'topology.kubernetes.io/region';

/** Objects that are applied to one cluster. */
export interface ClusterObjects {
  /** What the caller calls its region; where nothing is said, what the objects say. */
  readonly region?: string;
  readonly cluster?: string;
  readonly manifests: readonly Manifest[];
}

export interface Cluster {
  readonly region: ImportedRegion;
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly Workload[];
  readonly services: Services;
}

/** The name of a region that nobody has named. */
export const unnamedRegion = 'home';

/** Reads the clusters. Two that name one region keep it apart by number. */
export function clustersOf(groups: readonly ClusterObjects[], read: FieldReader): readonly Cluster[] {
  const taken = new Set<string>();
  const found = groups.map(({ manifests }) => workloadsOf(manifests, read));
  const versions = versionsIn(groups.map(({ manifests }, index) => ({ manifests, workloads: found[index] ?? [] })));
  return groups.map(({ region, cluster, manifests }, index) => {
    const workloads = (found[index] ?? []).map((workload) => underOneName(workload, versions));
    const zones = zonesIn(manifests, workloads);
    const stated = statedRegion(manifests, workloads) ?? commonRegion(zones);
    let name = kebab(region ?? stated ?? unnamedRegion);
    for (let round = 2; taken.has(name); round += 1) name = `${kebab(region ?? stated ?? unnamedRegion)}-${round}`;
    taken.add(name);
    const platformId = stated !== undefined && stated !== name ? { platformId: stated } : {};
    return {
      region: {
        name,
        ...platformId,
        ...(cluster === undefined ? {} : { cluster }),
        zones: zoneNames(zones, stated ?? name),
      },
      manifests,
      workloads,
      services: new Services(manifests, workloads),
    };
  });
}

/** Zones that nodes, volumes, storage classes or pods name, sorted. */
function zonesIn(manifests: readonly Manifest[], workloads: readonly Workload[]): readonly string[] {
  const zones = new Set<string>();
  for (const manifest of manifests) {
    const zone = manifest.kind === 'Node' ? textsAt(manifest.root, 'metadata', 'labels').get(zoneLabel) : undefined;
    if (zone !== undefined) zones.add(zone);
    if (manifest.kind !== 'StorageClass') continue;
    for (const term of itemsAt(manifest.root, 'allowedTopologies')) {
      for (const expression of itemsAt(term, 'matchLabelExpressions')) {
        if (textAt(expression, 'key') !== zoneLabel) continue;
        for (const item of itemsAt(expression, 'values')) zones.add(textAt(item) ?? '');
      }
    }
  }
  for (const workload of workloads) for (const zone of zonesOfWorkload(workload)) zones.add(zone);
  zones.delete('');
  return [...zones].sort();
}

/** The zones that DRML noted when it placed pods, by the names of its model; else those that pods are held to. */
export function zonesOfWorkload({ pod, manifest }: Workload): readonly string[] {
  const noted = textsAt(manifest.root, 'metadata', 'annotations').get(zonesNote);
  return noted === undefined ? heldTo(pod, zoneLabel) : noted.split(',').map((zone) => zone.trim());
}

/** The region that nodes are labelled with, or that pods are held to; undefined where there is none, or more than one. */
function statedRegion(manifests: readonly Manifest[], workloads: readonly Workload[]): string | undefined {
  const regions = new Set<string>();
  for (const manifest of manifests) {
    const region = manifest.kind === 'Node' ? textsAt(manifest.root, 'metadata', 'labels').get(regionLabel) : undefined;
    if (region !== undefined) regions.add(region);
  }
  for (const { pod } of workloads) for (const region of heldTo(pod, regionLabel)) regions.add(region);
  const [only] = regions;
  return regions.size === 1 ? only : undefined;
}

/** The region that the zones' names share, as clouds name them: `us-east1-b` is of `us-east1`, `eu-west-1a` of `eu-west-1`. */
function commonRegion(zones: readonly string[]): string | undefined {
  const regions = new Set(zones.map((zone) => /^([a-z]+-[a-z]+-?\d+)-?[a-z0-9]$/.exec(zone)?.[1]));
  const [only] = regions;
  return regions.size === 1 ? only : undefined;
}

function zoneNames(zones: readonly string[], region: string): ImportedRegion['zones'] {
  const taken = new Set<string>();
  return zones.map((zone) => {
    const short = zone.startsWith(region) ? zone.slice(region.length).replace(/^-/, '') : zone;
    let name = kebab(short === '' ? zone : short);
    for (let round = 2; taken.has(name); round += 1) name = `${kebab(zone)}-${round}`;
    taken.add(name);
    return { name, platformId: zone };
  });
}
