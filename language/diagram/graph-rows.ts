/** The regions of a card: which rows it shows, and what stands in the cells of each. */

import { durationText } from '../analysis/figure-text.js';
import type { Component, Model, Region, Replication } from '../model/model.js';
import { keepsData, regionOf } from '../model/queries.js';
import type { Pip, RegionRow, ZoneCell } from './diagram-graph.js';
import { maximumCells } from './sizes.js';

/**
 * The regions that every card shows, its own apart: those where at least half of the placed components run. A row that
 * is empty on one card then says something; a region of a single witness costs the other cards nothing.
 */
export function commonRegions(model: Model): ReadonlySet<string> {
  const placed = model.components.filter((component) => component.placements.length > 0);
  const common = new Set<string>();
  for (const region of model.regions) {
    const here = placed.filter((component) => component.placements.some((placement) => placement.region === region.name));
    if (here.length * 2 >= placed.length && here.length > 0) common.add(region.name);
  }
  return common;
}

/** The rows of one card, in the order of the model's regions. Empty where nobody said where it runs. */
export function regionRows(model: Model, component: Component, common: ReadonlySet<string>): readonly RegionRow[] {
  const own = new Set(component.placements.map((placement) => placement.region));
  for (const host of component.hosts) if (host.resolved) own.add(regionOf(host.name));
  if (own.size === 0) return [];
  const showCommon = component.placements.length > 0;
  const rows: RegionRow[] = [];
  for (const region of model.regions) {
    if (!own.has(region.name) && !(showCommon && common.has(region.name))) continue;
    const [first] = rows;
    const arrives =
      first === undefined
        ? undefined
        : (arrivalIn(component, region.name) ?? (rows.length === 1 ? upwards(component, first) : undefined));
    rows.push({
      region: region.name,
      label: model.regions.length > 1 ? region.name : '',
      cells: cellsOf(component, region),
      ...(arrives === undefined ? {} : { arrives }),
    });
  }
  return rows;
}

function cellsOf(component: Component, region: Region): readonly ZoneCell[] {
  const pips = pipsBySite(component, region);
  const regional = pips.get(region.name);
  if (regional !== undefined || region.zones.length === 0) {
    return [{ site: region.name, label: region.zones.length === 0 ? '' : 'all zones', pips: regional ?? [], spans: true }];
  }
  const labels = zoneLabels(region);
  const cells = region.zones.map(
    (zone, index): ZoneCell => ({
      site: zone.path,
      label: labels[index] ?? zone.name,
      pips: pips.get(zone.path) ?? [],
      spans: false,
    }),
  );
  if (cells.length <= maximumCells) return cells;
  // Zones that are used come first when there is no room for all of them.
  const used = cells.filter((cell) => cell.pips.length > 0);
  const shown = (used.length >= maximumCells ? used : cells).slice(0, maximumCells - 1);
  const rest = cells.filter((cell) => !shown.includes(cell));
  return [...shown, { site: region.name, label: `+${rest.length}`, pips: rest.flatMap((cell) => cell.pips), spans: false }];
}

function pipsBySite(component: Component, region: Region): ReadonlyMap<string, readonly Pip[]> {
  const replicated = keepsData(component) && component.data.replication.length > 0;
  const bySite = new Map<string, Pip[]>();
  let primaryNamed = false;
  const add = (site: string, pip: Pip): void => {
    const list = bySite.get(site);
    if (list === undefined) bySite.set(site, [pip]);
    else list.push(pip);
  };
  for (const placement of component.placements) {
    for (const site of placement.zones) {
      if (placement.role === 'witness') {
        if (placement.region === region.name) add(site, { role: 'witness', letter: 'W' });
      } else if (placement.role === 'active') {
        const letter = primaryNamed ? copyLetter(component, placement.region) : 'P';
        primaryNamed = true;
        if (placement.region === region.name) add(site, replicated ? { role: 'active', letter } : { role: 'active' });
      } else if (placement.region === region.name) {
        add(site, replicated ? { role: 'standby', letter: copyLetter(component, placement.region) } : { role: 'standby' });
      }
    }
  }
  if (component.placements.length === 0) {
    for (const host of component.hosts) {
      if (host.resolved && regionOf(host.name) === region.name) add(host.name, { role: 'active' });
    }
  }
  return bySite;
}

/** `S` where a synchronous replication reaches the region, else `A`. */
function copyLetter(component: Component, region: string): 'S' | 'A' {
  const reaching = component.data.replication.filter((entry) => entry.region === undefined || entry.region === region);
  return reaching.some((entry) => entry.mode === 'sync') ? 'S' : 'A';
}

function arrivalIn(component: Component, region: string): RegionRow['arrives'] {
  const entry: Replication | undefined = component.data.replication.find(
    (candidate) => candidate.scope === 'to' && candidate.region === region,
  );
  if (entry === undefined) return undefined;
  return { mode: entry.mode, ...(entry.lag === undefined ? {} : { lag: durationText(entry.lag.value) }) };
}

/** The replication into the first row, which has none above it. */
function upwards(component: Component, { region }: RegionRow): RegionRow['arrives'] {
  const found = arrivalIn(component, region);
  return found === undefined ? undefined : { ...found, into: region };
}

/** Zone names without what all zones of the region begin with: `az1`, `az2` are `1`, `2`. */
export function zoneLabels(region: Region): readonly string[] {
  const names = region.zones.map((zone) => zone.name);
  const [first = ''] = names;
  if (names.length < 2 || names.every((name) => name.length <= 2)) return names;
  let shared = 0;
  while (shared < first.length && names.every((name) => name[shared] === first[shared])) shared += 1;
  // Cutting inside a surrogate pair would leave half a character.
  if (/[\uD800-\uDBFF]/.test(first[shared - 1] ?? '')) shared -= 1;
  const short = names.map((name) => name.slice(shared));
  return short.every((label) => label !== '') ? short : names;
}
