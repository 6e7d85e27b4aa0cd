/** What the platform needs to know of a bucket: its name there, its region, and whose object storage it is. */
import { sourceOf } from '../model/fact.js';
import type { Component, Model, Region } from '../model/model.js';
import { regionOf, regionsByName } from '../model/queries.js';
import type { Context } from './context.js';
import { traced, type Yaml } from './yaml.js';

/** Providers whose object storage and volumes are known by name. */
export type Cloud = 'aws' | 'gcp' | 'azure' | 'alibabacloud';

const clouds: Readonly<Record<string, Cloud>> = {
  aws: 'aws',
  amazon: 'aws',
  gcp: 'gcp',
  google: 'gcp',
  azure: 'azure',
  microsoft: 'azure',
  aliyun: 'alibabacloud',
  alibaba: 'alibabacloud',
  alibabacloud: 'alibabacloud',
};

/** Engines that speak the interface of S3, whoever runs them. */
const s3Engines: ReadonlySet<string> = new Set(['s3', 'minio', 'ceph']);

export interface ObjectStore {
  /** Undefined where the model does not say whose it is; that is reported. */
  readonly cloud: Cloud | undefined;
  readonly name: string;
  /** The name with its place in the model. */
  readonly written: Yaml;
  readonly region: Region | undefined;
  /** What the provider calls the region. */
  readonly regionName: string | undefined;
}

/** The cloud of a region, where its provider is one of those known. */
export function cloudOf(region: Region | undefined): Cloud | undefined {
  return clouds[region?.fate.provider?.value.toLowerCase() ?? ''];
}

/** The region a component without instances lies in. */
export function hostRegion(model: Model, component: Component): Region | undefined {
  const host = component.hosts.find((use) => use.resolved);
  return host === undefined ? undefined : regionsByName(model).get(regionOf(host.name));
}

/** The object store behind a bucket. */
export function objectStore(context: Context, bucket: Component): ObjectStore {
  const region = hostRegion(context.model, bucket);
  const stated = bucket.fate.provider?.value.toLowerCase();
  const engine = bucket.data.engine?.value.name ?? '';
  const cloud = clouds[stated ?? ''] ?? (s3Engines.has(engine) ? 'aws' : cloudOf(region));
  if (cloud === undefined) {
    context.report({
      kind: 'missing',
      component: bucket.name,
      message: `${bucket.name}: nobody says whose object storage it is, so a placeholder stands where backups are sent. Write \`provider aws\` in its region, or \`engine minio\`.`,
      source: bucket.nameSource,
    });
  }
  const id = bucket.deployment.platformId;
  const name = id?.value ?? bucket.name;
  return {
    cloud,
    name,
    written:
      id === undefined
        ? traced(name, bucket.nameSource, 'called as in the model; write id where the provider calls it otherwise')
        : traced(name, sourceOf(id)),
    region,
    regionName: region === undefined ? undefined : (region.platformId?.value ?? region.name),
  };
}
