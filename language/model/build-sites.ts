/** Lowering of regions, zones and links. */
import {
  isQuota,
  isSoftwareVersion,
  isZone,
  isZoneList,
  type Link as LinkNode,
  type Region as RegionNode,
  type ZoneName,
  type Zone as ZoneNode,
} from '../generated/ast.js';
import { quotaLimits } from '../syntax/checks/limits.js';
import { buildAcceptances, innerAcceptances } from './build-acceptances.js';
import { Layers, nameSourceAt, quantityFact, sourceAt } from './build-facts.js';
import { buildCosts, buildFailovers } from './build-promises.js';
import type { Fate, Link, Region, Zone } from './model.js';
import { optional } from './optional.js';

/** Fate-sharing groups written in a block. */
export function buildFate(layers: Layers): Fate {
  return {
    ...optional('provider', layers.word('provider')),
    ...optional('account', layers.word('account')),
    ...optional('jurisdiction', layers.word('jurisdiction')),
    buildings: layers.words('building'),
  };
}

/** A region with its zones, in order of declaration; second ones of a name are left out. */
export function buildRegion(node: RegionNode, documentation: string | undefined): Region {
  const layers = new Layers([{ statements: node.statements, from: undefined }]);
  const zones = new Map<string, Zone>();
  for (const statement of node.statements) {
    const declared = isZoneList(statement) ? statement.zones : isZone(statement) ? [statement] : [];
    for (const zone of declared)
      if (zone.name !== undefined && !zones.has(zone.name)) zones.set(zone.name, buildZone(zone, node.name));
  }
  return {
    name: node.name,
    ...optional('title', node.title),
    ...optional('documentation', documentation),
    source: sourceAt(node),
    nameSource: nameSourceAt(node),
    ...optional('platformId', layers.text('id')),
    ...optional('cluster', layers.text('cluster')),
    ...optional('failure', layers.failure()),
    fate: buildFate(layers),
    zones: [...zones.values()],
    quotas: layers.all(isQuota, 'Quota').flatMap((layered) => {
      const { resource } = layered.node;
      const amount = quantityFact(layered, layered.node.amount, quotaLimits[resource]?.dimension ?? 'count');
      return resource === undefined || amount === undefined ? [] : [{ resource, amount }];
    }),
    mirrors: layers.words('mirrors'),
    versions: layers
      .all(isSoftwareVersion, 'SoftwareVersion')
      .flatMap(({ node: { name, version }, node: statement }) =>
        name === undefined || version === undefined ? [] : [{ name, version, source: sourceAt(statement) }],
      ),
    accepts: buildAcceptances(layers),
  };
}

function buildZone(node: ZoneNode | ZoneName, region: string): Zone {
  const details = isZone(node) ? node.details : [];
  const layers = new Layers([{ statements: details, from: undefined }]);
  const source = sourceAt(node);
  return {
    name: node.name,
    path: `${region}.${node.name}`,
    ...optional('title', isZone(node) ? node.title : undefined),
    source,
    nameSource: isZone(node) ? nameSourceAt(node) : source,
    ...optional('platformId', layers.text('id')),
    ...optional('cluster', layers.text('cluster')),
    ...optional('failure', layers.failure()),
    fate: buildFate(layers),
    ...innerAcceptances(layers),
  };
}

/** A link; undefined where one of its ends does not exist. */
export function buildLink(node: LinkNode): Link | undefined {
  const a = node.a?.region?.ref?.name;
  const b = node.b?.region?.ref?.name;
  if (a === undefined || b === undefined) return undefined;
  const layers = new Layers([{ statements: node.statements, from: undefined }]);
  return {
    a: sitePath(a, node.a.zone?.ref?.name),
    b: sitePath(b, node.b.zone?.ref?.name),
    source: sourceAt(node),
    ...optional('roundTrip', layers.quantity('rtt', 'duration')),
    ...optional('bandwidth', layers.quantity('bandwidth', 'throughput')),
    ...optional('failure', layers.failure()),
    failovers: buildFailovers(layers),
    costs: buildCosts(layers),
    accepts: buildAcceptances(layers),
  };
}

/** `cn-north` or `cn-north.a`. */
export function sitePath(region: string, zone: string | undefined): string {
  return zone === undefined ? region : `${region}.${zone}`;
}
