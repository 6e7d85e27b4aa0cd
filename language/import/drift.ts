/**
 * Where a model and manifests say different things. Only what both can say is compared: what the model leaves open the manifests
 * may decide, but whatever runs or is called without the model knowing of it is a difference.
 */
import { durationText } from '../analysis/figure-text.js';
import { namesOf } from '../generate/names.js';
import type { Place } from '../manifests/yaml-tree.js';
import type { Source } from '../model/fact.js';
import type { Component, Model, Region } from '../model/model.js';
import { keepsData } from '../model/queries.js';
import { type ComparedCall, comparedCalls, comparedFacts, comparedPresences } from './compared-facts.js';
import type { FactKey } from './statement-keys.js';

/** One difference, with both places where there are two. */
export interface Difference {
  /** The component's name in the model, or in the manifests where the model has none. */
  readonly component: string;
  /** One sentence: what the model says, what the manifests say. */
  readonly message: string;
  readonly inModel?: Source;
  readonly inManifests?: Place;
}

/** What was read from manifests: a model, and where its facts stand. */
export interface ReadModel {
  readonly model: Model;
  readonly places: ReadonlyMap<string, ReadonlyMap<FactKey, Place>>;
}

/** Kubernetes marks a dead node after 50 s and keeps its pods for 300 s more, and gives a pod 30 s to end, where nothing else is said. */
const platformDefaults: ReadonlyMap<FactKey, string> = new Map([
  ['evicts', durationText(350)],
  ['grace', durationText(30)],
]);

/** What a fact is called in a sentence. */
const spoken: Readonly<Record<string, string>> = {
  image: 'image',
  cpu: 'CPU',
  memory: 'memory',
  grace: 'grace',
  evicts: 'eviction after',
  scales: 'scaling',
  repeats: 'schedule',
  'repeats at': 'start',
  needs: 'instances that must stay',
};

/** The differences, in the order of the components' names, then of what they are about. */
export function driftOf(model: Model, read: ReadModel): readonly Difference[] {
  const names = namesOf(model);
  const platformName = new Map(model.components.map((component) => [component.name, names.component(component.name)]));
  const found = new Map(read.model.components.map((component) => [component.name, component]));
  const regions = regionsOf(model, read.model, (name) => names.region(name));
  const differences: Difference[] = [];
  const expected = new Set<string>();
  for (const component of sorted(model.components)) {
    const name = platformName.get(component.name) ?? component.name;
    expected.add(name);
    const other = found.get(name);
    if (other === undefined) {
      if (isDeployed(component)) {
        differences.push({
          component: component.name,
          message: `${component.name} is in the model, and no manifest runs it.`,
          inModel: component.nameSource,
        });
      }
      continue;
    }
    const places = read.places.get(name) ?? new Map<FactKey, Place>();
    differences.push(
      ...presenceDifferences(component, other, regions, places),
      ...factDifferences(component, other, places),
      ...callDifferences(component, other, { platformName, places }),
    );
  }
  for (const component of sorted(read.model.components)) {
    if (expected.has(component.name) || component.kind === 'external' || component.kind === 'bucket') continue;
    const at = read.places.get(component.name)?.get('');
    differences.push({
      component: component.name,
      message: `${component.name} runs, and the model does not know it.`,
      ...(at === undefined ? {} : { inManifests: at }),
    });
  }
  return differences;
}

function sorted(components: readonly Component[]): readonly Component[] {
  return [...components].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether manifests are to be expected: what others run, and what an operator makes, has none of its own. */
function isDeployed({ placements, data, kind }: Component): boolean {
  return placements.length > 0 && data.managedBy === undefined && kind !== 'external' && kind !== 'bucket';
}

/** Regions of the manifests by those of the model: by name, by the platform's name, or because each has one only. */
function regionsOf(model: Model, other: Model, platformName: (name: string) => string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const isMeant = (region: Region, found: Region): boolean =>
    [region.name, platformName(region.name), region.platformId?.value].includes(found.name) ||
    (found.platformId !== undefined && found.platformId.value === region.platformId?.value);
  for (const region of model.regions) {
    const found = other.regions.find((candidate) => isMeant(region, candidate));
    if (found !== undefined) pairs.set(region.name, found.name);
  }
  const running = model.regions.filter(({ name }) =>
    model.components.some(({ placements }) => placements.some(({ region }) => region === name)),
  );
  const [only] = running;
  const [single] = other.regions;
  if (pairs.size === 0 && running.length === 1 && other.regions.length === 1 && only !== undefined && single !== undefined)
    pairs.set(only.name, single.name);
  return pairs;
}

function presenceDifferences(
  component: Component,
  other: Component,
  regions: ReadonlyMap<string, string>,
  places: ReadonlyMap<FactKey, Place>,
): readonly Difference[] {
  const differences: Difference[] = [];
  const there = comparedPresences(other);
  const told = new Set<string>();
  for (const [region, presence] of comparedPresences(component)) {
    const platform = regions.get(region);
    if (platform === undefined) continue;
    told.add(platform);
    const found = there.get(platform);
    const report = (message: string): void => {
      const at = places.get(`runs ${platform}`) ?? places.get('');
      differences.push({
        component: component.name,
        message,
        inModel: presence.source,
        ...(at === undefined ? {} : { inManifests: at }),
      });
    };
    if (found === undefined)
      report(`${component.name} runs ${presence.count} in ${region} by the model, and none by the manifests.`);
    else {
      // A cold standby runs nothing: how many would start stands nowhere in the manifests.
      const isCold = presence.role === 'cold-standby' || (presence.role === 'pilot-light' && !keepsData(component));
      if (isCold ? found.role !== 'cold-standby' && found.role !== presence.role : presence.count !== found.count)
        report(
          isCold
            ? `${component.name} is a ${presence.role.replace('-', ' ')} in ${region} by the model, and ${found.count} run by the manifests.`
            : `${component.name} runs ${presence.count} in ${region} by the model, ${found.count} by the manifests.`,
        );
      if (!isCold && presence.zones.length > 0 && found.zones.length > 0 && presence.zones.join() !== found.zones.join())
        report(
          `${component.name} is in ${spokenZones(presence.zones)} of ${region} by the model, in ${spokenZones(found.zones)} by the manifests.`,
        );
    }
  }
  for (const [platform, found] of there) {
    if (told.has(platform) || ![...regions.values()].includes(platform)) continue;
    const at = places.get(`runs ${platform}`) ?? places.get('');
    differences.push({
      component: component.name,
      message: `${component.name} runs ${found.count} in ${platform} by the manifests, and none by the model.`,
      inModel: component.nameSource,
      ...(at === undefined ? {} : { inManifests: at }),
    });
  }
  return differences;
}

function spokenZones(zones: readonly string[]): string {
  return `zone${zones.length === 1 ? '' : 's'} ${zones.join(', ')}`;
}

function factDifferences(component: Component, other: Component, places: ReadonlyMap<FactKey, Place>): readonly Difference[] {
  const differences: Difference[] = [];
  const there = comparedFacts(other);
  for (const [key, fact] of comparedFacts(component)) {
    // A disruption budget says how many must stay: one that keeps more is careful, one that keeps fewer breaks what the model counts on.
    const found = there.get(key);
    if (key === 'needs' && (other.needs === undefined || Number(found?.value) >= Number(fact.value))) continue;
    // A job ends by itself: nothing is evicted from it in time.
    if (key === 'evicts' && component.kind === 'job') continue;
    const value = found?.value ?? platformDefaults.get(key);
    if (value === fact.value) continue;
    const at = places.get(key) ?? places.get('');
    const said = found === undefined ? (value === undefined ? 'nothing' : `${value}, by default,`) : found.shown;
    differences.push({
      component: component.name,
      message: `${component.name}: ${spoken[key] ?? key} ${fact.shown} by the model, ${said} by the manifests.`,
      inModel: fact.source,
      ...(at === undefined ? {} : { inManifests: at }),
    });
  }
  return differences;
}

function callDifferences(
  component: Component,
  other: Component,
  { platformName, places }: { readonly platformName: ReadonlyMap<string, string>; readonly places: ReadonlyMap<FactKey, Place> },
): readonly Difference[] {
  const differences: Difference[] = [];
  const own = new Map([...comparedCalls(component)].map(([target, call]) => [platformName.get(target) ?? target, call]));
  for (const [target, found] of comparedCalls(other)) {
    const at = places.get(`calls ${target}`) ?? places.get('');
    const where = at === undefined ? {} : { inManifests: at };
    const call = own.get(target);
    if (call === undefined) {
      differences.push({
        component: component.name,
        message: `${component.name} calls ${target} by the manifests, and the model does not say so.`,
        inModel: component.nameSource,
        ...where,
      });
      continue;
    }
    for (const message of limitDifferences(component.name, target, call, found))
      differences.push({ component: component.name, message, inModel: call.source, ...where });
  }
  return differences;
}

/** Timeouts and retries that differ. Where the mesh says nothing of a call, the program may limit it by itself. */
function limitDifferences(caller: string, target: string, call: ComparedCall, found: ComparedCall): readonly string[] {
  const messages: string[] = [];
  if (found.timeout !== undefined && call.timeout?.value !== found.timeout.value) {
    const own = call.timeout === undefined ? 'none' : durationText(call.timeout.value);
    messages.push(`${caller} → ${target}: timeout ${own} by the model, ${durationText(found.timeout.value)} by the manifests.`);
  }
  const tries = found.retries?.count.value ?? 0;
  const ownTries = call.retries?.count.value ?? 0;
  if (found.timeout === undefined && found.retries === undefined) return messages;
  if (tries !== ownTries) {
    messages.push(`${caller} → ${target}: ${ownTries} retries by the model, ${tries} by the manifests.`);
  } else if (tries > 0 && found.retries?.each?.value !== call.retries?.each?.value) {
    const each = (value: number | undefined): string => (value === undefined ? 'none' : durationText(value));
    messages.push(
      `${caller} → ${target}: a retry may take ${each(call.retries?.each?.value)} by the model, ${each(found.retries?.each?.value)} by the manifests.`,
    );
  }
  return messages;
}
